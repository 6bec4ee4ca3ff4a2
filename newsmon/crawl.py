"""One run: the lock, the outlets side by side, their outcomes, the exit code."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from newsmon.alerts.sending import channels
from newsmon.clock import now_utc
from newsmon.environment import database_url
from newsmon.errors import ConfigurationError, DatabaseError
from newsmon.follow_up import FollowUp, follow_up
from newsmon.leasing import RENEW_S, Leases
from newsmon.logs import tame
from newsmon.net.addresses import refuse_detours
from newsmon.outlets import Declaration, Feed, undeclared
from newsmon.registry import find_declaration, followed_declarations
from newsmon.running import OutletTally, Run
from newsmon.spider import LAYOUT_FIELDS, OutletSpider
from newsmon.store import frontier
from newsmon.store.runs import crawl_lock

STOP_GRACE_S = 20
"""From a signal to the end, at most: longer than a page takes, shorter than a service manager waits."""
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(slots=True, kw_only=True)
class Order:
    """What the user asked for."""

    slugs: Sequence[str] = ()
    """Empty: every outlet that is followed and has a listing."""
    feed: str | None = None
    limit: int | None = None
    archive: Path | None = None
    settings: dict[str, str] = field(default_factory=dict)
    arguments: str = ""
    join: int | None = None
    """A run of another process to take part in; an outlet that someone else visits is then waited for."""


def crawl(order: Order, *, watch: Any = None) -> tuple[Run, FollowUp, int]:
    """Visit what is due at the outlets of `order`: the run, what came after its articles, and its exit code.

    `watch(run)` is called twice a second while the run is on.
    Raises: ConfigurationError, DatabaseError, RunActiveError.
    """
    declarations = wanted(order)
    settings = get_project_settings()
    settings.setdict(order.settings, priority="cmdline")
    alerts = channels()
    refuse_detours(settings)
    with crawl_lock(database_url()):
        run = Run(
            kind="crawl",
            arguments=order.arguments,
            page_timeout_s=settings.getfloat("NEWSMON_PAGE_TIMEOUT"),
            page_memory_mb=settings.getint("NEWSMON_WORKER_MB"),
            join=order.join,
        )
        try:
            if order.archive:
                run.keep_pages(order.archive)
            due = due_declarations(run, declarations, settings)
            if due:
                run.workers.start()
                Conductor(run, settings, order, watch).conduct(due)
            after = follow_up(run, alerts=alerts, rescan_s=settings.getfloat("NEWSMON_RESCAN"))
        finally:
            code = run.finish()
    return run, after, code


def wanted(order: Order) -> list[Declaration]:
    """The declarations that `order` names. Raises: ConfigurationError."""
    if order.feed:
        return [undeclared(order.feed, prefix="feed", sources=(Feed(order.feed),))]
    if order.slugs:
        named = [find_declaration(slug) for slug in dict.fromkeys(order.slugs)]
        for declaration in named:
            if not declaration.sources:
                raise ConfigurationError(
                    f"{declaration.slug} has no known listing to follow: bring its pages in with `newsmon import`"
                )
        return named
    return list(followed_declarations().values())


def due_declarations(run: Run, declarations: list[Declaration], settings: Settings) -> list[Declaration]:
    """Those with a listing or an article that is due: the others cost neither a crawler nor a request."""
    if settings.getbool("NEWSMON_POLL_NOW") or settings.getbool("NEWSMON_REVISIT_NOW"):
        return declarations
    slugs = run.write_now(frontier.due_outlets, declarations, now=now_utc())
    for declaration in declarations:
        run.tally(declaration.slug).finished = declaration.slug not in slugs
    return [declaration for declaration in declarations if declaration.slug in slugs]


class Conductor:
    """Runs the outlets' crawlers in one event loop; a signal ends them after what they are at."""

    def __init__(self, run: Run, settings: Settings, order: Order, watch: Any) -> None:
        self._run = run
        self._order = order
        self._leases = Leases(run)
        self._watch = watch
        self._process = AsyncCrawlerProcess(settings)
        tame(logging.root.handlers, form=settings["LOG_FORMAT"], dates=settings["LOG_DATEFORMAT"])
        self._at_once = asyncio.Semaphore(settings.getint("NEWSMON_OUTLETS_AT_ONCE"))

    def conduct(self, declarations: list[Declaration]) -> None:
        """Visit every outlet; returns when all are done or the run was stopped."""
        loop = asyncio.get_event_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self._stop, number)
        main = loop.create_task(self._visit_all(declarations))
        main.add_done_callback(lambda _: _reactor().stop())
        self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        _end_threads()
        if main.done():
            main.result()

    async def _visit_all(self, declarations: list[Declaration]) -> None:
        beside = [
            asyncio.create_task(work) for work in (self._watch_run(), self._leases.keep(), self._heed_the_others())
        ]
        try:
            await asyncio.gather(*(self._visit_one(declaration) for declaration in declarations))
        finally:
            for task in beside:
                task.cancel()

    async def _visit_one(self, declaration: Declaration) -> None:
        tally = self._run.tally(declaration.slug)
        async with self._at_once:
            if self._run.store_error:
                return
            if self._run.stopped:
                tally.blame("stopped", f"the run was stopped by {self._run.stopped} before its turn")
                await self._close_unvisited(declaration)
                return
            try:
                leased = await self._leases.take(declaration, wait=self._order.join is not None)
            except DatabaseError:
                return
            if not leased:
                tally.finished = True
                return
            crawler = self._process.create_crawler(self._spider(declaration))
            _watch_crawler(crawler, tally)
            try:
                crawl = self._process.crawl(crawler, run=self._run, limit=self._order.limit)
                await asyncio.wait([crawl])
                if isinstance(crawler.spider, OutletSpider):
                    await crawler.spider.visit.close()
                else:
                    tally.blame("internal", repr(crawl.exception()))
                    await self._close_unvisited(declaration)
            finally:
                await self._leases.give_back(declaration)

    async def _close_unvisited(self, declaration: Declaration) -> None:
        """Its row in the account all the same."""
        await self._run.write(frontier.sync_outlet, declaration)
        await self._run.finish_outlet(declaration.slug)

    def _spider(self, declaration: Declaration) -> type[OutletSpider]:
        if declaration.slug in self._process.spider_loader.list():
            cls = self._process.spider_loader.load(declaration.slug)
            assert issubclass(cls, OutletSpider)
            return cls
        return spider_of(declaration)

    async def _watch_run(self) -> None:
        while True:
            if self._watch:
                self._watch(self._run)
            await asyncio.sleep(0.5)

    async def _heed_the_others(self) -> None:
        """Part of a run of another process: that one may be stopped, or die."""
        while self._order.join is not None:
            await asyncio.sleep(RENEW_S)
            with suppress(DatabaseError):
                if not self._run.stopped and await self._run.asked_to_stop():
                    self._stop(signal.SIGTERM)

    def _stop(self, number: int) -> None:
        """First signal: no new request, and what is fetched is stored. A second one, or a site that hangs: the end."""
        grace = 0 if self._run.stopped else STOP_GRACE_S
        self._run.stopped = signal.Signals(number).name
        asyncio.get_running_loop().call_later(grace, _reactor().crash)


def _end_threads() -> None:
    """A loop that was broken off leaves its threads, which resolve names, and Python would wait for them for ever."""
    pool = _reactor().threadpool
    if pool is not None:
        pool.stop()


def _reactor() -> Any:
    # Imported late: importing it installs one, and Scrapy installs the one that it needs.
    from twisted.internet import reactor

    return reactor


def spider_of(declaration: Declaration) -> type[OutletSpider]:
    """A spider for an outlet that was declared without Python."""
    layout = declaration.layouts[0]
    attributes = {name: getattr(layout, name) for name in LAYOUT_FIELDS}
    attributes |= {
        "name": declaration.slug,
        "outlet": declaration.outlet,
        "allowed_domains": list(declaration.allowed_domains),
        "sources": declaration.sources,
        "article_re": declaration.article_re,
        "older_layouts": declaration.layouts[1:],
    }
    return type("DeclaredSpider", (OutletSpider,), attributes)


def _watch_crawler(crawler: Crawler, tally: OutletTally) -> None:
    """What Scrapy would only log is the outlet's trouble."""

    def broken(failure: Any) -> None:
        tally.blame("internal", repr(failure.value))

    def closed(reason: str) -> None:
        if reason == "memusage_exceeded":
            tally.blame("memory", "the run had reached MEMUSAGE_LIMIT_MB")

    crawler.signals.connect(broken, signals.spider_error, weak=False)
    crawler.signals.connect(closed, signals.spider_closed, weak=False)
