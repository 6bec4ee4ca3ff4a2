"""When an article was published: every candidate read, one chosen, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from newsmon.items import Article, DateHabits, DateSource, DayBasis
from newsmon.page.clocks import clock_day, tell_clocks
from newsmon.page.date_choice import choose
from newsmon.page.date_reading import Told, read_strings
from newsmon.page.date_repairs import repair
from newsmon.page.datestrings import find_date_strings

__all__ = ["date_article", "find_date_strings"]

_MODIFIED_ORDER: tuple[DateSource, ...] = (
    "jsonld", "meta", "time", "label", "header", "feed", "news_sitemap", "section", "lastmod",
)  # fmt: skip


def date_article(article: Article, *, tz: ZoneInfo, habits: DateHabits = DateHabits()) -> Article:  # noqa: B008 (frozen)
    """Fill `dates`, `published_*`, `modified_at`, `day` and `day_basis` in place; `article` is given back.

    The crawl's time is never a publication date: when no candidate holds, `published_at` stays None, and the day is
    that of the page's clock (an upper bound, basis `clock`) or that on which we first saw it (`first_seen`). Every
    repair counts once an article, as `dates/<name>` of newsmon.page.date_reasons.FLAGS and `dates/clock_rejected`.
    """
    counts = set[str]()
    told = read_strings(article, tz, habits.constants)
    if any((one.string.selector, one.string.raw) in habits.constants for one in told):
        counts.add("constant")
    repair(told, tz, article.fetched_at, local_as_utc=habits.local_as_utc, count=counts.add)
    if tell_clocks(told, article.fetched_at, tz, habits.clock_selectors):
        counts.add("clock_rejected")
    chosen = choose(told, tz, counts.add)
    article.dates = [one.candidate for one in told]
    article.published_at = chosen.value if chosen else None
    article.published_precision = chosen.candidate.precision if chosen else None
    article.published_source = chosen.string.source if chosen else None
    article.modified_at = _modified(told, chosen)
    article.day, article.day_basis = _day(article, told, tz)
    others = {name: count for name, count in article.counts.items() if not name.startswith("dates/")}
    article.counts = others | {f"dates/{name}": 1 for name in sorted(counts)}
    return article


def _modified(told: Sequence[Told], chosen: Told | None) -> datetime | None:
    """The last change that the most trusted source tells; one that is not after the publication is none."""
    for source in _MODIFIED_ORDER:
        values = [
            one.value
            for one in told
            if one.candidate.role == "modified" and one.string.source == source and one.candidate.value is not None
        ]
        if values and (chosen is None or max(values) > chosen.value):
            return max(values)
    return None


def _day(article: Article, told: Sequence[Told], tz: ZoneInfo) -> tuple[date, DayBasis]:
    if article.published_at is not None:
        return article.published_at.astimezone(tz).date(), "published"
    if day := clock_day(told, article.fetched_at, tz):
        return day, "clock"
    return article.fetched_at.astimezone(tz).date(), "first_seen"
