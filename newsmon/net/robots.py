"""robots.txt by RFC 9309: what is missing allows, what cannot be reached forbids."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
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


def parse_robots(status: int, body: bytes) -> Protego:
    """The rules that a robots.txt answer stands for.

    Raises: FetchFailure robots_unreachable for 429 and 5xx (RFC 9309 section 2.3.1.4: assume complete disallow).
    """
    if status == 429 or status >= 500:
        raise FetchFailure("blocked", "robots_unreachable", f"robots.txt answered {status}", status=status)
    text = body[:PARSED_BYTES].decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    if status >= 300 or text.lstrip()[:1] == "<":
        return Protego.parse("")
    return Protego.parse(text)


DOWNLOADED_BYTES = 32 * 2**20


class RobotsMiddleware:
    """Holds back what robots.txt forbids, and keeps its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = crawler.settings["BOT_NAME"]
        self._delay_max = crawler.settings.getfloat("NEWSMON_CRAWL_DELAY_MAX")
        self._rules: dict[str, asyncio.Task[Protego]] = {}

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
            self._rules[origin] = asyncio.ensure_future(self._fetch(origin))
        rules = await asyncio.shield(self._rules[origin])
        if not rules.can_fetch(request.url, self._agent):
            raise FetchFailure("blocked", "robots", "robots.txt forbids it")
        self._keep_delay(rules, request)

    async def _fetch(self, origin: str) -> Protego:
        url = f"{origin}/robots.txt"
        meta = {"is_robots": True, "allow_offsite": True, "download_maxsize": DOWNLOADED_BYTES}
        request = Request(url, callback=NO_CALLBACK, meta=meta, priority=1000)
        assert self._crawler.engine is not None
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except Exception as e:
            failure = failure_of(e, url)
            reason = failure.reason if failure.reason == "private_address" else "robots_unreachable"
            raise FetchFailure("blocked", reason, f"{url}: {failure.detail}") from e
        return parse_robots(response.status, response.body)

    def _keep_delay(self, rules: Protego, request: Request) -> None:
        delay = rules.crawl_delay(self._agent)
        if not delay:
            return
        if delay > self._delay_max:
            raise FetchFailure("blocked", "crawl_delay", f"robots.txt asks for {delay:g} s between requests")
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None:
            slot.delay = max(slot.delay, delay)
