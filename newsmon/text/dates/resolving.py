"""From a date as printed to a day on the calendar: order of day and month, century, missing year, weekday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from newsmon.items import Precision
from newsmon.text.dates.building import Frame, build
from newsmon.text.dates.reading import EARLIEST, GRACE, DateReading, StatedRole, refuse
from newsmon.text.dates.written import Find

_MONTHS_ALONE = frozenset({"year_month", "month_number_year", "month_year"})
_DOUBTFUL = {"dashes": "day, month and year cannot be told apart", "year_month": "a month or a season"}
_NO_FLAGS: tuple[str, ...] = ()
_DAY_FIRST = frozenset({"numeric", "slashes", "dots", "numeric_blanks"})


class _Day(NamedTuple):
    day: date
    flags: tuple[str, ...] = ()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _century(digits: str, frame: Frame) -> int:
    """The year of two digits that is nearest in the past: 22 is 2022, 98 is 1998."""
    year = frame.today.year // 100 * 100 + int(digits)
    return year if year <= (frame.local_now + GRACE).year else year - 100


def _most_recent(month: int, day: int, frame: Frame) -> date | None:
    """The last day of that name up to today; eight years hold a 29 February, even around 1900."""
    for back in range(9):
        if (found := _date(frame.today.year - back, month, day)) and found <= frame.today:
            return found
    return None


def _dashes(find: Find, frame: Frame) -> _Day | None:
    """17-01-22 and 22-01-17 could be either: read only when a single order gives a day of the past."""
    first, middle, last = find.year or "", find.month, find.day
    possible = {
        day
        for day in (
            _date(_century(f"{last:02}", frame), middle, int(first)),
            _date(_century(first, frame), middle, last),
        )
        if day and EARLIEST.date() <= day <= (frame.local_now + GRACE).date()
    }
    if not possible and (american := _date(_century(f"{last:02}", frame), int(first), middle)):
        return _Day(american, ("century_inferred", "month_first"))
    return _Day(possible.pop(), ("century_inferred",)) if len(possible) == 1 else None


def _day_first(year: int, find: Find) -> _Day | None:
    """Slashes and dots are day first; month first only when nothing else is possible."""
    day = _date(year, find.month, find.day)
    if day:
        return _Day(day, ("day_first_assumed",) if find.day <= 12 and find.day != find.month else ())
    day = _date(year, find.day, find.month)
    return _Day(day, ("month_first",)) if day else None


def _start(find: Find, frame: Frame) -> _Day | None:
    if find.rule == "dashes":
        return _dashes(find, frame)
    if find.year is None:
        day = _most_recent(find.month, find.day, frame)
        return _Day(day, ("year_inferred",)) if day else None
    year, flags = int(find.year), _NO_FLAGS
    if len(find.year) == 2:
        year, flags = _century(find.year, frame), ("century_inferred",)
    if find.rule == "year_month" and find.month == (year + 1) % 100:
        return None  # 2011-12 is a season as well
    if find.first_year:
        year = find.first_year
    elif find.rule == "month_year" and find.end and find.month > find.end[1]:
        year -= 1  # décembre-janvier 2022
    if find.rule in _DAY_FIRST:
        found = _day_first(year, find)
        return found._replace(flags=flags + found.flags) if found else None
    day = _date(year, find.month, find.day)
    return _Day(day, flags) if day else None


def _end(find: Find, start: date) -> date | None:
    if find.end is None:
        if find.end_clock is None or find.clock is None:
            return None
        past_midnight = find.end_clock[:3] < find.clock[:3]  # 22 h à 2 h
        return start + timedelta(days=1) if past_midnight and start < date.max else start
    year, month, day = find.end
    if find.rule in _DAY_FIRST and month > 12 >= day:
        month, day = day, month
    if year is None:
        year = start.year + ((month, day) < (start.month, start.day))
    return _date(year, month, day)


def resolve(find: Find, frame: Frame, role: StatedRole | None) -> DateReading:
    """The reading of a find, or its refusal: no such day, undecidable, out of range."""
    found = _start(find, frame)
    if found is None:
        return refuse(_DOUBTFUL.get(find.rule, "no such day"))
    day, flags = found
    if find.weekday is not None and day.weekday() != find.weekday:
        flags = (*flags, "weekday_contradicts")
    month_alone = find.rule in _MONTHS_ALONE
    end = _end(find, day)
    if end is not None and end < day:
        end = None
    precision: Precision | None = "month" if month_alone else None
    return build(
        day,
        None if month_alone else find.clock,
        frame,
        rule=find.rule,
        role=role,
        precision=precision,
        flags=flags,
        end=(end, find.end_clock) if end else None,
    )
