"""One outlet in one run: poll what is due, skip what is known, fetch the rest, look again at what is young.

Every address that is asked ends in exactly one row of the log: here when it fails, and through `settle` when a
pipeline step has made an article of it, or has not.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from newsmon.clock import now_utc
from newsmon.errors import DatabaseError
from newsmon.items import Article, DateHabits, Link, ListingKind, Outcome, Page
from newsmon.learning import learn_dates
from newsmon.net.fetch import Fetched, Fetcher
from newsmon.net.outcomes import FetchFailure
from newsmon.outlets import Declaration
from newsmon.running import Run
from newsmon.store import frontier, habits, links, robots
from newsmon.store.articles import Saved
from newsmon.store.events import LED_AWAY
from newsmon.store.frontier import Revisit
from newsmon.store.identity import is_front
from newsmon.visit.account import Account, Paused, pause_until
from newsmon.visit.listings import Listings

PAGES_IN_FLIGHT = 8
"""Pages that are fetched but not yet stored, at most: memory is bounded, whatever a listing brings."""
LINKS_AT_ONCE = 100
"""Links that are held, of however many are to be fetched."""


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
        self._account = Account(declaration, run)
        self.tally = self._account.tally
        self.habits = DateHabits()
        self.robots = StoredRobots(run)
        self._listings = Listings(self._account, run, fetcher, settings)
        self._fetcher = fetcher
        self._settings = settings
        self._limit = limit
        self._room = asyncio.Semaphore(PAGES_IN_FLIGHT)
        self._in_flight: dict[str, Fetched] = {}

    async def pages(self) -> AsyncIterator[Page]:
        """Every new page, then every young article that is due for another look."""
        try:
            self._account.outlet_id = await self.run.write(frontier.sync_outlet, self.declaration)
            self.habits = await self.run.write(habits.date_habits, self._account.outlet_id)
            if await self.run.write(frontier.is_paused, self._account.outlet_id, now=now_utc()):
                raise Paused
            await self._listings.poll_due()
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
            await self.run.write(learn_dates, self._account.outlet_id, tz=self.declaration.tz, now=now_utc())
        await self.run.finish_outlet(self.declaration.slug)

    async def _pending(self) -> AsyncIterator[tuple[ListingKind, Link]]:
        """The links to fetch: this run's, and what an earlier one had to leave."""
        ids = await self.run.write(links.pending_ids, self._account.outlet_id, now=now_utc(), limit=self._limit)
        self.tally.to_fetch = len(ids)
        for start in range(0, len(ids), LINKS_AT_ONCE):
            found = await self.run.write(links.found_links, ids[start : start + LINKS_AT_ONCE])
            for place, link in enumerate(found, start + 1):
                self._account.left = len(ids) - place
                yield link

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
            self._account.outlet_id,
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
        said = await self.run.write(links.link_of, self._account.outlet_id, revisit.url)
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
            self._account.may_go_on()
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
        self._account.count(url, failure.reason, failure.detail)
        self._account.log_failure(url, failure)
        await self._account.give_up(url, failure.reason)
        await self._account.heed(pause_until(failure))

    async def refuse(self, url: str, reason: str, detail: str) -> None:
        """A fetched page is no article: it is not asked again at every run."""
        try:
            await self._account.give_up(url, reason)
        except DatabaseError:
            self.settle(url, "failed", "store")
        else:
            self.settle(url, "partial", reason, detail)

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
            self._account.count(url, reason, detail)
        self._settle(url, outcome, reason, detail)

    def _settle(self, url: str, outcome: Outcome, reason: str | None, detail: str = "") -> None:
        answer = self._in_flight.pop(url)
        self._room.release()
        self._account.log(url, outcome, reason, answer, detail=detail)

    async def _all_settled(self) -> None:
        """Wait until the pipelines are done with every page."""
        for _ in range(PAGES_IN_FLIGHT):
            await self._room.acquire()
