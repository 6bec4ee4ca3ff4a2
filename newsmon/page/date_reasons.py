"""Why a date candidate won or lost: the closed table of phrases that rows in SQL hold."""

from __future__ import annotations

from typing import Final

CHOSEN: Final = "chosen: first in order"
CHOSEN_EARLIEST: Final = "chosen: earlier than the first in order by more than a day"
CHOSEN_PLAIN: Final = "chosen: plainly the publication, which the first in order is not"
CHOSEN_REFINES: Final = "chosen: finer than the first in order, and within it"
CHOSEN_NOT_BEFORE: Final = "chosen: the first in order that is not before the day in the address"
AGREES: Final = "agrees with the chosen date"
AGREES_COARSER: Final = "agrees: first in order, and another is finer within it"
REFUSED_LATER: Final = "refused: another source comes first"
REFUSED_CONFLICT: Final = "refused: another source is earlier by more than a day"
REFUSED_BEFORE_ADDRESS: Final = "refused: before the day in the address"
REFUSED_SEVERAL: Final = "refused: one of several dates without a label"
REFUSED_VAGUE: Final = "refused: not plainly the publication, and one that is differs by more than a day"
REFUSED_FUTURE: Final = "refused: after the fetch"
REFUSED_RANGE: Final = "refused: before 1990 or after the fetch by more than two days"
REFUSED_NO_DATE: Final = "refused: not a date"
REFUSED_CONSTANT: Final = "refused: the template's, the same on many articles"
MODIFIED: Final = "modified: never a publication"
BOUND: Final = "bound: it only limits when the publication was"
CLOCK_FRAME: Final = "clock: in the frame of the page"
CLOCK_DECLARED: Final = "clock: declared as such"
CLOCK_REPEATED: Final = "clock: this place showed one text on several articles"
CLOCK_TODAY: Final = "clock: the day of the fetch, beside an older date"
CLOCK_NOW: Final = "clock: the minute of the fetch, with nothing beside it"

PLACES: Final[dict[str, str]] = {
    "": "",
    "end": "",
    "tail": "refused: without a label, after the text of the article",
    "frame": CLOCK_FRAME,
    "clock": CLOCK_DECLARED,
    "prose": "refused: in the prose",
    "caption": "refused: of a photo",
    "comment": "refused: of a comment",
    "related": "refused: of another article",
    "aside": "refused: in a side column",
    "footer": "refused: in the footer of the page",
    "event": "refused: of an event",
    "video": "refused: of a video or a sound",
    "update": "refused: of an update within the article",
    "other": "refused: of something else on the page",
}
"""Whose a date is, by its place, and the reason for which it is not the article's.

"" is by the headline, "end" below the article's text with a label of its own.
"""

REASONS: Final[frozenset[str]] = frozenset(
    {
        CHOSEN, CHOSEN_EARLIEST, CHOSEN_REFINES, CHOSEN_NOT_BEFORE, CHOSEN_PLAIN, REFUSED_VAGUE, CLOCK_TODAY,
        AGREES, AGREES_COARSER, REFUSED_LATER, REFUSED_CONFLICT, REFUSED_BEFORE_ADDRESS, REFUSED_SEVERAL,
        REFUSED_FUTURE, REFUSED_RANGE, REFUSED_NO_DATE, REFUSED_CONSTANT, MODIFIED, BOUND, CLOCK_FRAME,
        CLOCK_DECLARED, CLOCK_REPEATED, CLOCK_NOW, *filter(None, PLACES.values()),
    }
)  # fmt: skip
"""Every reason that a candidate may bear."""

FLAGS: Final[dict[str, str]] = {
    "conflict": "two sources differ by more than a day",
    "midnight": "a machine's stamp at local midnight: the day only",
    "midnight_utc": "a machine's stamp at midnight UTC: the day as written",
    "local_as_utc": "local time that was stamped +00:00",
    "stamp_zone": "no zone in the text: that of a stamp with the same hour and minute",
    "zone_doubtful": "the same hour and minute stand on the page without a zone",
    "after_fetch": "later than the fetch, within two days",
}
"""What the page adds to newsmon.text.dates.FLAGS."""
