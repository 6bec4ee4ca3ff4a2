"""A text in, the topics that fit it out, each with the places that say why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from newsmon.items import Article, Level, Span, TopicMatch
from newsmon.topics.compile import Compiled, Program, Step, compile_all
from newsmon.topics.crosslinks import find_crosslinks
from newsmon.topics.definition import Topic, Weights
from newsmon.topics.evaluate import Place, View, collect
from newsmon.topics.fold import Folded, fold
from newsmon.topics.guards import is_name
from newsmon.topics.language import Term, print_term
from newsmon.topics.loading import arrange
from newsmon.topics.surface import is_written

OPENING = 400
"""Characters of the body that are its opening: who, what, where, when."""
LONG = 3000
"""Characters of the body from which on a place counts in proportion: ten mentions weigh less in a long read."""
_PARTED = "\n\n"


class _Text:
    """One article folded as a whole, with the terms found in it and the way back to its parts."""

    def __init__(self, compiled: Compiled, headline: str, deck: str, body: str) -> None:
        self.parts = {"headline": headline, "deck": deck, "body": body}
        self.starts = {"headline": 0, "deck": len(headline) + len(_PARTED)}
        self.starts["body"] = self.starts["deck"] + len(deck) + len(_PARTED)
        folded = fold(_PARTED.join((headline, deck, body)))
        ends = folded.from_source(len(headline)), folded.from_source(self.starts["body"] - len(_PARTED))
        self.opening = folded.from_source(self.starts["body"] + OPENING)
        self.density = min(1.0, LONG / max(len(body), 1))
        self.view = View(folded, ends, _find(compiled, folded, ends))

    def span(self, place: Place, term: Term, step: Step, weights: Weights) -> Span:
        name = self.view.field_of(place[0])
        start, end = self.view.folded.to_source(*place)
        start, end = start - self.starts[name], end - self.starts[name]
        where = "opening" if name == "body" and place[0] < self.opening else name
        weight = step.clause.weight * float(getattr(weights, where)) * (self.density if where == "body" else 1)
        surface = self.parts[name][start:end]
        return Span(
            field=name,
            start=start,
            end=end,
            surface=surface,
            term=print_term(term),
            clause=step.label,
            weight=round(weight, 4),
        )


def _find(compiled: Compiled, folded: Folded, ends: tuple[int, int]) -> dict[int, list[Place]]:
    """Every term of every topic with its places: edges, breaks, capitals, cross-links and guards seen to."""
    hits: defaultdict[int, list[Place]] = defaultdict(list)
    guarded: defaultdict[int, list[Place]] = defaultdict(list)
    words, breaks = folded.words, folded.breaks
    for last, (letters, phrase, prefix, plain, exact, guards) in compiled.automaton.iter(words):
        if prefix:
            start, end = last + 1 - letters, words.index(" ", last + 1)
        else:
            start, end = last - letters, last
        if phrase and "," in breaks[start:end]:
            continue
        for number in plain:
            hits[number].append((start, end))
        for number, text in exact:
            if is_written(folded, (start, end), text):
                hits[number].append((start, end))
        for k in guards:
            guarded[k].append((start, end))
    vocabulary = compiled.vocabulary
    linked = [(reach, hits[number]) for reach, number in vocabulary.openers.items() if number in hits]
    if linked and (zones := find_crosslinks(folded, linked, ends[1])):
        hits, guarded = _outside(hits, zones), _outside(guarded, zones)
    for k, places in guarded.items():
        guard, view = vocabulary.guarded[k], View(folded, ends, hits)
        named = [place for place in places if is_name(guard, view, place)]
        if named:
            hits[guard.term] = sorted({*hits.get(guard.term, ()), *named})
    return hits


def _outside(hits: dict[int, list[Place]], zones: list[Place]) -> defaultdict[int, list[Place]]:
    kept: defaultdict[int, list[Place]] = defaultdict(list)
    for number, places in hits.items():
        free = [place for place in places if not any(begin <= place[0] < end for begin, end in zones)]
        if free:
            kept[number] = free
    return kept


def _longest(found: Iterable[tuple[Place, Term]]) -> list[tuple[Place, Term]]:
    """Places of one clause in order, each stretch of text once: the longest term has it."""
    kept: list[tuple[Place, Term]] = []
    for place, term in sorted(found, key=lambda one: (one[0][0], -one[0][1], print_term(one[1]))):
        if not kept or place[0] >= kept[-1][0][1]:
            kept.append((place, term))
    return kept


class Matcher:
    """Topics ready to be matched; the same answer for the same text, whatever came before."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._compiled = compile_all(self.topics)

    def match(
        self, *, headline: str | None, deck: str | None, body: str, day: date | None = None
    ) -> tuple[TopicMatch, ...]:
        """The topics that fit, the most fitting first.

        `day` is the article's, for topics with a window in time; None fits every window. Any text will do;
        span.start and span.end count characters of that very part of the article.
        """
        text = _Text(self._compiled, headline or "", deck or "", body)
        postings, hits = self._compiled.postings, text.view.hits
        worth = {k for number in hits if number in postings for k in postings[number]}
        matched: dict[int, TopicMatch] = {}
        for k in sorted(worth):
            program = self._compiled.programs[k]
            above = matched.get(program.parent)
            if program.parent >= 0 and above is None:
                continue
            found = self._run(program, text, day, above.level if above else "primary")
            if found:
                matched[k] = found
        return tuple(sorted(matched.values(), key=lambda match: (match.level, -match.score, match.topic)))

    def _run(self, program: Program, text: _Text, day: date | None, highest: Level) -> TopicMatch | None:
        topic, view = program.topic, text.view
        if day and ((topic.since and day < topic.since) or (topic.until and day > topic.until)):
            return None
        if not program.masks.isdisjoint(view.hits):
            view = view.without(program.terms, view.places(program.masks))
        if not all(step.test(view) for step in program.steps):
            return None
        number = self._compiled.vocabulary.number
        spans = [
            text.span(place, term, step, topic.weights)
            for step in (*program.steps, *program.bonus)
            for place, term in _longest(collect(step.clause.node, view, number) or ())
        ]
        score = round(sum(span.weight for span in spans), 4)
        if score < topic.secondary:
            return None
        level: Level = "primary" if score >= topic.primary and highest == "primary" else "secondary"
        order = ("headline", "deck", "body")
        spans.sort(key=lambda span: (order.index(span.field), span.start, span.end, span.clause))
        return TopicMatch(topic=topic.slug, level=level, score=score, spans=tuple(spans))


def compile_topics(topics: Iterable[Topic]) -> Matcher:
    """A matcher of these topics.

    Raises: TopicError when a topic's parent is not among them.
    """
    return Matcher(arrange(topics))


def label_article(article: Article, matcher: Matcher) -> Article:
    """Fill `article.matches` in place and return the article."""
    article.matches = matcher.match(headline=article.headline, deck=article.deck, body=article.body, day=article.day)
    return article
