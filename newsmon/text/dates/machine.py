"""What programs print: ISO 8601 and RFC 3339, compact stamps, Unix time, and the odd forms of feeds and templates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from newsmon.items import Precision
from newsmon.text.dates.building import Frame, build, guard
from newsmon.text.dates.clocks import Clock
from newsmon.text.dates.reading import DateReading, refuse
from newsmon.text.dates.zones import Zone

_ISO_RE = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:(?:[Tt_]|\s{1,3})(?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?)?"
    r"\s?(?P<zone>[Zz]|(?P<sign>[+-])(?P<zone_hours>[0-9]{2})(?::?(?P<zone_minutes>[0-9]{2}))?)?(?:\[[\w/]{1,40}\])?)?"
)
_COMPACT_RE = re.compile(
    r"(?:d:)?(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:[t _-]?(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<zone>z|(?P<sign>[+-])(?P<zone_hours>[0-9]{2})(?:[:']?(?P<zone_minutes>[0-9]{2})'?)?)?)?"
)
_DASHED_RE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<s>[:_/-])(?P<month>[0-9]{2})(?P=s)(?P<day>[0-9]{2})[ _/t-]"
    r"(?P<hour>[0-9]{2})[-:_.](?P<minute>[0-9]{2})(?:[-:_.](?P<second>[0-9]{2}))?(?P<zone>z)?"
)
_WEEK_RE = re.compile(r"(?P<year>[0-9]{4})-?w(?P<week>[0-9]{2})-?(?P<weekday>[1-7])")
_EPOCH_RE = re.compile(
    r"(?:/date\()?(?P<seconds>1[0-9]{9})(?:(?P<thousandths>[0-9]{3})|\.(?P<fraction>[0-9]{1,6}))?(?:[+-][0-9]{4}\)/|\)/)?"
)


def _zone(groups: dict[str, str | None]) -> Zone | None:
    """Raises: ValueError for an offset that no place on Earth has."""
    if not groups.get("zone"):
        return None
    if not groups.get("sign"):
        return Zone(None, 0)
    minutes = int(groups["zone_hours"] or 0) * 60 + int(groups["zone_minutes"] or 0)
    if minutes > 14 * 60 or int(groups["zone_minutes"] or 0) > 59:
        raise ValueError("offset")
    return Zone(None, -minutes if groups["sign"] == "-" else minutes)


def _clock(m: re.Match[str]) -> Clock | None:
    """Raises: ValueError for a time that no clock shows."""
    groups = m.groupdict()
    if groups["hour"] is None:
        return None
    hour, minute, second = int(groups["hour"]), int(groups["minute"] or 0), int(groups["second"] or 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("time")
    fraction = int((groups.get("fraction") or "0")[:6].ljust(6, "0"))
    precision: Precision = "second" if groups["second"] else "minute" if groups["minute"] else "hour"
    return Clock(hour, minute, second, fraction, precision, _zone(groups))


def _stamp(m: re.Match[str], frame: Frame, rule: str) -> DateReading:
    try:
        day, clock = date(int(m["year"]), int(m["month"]), int(m["day"])), _clock(m)
    except ValueError:
        return refuse("no such day or time")
    return build(day, clock, frame, rule=rule)


def read_iso(text: str, frame: Frame) -> DateReading | None:
    """A string that is ISO 8601's calendar date, with or without a time, before any folding. None: another form.

    Source: ISO 8601:2004 4.3.2, RFC 3339 5.6; a blank for T as SQL prints it.
    """
    m = _ISO_RE.fullmatch(text)
    return _stamp(m, frame, "iso") if m else None


def _read_epoch(m: re.Match[str], frame: Frame) -> DateReading:
    fraction = (m["thousandths"] or m["fraction"] or "0").ljust(6, "0")
    value = datetime.fromtimestamp(int(m["seconds"]), UTC) + timedelta(microseconds=int(fraction))
    return guard(DateReading(value, "second", None, "epoch", "utc"), frame.now)


def read_machine(text: str, frame: Frame) -> DateReading | None:
    """A folded string that is one stamp of a program: 20220117T041600Z, 1642410960, 2022-W03-1. None: another form."""
    if not text[:4].isdigit() and not text.startswith(("d:", "/date(")):
        return None
    if m := _ISO_RE.fullmatch(text):
        return _stamp(m, frame, "iso")
    if m := _EPOCH_RE.fullmatch(text):
        return _read_epoch(m, frame)
    if m := _COMPACT_RE.fullmatch(text):
        return _stamp(m, frame, "compact")
    if m := _DASHED_RE.fullmatch(text):
        return _stamp(m, frame, "stamp")
    if m := _WEEK_RE.fullmatch(text):
        try:
            day = date.fromisocalendar(int(m["year"]), int(m["week"]), int(m["weekday"]))
        except ValueError:
            return refuse("no such day")
        return build(day, None, frame, rule="iso_week")
    return None
