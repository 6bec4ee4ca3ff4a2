"""Why a text fits a topic, or the first thing that kept it from fitting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newsmon.items import Level, Span
from newsmon.topics.compile import Program, Step
from newsmon.topics.language import Not, query_terms
from newsmon.topics.match import Matcher, Spans, masked
from newsmon.topics.printing import print_node, print_term


@dataclass(frozen=True, slots=True)
class Told:
    """One clause."""

    label: str
    condition: str
    """As the one-line form writes it."""
    held: bool
    bonus: bool
    spans: tuple[Span, ...]
    denied: bool = False
    """It refuses the article."""

    @property
    def score(self) -> float:
        return round(sum(span.weight for span in self.spans), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What became of a text and a topic."""

    level: Level | None
    score: float
    primary: float
    secondary: float
    clauses: tuple[Told, ...]
    """The conditions, then what adds to the score."""
    masked: tuple[str, ...]
    """Words of the text that count for nothing."""
    failed: str | None
    """The first thing that kept it from fitting; None for a match."""
    terms: frozenset[str]
    """Every term of the definition."""


def explain(
    matcher: Matcher, slug: str, *, headline: str | None, deck: str | None, body: str, day: date | None = None
) -> Explanation:
    """Run the topic `slug` of `matcher` over a text, whatever fails on the way."""
    programs = matcher.compiled.programs
    program = next(p for p in programs if p.topic.slug == slug)
    spans = matcher.spans(headline or "", deck or "", body)
    nothing = tuple(dict.fromkeys(spans.surface(place) for place in spans.view.places(program.masks)))
    spans.view = masked(program, spans.view)
    clauses = tuple(_told(step, spans, program, k) for k, step in enumerate((*program.steps, *program.bonus)))
    match = matcher.match(headline=headline, deck=deck, body=body, day=day)
    found = next((one for one in match if one.topic == slug), None)
    score = found.score if found else _sum(clauses)
    topic = program.topic
    return Explanation(
        level=found.level if found else None,
        score=score,
        primary=topic.primary,
        secondary=topic.secondary,
        clauses=clauses,
        masked=nothing,
        failed=None if found else _failure(program, clauses, score, day, {one.topic for one in match}),
        terms=frozenset(map(print_term, query_terms(topic.query))),
    )


def _sum(clauses: tuple[Told, ...]) -> float:
    return round(sum(told.score for told in clauses), 4)


def _told(step: Step, spans: Spans, program: Program, k: int) -> Told:
    query = program.topic.query
    clause = (*query.clauses, *query.bonus)[k]
    places = step.collect(spans.view)
    return Told(
        label=step.label,
        condition=print_node(clause.node),
        held=places is not None,
        bonus=k >= len(query.clauses),
        spans=tuple(sorted(spans.of(step, places), key=_in_order)) if places else (),
        denied=isinstance(clause.node, Not),
    )


def _in_order(span: Span) -> tuple[int, int]:
    return ("headline", "deck", "body").index(span.field), span.start


def _failure(program: Program, clauses: tuple[Told, ...], score: float, day: date | None, matched: set[str]) -> str:
    topic = program.topic
    if day and topic.since and day < topic.since:
        return f"its day {day} is before {topic.since}, the topic's first"
    if day and topic.until and day > topic.until:
        return f"its day {day} is after {topic.until}, the topic's last"
    for told in clauses:
        if not told.bonus and not told.held:
            what = "found what it refuses" if told.denied else "found nothing"
            return f"clause {told.label!r} {what}: {told.condition}"
    if topic.parent and topic.parent not in matched:
        return f"it is a part of {topic.parent}, which the text does not fit"
    return f"its score {score:g} is below {topic.secondary:g}, the least of a match"
