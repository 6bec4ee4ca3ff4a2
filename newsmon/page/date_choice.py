"""The choice among the dates of a page: order, contradictions, refinement, and a reason for every candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from newsmon.page.date_reading import ORDER, Told
from newsmon.page.date_reasons import (
    AGREES,
    AGREES_COARSER,
    CHOSEN,
    CHOSEN_EARLIEST,
    CHOSEN_NOT_BEFORE,
    CHOSEN_PLAIN,
    CHOSEN_REFINES,
    REFUSED_BEFORE_ADDRESS,
    REFUSED_CONFLICT,
    REFUSED_FUTURE,
    REFUSED_LATER,
    REFUSED_SEVERAL,
    REFUSED_VAGUE,
)
from newsmon.page.date_words import count_other_words

_DAY = timedelta(days=1)
_BARE = 1
"""Words beside a date that still leave it bare: the name of a section."""


def choose(told: Sequence[Told], tz: ZoneInfo, count: Callable[[str], None]) -> Told | None:
    """The publication, or None. Every candidate that has no reason yet is given one."""
    ranked = _without_several(_ranked(told), tz)
    ranked = _without_future(ranked)
    choice = _Choice(ranked, tz)
    best = choice.choose()
    if choice.contradicted:
        count("conflict")
    for one in told:
        if not one.candidate.reason:
            agrees = best is not None and one.candidate.value is not None and choice.distance(one, best) == 0
            one.candidate.reason = AGREES if agrees else REFUSED_LATER
    return best


def _ranked(told: Sequence[Told]) -> list[Told]:
    candidates = [
        one
        for one in told
        if one.candidate.role == "published"
        and one.candidate.value is not None
        and not one.candidate.reason
        and one.string.source in ORDER
    ]
    return sorted(candidates, key=_rank)


def _rank(one: Told) -> tuple[int, int]:
    """What stands below the article's text comes after all that stands above it; a weak meta after the strong."""
    order = ORDER.index(one.string.source)
    label = ORDER.index("label")
    return (max(order, label), 1) if one.string.place == "end" else (order, 0)


def _without_several(ranked: list[Told], tz: ZoneInfo) -> list[Told]:
    """Text without a label counts when it is the only one: the bare ones first, and all of one day."""
    unlabelled = [one for one in ranked if one.string.source == "header" and not one.labelled]
    bare = [one for one in unlabelled if count_other_words(one.string.raw) <= _BARE] or unlabelled
    kept = bare if len({one.day(tz) for one in bare}) == 1 else []
    for one in unlabelled:
        if not any(one is other for other in kept):
            one.candidate.reason = REFUSED_SEVERAL
    return [one for one in ranked if not one.candidate.reason]


def _without_future(ranked: list[Told]) -> list[Told]:
    """What is later than the fetch counts only when there is nothing else."""
    past = [one for one in ranked if "after_fetch" not in one.candidate.flags]
    if past:
        for one in ranked:
            if "after_fetch" in one.candidate.flags:
                one.candidate.reason = REFUSED_FUTURE
    return past or ranked


class _Choice:
    def __init__(self, ranked: list[Told], tz: ZoneInfo) -> None:
        self._ranked = ranked
        self._tz = tz
        self._address = next((one.day(tz) for one in ranked if one.string.source == "url"), None)
        self.contradicted = False

    def choose(self) -> Told | None:
        possible = [one for one in self._ranked if not self._is_before_address(one)]
        for one in self._ranked:
            if self._is_before_address(one):
                one.candidate.reason = REFUSED_BEFORE_ADDRESS
        if not possible:
            return None
        best = possible[0]
        if best is not self._ranked[0]:
            best.candidate.reason = CHOSEN_NOT_BEFORE
            self._contradict(best, self._ranked[0])
        best = self._earliest(self._plain(best, possible), possible)
        best = self._refined(best, possible)
        best.candidate.chosen = True
        best.candidate.reason = best.candidate.reason or CHOSEN
        return best

    def _is_before_address(self, one: Told) -> bool:
        """An address is made on the day of publication, by a clock that may be in UTC: a day later, never earlier."""
        if self._address is None or one.fineness == 0:
            return False
        return one.day(self._tz) < self._address - _DAY

    def _plain(self, best: Told, possible: list[Told]) -> Told:
        """A place that may mean something else yields to the first that says plainly that it is the publication."""
        if best.is_strong:
            return best
        other = next((one for one in possible if one.is_strong and self.distance(one, best) > 1), None)
        if other is None:
            return best
        self._contradict(other, best)
        best.candidate.reason, other.candidate.reason = REFUSED_VAGUE, CHOSEN_PLAIN
        return other

    def _earliest(self, best: Told, possible: list[Told]) -> Told:
        for other in possible:
            if other is best or not other.is_strong or self.distance(other, best) <= 1 or other.value > best.value:
                continue
            self._contradict(other, best)
            best.candidate.reason = REFUSED_CONFLICT
            other.candidate.reason = CHOSEN_EARLIEST
            best = other
        return best

    def _contradict(self, one: Told, other: Told) -> None:
        self.contradicted = True
        one.flag("conflict")
        other.flag("conflict")

    def _refined(self, best: Told, possible: list[Told]) -> Told:
        """The finest of the same local day (of the same month, for a month)."""
        while True:
            finer = [one for one in possible if one.fineness > best.fineness and self._refines(one, best)]
            if best.fineness >= 3 or not finer:
                return best
            other = next((one for one in finer if one.fineness >= 3), finer[0])
            best.candidate.reason, other.candidate.reason = AGREES_COARSER, CHOSEN_REFINES
            best = other

    def _refines(self, one: Told, coarse: Told) -> bool:
        return not one.candidate.reason and self.distance(one, coarse) == 0

    def _span(self, one: Told) -> tuple[date, date]:
        first = one.day(self._tz)
        if one.fineness > 0:
            return first, first
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first, following - _DAY

    def distance(self, one: Told, other: Told) -> int:
        """Local days between two dates: 0 the same day, 2 more than a day apart."""
        if one.fineness >= 3 and other.fineness >= 3 and _DAY < abs(one.value - other.value) < 2 * _DAY:
            return 2
        (a, b), (c, d) = self._span(one), self._span(other)
        return max(0, (c - b).days, (a - d).days)
