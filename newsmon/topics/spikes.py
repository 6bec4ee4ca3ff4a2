"""Spikes: one day of a topic that stands out against its fourteen days before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

BEFORE = 14
"""Days that a day is held against."""
KNOWN = 7
"""Of them, days on which the outlets published at all: fewer tell nothing."""
FEWEST = 5
"""Articles of a spike, at least."""
SPREADS = 3.0


@dataclass(frozen=True, slots=True)
class Spike:
    n: int
    usual: float
    """Articles that were to be expected."""
    threshold: float
    """Articles from which a day stands out."""


def find_spike(n: int, outlet_n: int, before: Sequence[tuple[int, int]]) -> Spike | None:
    """Whether a day with `n` articles of the topic out of `outlet_n` stands out.

    `before`: the same of the fourteen days before, 0 out of 0 for a day without articles. What was to be expected is
    their mean, or their share of this day's output where that is more: a new outlet makes no spike. The day stands
    out three spreads above it: their standard deviation, the square root of what was expected, or 1 article.
    """
    if n < FEWEST or sum(whole > 0 for _, whole in before) < KNOWN:
        return None
    counts = [count for count, _ in before]
    share = sum(counts) / sum(whole for _, whole in before)
    usual = max(fmean(counts), share * outlet_n)
    threshold = max(FEWEST, usual + SPREADS * max(pstdev(counts), math.sqrt(usual), 1.0))
    return Spike(n, round(usual, 2), round(threshold, 2)) if n >= threshold else None
