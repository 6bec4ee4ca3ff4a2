"""What the outlets of one run share: database, worker processes, topics, archive, and the account of what happened."""

from __future__ import annotations

import asyncio
import os
import platform
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from newsmon import __version__
from newsmon.clock import now_utc
from newsmon.environment import agencies_file, database_url, log_days, topics_folder, unread_folder
from newsmon.errors import DatabaseError
from newsmon.health import troubles
from newsmon.items import Article, Outcome, Page
from newsmon.net.archive import WarcArchive
from newsmon.page.workers import Workers
from newsmon.store import links
from newsmon.store.articles import Saved, save_articles
from newsmon.store.engine import transact
from newsmon.store.health import facts, keep_health
from newsmon.store.runs import (
    FetchRow,
    finish_run,
    is_going_on,
    record_fetches,
    record_outlet_run,
    start_run,
)
from newsmon.store.schema import open_ready
from newsmon.store.signs import signs_of_life
from newsmon.store.topics import followed_topics
from newsmon.store.upkeep import prune_fetches
from newsmon.text.agencies import use_sources
from newsmon.topics import load_topics
from newsmon.topics.live import Live, read_live, sync_files

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 50
"""Articles in one transaction, at most."""
BATCH_WAIT_S = 0.2
"""How long the first article of a batch waits for company."""


@dataclass(slots=True, kw_only=True)
class OutletTally:
    """What one outlet came to in this run."""

    slug: str
    listings: int = 0
    unchanged_listings: int = 0
    links: int = 0
    new_links: int = 0
    to_fetch: int = 0
    fetched: int = 0
    stored: int = 0
    revised: int = 0
    unchanged: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """Pages that are no articles, by reason: the outlet is none the worse for them."""
    failed: Counter[str] = field(default_factory=Counter)
    """Requests and listings that went wrong, by reason."""
    first_failure: str = ""
    """`reason: address: detail` of the first of them."""
    counts: Counter[str] = field(default_factory=Counter)
    """Silent repairs, by name."""
    finished: bool = False
    held_by: str | None = None
    """The run that visits the outlet, where it is not this one."""

    def count_saved(self, saved: Saved) -> None:
        if saved.change in ("thin", "rejected"):
            self.refused[saved.reason or "thin"] += 1
        self.stored += saved.change == "first"
        self.revised += saved.change in ("text", "headline", "date")
        self.unchanged += saved.change in ("unchanged", "cosmetic")

    def refuse(self, reason: str, detail: str) -> None:
        """A page, or a file of pages, is not taken."""
        self.refused[reason] += 1
        self.first_failure = self.first_failure or f"{reason}: {detail}"

    def blame(self, reason: str, detail: str) -> None:
        """Something went wrong that is the outlet's or ours, and no page's own."""
        self.failed[reason] += 1
        self.first_failure = self.first_failure or f"{reason}: {detail}"

    def add(self, other: OutletTally) -> None:
        """What another process came to at the same outlet, in the same run."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            elif isinstance(mine, bool):
                setattr(self, one.name, mine or theirs)
            elif isinstance(mine, int):
                setattr(self, one.name, mine + theirs)
        self.first_failure = self.first_failure or other.first_failure
        self.held_by = self.held_by or other.held_by

    @property
    def visited(self) -> bool:
        """Whether anything was asked."""
        return self.listings > 0 or self.fetched > 0 or bool(self.failed)

    @property
    def outcome(self) -> Outcome:
        if not self.failed:
            touched = self.fetched or self.listings > self.unchanged_listings
            return "ok" if touched else "not_modified"
        if self.listings or self.fetched:
            return "partial"
        blocked = {"robots", "robots_unreachable", "crawl_delay", "private_address", "scheme", "offsite"}
        return "blocked" if set(self.failed) <= blocked else "failed"

    @property
    def reason(self) -> str | None:
        """The most frequent reason of what went wrong."""
        return self.failed.most_common(1)[0][0] if self.failed else None


class Run:
    """One execution. Open it, let outlets work, `finish` it."""

    def __init__(
        self,
        *,
        kind: Literal["crawl", "import", "reprocess"],
        arguments: str,
        page_timeout_s: float = 20,
        page_memory_mb: int = 1024,
        join: int | None = None,
    ) -> None:
        """`join`: take part in that run of another process, which began it and will finish it.

        Raises: DatabaseError, ConfigurationError.
        """
        use_sources(agencies_file())
        self.kind = kind
        self._log_days = log_days()
        self.engine: Engine = open_ready(database_url())
        self.started_at = now_utc()
        topics = load_topics(topics_folder())
        self.known = {topic.version: topic for topic in topics}
        self.live: Live = transact(self.engine, sync_files, topics, now=self.started_at)
        self.joined = join is not None
        self.run_id = join or transact(
            self.engine, start_run, kind=kind, arguments=arguments, version=__version__, now=self.started_at
        )
        self.holder = f"run {self.run_id} (pid {os.getpid()} on {platform.node() or 'this machine'})"
        """How other runs know this process."""
        self._open = ExitStack()
        own = None if self.joined else self.run_id
        self._open.enter_context(signs_of_life(self.engine, run_id=own, holder=self.holder))
        self.workers = Workers(timeout_s=page_timeout_s, memory_mb=page_memory_mb, sources=agencies_file())
        self.archive: WarcArchive | None = None
        self._unread: WarcArchive | None = None
        self.tallies: dict[str, OutletTally] = {}
        self.stopped: str | None = None
        """The signal that asked this run to stop."""
        self.store_error: DatabaseError | None = None
        # One thread: SQLite has one writer, and the event loop must never wait for a disk.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting: list[tuple[Article, asyncio.Future[Saved]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._fetches: list[FetchRow] = []

    def keep_pages(self, folder: Path) -> None:
        """Archive every page from now on. Raises: ConfigurationError."""
        self.archive = WarcArchive(folder, run_id=self.run_id, started_at=self.started_at)

    def keep_unread(self, page: Page) -> str:
        """Keep a page that no worker could read, for who will mend the reader: where it lies, "" when nobody asked."""
        if page.archived_as is None:
            folder = unread_folder()
            if folder is None:
                return ""
            self._unread = self._unread or WarcArchive(folder, run_id=self.run_id, started_at=self.started_at)
            page.archived_as = self._unread.write(page)
        file, offset, *_ = page.archived_as
        return f"kept in {file} at {offset}"

    def tally(self, slug: str) -> OutletTally:
        return self.tallies.setdefault(slug, OutletTally(slug=slug))

    async def write(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(conn, …)` in a transaction of its own, off the event loop. Raises: DatabaseError."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: self.write_now(function, *args, **kwargs)
        )

    def write_now(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, for those who have no event loop."""
        try:
            return transact(self.engine, function, *args, **kwargs)
        except DatabaseError as e:
            self.store_error = self.store_error or e
            raise

    async def save(self, article: Article) -> Saved:
        """Store `article` together with others that come at the same time; returns once it is committed."""
        done: asyncio.Future[Saved] = asyncio.get_running_loop().create_future()
        self._waiting.append((article, done))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await done

    async def _flush(self) -> None:
        await asyncio.sleep(BATCH_WAIT_S)
        while self._waiting:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            try:
                articles = [article for article, _ in batch]
                saved = await asyncio.get_running_loop().run_in_executor(self._thread, self.save_now, articles)
            except Exception as e:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(e)
            else:
                for (_, done), result in zip(batch, saved, strict=True):
                    if not done.done():
                        done.set_result(result)

    def save_now(self, articles: list[Article]) -> list[Saved]:
        """Store `articles` in one transaction, and settle the links that led to them. Raises: DatabaseError."""
        return self.write_now(self._save, articles)

    def _save(self, conn: Connection, articles: list[Article]) -> list[Saved]:
        now = now_utc()
        self.keep_labels(conn, articles)
        saved = save_articles(conn, articles, run_id=self.run_id, topic_versions=self.live.versions, now=now)
        links.settle(conn, [(a.outlet, a.url, s.reason) for a, s in zip(articles, saved, strict=True)], now=now)
        return saved

    def keep_labels(self, conn: Connection, articles: Iterable[Article]) -> None:
        """Label `articles` anew when a rescan has come to its end meanwhile, or a file has changed."""
        if followed_topics(conn) != self.live.followed:
            self.live = read_live(conn, self.known)
            for article in articles:
                self.live.label(article)

    def log(self, row: FetchRow) -> None:
        """Keep the outcome of one address; written with the next batch of them."""
        self._fetches.append(row)

    def write_log_now(self) -> None:
        rows, self._fetches = self._fetches, []
        if rows:
            self.write_now(record_fetches, self.run_id, rows)

    async def finish_outlet(self, slug: str) -> None:
        """Write the outlet's log and its outcome."""
        tally = self.tally(slug)
        tally.finished = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self.write_log_now)
        await self.write(record_outlet_run, self.run_id, outlet_row(tally))

    @property
    def exit_code(self) -> int:
        """0 all well, 1 some outlets failed, 3 the database, 4 others visit every due outlet, 143 stopped."""
        if self.store_error is not None:
            return 3
        if self.stopped:
            return 143
        if any(t.held_by for t in self.tallies.values()) and not any(t.visited for t in self.tallies.values()):
            return 4
        return int(any(t.failed for t in self.tallies.values()))

    def finish(self) -> int:
        """Close everything and write the run's last row; returns the exit code."""
        self.workers.close(now=bool(self.stopped))
        self._thread.shutdown()
        for archive in (self.archive, self._unread):
            if archive:
                archive.close()
        code = self.exit_code
        if self.joined:
            self._open.close()
            self.engine.dispose()
            return code
        status = "stopped" if self.stopped else "ok" if code == 0 else "failed" if code == 3 else "partial"
        counts = self.counts()
        try:
            if code != 3:
                transact(self.engine, self._look_after, now=now_utc())
            transact(self.engine, finish_run, self.run_id, status=status, exit_code=code, counts=counts, now=now_utc())
        except DatabaseError:
            if self.store_error is None:
                raise
        finally:
            self._open.close()
            self.engine.dispose()
        return code

    def _look_after(self, conn: Connection, *, now: datetime) -> None:
        """What is wrong with which outlet, and the old part of the log away."""
        if self.kind == "crawl" and any(tally.visited for tally in self.tallies.values()):
            found = [trouble for one in facts(conn, now=now) for trouble in troubles(one, now=now)]
            keep_health(conn, found, now=now)
        if self._log_days:
            prune_fetches(conn, before=now - timedelta(days=self._log_days))

    async def asked_to_stop(self) -> bool:
        """Whether the process that began the run has ended it, or died."""
        return self.joined and not await self.write(is_going_on, self.run_id)

    def counts(self) -> dict[str, int]:
        """What the run's row keeps: totals and silent repairs."""
        totals: Counter[str] = Counter()
        for tally in self.tallies.values():
            for name in ("listings", "unchanged_listings", "links", "new_links", "fetched", "stored", "revised"):
                totals[name] += getattr(tally, name)
            totals["refused"] += tally.refused.total()
            totals["failed"] += tally.failed.total()
            totals.update(tally.counts)
        return dict(totals)


def outlet_row(tally: OutletTally) -> dict[str, object]:
    """The columns of outlet_run for `tally`."""
    return {
        "slug": tally.slug,
        "outcome": tally.outcome,
        "reason": tally.reason,
        "detail": tally.first_failure or None,
        "links": tally.new_links,
        "fetched": tally.fetched,
        "stored": tally.stored,
        "revised": tally.revised,
        "refused": tally.refused.total(),
        "failed": tally.failed.total(),
    }
