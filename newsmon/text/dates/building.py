"""From a day and a clock to a reading: local to UTC, the guard of years, the flags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from newsmon.items import Precision
from newsmon.text.dates.clocks import Clock
from newsmon.text.dates.reading import EARLIEST, GRACE, DateReading, StatedRole, refuse
from newsmon.text.dates.zones import to_utc


@dataclass(frozen=True, slots=True)
class Frame:
    """What a string is read against: now (aware UTC), the outlet's zone, and now on the outlet's wall."""

    now: datetime
    tz: tzinfo
    local_now: datetime

    @property
    def today(self) -> date:
        return self.local_now.date()


def guard(reading: DateReading, now: datetime) -> DateReading:
    """The reading, or its refusal when it lies before 1990 or after now + 2 days."""
    if reading.value is None:
        return reading
    if reading.value < EARLIEST:
        return refuse("before 1990")
    if reading.value > now:
        if reading.value - now > GRACE:
            return refuse("after now + 2 days")
        return DateReading(
            reading.value, reading.precision, reading.role, reading.rule, reading.zone_from,
            (*reading.flags, "after_now"), reading.until,
        )  # fmt: skip
    return reading


def at_clock(day: date, clock: Clock | None) -> datetime:
    """The naive local time. Raises: OverflowError after 24 h on the calendar's last day."""
    midnight = datetime(day.year, day.month, day.day)
    if clock is None:
        return midnight
    return midnight + timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond
    )


def build(
    day: date,
    clock: Clock | None,
    frame: Frame,
    *,
    rule: str,
    role: StatedRole | None = None,
    precision: Precision | None = None,
    flags: tuple[str, ...] = (),
    end: tuple[date, Clock | None] | None = None,
) -> DateReading:
    """The reading of a local day and clock; `precision` is the clock's, or day, unless given."""
    zone = clock.zone if clock else None
    until = None
    try:
        if clock is None:
            value = datetime(day.year, day.month, day.day, tzinfo=frame.tz).astimezone(UTC)
        else:
            value, night = to_utc(at_clock(day, clock), zone, frame.tz)
            flags += night
        if end:
            until = to_utc(at_clock(*end), zone, frame.tz)[0]
    except OverflowError:
        return refuse("no such day")
    if until is not None and until < value:
        until = None
    reading = DateReading(
        value=value,
        precision=precision or (clock.precision if clock else "day"),
        role=role,
        rule=rule,
        zone_from="text" if zone else "outlet",
        flags=flags,
        until=until,
    )
    return guard(reading, frame.now)
