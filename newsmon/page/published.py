"""When an article was published: every candidate read, one chosen, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsmon.items import Article, DateCandidate, DateHabits, DateSource, DateString
from newsmon.page.datestrings import find_date_strings
from newsmon.text.dates import read_date

__all__ = ["date_article", "find_date_strings"]

ORDER: tuple[DateSource, ...] = (
    "jsonld", "meta", "time", "feed", "news_sitemap", "section", "label", "header", "url",
)  # fmt: skip
"""Whose publication date is believed first."""
TRUSTED: frozenset[DateSource] = frozenset({"jsonld", "meta", "feed", "news_sitemap", "label"})
"""Sources whose earlier date may win against the first in order."""
FINENESS = {"second": 4, "minute": 4, "hour": 3, "day": 2, "month": 1}

NOW_WITHIN = timedelta(minutes=10)
"""Of the fetch: an unlabelled date so fresh, with nothing beside it, is a clock."""
DAY = timedelta(days=1)
_LETTERS_RE = re.compile(r"[^\W\d_]{2,}")


def date_article(article: Article, *, tz: ZoneInfo, habits: DateHabits = DateHabits()) -> Article:  # noqa: B008 (frozen)
    """Fill `dates`, `published_*`, `modified_at`, `day` and `day_basis`.

    The crawl's time is never a publication date: with no candidate that holds, published_at stays None and the day is
    the clock's, an upper bound, or the day of the first look.
    """
    strings = [*article.date_strings, *_of_listing(article)]
    candidates = [_read(string, article, tz, habits) for string in strings]
    _repair_local_as_utc(article, candidates, tz, habits)
    _tell_clocks(article, candidates)
    chosen = _choose(article, candidates, tz)
    article.dates = candidates
    if chosen is not None:
        article.published_at = chosen.value
        article.published_precision = chosen.precision
        article.published_source = chosen.source
    article.modified_at = _modified(candidates, chosen)
    article.day, article.day_basis = _day(article, candidates, tz)
    return article


def _of_listing(article: Article) -> list[DateString]:
    link, kind = article.link, article.link_kind
    if link is None or not link.date_raw or kind is None:
        return []
    sources: dict[str, DateSource] = {
        "rss": "feed", "atom": "feed", "news_sitemap": "news_sitemap", "sitemap": "lastmod", "section": "section",
    }  # fmt: skip
    role = "modified" if link.role == "modified" or kind == "sitemap" else "published"
    return [DateString(source=sources[kind], selector=kind, raw=link.date_raw, role=role)]  # type: ignore[arg-type]


def _read(string: DateString, article: Article, tz: ZoneInfo, habits: DateHabits) -> DateCandidate:
    zone = ZoneInfo(string.zone) if string.zone else tz
    reading = read_date(string.raw, now=article.fetched_at, tz=zone)
    role = string.role
    if role in (None, "published") and reading.role == "modified":
        role = "modified"
    if role is None:
        role = "published"
    candidate = DateCandidate(
        role=role,
        source=string.source,
        selector=string.selector,
        raw=string.raw,
        value=reading.value,
        precision=reading.precision,
        flags=reading.flags,
    )
    if candidate.value is None:
        candidate.reason = f"no date: {reading.rule}"
    elif string.selector in habits.clock_selectors and string.source in ("header", "time"):
        candidate.role, candidate.reason = "clock", "clock: this place showed one text on several articles"
    elif (string.selector, string.raw) in habits.constants:
        candidate.role, candidate.reason = "event", "the template's: the same on many articles"
    else:
        _midnight(candidate, tz)
    return candidate


def _midnight(candidate: DateCandidate, tz: ZoneInfo) -> None:
    """A machine's stamp at midnight to the second tells the day only."""
    if candidate.source not in ("jsonld", "meta", "time", "feed", "news_sitemap") or candidate.precision not in (
        "second",
        "minute",
    ):
        return
    assert candidate.value is not None
    local = candidate.value.astimezone(tz)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        candidate.precision = "day"
        candidate.flags = (*candidate.flags, "midnight")
    elif candidate.source != "feed" and candidate.value.strftime("%H%M%S") == "000000" and "T00:00:00" in candidate.raw:
        # Midnight in UTC: the day as written, which is another one here.
        written = candidate.value.date()
        candidate.value = datetime(written.year, written.month, written.day, tzinfo=tz).astimezone(UTC)
        candidate.precision = "day"
        candidate.flags = (*candidate.flags, "midnight_utc")


def _repair_local_as_utc(article: Article, candidates: list[DateCandidate], tz: ZoneInfo, habits: DateHabits) -> None:
    """WordPress stamps local time as +00:00: proven by habit, or by the listing's own instant."""
    listing = [
        c
        for c in candidates
        if c.source in ("feed", "news_sitemap") and c.value and c.precision in ("second", "minute")
    ]
    for candidate in candidates:
        if candidate.source not in ("jsonld", "meta", "time") or not candidate.value:
            continue
        if not candidate.raw.rstrip().endswith(("+00:00", "+0000")) or candidate.role not in ("published", "modified"):
            continue
        local = candidate.value.replace(tzinfo=tz).astimezone(UTC)
        proven = any(
            c.value and local != candidate.value and abs(c.value - local) < timedelta(minutes=2) for c in listing
        )
        if habits.local_as_utc or proven:
            candidate.value = local
            candidate.flags = (*candidate.flags, "local_as_utc")
            _count(article, "local_as_utc")


def _tell_clocks(article: Article, candidates: list[DateCandidate]) -> None:
    """An unlabelled date of the very minute of the fetch, with nothing else beside it, is the page's clock."""
    others = [c for c in candidates if c.role == "published" and c.value and c.source not in ("header", "time")]
    for candidate in candidates:
        if candidate.role == "published" and candidate.value and candidate.source in ("header", "time") and not others:
            fine = candidate.precision in ("minute", "second")
            if fine and abs(article.fetched_at - candidate.value) < NOW_WITHIN:
                candidate.role, candidate.reason = "clock", "clock: the very minute of the fetch, and nothing beside it"
    for candidate in candidates:
        if candidate.role == "clock":
            candidate.reason = candidate.reason or "clock: tells when the page was served"
            _count(article, "clock_rejected")


# --- the choice


def _choose(article: Article, candidates: list[DateCandidate], tz: ZoneInfo) -> DateCandidate | None:
    ranked = sorted(_published(candidates), key=lambda c: ORDER.index(c.source))
    unlabelled = [c for c in ranked if c.source == "header"]
    bare = [c for c in unlabelled if _is_bare(c.raw)] or unlabelled
    if len({c.value for c in bare}) > 1:
        bare = []
    for candidate in unlabelled:
        if candidate not in bare:
            candidate.reason = "refused: one of several unlabelled dates"
            ranked.remove(candidate)
    if not ranked:
        _explain(candidates, None, tz)
        return None
    best = _earliest_trusted(article, ranked, tz)
    best = _refined(best, ranked, tz)
    best.chosen = True
    best.reason = best.reason or f"chosen: {best.source} is first in order"
    _explain(candidates, best, tz)
    return best


def _is_bare(raw: str) -> bool:
    """Whether an unlabelled string is nothing but its date: a title or a sentence that holds one is not."""
    return len(_LETTERS_RE.findall(raw)) <= 5


def _published(candidates: Iterable[DateCandidate]) -> list[DateCandidate]:
    return [c for c in candidates if c.role == "published" and c.value is not None and c.source in ORDER]


def _earliest_trusted(article: Article, ranked: list[DateCandidate], tz: ZoneInfo) -> DateCandidate:
    """The first in order, unless a trusted source says more than a day earlier, and not before the URL's day."""
    best = ranked[0]
    url_day = next((_local_day(c, tz) for c in ranked if c.source == "url"), None)
    if best.source == "url":
        return best
    if url_day and _local_day(best, tz) < url_day - DAY:
        later = [c for c in ranked if c.source != "url" and _local_day(c, tz) >= url_day - DAY]
        best.reason = "refused: before the day in the address"
        if not later:
            return next(c for c in ranked if c.source == "url")
        best = later[0]
    for other in ranked:
        if other.source not in TRUSTED or other is best:
            continue
        assert other.value and best.value
        earlier = best.value - other.value > DAY and _local_day(other, tz) < _local_day(best, tz) - DAY
        if earlier and (url_day is None or _local_day(other, tz) >= url_day - DAY):
            best.flags = (*best.flags, "conflict")
            other.flags = (*other.flags, "conflict")
            other.reason = f"chosen: earlier than {best.source} by more than a day"
            best.reason = f"refused: {other.source} is earlier by more than a day"
            _count(article, "conflict")
            best = other
    return best


def _refined(best: DateCandidate, ranked: list[DateCandidate], tz: ZoneInfo) -> DateCandidate:
    """A finer date of the same local day from lower in the order."""
    if FINENESS[best.precision or "day"] >= FINENESS["minute"]:
        return best
    for other in ranked:
        finer = FINENESS[other.precision or "day"] > FINENESS[best.precision or "day"]
        if finer and other is not best and _local_day(other, tz) == _local_day(best, tz):
            other.reason = f"chosen: refines the day of {best.source}"
            best.reason = f"agrees: its day was refined by {other.source}"
            return other
    return best


def _explain(candidates: list[DateCandidate], best: DateCandidate | None, tz: ZoneInfo) -> None:
    for candidate in candidates:
        if candidate.reason:
            continue
        if candidate.role == "modified":
            candidate.reason = "modified: never a publication"
        elif candidate.role == "event":
            candidate.reason = "refused: of a photo, a comment, an event or another article"
        elif candidate.role == "bound":
            candidate.reason = "refused: a bound only"
        elif best is not None and _local_day(candidate, tz) == _local_day(best, tz):
            candidate.reason = f"agrees with {best.source}"
        elif best is not None:
            candidate.reason = f"refused: {best.source} comes first"
        else:
            candidate.reason = "refused: not of a place that tells a publication"


def _modified(candidates: list[DateCandidate], chosen: DateCandidate | None) -> datetime | None:
    """The last change that the page owns to; the publication itself is none."""
    order = ("jsonld", "meta", "time", "label", "header", "feed", "news_sitemap", "lastmod")
    for source in order:
        values = [c.value for c in candidates if c.role == "modified" and c.source == source and c.value]
        if values:
            latest = max(values)
            if chosen is None or chosen.value is None or latest > chosen.value:
                return latest
    return None


def _local_day(candidate: DateCandidate, tz: ZoneInfo) -> date:
    assert candidate.value is not None
    return candidate.value.astimezone(tz).date()


def _day(article: Article, candidates: list[DateCandidate], tz: ZoneInfo) -> tuple[date, str]:  # type: ignore[type-arg]
    if article.published_at is not None:
        return article.published_at.astimezone(tz).date(), "published"
    clocks = [c for c in candidates if c.role == "clock" and c.value is not None]
    if clocks:
        return min(_local_day(c, tz) for c in clocks), "clock"
    return article.fetched_at.astimezone(tz).date(), "first_seen"


def _count(article: Article, name: str) -> None:
    article.counts[f"dates/{name}"] = article.counts.get(f"dates/{name}", 0) + 1
