"""Dates with a month, in words or digits: where they stand in a folded text, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from newsmon.text.dates.clocks import Clock, ClockSpan, read_clock
from newsmon.text.dates.forms import DATED_HERE, GROUPS, RANGE_HEAD, RANGE_TAIL, UNDATED_HERE
from newsmon.text.dates.names import MONTHS, WEEKDAY, WEEKDAYS

_MOST_FINDS = 8
"""Dates looked at in one string; the ninth date of a line has never been its publication."""

_WEEKDAY_BEFORE_RE = re.compile(rf"(?<![a-z])(?P<weekday>{WEEKDAY})[.,]{{0,2}}[ ]?(?:(?:le|the),? )?\Z")
_WEEKDAY_HERE_RE = re.compile(rf"(?P<weekday>{WEEKDAY})[.,]{{0,2}} ?(?:le )?")
_CLOCK_START_RE = re.compile(
    r"(?<![0-9:.,])(?<!h)(?<!h )[0-9]{1,2}(?=[ ]?[:hap.])|(?<![a-z])(?:midi|minuit|noon|midnight)"
)
_CLOCK_TO_DATE_RE = re.compile(r"[ ,|/•·()\[\]-]{0,4}(?:(?:le|du|on|of|the|en date du) )?")
_DATE_TO_CLOCK_RE = re.compile(
    r"[ ,.;|/•·()\[\]:*-]{0,4}(?:(?:a|at|@|vers|des|t|de|entre|from|around|about|environ|heure)(?![a-z])[ :]{0,3}){0,2}"
)
_DIGIT_RE = re.compile("[0-9]")
_SPACED_HEAD_RE = re.compile(r"(?:\A|[|•·(,:] ?|(?<![a-z])(?:du|les?|de|entre|from|between) )\Z")


class Find(NamedTuple):
    """A date in a text, as printed: it may not exist (30 février), nor be all that the text says."""

    rule: str
    start: int
    stop: int
    year: str | None
    month: int
    day: int
    weekday: int | None
    clock: Clock | None
    end: tuple[int | None, int, int] | None
    """Year (None: the start's or the next), month and day of a range's end."""
    end_clock: Clock | None
    first_year: int | None = None
    """Of a range whose halves have a year each."""


class _Fields(NamedTuple):
    """What a form holds; an empty string for what it does not."""

    rule: str
    year: str
    month: int
    day: int
    last_day: str
    clock: str
    first_year: str
    last_month: str


def _fields(m: re.Match[str]) -> _Fields:
    rule = m.lastgroup or ""
    year, month, day, last_day, clock, first_year, last_month = m.group(*GROUPS[rule])
    number = int(month) if month[0] <= "9" else MONTHS[month]
    return _Fields(rule, year, number, int(day or 1), last_day, clock, first_year, last_month)


def _weekday_before(text: str, low: int, start: int) -> tuple[int | None, int]:
    m = _WEEKDAY_BEFORE_RE.search(text[:start], max(low, start - 18))
    return (WEEKDAYS[m["weekday"]], m.start()) if m else (None, start)


def _clock_before(text: str, low: int, start: int) -> tuple[ClockSpan | None, int]:
    """The clock that stands right before this place, and where it begins."""
    low = max(low, start - 50)
    before = text[:start]
    for m in _CLOCK_START_RE.finditer(before, low):
        span = read_clock(before, m.start())
        if span and _CLOCK_TO_DATE_RE.fullmatch(before, span.stop):
            return span, m.start()
    return None, start


def clock_after(text: str, stop: int) -> ClockSpan | None:
    """The clock that follows a date which ends here: "17 janvier 2022" à 4 h 16."""
    link = _DATE_TO_CLOCK_RE.match(text, stop)
    at = link.end() if link else stop
    if at >= len(text) or text[at] not in "0123456789mn":
        return None
    return read_clock(text, at, colon_offset=text[at - 1] == "t")


class _Head(NamedTuple):
    """The first half of a range that shares month or year with the second."""

    start: int
    month: int | None
    day: int
    weekday: int | None


def _head(text: str, low: int, start: int) -> _Head | None:
    low = max(low, start - 45)
    m = RANGE_HEAD.search(text[:start], low) if _DIGIT_RE.search(text, low, start) else None
    if m is None:
        return None
    # "Numéro 12 - 17 janvier 2022" is no range: a spaced dash needs a word of its own before the day.
    if m["link"].strip() in ("-", "/", "&") and m["link"] != "-" and not _SPACED_HEAD_RE.search(text[: m.start()]):
        return None
    weekday, at = _weekday_before(text, low, m.start())
    month = m["month"] or m["month_first"]
    return _Head(at, MONTHS[month] if month else None, int(m["day"] or m["day_after"]), weekday)


def _tail(text: str, stop: int, form: re.Pattern[str]) -> tuple[_Fields, int] | None:
    """The second date of a range whose first ends here, and where it ends."""
    link = RANGE_TAIL.match(text, stop)
    if link is None:
        return None
    weekday = _WEEKDAY_HERE_RE.match(text, link.end())
    m = form.match(text, weekday.end() if weekday else link.end())
    return (_fields(m), m.end()) if m else None


def _with_head(find: Find, head: _Head) -> Find:
    month = head.month or find.month
    if (month, head.day) == (find.month, find.day) or (month == find.month and head.day > find.day):
        return find
    year = int(find.year) if find.year and len(find.year) == 4 else None
    crosses = (month, head.day) > (find.month, find.day)
    return find._replace(
        start=head.start,
        year=str(year - crosses) if year else find.year,
        month=month,
        day=head.day,
        weekday=head.weekday,
        end=(year, find.month, find.day),
    )


def _own_end(f: _Fields) -> tuple[int | None, int, int] | None:
    """The end of a range that its form holds itself: "March 3-5, 2022", "janvier-février 2022"."""
    if f.last_day:
        return (int(f.year) if f.year else None), f.month, int(f.last_day)
    return (int(f.year), MONTHS[f.last_month], 1) if f.last_month else None


def _find(text: str, low: int, m: re.Match[str]) -> Find:
    f = _fields(m)
    start, stop = m.span()
    weekday, end, span = None, None, None
    if start > low:
        weekday, start = _weekday_before(text, low, start)
    if f.last_day or f.last_month:
        end = _own_end(f)
    if f.clock:
        span = read_clock(f.clock, 0)
    elif stop < len(text) and (span := clock_after(text, stop)):
        stop = span.stop
    if span is None and end is None and start > low:
        span, start = _clock_before(text, low, start)
    clock, end_clock = (span.start, span.end) if span else (None, None)
    first_year = int(f.first_year) if f.first_year else None
    find = Find(f.rule, start, stop, f.year or None, f.month, f.day, weekday, clock, end, end_clock, first_year)
    return _ranged(text, low, find) if end is None else find


def _ranged(text: str, low: int, find: Find) -> Find:
    """The find with the other half of its range, before or after it."""
    if find.start > low and (head := _head(text, low, find.start)):
        return _with_head(find, head)
    form = DATED_HERE if find.year else UNDATED_HERE
    if find.end_clock is None and find.stop < len(text) and (tail := _tail(text, find.stop, form)):
        fields, stop = tail
        span = clock_after(text, stop)
        return find._replace(
            stop=span.stop if span else stop,
            end=(int(fields.year) if fields.year else None, fields.month, fields.day),
            end_clock=span.start if span else None,
        )
    return find


def iter_finds(text: str, form: re.Pattern[str]) -> Iterator[Find]:
    """The dates of a folded text, from left to right, of one of newsmon.text.dates.forms; at most eight."""
    stop = 0
    for m in islice(form.finditer(text), _MOST_FINDS):
        if m.start() < stop:
            continue  # the end of the range before it
        find = _find(text, stop, m)
        yield find
        stop = find.stop
