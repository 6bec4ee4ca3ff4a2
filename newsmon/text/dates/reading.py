"""What a date string turned out to be, or why it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from newsmon.items import Precision

ZoneFrom = Literal["text", "outlet", "utc"]
StatedRole = Literal["published", "modified"]

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Older dates are sentinels (1970-01-01) or history, never a publication that is followed here."""
GRACE = timedelta(days=2)
"""How far after `now` a date may lie: clocks that run ahead, zones that were mistaken."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """One string, read."""

    value: datetime | None
    """UTC; None when the string was refused. A day alone is its local midnight, a month alone its first day."""
    precision: Precision | None = None
    role: StatedRole | None = None
    """What the string's own label says; None without a label."""
    rule: str = ""
    """The rule that answered, or "refused: " and why."""
    zone_from: ZoneFrom | None = None
    """Where the zone came from: the text, the outlet (`tz`), or a form that counts in UTC."""
    flags: tuple[str, ...] = ()
    """Of FLAGS."""
    until: datetime | None = None
    """UTC end of a range, at the same precision as its start."""


FLAGS = {
    "year_inferred": "no year in the text: the most recent past one",
    "century_inferred": "a year of two digits",
    "weekday_contradicts": "the weekday printed is another; the date is kept",
    "day_first_assumed": "3/4: day before month",
    "month_first": "1/17: only month before day is possible",
    "ambiguous_hour": "the hour that comes twice in autumn: the first",
    "nonexistent_hour": "the hour that spring skips: the offset before the change",
    "out_of_season": "a summer abbreviation in winter, or the reverse: its own offset is kept",
    "after_now": "later than now, within the grace of two days",
    "approximate": "an approximate distance (a week, a month, a year ago)",
    "spelled": "a number written in letters",
    "second_reader": "read by dateparser",
}
"""Every flag with its meaning."""


def refuse(why: str) -> DateReading:
    return DateReading(None, rule=f"refused: {why}")
