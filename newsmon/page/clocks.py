"""Clocks: dates that tell when a page was served. A clock is an upper bound, never a publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsmon.page.date_reading import Told
from newsmon.page.date_reasons import CLOCK_NOW, CLOCK_REPEATED

NOW_WITHIN = timedelta(minutes=10)
"""Of the fetch: a date so fresh, without a label and with nothing beside it, is a clock."""
_VISIBLE = frozenset({"header", "time"})


def tell_clocks(told: Sequence[Told], fetched_at: datetime, clock_selectors: frozenset[str]) -> bool:
    """Give the role clock to what shows to be one; whether the page has any.

    A string whose own words say that something was published is no clock.
    """
    for one in told:
        candidate = one.candidate
        known = one.string.source in _VISIBLE and one.string.selector in clock_selectors and not one.labelled
        if known and candidate.role in ("published", "modified") and candidate.value is not None:
            candidate.role, candidate.reason = "clock", CLOCK_REPEATED
    published = [one for one in told if one.candidate.role == "published" and one.candidate.value is not None]
    if any(_is_now(one, fetched_at) for one in published) and all(_may_be_now(one, fetched_at) for one in published):
        for one in published:
            one.candidate.role, one.candidate.reason = "clock", CLOCK_NOW
    return any(one.candidate.role == "clock" for one in told)


def _is_now(one: Told, fetched_at: datetime) -> bool:
    return one.fineness >= 3 and not one.relative and abs(fetched_at - one.value) < NOW_WITHIN


def _may_be_now(one: Told, fetched_at: datetime) -> bool:
    """Whether the candidate only shows the instant of the fetch, or the day of that instant in words."""
    plain = one.labelled or one.string.role == "published" or one.relative
    day_of_it = one.fineness < 2 and timedelta(0) <= fetched_at - one.value < timedelta(days=1)
    return one.string.source in _VISIBLE and not plain and (day_of_it or _is_now(one, fetched_at))


def clock_day(told: Sequence[Told], fetched_at: datetime, tz: ZoneInfo) -> date | None:
    """The latest day on which the article may have appeared: that of the earliest clock."""
    days = [one.day(tz) for one in told if one.candidate.role == "clock" and one.candidate.value is not None]
    return min(*days, fetched_at.astimezone(tz).date()) if days else None
