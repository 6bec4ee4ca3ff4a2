"""The rows of the table that `make bench` prints: how a bench module says what it measured."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "NEWSMON_BENCH_ROWS"
"""Names the file that the rows are added to. Without it a module only prints its own text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    what: str
    """What is measured, of what: "crawl, 2,000 pages of 50 KB"."""
    ours: float
    unit: str
    peer: str = ""
    """Against whom, with its version: "news-please 1.6.16"."""
    theirs: float | None = None
    more_is_better: bool = True
    floor: float | None = None
    """The ratio to the peer, 1.0 for equal and more for better, that newsmon is not to fall below."""
    at_most: float | None = None
    at_least: float | None = None
    """Bounds of `ours`, where there is no peer."""

    @property
    def ratio(self) -> float | None:
        """How many times as good as the peer; None without one."""
        if not self.theirs or not self.ours:
            return None
        return self.ours / self.theirs if self.more_is_better else self.theirs / self.ours

    @property
    def held(self) -> bool:
        """Whether every bound that is given holds."""
        if self.floor is not None and (self.ratio is None or self.ratio < self.floor):
            return False
        return not (
            (self.at_most is not None and self.ours > self.at_most)
            or (self.at_least is not None and self.ours < self.at_least)
        )


def add_row(what: str, ours: float, unit: str, **more: object) -> Row:
    """Add a row to the table of this `make bench`, if one is being made; `more` are the fields of Row."""
    row = Row(what=what, ours=ours, unit=unit, **more)  # type: ignore[arg-type]
    if path := os.environ.get(VARIABLE):
        with Path(path).open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    return row


def read_rows(path: Path) -> list[Row]:
    """The rows of a file, in the order in which they were added; none where there is no file."""
    return [Row(**json.loads(line)) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
