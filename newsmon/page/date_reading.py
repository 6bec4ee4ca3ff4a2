"""A date string of a page, read: its instant, what its own words and its place make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from newsmon.items import Article, DateCandidate, DateSource, DateString, ListingKind, Role
from newsmon.page.date_reasons import (
    BOUND,
    CLOCK_DECLARED,
    CLOCK_FRAME,
    MODIFIED,
    PLACES,
    REFUSED_CONSTANT,
    REFUSED_NO_DATE,
    REFUSED_RANGE,
)
from newsmon.text.dates import DateReading, read_date

MACHINE: frozenset[DateSource] = frozenset({"jsonld", "meta", "time"})
ORDER: tuple[DateSource, ...] = (
    "jsonld", "meta", "time", "feed", "news_sitemap", "section", "label", "header", "url",
)  # fmt: skip
"""Whose publication date is believed first."""
LISTINGS: dict[ListingKind, DateSource] = {
    "rss": "feed", "atom": "feed", "news_sitemap": "news_sitemap", "sitemap": "lastmod", "section": "section",
}  # fmt: skip
_RELATIVE_RULES = frozenset({"ago", "instant", "period", "day_word", "weekday", "label_time"})
_FINENESS = {"month": 0, "day": 1, "hour": 2, "minute": 3, "second": 4}
_OFFSET_RE = re.compile(r"(?:(?P<utc>Z|UTC|GMT)|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))\s*\Z")
_SENTINEL_RE = re.compile(r"\A-?0{3,4}[0-2]-|\A19(?:00|69|70)-|\A0\Z")


@dataclass(slots=True)
class Told:
    """A candidate with what the decision needs to know of it."""

    candidate: DateCandidate
    string: DateString
    labelled: bool = False
    """Its own words say published or modified."""
    zoned: bool = False
    """Its zone stands in the text."""
    relative: bool = False
    """Counted from the fetch, or its year was."""
    sentinel: bool = False

    @property
    def value(self) -> datetime:
        assert self.candidate.value is not None
        return self.candidate.value

    @property
    def fineness(self) -> int:
        """0 month, 1 day, 2 hour, 3 minute, 4 second."""
        return _FINENESS[self.candidate.precision or "day"]

    @property
    def is_strong(self) -> bool:
        """Whether its place or its words say plainly that it is the publication."""
        plain = self.string.role == "published" or self.labelled
        return plain and not self.relative and self.string.place == "" and self.string.source != "section"

    def day(self, tz: ZoneInfo) -> date:
        return self.value.astimezone(tz).date()

    def wall(self) -> datetime | None:
        """The hour and minute as written, naive; None without a zone in the text or without an hour."""
        m = _OFFSET_RE.search(self.candidate.raw) if self.zoned and self.fineness >= 3 else None
        if m is None:
            return None
        offset = timedelta(0) if m["utc"] else timedelta(hours=int(m["hours"]), minutes=int(m["minutes"]))
        if offset >= timedelta(hours=24):
            return None
        local = self.value.astimezone(timezone(-offset if m["sign"] == "-" else offset))
        return local.replace(tzinfo=None, second=0, microsecond=0)

    def flag(self, name: str) -> None:
        if name not in self.candidate.flags:
            self.candidate.flags = (*self.candidate.flags, name)


def read_strings(article: Article, tz: ZoneInfo, constants: frozenset[tuple[str, str]]) -> list[Told]:
    """Every string of the page and of its listing, read; those that cannot be the publication bear their reason."""
    # Sites say the same stamp in several places: each text is read once.
    readings: dict[tuple[str, str | None], DateReading] = {}
    for string in article.date_strings:
        if (string.raw, string.zone) not in readings:
            readings[string.raw, string.zone] = _reading(string, article, tz)
    told = [_told(string, readings[string.raw, string.zone]) for string in article.date_strings]
    told += _read_listing(article, tz)
    for one in told:
        _judge_alone(one, constants)
    return [one for one in told if not _is_mere_text(one)]


def _is_mere_text(told: Told) -> bool:
    """A line that only looked like a date was no candidate; what a place declares as a date is one in any case."""
    if told.candidate.value is not None or told.string.source not in ("header", "label", "text"):
        return False
    return told.candidate.reason == REFUSED_NO_DATE or told.string.place not in ("", "end")


def _reading(string: DateString, article: Article, tz: ZoneInfo) -> DateReading:
    zone = ZoneInfo(string.zone) if string.zone else tz
    return read_date(string.raw, now=article.fetched_at, tz=zone)


def _told(string: DateString, reading: DateReading) -> Told:
    candidate = DateCandidate(
        role=_role_of(string, reading),
        source=string.source,
        selector=string.selector,
        raw=string.raw,
        value=reading.value,
        precision=reading.precision,
        flags=reading.flags,
        reason=_why_none(reading) if reading.value is None else "",
    )
    relative = reading.rule in _RELATIVE_RULES or "year_inferred" in reading.flags
    zoned = reading.zone_from in ("text", "utc") or string.zone is not None
    sentinel = reading.value is None and string.source in MACHINE and bool(_SENTINEL_RE.match(string.raw))
    return Told(candidate, string, labelled=reading.role is not None, zoned=zoned, relative=relative, sentinel=sentinel)


def _role_of(string: DateString, reading: DateReading) -> Role:
    """What the place says; its own words decide between published and modified."""
    if string.role in ("clock", "event", "bound", "modified"):
        return string.role
    return "modified" if reading.role == "modified" else "published"


def _why_none(reading: DateReading) -> str:
    return REFUSED_RANGE if reading.rule in ("refused: before 1990", "refused: after now + 2 days") else REFUSED_NO_DATE


def _read_listing(article: Article, tz: ZoneInfo) -> list[Told]:
    """The date that the listing gave, as it was read when the listing was fetched."""
    link, kind = article.link, article.link_kind
    if link is None or kind is None or not (link.date_raw or link.published_at):
        return []
    source = LISTINGS[kind]
    role: Role = "modified" if source == "lastmod" or link.role == "modified" else link.role
    raw = link.date_raw or (link.published_at.isoformat() if link.published_at else "")
    string = DateString(source=source, selector=kind, raw=raw, role=role)
    told = _told(string, _reading(string, article, tz))
    if link.published_at is not None and _is_plausible(link.published_at, article.fetched_at):
        # "Il y a 3 heures" was true then.
        told.candidate.value, told.candidate.precision = link.published_at, link.precision or "second"
        told.candidate.reason = ""
    return [told]


def _is_plausible(value: datetime, fetched_at: datetime) -> bool:
    return value.tzinfo is not None and value.year >= 1990 and value - fetched_at <= timedelta(days=2)


def _judge_alone(told: Told, constants: frozenset[tuple[str, str]]) -> None:
    """The reasons that need nothing else of the page."""
    candidate, string = told.candidate, told.string
    if told.sentinel:
        candidate.reason = REFUSED_RANGE
    elif candidate.reason:
        return
    elif (string.selector, string.raw) in constants:
        candidate.role, candidate.reason = "event", REFUSED_CONSTANT
    elif candidate.role == "clock":
        candidate.reason = CLOCK_DECLARED if string.place == "clock" else CLOCK_FRAME
    elif candidate.role == "event":
        candidate.reason = PLACES.get(string.place) or PLACES["other"]
    elif candidate.role == "bound":
        candidate.reason = BOUND
    elif candidate.role == "modified":
        candidate.reason = MODIFIED
