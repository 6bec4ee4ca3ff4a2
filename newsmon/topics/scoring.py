"""How right a topic is, by what readers said of articles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z = 1.959964
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` out of `of`, with Wilson's 95 % interval; no value where `of` is 0."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Source: Wilson, "Probable inference, the law of succession, and statistical inference" (1927)."""
        if not self.of:
            return 0.0, 1.0
        n, share = self.of, self.right / self.of
        middle = share + Z * Z / (2 * n)
        spread = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


@dataclass(frozen=True, slots=True)
class Score:
    """Of primary matches. One on an article labelled secondary is wrong when strict, and left out when tolerant."""

    precision: Share
    precision_tolerant: Share
    recall: Share
    any_level: Share
    """Labelled yes or secondary, and matched at either level."""
    labels: dict[str, int]

    @property
    def f1(self) -> float | None:
        """Strict."""
        whole = self.precision.of + self.recall.of
        return 2 * self.recall.right / whole if whole else None


def score(labelled: Iterable[tuple[str, str | None]]) -> Score:
    """The score of (label, level of the match or None) pairs."""
    pairs = list(labelled)
    said = [label for label, level in pairs if level == "primary"]
    about = [level for label, level in pairs if label == "yes"]
    concerned = [level for label, level in pairs if label != "no"]
    right = said.count("yes")
    return Score(
        precision=Share(right, len(said)),
        precision_tolerant=Share(right, right + said.count("no")),
        recall=Share(right, len(about)),
        any_level=Share(sum(level is not None for level in concerned), len(concerned)),
        labels={name: sum(label == name for label, _ in pairs) for name in ("yes", "secondary", "no")},
    )
