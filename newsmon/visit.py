"""One outlet in one run: poll what is due, skip what is known, fetch the rest, look again at what is young.

Every address that is asked ends in exactly one row of the log: here when it fails, and through `settle` when a
pipeline step has made an article of it, or has not.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from newsmon.clock import now_utc
from newsmon.discovery import parse_listing
from newsmon.errors import DatabaseError, ListingError, PageError
from newsmon.items import Article, DateHabits, Link, Listing, ListingKind, Outcome, Page
from newsmon.learning import learn_dates
from newsmon.net.fetch import Fetched, Fetcher
from newsmon.net.outcomes import FetchFailure
from newsmon.net.retry_after import not_before
from newsmon.outlets import Declaration
from newsmon.running import Run
from newsmon.store import frontier, habits, links, robots
from newsmon.store.articles import Saved
from newsmon.store.events import LED_AWAY
from newsmon.store.frontier import FeedState, Revisit
from newsmon.store.identity import is_front
from newsmon.store.runs import FetchRow

PAGES_IN_FLIGHT = 8
"""Pages that are fetched but not yet stored, at most: memory is bounded, whatever a listing brings."""
LINKS_AT_ONCE = 100
"""Links that are held, of however many are to be fetched."""
SITEMAP_DEPTH = 3

REFUSALS = frozenset(
    {
        "not_html", "empty", "consent", "login", "paywall", "not_found_page", "thin", "no_headline", "no_body",
        "too_deep", "too_large", "parse_timeout", "parse_crash", "parse_error", "gone", "moved", "offsite", "duplicate",
    }
)  # fmt: skip
"""Reasons that speak of one page and not of its outlet's health."""


class Paused(Exception):
    """Nothing more is asked of the outlet in this run: it asked to be left alone, or the run is to end."""


class StoredRobots:
    """robots.txt, kept in the database from one run to the next."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def find(self, origin: str, *, stale: bool) -> str | None:
        within = robots.STALE if stale else robots.FRESH
        found = await self._run.write(robots.find_robots, origin, now=now_utc(), within=within)
        return found[1] if found else None

    async def keep(self, origin: str, status: int, rules: str) -> None:
        await self._run.write(robots.keep_robots, origin, status, rules, now=now_utc())


class Visit:
    """Asks one outlet, one request at a time."""

    def __init__(
        self, declaration: Declaration, run: Run, fetcher: Fetcher, settings: Any, *, limit: int | None = None
    ) -> None:
        self.declaration = declaration
        self.run = run
        self.tally = run.tally(declaration.slug)
        self.habits = DateHabits()
        self.outlet_id = 0
        self.robots = StoredRobots(run)
        self._fetcher = fetcher
        self._settings = settings
        self._limit = limit
        self._room = asyncio.Semaphore(PAGES_IN_FLIGHT)
        self._in_flight: dict[str, Fetched] = {}
        self._asked: set[str] = set()
        """The files of the listing that is read, itself first."""
        self._left = 0
        """Links of this run that are not asked yet."""

    async def pages(self) -> AsyncIterator[Page]:
        """Every new page, then every young article that is due for another look."""
        try:
            self.outlet_id = await self.run.write(frontier.sync_outlet, self.declaration)
            self.habits = await self.run.write(habits.date_habits, self.outlet_id)
            if await self.run.write(frontier.is_paused, self.outlet_id, now=now_utc()):
                raise Paused
            await self._poll_listings()
            async for kind, link in self._pending():
                if page := await self._new_page(kind, link):
                    yield page
            for revisit in await self._revisits():
                if page := await self._page_again(revisit):
                    yield page
        except (Paused, DatabaseError):
            pass  # the run has kept the database's error, and ends with it
        await self._all_settled()

    async def close(self) -> None:
        """Write the outlet's account; pages that a stop left half-way are said to be."""
        for url in list(self._in_flight):
            self.settle(url, "failed", "stopped")
        if self.tally.stored and not self.run.store_error:
            await self.run.write(learn_dates, self.outlet_id, tz=self.declaration.tz, now=now_utc())
        await self.run.finish_outlet(self.declaration.slug)

    # --- the listings

    async def _poll_listings(self) -> None:
        """Asks every listing that is due; what they bring is kept before anything is fetched."""
        everything = self._settings.getbool("NEWSMON_POLL_NOW")
        feeds = await self.run.write(frontier.due_feeds, self.outlet_id, now=now_utc(), everything=everything)
        for feed in feeds:
            await self._poll(feed)

    async def _pending(self) -> AsyncIterator[tuple[ListingKind, Link]]:
        """The links to fetch: this run's, and what an earlier one had to leave."""
        ids = await self.run.write(links.pending_ids, self.outlet_id, now=now_utc(), limit=self._limit)
        self.tally.to_fetch = len(ids)
        for start in range(0, len(ids), LINKS_AT_ONCE):
            found = await self.run.write(links.found_links, ids[start : start + LINKS_AT_ONCE])
            for place, link in enumerate(found, start + 1):
                self._left = len(ids) - place
                yield link

    async def _poll(self, feed: FeedState) -> None:
        """One listing, its children with it: its links and its next turn are stored in one transaction."""
        self._may_go_on()
        try:
            answer = await self._fetcher.get(feed.url, etag=feed.etag, last_modified=feed.last_modified, listing=True)
        except FetchFailure as failure:
            await self._listing_failed(feed, failure)
            return
        sha256 = hashlib.sha256(answer.body).hexdigest()
        if answer.not_modified or sha256 == feed.body_sha256:
            self.tally.listings += 1
            self.tally.unchanged_listings += 1
            self._log(feed.url, "not_modified", None, answer)
            await self.run.write(frontier.save_poll, feed.id, now=now_utc(), outcome="not_modified")
        else:
            await self._read_listing(feed, answer, sha256)

    async def _read_listing(self, feed: FeedState, answer: Fetched, sha256: str) -> None:
        try:
            listing = await self._parse(answer, feed.kind)
            found = list(listing.links)
            self._asked = {feed.url}
            async for child in self._children(feed.kind, listing, depth=1):
                found.extend(child)
            if not found:
                raise ListingError("no_links", "it brings no link")
        except (ListingError, PageError) as e:
            await self._listing_failed(feed, FetchFailure("failed", e.reason, str(e)), answer)
            return
        self.tally.listings += 1
        problem = listing.problems[0] if listing.problems else None
        self._log(feed.url, "partial" if problem else "ok", problem, answer)
        for name in listing.problems:
            self.tally.counts[f"listing/{name}"] += 1
        self.tally.links += len(found)
        self.tally.new_links += await self.run.write(self._keep, feed, answer, sha256, found)

    def _keep(self, conn: Connection, feed: FeedState, answer: Fetched, sha256: str, found: list[Link]) -> int:
        now = now_utc()
        new = links.save_links(conn, self.outlet_id, feed.kind, found, now=now)
        frontier.save_poll(
            conn,
            feed.id,
            now=now,
            outcome="ok",
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            body_sha256=sha256,
            links=len(found),
            new_links=new,
        )
        return new

    async def _children(self, kind: ListingKind, listing: Listing, *, depth: int) -> AsyncIterator[tuple[Link, ...]]:
        """The sitemaps of an index, each once, to SITEMAP_DEPTH and the run's bound; a failure costs itself alone."""
        if depth > SITEMAP_DEPTH:
            return
        for url in listing.children:
            if url in self._asked:
                continue
            if len(self._asked) > self._settings.getint("NEWSMON_SITEMAPS"):
                self.tally.counts["listing/capped"] += 1
                return
            self._asked.add(url)
            self._may_go_on()
            try:
                answer = await self._fetcher.get(url, listing=True)
                child = await self._parse(answer, kind)
            except FetchFailure as failure:
                self._blame(url, failure.reason, failure.detail)
                self._log_failure(url, failure)
                continue
            except (ListingError, PageError) as e:
                self._blame(url, e.reason, str(e))
                self._log_failure(url, FetchFailure("failed", e.reason, str(e)))
                continue
            self._log(url, "ok", None, answer)
            yield child.links
            async for more in self._children(kind, child, depth=depth + 1):
                yield more

    async def _parse(self, answer: Fetched, kind: ListingKind) -> Listing:
        return await self.run.workers.call(
            parse_listing,
            answer.body,
            kind=kind,
            base_url=answer.final_url,
            tz=self.declaration.tz,
            now=now_utc(),
            content_type=answer.headers.get("content-type", ""),
            article_re=self.declaration.article_re,
            allowed_domains=self.declaration.allowed_domains,
        )

    async def _listing_failed(self, feed: FeedState, failure: FetchFailure, answer: Fetched | None = None) -> None:
        self._blame(feed.url, failure.reason, failure.detail)
        self._log_failure(feed.url, failure, answer)
        until = self._pause_until(failure)
        await self.run.write(frontier.save_poll, feed.id, now=now_utc(), outcome=failure.outcome, not_before=until)
        if until:
            await self._pause(until)

    # --- the pages

    async def _new_page(self, kind: ListingKind, link: Link) -> Page | None:
        try:
            answer = await self._get(link.url)
        except FetchFailure as failure:
            await self._page_failed(link.url, failure)
            return None
        return self._page(answer, link=link, link_kind=kind)

    async def _revisits(self) -> list[Revisit]:
        return await self.run.write(
            frontier.due_revisits,
            self.outlet_id,
            now=now_utc(),
            limit=self._settings.getint("NEWSMON_REVISITS"),
            everything=self._settings.getbool("NEWSMON_REVISIT_NOW"),
        )

    async def _page_again(self, revisit: Revisit) -> Page | None:
        try:
            answer = await self._get(revisit.url, etag=revisit.etag, last_modified=revisit.last_modified)
        except FetchFailure as failure:
            await self._miss(revisit, failure)
            return None
        if answer.not_modified:
            await self.run.write(frontier.mark_seen, revisit.article_id, now=now_utc())
            self.tally.unchanged += 1
            self.settle(revisit.url, "not_modified", None)
            return None
        if is_front(revisit.url, answer.final_url):
            await self._led_away(revisit, answer)
            return None
        # What the listing said of it, once, is still the best that is known of its date.
        said = await self.run.write(links.link_of, self.outlet_id, revisit.url)
        kind, link = said or (None, None)
        return self._page(answer, link=link, link_kind=kind)

    async def _led_away(self, revisit: Revisit, answer: Fetched) -> None:
        """The article's address leads to a front page: what stands there is no text of it."""
        await self.run.write(
            frontier.mark_missed,
            revisit.article_id,
            now=now_utc(),
            gone_status=LED_AWAY,
            led_to=answer.final_url,
        )
        self.tally.counts["gone"] += 1
        self.settle(revisit.url, "partial", "moved", f"it leads to {answer.final_url}")

    async def _miss(self, revisit: Revisit, failure: FetchFailure) -> None:
        gone = failure.status if failure.reason == "gone" else None
        await self.run.write(frontier.mark_missed, revisit.article_id, now=now_utc(), gone_status=gone)
        self.tally.counts["gone"] += bool(gone)
        await self._page_failed(revisit.url, failure)

    async def _get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch a page; from here to `settle` it takes up room."""
        await self._room.acquire()
        try:
            self._may_go_on()
            answer = await self._fetcher.get(url, etag=etag, last_modified=last_modified)
        except BaseException:
            self._room.release()
            raise
        self._in_flight[url] = answer
        self.tally.fetched += 1
        self.tally.counts.update(f"net/{flag}" for flag in answer.flags)
        return answer

    def _page(self, answer: Fetched, *, link: Link | None = None, link_kind: ListingKind | None = None) -> Page:
        page = Page(
            outlet=self.declaration.slug,
            url=answer.url,
            final_url=answer.final_url,
            body=answer.body,
            fetched_at=now_utc(),
            status=answer.status,
            headers=answer.headers,
            link=link,
            link_kind=link_kind,
            elapsed_ms=answer.elapsed_ms,
        )
        if self.run.archive:
            page.archived_as = self.run.archive.write(page)
        return page

    async def _page_failed(self, url: str, failure: FetchFailure) -> None:
        self._count(url, failure.reason, failure.detail)
        self._log_failure(url, failure)
        until = self._pause_until(failure)
        await self._give_up(url, failure.reason)
        if until:
            await self._pause(until)

    # --- the account

    def _may_go_on(self) -> None:
        """Raises: Paused when the run was asked to stop, has lost its database, or the outlet to another run."""
        if self.run.stopped or self.run.store_error or self.tally.held_by:
            raise Paused

    async def refuse(self, url: str, reason: str, detail: str) -> None:
        """A fetched page is no article: it is not asked again at every run."""
        try:
            await self._give_up(url, reason)
        except DatabaseError:
            self.settle(url, "failed", "store")
        else:
            self.settle(url, "partial", reason, detail)

    async def _give_up(self, url: str, reason: str) -> None:
        await self.run.write(links.settle, [(self.declaration.slug, url, reason)], now=now_utc())

    def stored(self, article: Article, saved: Saved) -> None:
        """A fetched page is an article in the database."""
        self.tally.count_saved(saved)
        self.tally.counts.update(article.counts)
        refused = saved.change in ("thin", "rejected")
        self._settle(article.url, "partial" if refused else "ok", saved.reason if refused else None)

    def is_pending(self, url: str) -> bool:
        return url in self._in_flight

    def settle(self, url: str, outcome: Outcome, reason: str | None, detail: str = "") -> None:
        """The end of a fetched page: its one row in the log, and room for another."""
        if reason:
            self._count(url, reason, detail)
        self._settle(url, outcome, reason, detail)

    def _settle(self, url: str, outcome: Outcome, reason: str | None, detail: str = "") -> None:
        answer = self._in_flight.pop(url)
        self._room.release()
        self._log(url, outcome, reason, answer, detail=detail)

    def _log_failure(self, url: str, failure: FetchFailure, answer: Fetched | None = None) -> None:
        self._log(url, failure.outcome, failure.reason, answer, status=failure.status, detail=failure.detail)

    def _count(self, url: str, reason: str, detail: str) -> None:
        """A page that came to nothing: its own fault, or the outlet's."""
        if reason in REFUSALS:
            self.tally.refused[reason] += 1
        else:
            self._blame(url, reason, detail)

    def _blame(self, url: str, reason: str, detail: str) -> None:
        self.tally.blame(reason, url + (f": {detail}" if detail else ""))

    def _log(
        self,
        url: str,
        outcome: Outcome,
        reason: str | None,
        answer: Fetched | None,
        *,
        status: int = 0,
        detail: str = "",
    ) -> None:
        self.run.log(
            FetchRow(
                slug=self.declaration.slug,
                url=url,
                at=now_utc(),
                outcome=outcome,
                reason=reason,
                detail=detail or None,
                status=answer.status if answer else status,
                bytes=len(answer.body) if answer else 0,
                elapsed_ms=answer.elapsed_ms if answer else 0,
                tries=answer.tries if answer else 1,
            )
        )

    def _pause_until(self, failure: FetchFailure) -> datetime | None:
        return not_before(failure.retry_after, now=now_utc()) if failure.reason == "rate_limited" else None

    async def _pause(self, until: datetime) -> None:
        await self.run.write(frontier.pause_outlet, self.outlet_id, until)
        self.tally.counts["paused"] += 1
        self.tally.counts["deferred"] += self._left
        raise Paused

    async def _all_settled(self) -> None:
        """Wait until the pipelines are done with every page."""
        for _ in range(PAGES_IN_FLIGHT):
            await self._room.acquire()
