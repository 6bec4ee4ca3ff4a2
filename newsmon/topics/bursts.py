"""Bursts: stretches of days in which a topic takes a far greater share of what is written than usual.

Source: Kleinberg, "Bursty and Hierarchical Structure in Streams" (2002), two states, batched arrivals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

RATIO = 2.0
"""A burst's share is so many times the usual one."""
GAMMA = 1.0
"""What it costs to enter a burst, times the logarithm of the number of days."""
FEWEST = 3
"""Articles of a burst, at least."""


class Day(NamedTuple):
    """Articles on the topic, out of how many."""

    day: date
    n: int
    outlet_n: int


@dataclass(frozen=True, slots=True)
class Found:
    first_day: date
    last_day: date
    n: int
    outlet_n: int
    usual: float
    """The topic's share over all days."""
    weight: float
    """How much better a burst explains these days than the usual share does: natural logarithm of the odds."""


def find_bursts(days: Sequence[Day]) -> list[Found]:
    """The bursts of one topic. `days` are in order, those without any article left out."""
    n, whole = sum(day.n for day in days), sum(day.outlet_n for day in days)
    if n < FEWEST or n >= whole:
        return []
    usual = n / whole
    high = min(RATIO * usual, (1 + usual) / 2)
    gains = [
        day.n * math.log(high / usual) + (day.outlet_n - day.n) * math.log((1 - high) / (1 - usual)) for day in days
    ]
    bursts = []
    for first, end in _stretches(gains, GAMMA * math.log(len(days))):
        part = days[first:end]
        inside = sum(day.n for day in part)
        if inside >= FEWEST:
            out_of, weight = sum(day.outlet_n for day in part), round(sum(gains[first:end]), 3)
            bursts.append(Found(part[0].day, part[-1].day, inside, out_of, usual, weight))
    return bursts


def _stretches(gains: Sequence[float], entering: float) -> list[tuple[int, int]]:
    """The cheapest way through two states (Viterbi): where it is in the upper one, as start and end.

    `gains`: what a day in the upper state spares. Leaving it costs nothing.
    """
    low, high = 0.0, math.inf
    entered: list[bool] = []
    left: list[bool] = []
    for gain in gains:
        entered.append(low + entering < high)
        left.append(high < low)
        low, high = min(low, high), min(low + entering, high) - gain
    stretches: list[tuple[int, int]] = []
    above, end = high < low, len(gains)
    for k in range(len(gains) - 1, -1, -1):
        if not above and left[k]:
            above, end = True, k
        elif above and entered[k]:
            stretches.append((k, end))
            above = False
    return stretches[::-1]
