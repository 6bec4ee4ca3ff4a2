"""The links of one listing as they are gathered: canonical, once each, with the best title, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsmon.discovery.titles import clean_title
from newsmon.items import Link, Listing, Precision, Role
from newsmon.text.clean import clean_line
from newsmon.text.dates import read_date
from newsmon.text.urls import canonical_url, is_on

_LONGEST_RAW = 200
# What pages are full of and nobody would fetch: places on the page, scripts, mail, the addresses of applications.
_NO_ADDRESS_RE = re.compile(r"\s*(?:#|\Z|(?!https?:|file:|data:|ftp:)[a-z][a-z0-9+.-]*:(?!\d))", re.I)


def site_of(url: str) -> str:
    """The registrable domain of an address ("exemple.qc.ca"), or its host where there is none."""
    from courlan import extract_domain  # loads the public suffixes: only when links are compared

    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return extract_domain(f"https://{host}/") or host if "." in host else host


@dataclass(frozen=True)
class Frame:
    """What a listing is read against: where it is, when, and what its outlet declared."""

    base_url: str
    tz: ZoneInfo
    now: datetime
    article_re: str = ""
    allowed_domains: tuple[str, ...] = ()

    @cached_property
    def site(self) -> str:
        return site_of(self.base_url)

    @cached_property
    def _article(self) -> re.Pattern[str] | None:
        return re.compile(self.article_re) if self.article_re else None

    def is_declared(self, url: str) -> bool | None:
        """Whether the outlet's article_re fits the address, in https or http; None when there is none."""
        if self._article is None:
            return None
        return bool(self._article.search(url) or self._article.search(url.replace("https://", "http://", 1)))

    def is_allowed(self, url: str) -> bool:
        """Whether the address is on the declared domains; without any, on every domain."""
        return not self.allowed_domains or is_on(url, self.allowed_domains)

    def is_home(self, url: str) -> bool:
        """Whether the address is on the declared domains; without any, on the listing's own site."""
        if self.allowed_domains:
            return is_on(url, self.allowed_domains)
        return is_on(url, (self.site,)) if self.site else False


@dataclass(slots=True)
class Found:
    """A link before its date is read."""

    url: str
    title: str | None = None
    date_raw: str | None = None
    role: Role = "published"
    guid: str | None = None


@dataclass
class Collector:
    """Gathers links in the listing's order; an address that comes again only fills what its first place left out."""

    frame: Frame
    limit: int
    problems: dict[str, None] = field(default_factory=dict)
    _found: dict[str, Found] = field(default_factory=dict)

    def address(self, href: str, base: str | None = None) -> str | None:
        """The canonical address of a link, or None; what should be an address of a page and is not is a bad link."""
        if _NO_ADDRESS_RE.match(href):
            return None
        url = canonical_url(href, base or self.frame.base_url)
        if url is None:
            self.problem("bad_link")
        return url

    def problem(self, reason: str) -> None:
        self.problems.setdefault(reason)

    def add(self, found: Found) -> bool:
        """Takes a link whose `url` is canonical. False: there is room for no more."""
        found.title = clean_title(found.title)
        found.date_raw = clean_line(found.date_raw[:_LONGEST_RAW]) or None if found.date_raw else None
        found.guid = clean_line(found.guid[: 5 * _LONGEST_RAW]) or None if found.guid else None
        key = re.sub(r"://www\.", "://", found.url).rstrip("/")
        first = self._found.get(key)
        if first is None:
            if len(self._found) >= self.limit:
                self.problem("capped")
                return False
            self._found[key] = found
            return True
        first.title = first.title or found.title
        first.guid = first.guid or found.guid
        if first.date_raw is None:
            first.date_raw, first.role = found.date_raw, found.role
        return True

    def __len__(self) -> int:
        return len(self._found)

    def listing(self, children: Iterable[str] = ()) -> Listing:
        return Listing(links=tuple(self._links()), children=tuple(children), problems=tuple(self.problems))

    def _links(self) -> Iterator[Link]:
        for found in self._found.values():
            value, precision, role = read_listed_date(found.date_raw, found.role, self.frame)
            yield Link(
                url=found.url,
                title=found.title,
                date_raw=found.date_raw,
                published_at=value,
                precision=precision,
                role=role,
                guid=found.guid,
            )


def read_listed_date(raw: str | None, role: Role, frame: Frame) -> tuple[datetime | None, Precision | None, Role]:
    """A listing's date as an instant, its precision, and its role: its own words ("Mis à jour à 8h14") win."""
    if not raw:
        return None, None, role
    reading = read_date(raw, now=frame.now, tz=frame.tz)
    precision = reading.precision
    # Print stories are stamped 00:00:00 (Quebecor, 66 of 230 items of 2025): a day, not an hour of the night.
    if reading.value and precision in ("second", "minute") and reading.value.astimezone(frame.tz).time() == time(0):
        precision = "day"
    return reading.value, precision, "modified" if reading.role == "modified" else role
