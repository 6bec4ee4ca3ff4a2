"""The answer of a report for eyes: a table on a terminal, with the note under it."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from newsmon.reports.named import Language

if TYPE_CHECKING:
    from newsmon.reports.run import Answer

_INSTANT_RE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\Z")


def as_table(answer: Answer, language: Language, *, width: int | None) -> str:
    """For eyes. `width` is the terminal's, where cells are folded; None: as wide as needed."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(
        file=io.StringIO(), width=width or 10_000, force_terminal=False, color_system=None, legacy_windows=False
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, heading in enumerate(answer.headings(language)):
        numbers = any(isinstance(v := row[i], int | float | Decimal) and not isinstance(v, bool) for row in answer.rows)
        table.add_column(Text(heading), justify="right" if numbers else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(cell(value, language)) for value in row))
    with console.capture() as capture:
        console.print(table)
    lines = [line.rstrip() for line in capture.get().splitlines()]
    return "\n".join(lines) if answer.rows else _nothing(language)


def _nothing(language: Language) -> str:
    return "Rien à montrer." if language == "fr" else "Nothing to show."


def footnote(answer: Answer, language: Language, *, dated_only: bool) -> str | None:
    """How many of the counted articles have no known publication date, and what was done with them."""
    if answer.undated is None:
        return None
    undated, n = answer.undated
    share = cell(round(100 * undated / n, 1) if n else 0, language)
    if language == "fr":
        said, done = (
            f"Articles sans date de parution connue\u00a0: {undated} sur {n} ({share}\u00a0%)",
            "laissés de côté",
        )
        kept, none = "comptés au dernier jour possible", "rien à signaler"
    else:
        said, done = f"Articles without a known publication date: {undated} of {n} ({share}%)", "left out"
        kept, none = "counted on the last possible day", "nothing to note"
    return f"{said}, {none if not undated else done if dated_only else kept}."


def cell(value: Any, language: Language) -> str:
    """One value on one line: no control character of a stranger's page reaches the terminal."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return {"fr": ("non", "oui"), "en": ("no", "yes")}[language][value]
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        text = f"{value:.4g}" if abs(value) < 1e6 else f"{value:.0f}"
        return text.replace(".", ",") if language == "fr" else text
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, str) and _INSTANT_RE.match(value):
        return value[:19]  # SQLite hands instants over as text
    return plain(str(value))


JOINERS = "\u200c\u200d"
"""Unseen themselves, they make a family of three faces, and words of Persian or Hindi what they are."""


def plain(text: str) -> str:
    """`text` on one line, without what steers a terminal or turns the direction of writing."""
    if text.isprintable():
        return text
    blank = "\r\n\t\u2028\u2029"
    return "".join(" " if c in blank else "" if c not in JOINERS and _is_unseen(c) else c for c in text)


def _is_unseen(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cf")
