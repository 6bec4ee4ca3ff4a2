"""Clocks: dates that tell when a page was served. A clock is an upper bound, never a publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsmon.page.date_reading import Told
from newsmon.page.date_reasons import CLOCK_NOW, CLOCK_REPEATED, CLOCK_TODAY

NOW_WITHIN = timedelta(minutes=10)
"""Of the fetch: a date so fresh, without a label and with nothing beside it, is a clock."""
VISIBLE = frozenset({"header", "time"})
"""Where a date that a reader sees may be a clock."""
_OLDER_DAYS = 2


def tell_clocks(told: Sequence[Told], fetched_at: datetime, tz: ZoneInfo, clock_selectors: frozenset[str]) -> bool:
    """Give the role clock to what shows to be one; whether the page has any.

    A string whose own words say that something was published is no clock.
    """
    for one in told:
        known = one.string.source in VISIBLE and one.string.selector in clock_selectors and not one.labelled
        if known and one.candidate.role in ("published", "modified") and one.candidate.value is not None:
            _make_clock(one, CLOCK_REPEATED)
    _tell_today(told, fetched_at.astimezone(tz).date(), tz)
    _tell_now(told, fetched_at)
    return any(one.candidate.role == "clock" for one in told)


def clock_day(told: Sequence[Told], fetched_at: datetime, tz: ZoneInfo) -> date | None:
    """The latest day on which the article may have appeared: that of the earliest clock."""
    days = [one.day(tz) for one in told if one.candidate.role == "clock" and one.candidate.value is not None]
    return min(*days, fetched_at.astimezone(tz).date()) if days else None


def _tell_today(told: Sequence[Told], today: date, tz: ZoneInfo) -> None:
    """A vague date of the fetch's own day, beside an older one, is that of the page's frame."""
    published = _published(told)
    for one in published:
        older = any((today - other.day(tz)).days >= _OLDER_DAYS for other in published if not other.relative)
        if older and _is_vague(one) and one.day(tz) == today:
            _make_clock(one, CLOCK_TODAY)


def _tell_now(told: Sequence[Told], fetched_at: datetime) -> None:
    """An instant within minutes of the fetch, with nothing beside it but the same day in words."""
    published = _published(told)
    if any(_is_now(one, fetched_at) for one in published) and all(_may_be_now(one, fetched_at) for one in published):
        for one in published:
            _make_clock(one, CLOCK_NOW)


def _published(told: Sequence[Told]) -> list[Told]:
    return [one for one in told if one.candidate.role == "published" and one.candidate.value is not None]


def _make_clock(one: Told, reason: str) -> None:
    one.candidate.role, one.candidate.reason = "clock", reason


def _is_vague(one: Told) -> bool:
    """Whether neither its place nor its words say that something was published then."""
    plain = one.labelled or one.string.role == "published" or one.relative
    return one.string.source in VISIBLE and not plain


def _is_now(one: Told, fetched_at: datetime) -> bool:
    return one.fineness >= 3 and not one.relative and abs(fetched_at - one.value) < NOW_WITHIN


def _may_be_now(one: Told, fetched_at: datetime) -> bool:
    day_of_it = one.fineness < 2 and timedelta(0) <= fetched_at - one.value < timedelta(days=1)
    return _is_vague(one) and (day_of_it or _is_now(one, fetched_at))
