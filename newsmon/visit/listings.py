"""The listings of one outlet: asked when they are due, and what they bring is kept before anything is fetched."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Connection

from newsmon.clock import now_utc
from newsmon.discovery import parse_listing
from newsmon.errors import ListingError, PageError
from newsmon.items import Link, Listing, ListingKind
from newsmon.net.fetch import Fetched, Fetcher
from newsmon.net.outcomes import FetchFailure
from newsmon.running import Run
from newsmon.store import frontier, links
from newsmon.store.frontier import FeedState
from newsmon.visit.account import Account, pause_until

SITEMAP_DEPTH = 3


class Listings:
    """Asks them, one after the other."""

    def __init__(self, account: Account, run: Run, fetcher: Fetcher, settings: Any) -> None:
        self._account = account
        self._run = run
        self._fetcher = fetcher
        self._settings = settings
        self._asked: set[str] = set()
        """The files of the listing that is read, itself first."""

    async def poll_due(self) -> None:
        """Asks every listing that is due. Raises: Paused."""
        everything = self._settings.getbool("NEWSMON_POLL_NOW")
        outlet_id = self._account.outlet_id
        for feed in await self._run.write(frontier.due_feeds, outlet_id, now=now_utc(), everything=everything):
            await self.poll(feed)

    async def poll(self, feed: FeedState) -> None:
        """One listing, its children with it: its links and its next turn are stored in one transaction."""
        self._account.may_go_on()
        try:
            answer = await self._fetcher.get(feed.url, etag=feed.etag, last_modified=feed.last_modified, listing=True)
        except FetchFailure as failure:
            await self._listing_failed(feed, failure)
            return
        sha256 = hashlib.sha256(answer.body).hexdigest()
        if answer.not_modified or sha256 == feed.body_sha256:
            self._account.tally.listings += 1
            self._account.tally.unchanged_listings += 1
            self._account.log(feed.url, "not_modified", None, answer)
            await self._run.write(frontier.save_poll, feed.id, now=now_utc(), outcome="not_modified")
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
        self._account.tally.listings += 1
        problem = listing.problems[0] if listing.problems else None
        self._account.log(feed.url, "partial" if problem else "ok", problem, answer)
        for name in listing.problems:
            self._account.tally.counts[f"listing/{name}"] += 1
        self._account.tally.links += len(found)
        self._account.tally.new_links += await self._run.write(self._keep, feed, answer, sha256, found)

    def _keep(self, conn: Connection, feed: FeedState, answer: Fetched, sha256: str, found: list[Link]) -> int:
        now = now_utc()
        new = links.save_links(conn, self._account.outlet_id, feed.kind, found, now=now)
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
                self._account.tally.counts["listing/capped"] += 1
                return
            self._asked.add(url)
            self._account.may_go_on()
            try:
                answer = await self._fetcher.get(url, listing=True)
                child = await self._parse(answer, kind)
            except FetchFailure as failure:
                self._account.blame(url, failure.reason, failure.detail)
                self._account.log_failure(url, failure)
                continue
            except (ListingError, PageError) as e:
                self._account.blame(url, e.reason, str(e))
                self._account.log_failure(url, FetchFailure("failed", e.reason, str(e)))
                continue
            self._account.log(url, "ok", None, answer)
            yield child.links
            async for more in self._children(kind, child, depth=depth + 1):
                yield more

    async def _parse(self, answer: Fetched, kind: ListingKind) -> Listing:
        return await self._run.workers.call(
            parse_listing,
            answer.body,
            kind=kind,
            base_url=answer.final_url,
            tz=self._account.declaration.tz,
            now=now_utc(),
            content_type=answer.headers.get("content-type", ""),
            article_re=self._account.declaration.article_re,
            allowed_domains=self._account.declaration.allowed_domains,
        )

    async def _listing_failed(self, feed: FeedState, failure: FetchFailure, answer: Fetched | None = None) -> None:
        self._account.blame(feed.url, failure.reason, failure.detail)
        self._account.log_failure(feed.url, failure, answer)
        until = pause_until(failure)
        await self._run.write(frontier.save_poll, feed.id, now=now_utc(), outcome=failure.outcome, not_before=until)
        await self._account.heed(until)
