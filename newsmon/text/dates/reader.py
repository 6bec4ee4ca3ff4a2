"""The order in which a string is read: machine forms, dates with a year, all that must stand alone, second reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from newsmon.text.dates.ago import AGO, AGO_WORDS, read_ago
from newsmon.text.dates.building import Frame
from newsmon.text.dates.clocks import read_clock
from newsmon.text.dates.daywords import DAY_NAMED, read_day_named, read_time_alone
from newsmon.text.dates.folding import fold
from newsmon.text.dates.forms import DATED, UNDATED
from newsmon.text.dates.labels import (
    find_label,
    find_role,
    is_after,
    is_noise,
    is_place,
    read_before,
    read_time_label,
    split_line,
)
from newsmon.text.dates.machine import read_iso, read_machine
from newsmon.text.dates.names import MONTH
from newsmon.text.dates.reading import DateReading, refuse
from newsmon.text.dates.resolving import resolve
from newsmon.text.dates.second_reader import may_read_again, read_again
from newsmon.text.dates.spelled import put_in_digits
from newsmon.text.dates.written import clock_after, iter_finds

_FOUR_DIGITS_RE = re.compile(r"[0-9]{4}")
_DIGIT_RE = re.compile(r"[0-9]")
_LONGEST_PIECE = 160
"""Characters; a date, its label and a byline are shorter, and what is longer is prose."""
_RANK = {"published": 0, None: 1, "modified": 2}
_REFUSALS = {
    why: refuse(why)
    for why in ("empty", "a duration", "a time alone", "a year alone", "a month alone", "no date in it")
}

_YEAR_ALONE_RE = re.compile(r"\D*(?:19|20)[0-9]{2}\D*")
_MONTH_ALONE_RE = re.compile(rf"{MONTH}\.?")
_DURATION_RE = re.compile(r"[0-9]+ ?(?:s|sec|min|minutes?|heures?|hours?|jours?|days?|semaines?|mois|ans?|years?)\.?")


class _Best:
    """The best reading so far: published beats unlabelled beats modified, the first of equals stays."""

    def __init__(self) -> None:
        self.reading: DateReading | None = None
        self.refusal: DateReading | None = None

    def offer(self, reading: DateReading) -> None:
        if reading.value is None:
            self.refusal = self.refusal or reading
        elif self.reading is None or self._beats(reading, self.reading):
            self.reading = reading

    @staticmethod
    def _beats(new: DateReading, old: DateReading) -> bool:
        # "Mis à jour le 18 janvier 2022 | Publié à 6 h 30": the time alone does not tell of which day.
        if new.rule == "label_time" and old.rule != "label_time":
            return False
        return _RANK[new.role] < _RANK[old.role]

    @property
    def can_be_better(self) -> bool:
        return self.reading is None or self.reading.role == "modified"


def _read_dated(text: str, frame: Frame, best: _Best) -> None:
    """Dates that bear a year, anywhere in the text."""
    stop = 0
    for find in iter_finds(text, DATED):
        best.offer(resolve(find, frame, find_role(text, stop, find.start) if find.start > stop else None))
        if best.reading and best.reading.role == "published":
            return
        stop = find.stop


def _read_undated(piece: str, frame: Frame) -> tuple[DateReading, int] | None:
    if not _DIGIT_RE.search(piece):
        return None
    for find in iter_finds(piece, UNDATED):
        before = piece[: find.start]
        fits, role = read_before(before)
        if (fits or (find.rule == "month_year" and is_place(before))) and is_after(piece[find.stop :]):
            return resolve(find, frame, role), find.stop
    return None


def _read_named(piece: str, frame: Frame, *, alone: bool) -> tuple[DateReading, int] | None:
    m = DAY_NAMED.search(piece)
    if m is None:
        return None
    span = clock_after(piece, m.end())
    stop = span.stop if span else m.end()
    fits, role = read_before(piece[: m.start()])
    if not fits or not is_after(piece[stop:]):
        return None
    if span and span.end and not m["word"]:
        return refuse("opening hours"), stop
    labelled = role is not None
    reading = read_day_named(m, span.start if span else None, frame, alone=alone or labelled, labelled=labelled)
    return replace(reading, role=role) if role and reading.value else reading, stop


def _read_distance(piece: str, frame: Frame) -> tuple[DateReading, int] | None:
    if not any(word in piece for word in AGO_WORDS):
        return None
    m = AGO.search(piece)
    if m is None or not is_after(piece[m.end() :]):
        return None
    fits, role = read_before(piece[: m.start()])
    if not fits:
        return None
    reading = read_ago(m, frame)
    return replace(reading, role=role) if role and reading.value else reading, m.end()


def _read_time(piece: str, frame: Frame) -> tuple[DateReading, int] | None:
    label = read_time_label(piece)
    span = read_clock(piece, label[1]) if label else None
    if label is None or span is None or not is_after(piece[span.stop :]):
        return None
    return read_time_alone(span.start, frame, label[0]), span.stop


def _iter_piece(piece: str, frame: Frame, *, alone: bool) -> Iterator[DateReading]:
    """The readings of a piece that holds a date, its label and its clock alone, then of what a next label says."""
    at: int | None = 0 if len(piece) <= _LONGEST_PIECE else None
    while at is not None:
        piece = piece[at:]
        found = (
            _read_undated(piece, frame)
            or _read_distance(piece, frame)
            or _read_named(piece, frame, alone=alone)
            or _read_time(piece, frame)
        )
        if found is None:
            return
        yield found[0]
        at = find_label(piece, found[1])


def _iter_pieces(pieces: list[str], frame: Frame) -> Iterator[DateReading]:
    """The readings of the parts of a line."""
    others = [piece for piece in pieces if not is_noise(piece)]
    for piece in pieces:
        yield from _iter_piece(piece, frame, alone=not others or others == [piece])


def _iter_line(text: str, frame: Frame) -> Iterator[DateReading]:
    """The readings of a line as a whole ("17 mars - 14 h") or, when it is none, of its parts."""
    pieces = split_line(text)
    whole = list(_iter_piece(text, frame, alone=len(pieces) == 1))
    yield from whole or (_iter_pieces(pieces, frame) if len(pieces) > 1 else ())


def _read_whole(text: str, frame: Frame, best: _Best) -> None:
    """Dates that must be all that the text says, or one of its parts."""
    if best.reading:
        # Parts with a year were read already.
        readings = _iter_pieces([piece for piece in split_line(text) if not _FOUR_DIGITS_RE.search(piece)], frame)
    else:
        readings = _iter_line(text, frame)
    for reading in readings:
        best.offer(reading)
        if best.reading and best.reading.role == "published":
            return


def _read_spelled(text: str, frame: Frame) -> DateReading | None:
    digits = put_in_digits(text)
    if digits is None:
        return None
    best = _Best()
    _read_dated(digits, frame, best)
    if best.can_be_better:
        _read_whole(digits, frame, best)
    return replace(best.reading, flags=(*best.reading.flags, "spelled")) if best.reading else None


def _why_refused(text: str) -> DateReading:
    if not text:
        return _REFUSALS["empty"]
    if _DURATION_RE.fullmatch(text):
        return _REFUSALS["a duration"]
    span = read_clock(text, 0) if text[0] in "0123456789mn" else None
    if span and span.stop == len(text):
        return _REFUSALS["a time alone"]
    if _YEAR_ALONE_RE.fullmatch(text):
        return _REFUSALS["a year alone"]
    if _MONTH_ALONE_RE.fullmatch(text):
        return _REFUSALS["a month alone"]
    return _REFUSALS["no date in it"]


def _read_folded(text: str, frame: Frame) -> DateReading:
    if text and (machine := read_machine(text, frame)):
        return machine
    best = _Best()
    if _FOUR_DIGITS_RE.search(text):
        _read_dated(text, frame, best)
    if best.can_be_better:
        _read_whole(text, frame, best)
    if best.reading:
        return best.reading
    if spelled := _read_spelled(text, frame):
        return spelled
    if best.refusal:
        return best.refusal
    return _read_again(text, frame) or _why_refused(text)


def _read_again(text: str, frame: Frame) -> DateReading | None:
    if not may_read_again(text):
        return None
    reading = read_again(text, frame, find_role(text, 0, len(text)))
    return reading if reading and reading.value else None


def read_date(text: str, *, now: datetime, tz: tzinfo) -> DateReading:
    """The publication (or modification) date that a string tells, or its refusal. Never raises for any `text`.

    Reads French and English, as news sites of Canada and elsewhere print them, and what programs print. A date that
    bears a year is found anywhere in the string; anything less (17 mars, hier à 21 h 40, il y a 3 heures) must be all
    that the string says, but for a label, a byline and a reading time. Of several dates, one labelled as published
    beats one without a label, which beats one labelled as modified; the first of equals wins.

    `now` is the time at which the string was seen (naive: in `tz`); distances and missing years count from it, and
    what lies before 1990 or after now + 2 days is refused. `tz` is the zone of the outlet; a zone in the text beats it.

    >>> from zoneinfo import ZoneInfo
    >>> seen = datetime(2022, 1, 18, tzinfo=UTC)
    >>> read_date("Publié le 17 janvier 2022 à 4 h 16", now=seen, tz=ZoneInfo("America/Toronto")).value
    datetime.datetime(2022, 1, 17, 9, 16, tzinfo=datetime.timezone.utc)
    """
    if now.tzinfo is None:
        now = now.replace(tzinfo=tz)
    now = now.astimezone(UTC)
    frame = Frame(now, tz, now.astimezone(tz))
    stripped = text.strip()
    if stripped[4:5] == "-" and (iso := read_iso(stripped, frame)):
        return iso
    return _read_folded(fold(text), frame)
