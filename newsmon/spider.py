"""The spider of every outlet: its declaration as class attributes, and the visit that a run pays it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, ClassVar

import scrapy
from scrapy import signals

from newsmon.errors import ConfigurationError
from newsmon.items import Page
from newsmon.outlets import Declaration, Layout, Outlet, Source

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsmon.running import Run
    from newsmon.visit import Visit

LAYOUT_FIELDS = tuple(f.name for f in dataclasses.fields(Layout) if f.name != "until")


class OutletSpider(scrapy.Spider):
    """An outlet's declaration; only what differs from the default is said.

    A class without a `name` of its own is a family's base and declares nothing.
    """

    outlet: ClassVar[Outlet]
    allowed_domains: ClassVar[list[str]] = []
    sources: ClassVar[Iterable[Source]] = ()
    article_re: ClassVar[str] = ""
    headline_css: ClassVar[str] = ""
    deck_css: ClassVar[str] = ""
    byline_css: ClassVar[str] = ""
    body_css: ClassVar[str] = ""
    section_css: ClassVar[str] = ""
    date_css: ClassVar[str] = ""
    clock_css: ClassVar[str] = ""
    caption_css: ClassVar[str] = ""
    strip_css: ClassVar[tuple[str, ...]] = ()
    older_layouts: ClassVar[tuple[Layout, ...]] = ()

    declaration: ClassVar[Declaration]
    """Built and checked when the class is made: what is wrong is said when its file is imported."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            cls.declaration = declaration_of(cls)

    def __init__(self, *, limit: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        self.visit: Visit

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, run: Run | None = None, **kwargs: Any) -> OutletSpider:
        """`run` is given by `newsmon crawl`; without it, as under `scrapy crawl`, the spider is a run of its own."""
        # Here and not above: a declaration is read by commands that crawl nothing.
        from newsmon.net.fetch import Fetcher
        from newsmon.visit import Visit

        spider = super().from_crawler(crawler, *args, **kwargs)
        own = run or _own_run(cls.declaration, crawler)
        spider.visit = Visit(cls.declaration, own, Fetcher(crawler), crawler.settings, limit=spider.limit)
        for signal in (signals.item_error, signals.item_dropped):
            crawler.signals.connect(spider.item_lost, signal)
        return spider

    async def start(self) -> AsyncIterator[Page]:
        """Yields every page that the visit brings; the pipelines make articles of them."""
        async for page in self.visit.pages():
            yield page
        # All is settled: the engine is to see it now, and not at its next heartbeat, up to five seconds later.
        engine: Any = self.crawler.engine
        asyncio.get_running_loop().call_later(0.01, engine._slot.nextcall.schedule)

    def item_lost(self, item: Any) -> None:
        """A pipeline gave an item up without saying why: that is a fault of ours, and it is counted."""
        if self.visit.is_pending(item.url):
            self.visit.settle(item.url, "failed", "internal", "a pipeline step failed: see the log")


def _own_run(declaration: Declaration, crawler: Crawler) -> Run:
    """A run for one crawler alone, with the lock, the lease and the account that any run has."""
    from newsmon.environment import database_url
    from newsmon.leasing import Leases
    from newsmon.running import Run
    from newsmon.store.runs import crawl_lock

    stack = ExitStack()
    stack.enter_context(crawl_lock(database_url()))
    run = Run(kind="crawl", arguments=f"scrapy crawl {declaration.slug}")
    stack.callback(run.finish)
    leases = Leases(run)
    try:
        leases.take_now(declaration)
    except BaseException:
        stack.close()
        raise
    tasks: list[asyncio.Task[None]] = []

    def begin() -> None:
        tasks.append(asyncio.ensure_future(leases.keep()))

    async def finish() -> None:
        await visit_of(crawler).close()
        await leases.give_back(declaration)
        for task in tasks:
            task.cancel()
        stack.close()

    crawler.signals.connect(begin, signals.engine_started, weak=False)
    crawler.signals.connect(finish, signals.engine_stopped, weak=False)
    return run


def declaration_of(cls: type[OutletSpider]) -> Declaration:
    """The declaration that a spider class makes. Raises: ConfigurationError, with the class's file and name."""
    try:
        layout = Layout(**{name: getattr(cls, name) for name in LAYOUT_FIELDS})
        return Declaration(
            slug=cls.name,
            outlet=cls.outlet,
            allowed_domains=tuple(cls.allowed_domains),
            sources=tuple(cls.sources),
            article_re=cls.article_re,
            layouts=(layout, *cls.older_layouts),
        )
    except (ConfigurationError, AttributeError, TypeError) as e:
        raise ConfigurationError(f"{cls.__module__.replace('.', '/')}.py, {cls.__name__}: {e}") from None


def visit_of(crawler: Crawler) -> Visit:
    """The visit that a pipeline's crawler pays."""
    spider = crawler.spider
    assert isinstance(spider, OutletSpider)
    return spider.visit
