"""How an outlet is declared: who it is, where its listings are, what its pages look like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsmon.errors import ConfigurationError
from newsmon.items import ListingKind

SLUG_RE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")


def _check_http_url(url: str, what: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"{what}: {url!r} is not an http(s) address")


def _domain_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Source:
    """A listing of an outlet."""

    url: str
    kind: ClassVar[ListingKind]

    def __post_init__(self) -> None:
        _check_http_url(self.url, type(self).__name__)


@dataclass(frozen=True, slots=True)
class Feed(Source):
    """RSS or RDF."""

    kind: ClassVar[ListingKind] = "rss"


@dataclass(frozen=True, slots=True)
class AtomFeed(Source):
    kind: ClassVar[ListingKind] = "atom"


@dataclass(frozen=True, slots=True)
class NewsSitemap(Source):
    """A sitemap with Google News' elements, or an index of such."""

    kind: ClassVar[ListingKind] = "news_sitemap"


@dataclass(frozen=True, slots=True)
class Sitemap(Source):
    """A sitemap, or an index of sitemaps; only addresses that fit `article_re` are followed."""

    kind: ClassVar[ListingKind] = "sitemap"


@dataclass(frozen=True, slots=True)
class Section(Source):
    """A page of links (home, section) or a JSON lineup."""

    kind: ClassVar[ListingKind] = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Selectors of an outlet's article pages. Empty means: the generic cleaner decides.

    `until` is the last day on which pages looked so; None for today's layout.
    """

    headline_css: str = ""
    deck_css: str = ""
    byline_css: str = ""
    body_css: str = ""
    section_css: str = ""
    date_css: str = ""
    """Visible publication date."""
    clock_css: str = ""
    """Dates that tell when the page was served."""
    caption_css: str = ""
    strip_css: tuple[str, ...] = ()
    """What never belongs to the body."""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publication. `region` is a Canadian province code, "CA" or another country's code."""

    name: str
    home: str = ""
    owner: str = ""
    region: str = "CA"
    timezone: str = "America/Toronto"
    language: str = "fr"

    @property
    def domain(self) -> str:
        """The host of `home` without www; empty without a home."""
        return _domain_of(self.home)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ConfigurationError("an outlet needs a name")
        if self.home:
            _check_http_url(self.home, f"home of {self.name}")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ConfigurationError(f"timezone of {self.name}: {self.timezone!r} is not an IANA zone") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """All that is declared of an outlet: plain data that a worker process can take."""

    slug: str
    outlet: Outlet
    allowed_domains: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    article_re: str = ""
    """Addresses of articles; empty: the generic rule of newsmon.discovery decides."""
    layouts: tuple[Layout, ...] = field(default=(Layout(),))
    """Today's first, older ones after it."""
    followed: bool = True
    """Whether `newsmon crawl` without a name visits it; else it must be named, or stand in NEWSMON_FOLLOW."""

    def __post_init__(self) -> None:
        if not SLUG_RE.match(self.slug):
            raise ConfigurationError(f"outlet {self.slug!r}: a slug is snake_case ASCII, e.g. le_devoir")
        try:
            re.compile(self.article_re)
        except re.error as e:
            raise ConfigurationError(f"outlet {self.slug}: article_re is not a regular expression: {e}") from None

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.outlet.timezone)


def undeclared(url: str, *, prefix: str, sources: tuple[Source, ...] = ()) -> Declaration:
    """A declaration for the host of `url`, which nobody declared: slug `prefix` and the host's words."""
    host = _domain_of(url) or "unknown"
    words = "".join(c if c.isalnum() and c.isascii() else " " for c in host).lower().split()
    return Declaration(slug="_".join([prefix, *words]), outlet=Outlet(host), sources=sources)
