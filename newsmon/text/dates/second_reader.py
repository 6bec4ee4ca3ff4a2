"""dateparser, the second reader: for what the grammar could not put together.

It is asked late and believed little. It sees short strings that hold one month's name, one year of four digits, one
more number and only words that dates use ("2022, le 17 (janvier)"); its answer counts if it is of that day, month
and year; the clock stays ours. And it sees English distances of several parts or with fractions ("1 day, 2 hours,
5 minutes ago"). It is imported on first use: that takes longer than a thousand dates take.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from newsmon.items import Precision
from newsmon.text.dates.building import Frame, build, guard
from newsmon.text.dates.clocks import Clock, read_clock
from newsmon.text.dates.labels import LABEL, read_before
from newsmon.text.dates.names import MONTH, MONTHS, WEEKDAYS
from newsmon.text.dates.reading import DateReading, StatedRole

_LONGEST = 80
"""Characters; a longer string is a sentence."""

_MONTH_RE = re.compile(rf"(?<![a-z])({MONTH})")
_YEAR_RE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CLOCK_RE = re.compile(r"(?<![0-9:])[0-9]{1,2}(?= ?(?::[0-9]{2}|h|[ap]\.? ?m))")
_NUMBER_RE = re.compile(r"[0-9]+")
_WORD_RE = re.compile(rf"{LABEL}|[a-z]+")
_WORDS = frozenset(("le", "la", "the", "of", "du", "de", "d", "day", "on", "at", "a", "en", "in", "date",
                    "er", "e", "st", "nd", "rd", "th"))  # fmt: skip
_NO_DATE_SIGNS = frozenset("%$€£°©#+<>&@")

_DISTANCE_RE = re.compile(
    r"(?:(?:[0-9]{1,3}(?:\.[0-9])?|an?)[ ]?(?P<unit>fortnight|second|sec|minute|min|hour|hr|day|week|month)s?"
    r"(?:,? (?:and|&) |, | )){1,4}ago\Z"
)
_PRECISIONS: dict[str, Precision] = {
    "second": "minute", "sec": "minute", "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour",
    "day": "day", "week": "day", "fortnight": "day", "month": "month",
}  # fmt: skip
_CALENDAR_RE = re.compile("day|week|fortnight|month")


class _Parts(NamedTuple):
    """What a disordered date must be made of."""

    year: int
    month: int
    day: int
    clock: Clock | None


def _ask(text: str, languages: list[str], settings: dict[str, Any]) -> datetime | None:
    import dateparser

    try:
        found: datetime | None = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, OverflowError):  # a distance beyond the calendar
        return None
    return found


def _are_date_words(text: str) -> bool:
    return not _NO_DATE_SIGNS.intersection(text) and all(
        m["published"] or m["modified"] or m[0] in MONTHS or m[0] in WEEKDAYS or m[0] in _WORDS
        for m in _WORD_RE.finditer(text)
    )


def _parts(folded: str) -> _Parts | None:
    """One year, one month, one day, perhaps a clock, and no word that dates do not use; None for anything else."""
    years, months = _YEAR_RE.findall(folded), _MONTH_RE.findall(folded)
    if len(years) != 1 or len(months) != 1:
        return None
    at = _CLOCK_RE.search(folded)
    span = read_clock(folded, at.start()) if at else None
    rest = folded[: at.start()] + " " + folded[span.stop :] if at and span else folded
    numbers = [number for number in _NUMBER_RE.findall(rest) if number != years[0]]
    if len(numbers) != 1 or len(numbers[0]) > 2 or not _are_date_words(rest):
        return None
    return _Parts(int(years[0]), MONTHS[months[0]], int(numbers[0]), span.start if span else None)


def _read_date(folded: str, frame: Frame, role: StatedRole | None) -> DateReading | None:
    parts = _parts(folded)
    if parts is None:
        return None
    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "TIMEZONE": frame.tz.key if isinstance(frame.tz, ZoneInfo) else "UTC",
        "RELATIVE_BASE": frame.local_now.replace(tzinfo=None),
    }
    found = _ask(folded, ["fr", "en"], settings)
    if found is None or (found.year, found.month, found.day) != parts[:3]:
        return None
    return build(found.date(), parts.clock, frame, rule="dateparser", role=role, flags=("second_reader",))


def _read_distance(folded: str, frame: Frame) -> DateReading | None:
    m = _DISTANCE_RE.search(folded)
    if m is None:
        return None
    fits, role = read_before(folded[: m.start()])
    if not fits:
        return None
    # Elapsed time is counted in UTC, days on the outlet's calendar; the last unit is the finest.
    calendar, precision = _CALENDAR_RE.search(m[0]), _PRECISIONS[m["unit"]]
    base = frame.local_now if calendar else frame.now
    found = _ask(m[0], ["en"], {"PARSERS": ["relative-time"], "RELATIVE_BASE": base.replace(tzinfo=None)})
    if found is None:
        return None
    flags = ("second_reader",)
    if precision in ("day", "month"):
        return build(found.date(), None, frame, rule="dateparser", role=role, precision=precision, flags=flags)
    value = found.replace(tzinfo=frame.tz if calendar else UTC).astimezone(UTC)
    return guard(DateReading(value, precision, role, "dateparser", "outlet", flags), frame.now)


def may_read_again(folded: str) -> bool:
    """Whether a folded text is short, and holds a year of four digits or an English distance: cheap to ask."""
    return len(folded) <= _LONGEST and (folded.endswith(" ago") or _YEAR_RE.search(folded) is not None)


def read_again(folded: str, frame: Frame, role: StatedRole | None) -> DateReading | None:
    """dateparser's reading of a folded text that the grammar refused; None when it is not asked or not believed."""
    if folded.endswith(" ago"):
        return _read_distance(folded, frame)
    return _read_date(folded, frame, role)
