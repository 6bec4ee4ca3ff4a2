"""One request, one answer or one failure: nothing that Scrapy drops in silence is lost."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from newsmon.net.compression import TRAILING_JUNK
from newsmon.net.outcomes import FetchFailure, failure_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer with status 200 to 299, or 304 when the request was conditional."""

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    """Lower-case names."""
    body: bytes
    elapsed_ms: int
    tries: int
    flags: tuple[str, ...] = ()
    """What was forgiven: `trailing_junk` after a gzip, `open_end` where a page of HTML does not close."""

    @property
    def not_modified(self) -> bool:
        return self.status == 304


class Fetcher:
    """Asks for one address after the other through Scrapy's downloader and its middlewares."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._listing_bytes = crawler.settings.getint("NEWSMON_LISTING_BYTES")

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, listing: bool = False
    ) -> Fetched:
        """Fetch `url`, asking for what changed when `etag` or `last_modified` is known.

        Raises: FetchFailure, for whatever is not a whole answer.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        # A listing may live on another host than its articles; an article may not.
        meta = {"allow_offsite": True, "download_maxsize": self._listing_bytes} if listing else {}
        request = Request(url, headers={k: v for k, v in headers.items() if v}, meta=meta, callback=NO_CALLBACK)
        assert self._crawler.engine is not None
        began = time.monotonic()
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as e:
            raise failure_of(e, url) from e
        return self._answer(url, response, began, conditional=bool(etag or last_modified))

    def _answer(self, url: str, response: Response, began: float, *, conditional: bool) -> Fetched:
        status = response.status
        headers = {k.decode("latin-1").lower(): v[-1].decode("latin-1") for k, v in response.headers.items() if v}
        if status in (404, 410):
            raise FetchFailure("failed", "gone", f"HTTP {status}", status=status)
        if status in (429, 503):
            raise FetchFailure(
                "failed", "rate_limited", f"HTTP {status}", status=status, retry_after=headers.get("retry-after")
            )
        if status == 304 and not conditional:
            raise FetchFailure("failed", "unexpected_304", "304 to an unconditional request", status=status)
        if status != 304 and not 200 <= status < 300:
            raise FetchFailure("failed", "http_status", f"HTTP {status}", status=status)
        if status != 304 and not response.body:
            raise FetchFailure("failed", "empty", f"HTTP {status} without a body", status=status)
        meta = response.request.meta if response.request else {}
        return Fetched(
            url=url,
            final_url=response.url,
            status=status,
            headers=headers,
            body=response.body,
            elapsed_ms=round((time.monotonic() - began) * 1000),
            tries=meta.get("retry_times", 0) + 1,
            flags=_flags(response, headers.get("content-type", "")),
        )


def _flags(response: Response, content_type: str) -> tuple[str, ...]:
    """HTTP/1.0 and a Content-Length that is too small end a page anywhere, and only its own end tag can tell."""
    is_open = "html" in content_type and b"</html" not in response.body[-4096:].lower()
    return ((TRAILING_JUNK,) if TRAILING_JUNK in response.flags else ()) + (("open_end",) if is_open else ())
