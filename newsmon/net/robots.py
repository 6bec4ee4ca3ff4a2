"""robots.txt by RFC 9309: what is missing allows, what cannot be reached forbids."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from newsmon.net.outcomes import FetchFailure, failure_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

PARSED_BYTES = 500 * 1024
"""Of a robots.txt; RFC 9309 section 2.5 asks for at least this much."""


def read_rules(status: int, body: bytes, *, forbidden_allows: bool = True) -> str:
    """The rules that a robots.txt answer stands for: its first 500 KiB; none for 3xx, 4xx and for a page of HTML.

    With `forbidden_allows` off, 401 and 403 forbid the whole site.

    Raises: FetchFailure robots_unreachable for 429 and 5xx (RFC 9309 section 2.3.1.4: assume complete disallow).
    """
    if status == 429 or status >= 500:
        raise FetchFailure("blocked", "robots_unreachable", f"robots.txt answered {status}", status=status)
    if status in (401, 403) and not forbidden_allows:
        return "User-agent: *\nDisallow: /"
    text = body[:PARSED_BYTES].decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    return "" if status >= 300 or text.lstrip()[:1] == "<" else text


NO_HOST = frozenset({"dns", "tls", "connection", "private_address"})
"""Nobody is there to ask: that is the reason, and not what a robots.txt would have said."""


def _oddity(status: int, body: bytes, rules: str) -> str | None:
    """What is counted: a refusal that the norm takes for a welcome, a page where rules should be."""
    if status in (401, 403):
        return str(status)
    return "html" if status == 200 and body.strip() and not rules else None


class RobotsCache(Protocol):
    """Keeps what robots.txt said from one run to the next."""

    async def find(self, origin: str, *, stale: bool) -> str | None:
        """The rules of an origin, of today or, with `stale`, as old as may be."""

    async def keep(self, origin: str, status: int, rules: str) -> None: ...


DOWNLOADED_BYTES = 32 * 2**20


class RobotsMiddleware:
    """Holds back what robots.txt forbids, and keeps its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = crawler.settings["BOT_NAME"]
        self._forbidden_allows = crawler.settings.getbool("NEWSMON_ROBOTS_403_ALLOWS")
        self._delay_max = crawler.settings.getfloat("NEWSMON_CRAWL_DELAY_MAX")
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    @property
    def _cache(self) -> RobotsCache:
        cache: RobotsCache = self._crawler.spider.visit.robots  # type: ignore[union-attr]
        return cache

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._find(origin))
        rules = await asyncio.shield(self._rules[origin])
        if not rules.can_fetch(request.url, self._agent):
            raise FetchFailure("blocked", "robots", "robots.txt forbids it")
        self._keep_delay(rules, request)

    async def _find(self, origin: str) -> Protego:
        """The rules of today's copy, of the site, or, when it cannot be reached, of the last copy."""
        rules = await self._cache.find(origin, stale=False)
        if rules is None:
            try:
                rules = await self._fetch(origin)
            except FetchFailure as failure:
                rules = await self._cache.find(origin, stale=True)
                if rules is None or failure.reason in NO_HOST:
                    raise
        # Half a megabyte of wildcards takes seconds: the other outlets go on.
        return await asyncio.to_thread(Protego.parse, rules)

    async def _fetch(self, origin: str) -> str:
        url = f"{origin}/robots.txt"
        meta = {"is_robots": True, "allow_offsite": True, "download_maxsize": DOWNLOADED_BYTES}
        request = Request(url, callback=NO_CALLBACK, meta=meta, priority=1000)
        assert self._crawler.engine is not None
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except Exception as e:
            failure = failure_of(e, url)
            if failure.reason in NO_HOST:
                raise failure from e
            raise FetchFailure("blocked", "robots_unreachable", f"{url}: {failure.detail}") from e
        rules = read_rules(response.status, response.body, forbidden_allows=self._forbidden_allows)
        if odd := _oddity(response.status, response.body, rules):
            self._crawler.spider.visit.tally.counts[f"robots/{odd}"] += 1  # type: ignore[union-attr]
        await self._cache.keep(origin, response.status, rules)
        return rules

    def _keep_delay(self, rules: Protego, request: Request) -> None:
        delay = rules.crawl_delay(self._agent)
        if not delay:
            return
        if delay > self._delay_max:
            raise FetchFailure("blocked", "crawl_delay", f"robots.txt asks for {delay:g} s between requests")
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None:
            slot.delay, slot.jitter = max(slot.delay, delay), 0  # by half less would be too early
