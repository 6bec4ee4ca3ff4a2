"""Two versions of a topic held against each other over the stored articles: gained, lost, moved, and what did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection

from newsmon.items import Level
from newsmon.store.matches import texts_of
from newsmon.store.versions import differing
from newsmon.topics.explain import Explanation, explain
from newsmon.topics.match import Matcher

Kind = Literal["gained", "lost", "raised", "lowered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An article that the two versions judge differently."""

    kind: Kind
    article_id: int
    day: date | None
    outlet: str
    headline: str | None
    before: Level | None
    after: Level | None
    terms: tuple[str, ...]
    """What did it: terms found in the text that only the deciding version has."""
    reason: str
    """Where no term alone did it: what kept the text from fitting the version that it does not fit, or the scores."""


def differences(conn: Connection, old: Matcher, new: Matcher, slug: str, ids: tuple[int, int]) -> Iterator[Difference]:
    """Articles that either version has matched and the two judge differently; `ids` are theirs in the database.

    Both are run over the text again: an article that the older one never saw is no gain of the newer one.
    """
    rows = {row.article_id: row for row in differing(conn, *ids)}
    for text in texts_of(conn, rows):
        parts = {"headline": text.headline, "deck": text.deck, "body": text.body}
        one, other = (explain(matcher, slug, **parts, day=text.day) for matcher in (old, new))  # type: ignore[arg-type]
        kind = _kind(one.level, other.level)
        if kind is None:
            continue
        terms = _terms(one, other, kind)
        yield Difference(
            kind=kind, article_id=text.article_id, day=text.day, outlet=rows[text.article_id].outlet,
            headline=text.headline, before=one.level, after=other.level, terms=terms,
            reason="" if terms else _reason(one, other),
        )  # fmt: skip


def _kind(before: Level | None, after: Level | None) -> Kind | None:
    if before == after:
        return None
    if before is None or after is None:
        return "gained" if before is None else "lost"
    return "raised" if after == "primary" else "lowered"


def _terms(one: Explanation, other: Explanation, kind: Kind) -> tuple[str, ...]:
    """Terms with a place in the text that are in one of the two definitions only."""
    more, less = (other, one) if kind in ("gained", "raised") else (one, other)
    found = {span.term for told in more.clauses for span in told.spans if span.term not in less.terms}
    if not found:  # what the other one refuses, masks or weighs down
        found = {span.term for told in less.clauses for span in told.spans if span.term not in more.terms}
    return tuple(sorted(found))


def _reason(one: Explanation, other: Explanation) -> str:
    for told, version in ((other, "new"), (one, "old")):
        if told.failed:
            return f"{version}: {told.failed}"
    return f"its score goes from {one.score:g} to {other.score:g}"
