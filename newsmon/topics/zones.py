"""Stretches of an article that count for nothing; whether a place is in one is told quickly, however many there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from newsmon.topics.fold import Place


class Zones:
    """Stretches of the folded words, those that overlap joined."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(places):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, position: int) -> bool:
        """Whether a position is inside one."""
        k = bisect_right(self._starts, position) - 1
        return k >= 0 and position < self._ends[k]

    def touch(self, place: Place) -> bool:
        """Whether a place is inside one or reaches into one; not when it holds the whole of it and more."""
        start, end = place
        k = bisect_right(self._ends, start)
        while k < len(self._starts) and self._starts[k] < end:
            zone = self._starts[k], self._ends[k]
            if zone == place or zone[0] < start or zone[1] > end:
                return True
            k += 1
        return False
