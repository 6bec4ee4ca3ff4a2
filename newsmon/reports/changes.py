"""Two stored texts of an article side by side: what an editor changed from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from newsmon.errors import ConfigurationError
from newsmon.reports.output import cell, plain
from newsmon.text.differences import ParagraphChange, count_changes, diff

PARTS = (("headline", "titre"), ("deck", "chapeau"), ("body", "texte"))

Paint = Callable[[str, str], str]
"""(text, "added" or "removed") to what is shown of it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two revisions of one article."""

    old: Row[Any]
    new: Row[Any]


def find_pair(conn: Connection, article_id: int, old: int, new: int) -> Pair:
    """The revisions of two numbers. Raises: ConfigurationError for a number that the article has not."""
    if old == new:
        raise ConfigurationError(f"--diff {old} {new} names one revision twice; give two, e.g. --diff 1 2")
    query = text("SELECT * FROM v_revision WHERE article_id = :id AND seq IN (:old, :new)")
    found = {row.seq: row for row in conn.execute(query, {"id": article_id, "old": old, "new": new})}
    for seq in (old, new):
        if seq not in found:
            last = conn.scalar(text("SELECT max(seq) FROM v_revision WHERE article_id = :id"), {"id": article_id})
            known = "one revision, 1" if last == 1 else f"the revisions 1 to {last}"
            raise ConfigurationError(f"article {article_id} has no revision {seq}: it has {known}")
    return Pair(found[old], found[new])


def in_brackets(words: str, kind: str) -> str:
    """For a file or a pipe, as wdiff writes it: [-gone-] and {+new+}."""
    return f"{{+{words}+}}" if kind == "added" else f"[-{words}-]"


def difference(pair: Pair, paint: Paint) -> Iterator[str]:
    """The lines that show what changed; `paint` marks the words that were added or removed."""
    changes = {name: diff(getattr(pair.old, name) or "", getattr(pair.new, name) or "") for name, _ in PARTS}
    added, removed = count_changes([change for part in changes.values() for change in part])
    seen = " → ".join(f"{row.seq} ({cell(row.seen_at, 'fr')[:16]} UTC)" for row in (pair.old, pair.new))
    yield f"révision {seen} : {added} mots ajoutés, {removed} retirés"
    for name, heading in PARTS:
        if any(change.kind != "same" for change in changes[name]):
            yield f"\n{heading}"
            yield from _lines(changes[name], paint)
    if not added and not removed:
        yield "\nLes deux disent la même chose ; seuls des signes ou des blancs diffèrent."


def _lines(changes: list[ParagraphChange], paint: Paint) -> Iterator[str]:
    """A line for each paragraph that changed, one for each run of those that did not."""
    same = 0
    for change in changes:
        if change.kind == "same":
            same += 1
            continue
        if same:
            yield _unchanged(same)
        same = 0
        sign = {"added": "+", "removed": "-", "changed": "~"}[change.kind]
        yield f"  {sign} " + " ".join(
            plain(part.text) if part.kind == "same" else paint(plain(part.text), part.kind) for part in change.stretches
        )
    if same:
        yield _unchanged(same)


def _unchanged(count: int) -> str:
    return f"    … {count} paragraphe{'s' if count > 1 else ''} sans changement"
