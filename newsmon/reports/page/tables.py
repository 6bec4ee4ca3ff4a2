"""The answer of a report as a table of the page: each cell as it is read, with the value that it sorts by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from newsmon.reports.output import plain
from newsmon.reports.run import Answer
from newsmon.reports.wording import Wording

CODES = (
    "day_basis",
    "published_source",
    "published_precision",
    "level",
    "origin",
    "outcome",
    "status",
    "kind",
    "health",
    "standing",
)
"""Columns whose codes are said in words."""


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    value: str
    """What the database says: dates in ISO 8601, numbers with a point."""
    href: str | None = None
    bar: float | None = None
    """Percent of a bar before the number: of the column's highest."""


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    command: str = ""
    """What prints the same rows."""


LONGEST_URL, LONGEST_TEXT = 2_000, 400
"""Characters: a longer address is no link, a longer text is cut."""


def safe_url(url: str | None) -> str | None:
    """`url` when it is a whole http(s) address, else None: nothing else becomes a link."""
    if not url or len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host and "//" in url else None


def table_of(
    answer: Answer,
    wording: Wording,
    *,
    id: str,
    names: dict[str, str],
    hide: Sequence[str] = (),
    bar: str = "",
    note: str = "",
    command: str = "",
) -> Table:
    """The whole answer. `names` has the outlets' own; a column `url` makes a link of `headline`; `bar` is drawn too."""
    headings = dict(zip(answer.columns, answer.headings(wording.language), strict=True))
    linked = "headline" in headings and "url" in headings
    shown = [c for c in answer.columns if c not in hide and not (linked and c == "url")]
    at = {column: i for i, column in enumerate(answer.columns)}
    numeric = {c: any(_is_number(row[at[c]]) for row in answer.rows) for c in shown}
    highest = max((float(row[at[bar]] or 0) for row in answer.rows), default=0) if bar else 0.0
    rows = []
    for row in answer.rows:
        url = safe_url(row[at["url"]]) if linked else None
        cells = (cell_of(row[at[c]], c, wording, names, url if c == "headline" else None) for c in shown)
        rows.append(
            tuple(
                replace(cell, bar=round(100 * float(cell.value or 0) / highest, 1)) if c == bar and highest else cell
                for c, cell in zip(shown, cells, strict=True)
            )
        )
    columns = tuple(Column(headings[c], numeric[c]) for c in shown)
    return Table(id, answer.report.title[wording.language == "en"], columns, tuple(rows), note, command)


def cell_of(value: Any, column: str, wording: Wording, names: dict[str, str], href: str | None = None) -> Cell:
    """One value in words."""
    if value is None:
        return Cell("–", "")
    if isinstance(value, bool):
        return Cell(wording("yes" if value else "no"), str(int(value)))
    if isinstance(value, float):
        return Cell(wording.number(value, 1), f"{value:.6g}")
    if isinstance(value, int):
        return Cell(str(value) if column in ("run_id", "exit_code", "version") else wording.number(value), str(value))
    if isinstance(value, datetime):
        return Cell(wording.instant(value), value.isoformat())
    if isinstance(value, date):
        return Cell(wording.short_day(value), value.isoformat())
    text = plain(str(value))
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + " …"
    if column.endswith("outlet"):
        return Cell(plain(names.get(text, text)), text)
    if column in CODES:
        return Cell(wording.value(column, text), text)
    return Cell(text, text, href or safe_url(text))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
