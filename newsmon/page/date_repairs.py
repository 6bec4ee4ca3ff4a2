"""What sites stamp wrongly, set right: each repair is flagged on the candidate and counted once an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newsmon.page.date_reading import MACHINE, ORDER, Told

Count = Callable[[str], None]

_LISTED = frozenset({"feed", "news_sitemap"})
_MIDNIGHT_SOURCES = MACHINE | _LISTED
_MIDNIGHT_UTC_RE = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?\s*(?:Z|UTC?|GMT|[+-]00:?00)\s*\Z")
_PLUS_ZERO_RE = re.compile(r"\+00:?00\s*\Z")
_GMT_RE = re.compile(r"(?:Z|UTC?|GMT|[+-]\d\d:?\d\d|\b[ECMPA][SD]T)\s*\Z")
_SAME = timedelta(minutes=2)
_LATE = timedelta(minutes=15)
"""How far two clocks may disagree before a date later than the fetch is wrong."""


def repair(told: Sequence[Told], tz: ZoneInfo, fetched_at: datetime, *, local_as_utc: bool, count: Count) -> None:
    """Set values, precisions and flags right, in place."""
    read = [one for one in told if one.candidate.value is not None and not one.sentinel]
    if any(one.sentinel for one in told):
        count("sentinel")
    _read_local_as_utc(read, tz, proven=local_as_utc, count=count)
    _take_zone_of_stamps(read, tz, count)
    _tell_midnights(read, tz, count)
    for one in read:
        late = one.day(tz) > fetched_at.astimezone(tz).date() if one.fineness < 2 else one.value - fetched_at > _LATE
        if late and one.candidate.role == "published":
            one.flag("after_fetch")
            count("after_fetch")


def as_local(value: datetime, tz: ZoneInfo) -> datetime:
    """The instant at which a clock of `tz` shows what a clock in UTC shows at `value`."""
    return value.astimezone(UTC).replace(tzinfo=tz).astimezone(UTC)


def is_plus_zero(raw: str) -> bool:
    return _PLUS_ZERO_RE.search(raw) is not None


def has_zone(raw: str) -> bool:
    """Whether a listing's date names its zone: only then does it prove anything."""
    return _GMT_RE.search(raw) is not None


def _read_local_as_utc(read: Sequence[Told], tz: ZoneInfo, *, proven: bool, count: Count) -> None:
    """WordPress prints local time with +00:00: known of the outlet, or shown by the feed's own instant."""
    listed = [
        one.value for one in read if one.string.source in _LISTED and one.fineness >= 3 and has_zone(one.string.raw)
    ]
    stamped = [
        one for one in read if one.string.source in MACHINE and one.fineness >= 3 and is_plus_zero(one.string.raw)
    ]
    for one in stamped:
        local = as_local(one.value, tz)
        if one.candidate.role == "published" and local != one.value:
            proven = proven or any(abs(value - local) < _SAME for value in listed)
    for one in stamped if proven else ():
        one.candidate.value = as_local(one.value, tz)
        one.flag("local_as_utc")
        count("local_as_utc")


def _take_zone_of_stamps(read: Sequence[Told], tz: ZoneInfo, count: Count) -> None:
    """A text without a zone that shows the hour and minute of a stamp with one is that instant.

    Radio-Canada prints its server's UTC clock; a site of another country is read in the outlet's zone here.
    """
    walls = {one.wall(): one for one in read if one.string.source in MACHINE and one.wall()}
    if not walls:
        return
    for one in read:
        told = one.candidate.role in ("published", "modified") and one.string.source in ORDER
        if one.zoned or one.fineness < 3 or not told:
            continue
        wall = one.value.astimezone(tz).replace(tzinfo=None, second=0, microsecond=0)
        stamp = walls.get(wall)
        if stamp is None or "local_as_utc" in stamp.candidate.flags or abs(stamp.value - one.value) < _SAME:
            continue
        if is_plus_zero(stamp.string.raw):
            # It may be local time that was stamped wrongly: what is believed before the stamp stays as it is.
            stamp.flag("zone_doubtful")
            if ORDER.index(stamp.string.source) >= ORDER.index(one.string.source):
                continue
        one.candidate.value = stamp.value
        one.flag("stamp_zone")
        count("stamp_zone")


def _tell_midnights(read: Sequence[Told], tz: ZoneInfo, count: Count) -> None:
    for one in read:
        if one.string.source not in _MIDNIGHT_SOURCES or one.fineness < 3 or one.candidate.role == "event":
            continue
        local = one.value.astimezone(tz)
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            one.candidate.precision = "day"
            one.flag("midnight")
            count("midnight")
        elif _is_midnight_utc(one) and not _is_an_instant(one, read, tz):
            written = one.value.date()
            one.candidate.value = datetime(written.year, written.month, written.day, tzinfo=tz).astimezone(UTC)
            one.candidate.precision = "day"
            one.flag("midnight_utc")
            count("midnight_utc")


def _is_midnight_utc(one: Told) -> bool:
    """Written at 00:00 in UTC; 19:00-05:00 is the same instant, and somebody's choice."""
    return one.candidate.role in ("published", "modified") and _MIDNIGHT_UTC_RE.search(one.string.raw) is not None


def _is_an_instant(one: Told, read: Sequence[Told], tz: ZoneInfo) -> bool:
    """Whether the rest of the page says that a stamp at midnight UTC is the evening before, not the day as written."""
    written, evening = one.value.date(), one.day(tz)
    votes = 0
    for other in read:
        if other is one or other.candidate.role != "published" or other.relative or _is_midnight_utc(other):
            continue
        if other.fineness >= 3 and abs(other.value - one.value) < _SAME:
            return True
        votes += (other.day(tz) == evening) - (other.day(tz) == written)
    return votes > 0
