"""Follows the month: one run for each hour of it, in one process, by a clock that the month tells.

A run here is a run of `newsmon crawl`: its lock, its outlets, its pipelines, its rows. Only the loop around it is
another, because 720 processes would take an hour to start.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from newsmon.clock import clock_set
from newsmon.crawl import due_declarations, spider_of
from newsmon.follow_up import follow_up
from newsmon.newsstand.month.script import SLUGS, Piece, at_hour
from newsmon.newsstand.month.site import month_site
from newsmon.newsstand.server import Server
from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.page.workers import Workers
from newsmon.running import Run
from newsmon.spider import OutletSpider
from newsmon.store.runs import run_lock

NAMES = dict(zip(SLUGS, ("Le Courrier du port", "La Lettre des îles"), strict=True))
AFTER_A_KILL = timedelta(minutes=4)
"""The clock goes on while a killed run waits for the next one."""


@dataclass(frozen=True, slots=True)
class Month:
    database: str
    pieces: Sequence[Piece]
    ports: tuple[int, int]

    def declarations(self) -> list[Declaration]:
        urls = {slug: f"http://127.0.0.1:{port}" for slug, port in zip(SLUGS, self.ports, strict=True)}
        return [
            Declaration(
                slug=slug,
                outlet=Outlet(NAMES[slug], home=f"{url}/"),
                sources=(Feed(f"{url}/rss"),),
                allowed_domains=("127.0.0.1",),
            )
            for slug, url in urls.items()
        ]


class _Clock:
    """The hour of the month, and the seconds that a run takes."""

    def __init__(self) -> None:
        self.hour = 0
        self._later = timedelta()
        self._began = time.monotonic()

    def set(self, hour: int, later: timedelta) -> None:
        self.hour, self._later, self._began = hour, later, time.monotonic()

    def __call__(self) -> datetime:
        passed = min(timedelta(seconds=time.monotonic() - self._began), AFTER_A_KILL / 2)
        return at_hour(self.hour) + self._later + passed


class _KeptWorkers(Workers):
    """One pool for all runs of the process."""

    def close(self, *, now: bool = False) -> None:
        """Kept for the next run; see `end`."""

    def end(self) -> None:
        super().close(now=True)


def play(month: Month, *, hours: range, attempt: int = 0) -> None:
    """One run at each of `hours`; prints the hour when its run is done. `attempt`: how often the first was killed."""
    clock = _Clock()
    settings = get_project_settings()
    settings.setdict({"DOWNLOAD_DELAY": 0}, priority="cmdline")
    with _served(month, clock), clock_set(clock):
        process = AsyncCrawlerProcess(settings)
        workers = _KeptWorkers(timeout_s=60, count=2)
        loop = asyncio.get_event_loop()
        main = loop.create_task(_all_hours(month, hours, attempt, clock, process, workers, settings))
        main.add_done_callback(lambda _: _stop())
        process.start(stop_after_crawl=False, install_signal_handlers=False)
        workers.end()
        main.result()


def _stop() -> None:
    # Imported late: importing it installs one, and Scrapy installs the one that it needs.
    from twisted.internet import reactor

    running_reactor: Any = reactor
    running_reactor.stop()


@contextmanager
def _served(month: Month, clock: _Clock) -> Iterator[None]:
    with ExitStack() as stack:
        for slug, port in zip(SLUGS, month.ports, strict=True):
            stack.enter_context(Server(month_site(slug, month.pieces, lambda: clock.hour), port=port))
        yield


async def _all_hours(
    month: Month,
    hours: range,
    attempt: int,
    clock: _Clock,
    process: AsyncCrawlerProcess,
    workers: Workers,
    settings: Settings,
) -> None:
    declarations = month.declarations()
    print("begun", flush=True)
    for hour in hours:
        clock.set(hour, attempt * AFTER_A_KILL if hour == hours[0] else timedelta())
        with run_lock(month.database):
            run = Run(kind="crawl", arguments=f"hour {hour}")
            run.workers = workers
            try:
                due = due_declarations(run, declarations, settings)
                await asyncio.gather(*(_visit(one, run, process) for one in due))
                follow_up(run)
            finally:
                run.finish()
        print(hour, flush=True)


async def _visit(declaration: Declaration, run: Run, process: AsyncCrawlerProcess) -> None:
    crawler = process.create_crawler(spider_of(declaration))
    await asyncio.wait([process.crawl(crawler, run=run, limit=None)])
    assert isinstance(crawler.spider, OutletSpider)
    await crawler.spider.visit.close()
