"""Days named from today: "hier à 21 h 40", "ce matin", "vendredi dernier"; and a label with only a time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from newsmon.text.dates.building import Frame, at_clock, build
from newsmon.text.dates.clocks import Clock
from newsmon.text.dates.names import FULL_WEEKDAY, WEEKDAYS, alternation
from newsmon.text.dates.reading import DateReading, StatedRole, refuse
from newsmon.text.dates.zones import to_utc, tzinfo_of

_SKEW = timedelta(minutes=5)
"""A time so little after now is the outlet's clock running ahead, not yesterday."""

_WORDS = {
    "avant-hier": -2, "avant hier": -2, "the day before yesterday": -2, "day before yesterday": -2, "hier": -1,
    "yesterday": -1, "last night": -1, "aujourd'hui": 0, "aujourd hui": 0, "aujourdhui": 0, "auj": 0, "today": 0,
    "ce jour": 0, "ce matin": 0, "ce midi": 0, "cet apres-midi": 0, "cet apres midi": 0, "cet avant-midi": 0,
    "ce soir": 0, "cette nuit": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0,
}  # fmt: skip
_IN = r"(?:en (?:(?:debut|fin|milieu) (?:de |d'))?|dans la |au |in the )?"
_PART = (
    rf"(?:,?[ ]{_IN}(?P<{{0}}>matin|matinee|soir|soiree|apres-midi|apres midi|avant-midi|journee|nuit"
    r"|morning|afternoon|evening|night)(?![a-z]))?"
)
_EARLY = r"(?:(?:tot|tard|plus tot|earlier|early|late) )?"
_WORD = rf"{_EARLY}(?P<word>{alternation(_WORDS)})(?![a-z-]){_PART.format('word_part')}(?P<day_word>)"
_SHORT_WEEKDAY = r"(?:lun|mar|mer|jeu|ven|sam|dim|mon|tues?|wed|thurs?|thu|fri|sat|sun)(?![a-z])"
_WEEKDAY = (
    rf"(?:(?P<last>last )|(?P<each>le |on )|ce )?(?:(?P<full>{FULL_WEEKDAY})|(?P<short>{_SHORT_WEEKDAY})\.?)"
    rf"(?P<past> (?:dernier|passe|past)(?![a-z]))?{_PART.format('weekday_part')}(?P<weekday>)"
)
DAY_NAMED = re.compile(rf"(?<![a-z0-9'-])(?:{_WORD}|{_WEEKDAY})")
"""A day named from today; a string must hold nothing else but its label and a clock."""

_AFTERNOON = frozenset({"soir", "soiree", "apres-midi", "apres midi", "afternoon", "evening", "night"})
_NOON = Clock(12, 0, 0, 0, "hour")


def _in_part(clock: Clock | None, part: str | None) -> Clock | None:
    """ "Hier soir à 9 h" is 21 h."""
    if clock and part in _AFTERNOON and 1 <= clock.hour <= 11:
        return clock._replace(hour=clock.hour + 12)
    return clock


def _instant(day: date, clock: Clock, frame: Frame) -> datetime:
    return to_utc(at_clock(day, clock), clock.zone, frame.tz)[0]


def _is_past(day: date, clock: Clock | None, frame: Frame) -> bool:
    return clock is None or _instant(day, clock, frame) <= frame.now + _SKEW


def _today(clock: Clock | None, frame: Frame) -> date:
    """Today where the clock is: a time in HNT may belong to a day that the outlet has not begun."""
    if clock is None or clock.zone is None:
        return frame.today
    return frame.now.astimezone(tzinfo_of(clock.zone, frame.tz)).date()


def read_day_named(m: re.Match[str], clock: Clock | None, frame: Frame, *, alone: bool, labelled: bool) -> DateReading:
    """The reading of a match of DAY_NAMED with the clock after it.

    `alone` is False where the string says more: a bare day ("Météo | aujourd'hui") is then a section or a schedule,
    not a date. A bare abbreviation ("sam", "mer.") is never a date: too many words look like it.
    """
    today = _today(clock, frame)
    if clock is None and not alone and not m["last"] and not m["past"]:
        return refuse("a day alone beside other words")
    if m["word"]:
        word = m["word"]
        if word == "ce midi" and clock is None:
            clock = _NOON
        clock = _in_part(clock, m["word_part"] or word.rpartition(" ")[2])
        return build(today + timedelta(days=_WORDS[word]), clock, frame, rule="day_word")
    if clock is None and m["short"]:
        return refuse("a weekday's abbreviation alone")
    if m["each"] and not labelled and not m["past"]:
        return refuse("every such weekday")  # "le lundi à 20 h" is a schedule
    clock = _in_part(clock, m["weekday_part"])
    back = (today.weekday() - WEEKDAYS[m["full"] or m["short"]]) % 7
    if back == 0 and (m["last"] or m["past"] or not _is_past(today, clock, frame)):
        back = 7
    return build(today - timedelta(days=back), clock, frame, rule="weekday")


def read_time_alone(clock: Clock, frame: Frame, role: StatedRole) -> DateReading:
    """ "Publié à 8 h 12": the most recent such time."""
    day = _today(clock, frame)
    if not _is_past(day, clock, frame):
        day -= timedelta(days=1)
    return build(day, clock, frame, rule="label_time", role=role)
