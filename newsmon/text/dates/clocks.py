"""Hours: 14 h 30, 14h30, 14:30, 2:30 p.m., midi, minuit 30, 24 h, and spans of hours."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsmon.items import Precision
from newsmon.text.dates.zones import Zone, read_zone


class Clock(NamedTuple):
    """A time of day; 24 h is hour 24 of the day before."""

    hour: int
    minute: int
    second: int
    microsecond: int
    precision: Precision
    zone: Zone | None = None


class ClockSpan(NamedTuple):
    start: Clock
    end: Clock | None
    stop: int
    """Where it ends in the text."""


# "16 h 5" is 16:05: the Office québécois de la langue française writes no leading zero.
_MERIDIEM = r"[ ]?(?P<meridiem>[ap])\.?[ ]?m(?![a-z])\.?"
_MERIDIEM_NEXT = _MERIDIEM.replace("?P<meridiem>", "")
_PART_OF_DAY = (
    r"[ ](?P<part>du matin|du soir|de l'apres-midi|de l'avant-midi|de la nuit|in the (?:morning|afternoon|evening))"
)
_CLOCK_RE = re.compile(
    r"(?:(?P<hour>[0-9]{1,2})(?:"
    r"[ ]?:[ ]?(?P<minute>[0-9]{2})(?:[ ]?:[ ]?(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?(?![0-9])"
    r"|[ ]?h(?:eures?|rs?)?(?![a-z])\.?"
    r"(?:[ ]?(?:et (?=[0-9]{1,2} ?m[ni]))?(?P<minute_h>[0-9]{1,2})(?![0-9])(?![.,][0-9])"
    r"(?:[ ]?(?:minutes?|min|mn|m)(?![a-z])\.?)?"
    r"(?:[ ]?(?:et )?(?P<second_h>[0-9]{1,2})[ ]?s(?:ec(?:ondes?)?)?(?![a-z])\.?)?"
    r"| et (?P<part_h>quart|demie)(?![a-z]))?"
    rf"|\.(?P<minute_dot>[0-9]{{2}})(?={_MERIDIEM_NEXT}|[ ]?(?:gmt|bst|utc|e[ds]t|ces?t)(?![a-z]))"
    rf"|(?={_MERIDIEM_NEXT})"
    rf")(?:{_MERIDIEM})?(?:{_PART_OF_DAY}(?![a-z]))?"
    r"|(?P<named>midi|minuit|noon|midnight)(?![a-z])"
    r"(?:[ ](?:et )?(?:(?P<minute_named>[0-9]{1,2})(?![0-9:h])(?:[ ]?min(?![a-z])\.?)?"
    r"|(?P<part_named>quart|demie?|quinze|trente)(?![a-z])))?"
    r")"
)
_PARTS = ("minute", "minute_h", "minute_dot", "second", "second_h", "fraction", "part_h")
_TO_RE = re.compile(r"[ ]?(?:-|a|et|to|and|until|jusqu'a|au)[ ]?(?=[0-9mn])")
_BARE_START_RE = re.compile(r"(?P<hour>[0-9]{1,2}) ?(?:a|-|to) ?(?=[0-9])")
_LONG_RE = re.compile(r" de (?:lecture|route|retard|visionnement|video|ecoute)|plus (?:tard|tot)")


def _meridian_hour(hour: int, meridiem: str | None, part: str | None) -> int:
    if meridiem and 1 <= hour <= 12:
        return hour % 12 + (12 if meridiem == "p" else 0)
    if part and 1 <= hour <= 11 and ("soir" in part or "apres" in part or "noon" in part or "evening" in part):
        return hour + 12
    return hour


def _named_clock(m: re.Match[str]) -> Clock | None:
    hour = 12 if m["named"] in ("midi", "noon") else 0
    if m["part_named"]:
        return Clock(hour, 15 if m["part_named"].startswith("qu") else 30, 0, 0, "minute")
    if m["minute_named"]:
        minute = int(m["minute_named"])
        return Clock(hour, minute, 0, 0, "minute") if minute < 60 else None
    return Clock(hour, 0, 0, 0, "hour")


def _clock(m: re.Match[str]) -> Clock | None:
    if m["named"]:
        return _named_clock(m)
    colon, h, dot, second_colon, second_h, fraction_, part_h = m.group(*_PARTS)
    hour = _meridian_hour(int(m["hour"]), m["meridiem"], m["part"])
    if part_h:
        return Clock(hour, 15 if part_h == "quart" else 30, 0, 0, "minute") if hour < 24 else None
    minutes, seconds = colon or h or dot, second_colon or second_h
    minute, second = int(minutes or 0), int(seconds or 0)
    # A 60th second is a leap second; 24:00 is the end of the day and nothing comes after it.
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    fraction = int(fraction_[:6].ljust(6, "0")) if fraction_ else 0
    return Clock(hour, minute, second, fraction, "second" if seconds else "minute" if minutes else "hour")


def _one(text: str, at: int, *, colon_offset: bool) -> tuple[Clock, int] | None:
    m = _CLOCK_RE.match(text, at)
    clock = _clock(m) if m else None
    if m is None or clock is None:
        return None
    if m.end() == len(text):
        return clock, m.end()
    if _LONG_RE.match(text, m.end()):
        return None
    zone, stop = read_zone(text, m.end(), colon_offset=colon_offset or clock.precision == "second")
    return clock._replace(zone=zone) if zone else clock, stop


def read_clock(text: str, at: int, *, colon_offset: bool = False) -> ClockSpan | None:
    """The time of day, or the span of two ("9 h à 17 h", "9 à 17 h"), that stands at this place of a folded text."""
    first = _one(text, at, colon_offset=colon_offset)
    if first is None:
        bare = _BARE_START_RE.match(text, at)
        last = _one(text, bare.end(), colon_offset=False) if bare else None
        if bare is None or last is None or int(bare["hour"]) > 24:
            return None
        return ClockSpan(Clock(int(bare["hour"]), 0, 0, 0, "hour", last[0].zone), last[0], last[1])
    clock, stop = first
    if stop == len(text):
        return ClockSpan(clock, None, stop)
    to = _TO_RE.match(text, stop)
    last = _one(text, to.end(), colon_offset=False) if to else None
    if last is None:
        return ClockSpan(clock, None, stop)
    if clock.zone is None:
        clock = clock._replace(zone=last[0].zone)
    return ClockSpan(clock, last[0]._replace(zone=clock.zone), last[1])
