"""Redirects, each step looked at: what leads nowhere a crawler may go is said by its own reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware

from newsmon.net.outcomes import FetchFailure

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

STATUSES = frozenset({301, 302, 303, 307, 308})


class CheckedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's, which hands over a redirect to another scheme as if it were an answer."""

    def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]
        location = response.headers.get("Location")
        if response.status in STATUSES and location is not None:
            check_location(location, request.url, longest=self.crawler.settings.getint("URLLENGTH_LIMIT"))
        return super().process_response(request, response)


def check_location(location: bytes, asked: str, *, longest: int) -> None:
    """Raises: FetchFailure bad_redirect for what is no address, scheme for one that is not of the web."""
    text = location.decode("latin-1").strip()
    try:
        parts = urlsplit(urljoin(asked, text))
        nowhere = parts.scheme in ("http", "https") and (not parts.hostname or parts.port == 0)
    except ValueError:
        nowhere = True
    if nowhere or len(text) > longest:
        raise FetchFailure("failed", "bad_redirect", f"redirected to {text[:100]!r}, which is no address")
    if parts.scheme not in ("http", "https"):
        raise FetchFailure("blocked", "scheme", f"redirected to {parts.scheme}:")
