"""A definition as data that stands alone: with its names as they were, so that an old version can be run again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from newsmon.topics.definition import Topic, Weights
from newsmon.topics.expression import parse_node
from newsmon.topics.language import Clause, Query, Term
from newsmon.topics.names import Name
from newsmon.topics.printing import print_node, print_term
from newsmon.topics.terms import parse_term

_TERMS = ("forms", "guarded", "not_with", "company")
_WORDS = ("not_after", "not_before")


def freeze(topic: Topic) -> str:
    """JSON; `thaw` gives a topic of the same version again."""
    query = topic.query
    facts = {
        "slug": topic.slug,
        "name": topic.name,
        "parent": topic.parent,
        "parent_version": topic.parent_version,
        "clauses": [_written(clause) for clause in query.clauses],
        "bonus": [_written(clause) for clause in query.bonus],
        "mask": list(map(print_term, query.mask)),
        "weights": asdict(topic.weights),
        "levels": [topic.primary, topic.secondary],
        "window": [str(topic.since or ""), str(topic.until or "")],
        "names": [_written_name(name) for name in topic.names],
    }
    return json.dumps(facts, ensure_ascii=False)


def _written(clause: Clause) -> list[Any]:
    return [print_node(clause.node), clause.weight, clause.label]


def _written_name(name: Name) -> dict[str, Any]:
    facts: dict[str, Any] = {key: list(map(print_term, getattr(name, key))) for key in _TERMS}
    facts |= {key: list(getattr(name, key)) for key in _WORDS}
    return facts | {key: getattr(name, key) for key in ("key", "label", "kind", "need", "within")}


def thaw(text: str, *, source: str = "") -> Topic:
    """The topic of what `freeze` wrote."""
    facts = json.loads(text)
    since, until = (date.fromisoformat(day) if day else None for day in facts["window"])
    primary, secondary = facts["levels"]
    return Topic(
        slug=facts["slug"], name=facts["name"], parent=facts["parent"], parent_version=facts["parent_version"],
        query=Query(_clauses(facts["clauses"]), _clauses(facts["bonus"]), tuple(_terms(facts["mask"]))),
        weights=Weights(**facts["weights"]), primary=primary, secondary=secondary, since=since, until=until,
        names=tuple(map(_name, facts["names"])), source=source,
    )  # fmt: skip


def _clauses(written: Iterable[list[Any]]) -> tuple[Clause, ...]:
    return tuple(Clause(parse_node(line), weight, label) for line, weight, label in written)


def _terms(written: Iterable[str]) -> Iterable[Term]:
    return map(parse_term, written)


def _name(facts: dict[str, Any]) -> Name:
    terms: dict[str, Any] = {key: tuple(_terms(facts[key])) for key in _TERMS}
    words: dict[str, Any] = {key: tuple(facts[key]) for key in _WORDS}
    return Name(**{**facts, **terms, **words})
