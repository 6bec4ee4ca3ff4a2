"""Addresses fetched for someone who looks at a site: as politely and as guarded as in a crawl, with nothing stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar, cast

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.project import get_project_settings

from newsmon.clock import now_utc
from newsmon.discovery import parse_listing
from newsmon.errors import ListingError, PageError
from newsmon.items import Link, Page
from newsmon.net.fetch import Fetcher
from newsmon.net.outcomes import FetchFailure
from newsmon.outlets import AtomFeed, Declaration, Feed, NewsSitemap, Sitemap, Source
from newsmon.text.urls import canonical_url

T = TypeVar("T")
Work = Callable[[Fetcher], Awaitable[T]]
"""What one looker does with a fetcher of its own."""
SITEMAP_DEPTH = 2
CHILDREN = 3
"""Of an index of sitemaps, that are asked in search of an article."""


class _RobotsOfThisLook:
    """robots.txt, kept while the looking lasts."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}

    async def find(self, origin: str, *, stale: bool) -> str | None:
        return self._rules.get(origin)

    async def keep(self, origin: str, status: int, rules: str) -> None:
        self._rules[origin] = rules


class _Visit:
    """The part of a crawl's visit that the robots middleware asks for."""

    def __init__(self) -> None:
        self.robots = _RobotsOfThisLook()


class _Looker(scrapy.Spider, Generic[T]):
    name = "look"

    def __init__(self, work: Work[T], keep: Callable[[T | Exception], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.visit = _Visit()
        self._work = work
        self._keep = keep
        self._fetcher: Fetcher

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> _Looker[T]:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._fetcher = Fetcher(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        try:
            self._keep(await self._work(self._fetcher))
        except Exception as e:
            self._keep(e)
        return
        yield


def look(
    works: Sequence[Work[T]],
    settings: dict[str, str] | None = None,
    *,
    watch: Callable[[int], None] = lambda done: None,
) -> list[T]:
    """What each of `works` comes to, in their order. Each has a crawler of its own: its own pace, its own robots.

    `watch(works done)` is called after each.
    Once a process: the event loop that it starts cannot be started again.
    A signal ends the process as it ends any: there is nothing to put in order.
    Raises: what a work raises (the first, in their order).
    """
    chosen = get_project_settings()
    chosen.setdict({"ITEM_PIPELINES": {}, **(settings or {})}, priority="cmdline")
    process = AsyncCrawlerProcess(chosen)
    came: dict[int, T | Exception] = {}
    at_once = asyncio.Semaphore(chosen.getint("NEWSMON_OUTLETS_AT_ONCE"))

    async def one(number: int, work: Work[T]) -> None:
        async with at_once:
            await process.crawl(process.create_crawler(_Looker), work=work, keep=lambda it: came.update({number: it}))
            watch(len(came))

    async def everyone() -> None:
        await asyncio.gather(*(one(number, work) for number, work in enumerate(works)))

    loop = asyncio.get_event_loop()
    main = loop.create_task(everyone())
    main.add_done_callback(lambda _: _stop_reactor())
    process.start(stop_after_crawl=False, install_signal_handlers=False)
    main.result()
    results = [came[number] for number in range(len(works))]
    for result in results:
        if isinstance(result, Exception):
            raise result
    return cast("list[T]", results)


def _stop_reactor() -> None:
    # Imported late: importing it installs one, and Scrapy installs the one that it needs.
    from twisted.internet import reactor

    running: Any = reactor
    if running.running:
        running.stop()


async def fetch_page(fetcher: Fetcher, url: str) -> Page:
    """One page, whole. Raises: PageError with the reason of the failure, the address in its text."""
    try:
        answer = await fetcher.get(url)
    except FetchFailure as failure:
        raise PageError(failure.reason, f"{url}: {failure.reason}: {failure.detail}") from None
    return Page(
        outlet="",
        url=url,
        final_url=canonical_url(answer.final_url) or answer.final_url,
        body=answer.body,
        fetched_at=now_utc().replace(microsecond=0),
        status=answer.status,
        headers=answer.headers,
        elapsed_ms=answer.elapsed_ms,
    )


async def fetch_links(
    fetcher: Fetcher, source: Source, declaration: Declaration, *, depth: int = SITEMAP_DEPTH
) -> tuple[Source, list[Link]]:
    """The links of a listing, and the listing itself: of an index of sitemaps the first child that brings any.

    Raises: ListingError with the reason of the failure, the address in its text.
    """
    try:
        answer = await fetcher.get(source.url, listing=True)
    except FetchFailure as failure:
        raise ListingError(failure.reason, f"{source.url}: {failure.reason}: {failure.detail}") from None
    listing = parse_listing(
        answer.body,
        kind=source.kind,
        base_url=answer.final_url,
        tz=declaration.tz,
        now=now_utc(),
        content_type=answer.headers.get("content-type", ""),
        article_re=declaration.article_re,
        allowed_domains=declaration.allowed_domains,
    )
    if listing.links:
        return _named_rightly(source, answer.body), list(listing.links)
    for child in sorted(listing.children, key=lambda url: "news" not in url)[:CHILDREN] if depth else ():
        try:
            return await fetch_links(fetcher, type(source)(child), declaration, depth=depth - 1)
        except ListingError:
            continue
    raise ListingError("no_links", f"{source.url}: no_links: it brings no article")


def _named_rightly(source: Source, body: bytes) -> Source:
    """`source` as the kind that it turns out to be: a sitemap with Google News' elements, a feed of Atom."""
    if isinstance(source, Sitemap) and b"/schemas/sitemap-news/" in body:
        return NewsSitemap(source.url)
    return AtomFeed(source.url) if isinstance(source, Feed) and b"http://www.w3.org/2005/Atom" in body[:600] else source
