"""A text in, the topics that fit it out, each with the places that say why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from newsmon.items import Article, Level, Span, TopicMatch
from newsmon.topics.compile import Compiled, Program, Step, compile_all
from newsmon.topics.definition import Topic
from newsmon.topics.evaluate import Found, View
from newsmon.topics.fold import Place
from newsmon.topics.language import FieldName
from newsmon.topics.loading import arrange
from newsmon.topics.scan import PARTED, Scan
from newsmon.topics.zones import Zones

OPENING = 400
"""Characters of the body that are its opening: who, what, where, when."""
LONG = 3000
"""Characters of the body from which on a place counts in proportion: ten mentions weigh less in a long read."""


class Spans:
    """Places of one article made into spans: which part they are in, and what they weigh there."""

    def __init__(self, printed: list[str], view: View, scan: Scan, headline: str, deck: str, body: str) -> None:
        self.view = view
        self.printed = printed
        self.parts: tuple[tuple[FieldName, str, int], ...] = (
            ("headline", headline, 0), ("deck", deck, len(headline) + len(PARTED)), ("body", body, scan.body_start),
        )  # fmt: skip
        self.edges = (*scan.ends, scan.folded.from_source(scan.body_start + OPENING))
        self.density = min(1.0, LONG / max(len(body), 1))

    def surface(self, place: Place) -> str:
        """The words at a place, as printed."""
        start, end = self.view.folded.to_source(*place)
        return self.view.folded.source[start:end]

    def of(self, step: Step, places: Found) -> list[Span]:
        """The spans of one clause."""
        weights = step.weights
        if self.density < 1.0:
            weights = (*weights[:3], round(weights[3] * self.density, 4))
        return [
            self._span(place, self.printed[number], step.label, weights)
            for place, number in _longest(places, self.printed)
        ]

    def _span(self, place: Place, term: str, clause: str, weights: tuple[float, ...]) -> Span:
        start, end = self.view.folded.to_source(*place)
        part = bisect_right(self.edges, place[0])
        name, text, begin = self.parts[part if part < 2 else 2]
        start, end = start - begin, end - begin
        return Span(
            field=name, start=start, end=end, surface=text[start:end], term=term, clause=clause, weight=weights[part]
        )


def _longest(found: Found, printed: list[str]) -> Found:
    """Places of one clause in order, each stretch of text once: the longest term has it, or the first by its letters.

    Not by its number: that is another one in a matcher of other topics.
    """
    if len(found) < 2:
        return found
    kept: Found = []
    for place, number in sorted(found, key=lambda one: (one[0][0], -one[0][1], printed[one[1]])):
        if not kept or place[0] >= kept[-1][0][1]:
            kept.append((place, number))
    return kept


_ORDER = {"headline": 0, "deck": 1, "body": 2}


def _by_position(span: Span) -> tuple[int, int, int, str]:
    return _ORDER[span.field], span.start, span.end, span.clause


class Matcher:
    """Topics ready to be matched; the same answer for the same text, whatever came before."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)

    @cached_property
    def compiled(self) -> Compiled:
        """Made for the first text: a run that has nothing to do does without."""
        return compile_all(self.topics)

    def match(
        self, *, headline: str | None, deck: str | None, body: str, day: date | None = None
    ) -> tuple[TopicMatch, ...]:
        """The topics that fit, the most fitting first.

        `day` is the article's, for topics with a window in time; None fits every window. Any text will do;
        span.start and span.end count characters of that very part of the article.
        """
        headline, deck = headline or "", deck or ""
        return self.match_scan(Scan(self.compiled, headline, deck, body), headline, deck, body, day)

    def match_scan(self, scan: Scan, headline: str, deck: str, body: str, day: date | None) -> tuple[TopicMatch, ...]:
        """The same for a text whose terms were found."""
        worth = self._worth(scan.present)
        if not worth:
            return ()
        programs = self.compiled.programs
        spans = self._spans(scan, worth, headline, deck, body)
        matched: dict[int, TopicMatch] = {}
        for k in worth:
            program = programs[k]
            above = matched.get(program.parent)
            if program.parent >= 0 and above is None:
                continue
            found = self._run(program, spans, day, above.level if above else "primary")
            if found:
                matched[k] = found
        return tuple(sorted(matched.values(), key=lambda match: (match.level, -match.score, match.topic)))

    def spans(self, headline: str, deck: str, body: str) -> Spans:
        """Every term of every topic found in a text."""
        return self._spans(Scan(self.compiled, headline, deck, body), range(len(self.topics)), headline, deck, body)

    def _spans(self, scan: Scan, programs: Sequence[int], headline: str, deck: str, body: str) -> Spans:
        view = scan.view(frozenset().union(*[self.compiled.programs[k].wanted for k in programs]))
        return Spans(self.compiled.vocabulary.printed, view, scan, headline, deck, body)

    def _worth(self, present: set[int]) -> list[int]:
        """The programs that may match, parents first."""
        postings, others = self.compiled.postings, self.compiled.others
        worth = []
        for k in {k for number in present if number in postings for k in postings[number]}:
            for needed in others[k]:
                if needed.isdisjoint(present):
                    break
            else:
                worth.append(k)
        worth.sort()
        return worth

    def _run(self, program: Program, spans: Spans, day: date | None, highest: Level) -> TopicMatch | None:
        topic, view = program.topic, spans.view
        if day and ((topic.since and day < topic.since) or (topic.until and day > topic.until)):
            return None
        view = masked(program, view)
        collected = []
        for step in program.steps:
            places = step.collect(view)
            if places is None:
                return None
            collected.append((step, places))
        collected += [(step, step.collect(view) or []) for step in program.bonus]
        found = [span for step, places in collected if places for span in spans.of(step, places)]
        score = round(sum(span.weight for span in found), 4)
        if score < topic.secondary:
            return None
        level: Level = "primary" if score >= topic.primary and highest == "primary" else "secondary"
        found.sort(key=_by_position)
        return TopicMatch(topic=topic.slug, level=level, score=score, spans=tuple(found))


def masked(program: Program, view: View) -> View:
    """A text without what the topic says counts for nothing."""
    if program.masks.isdisjoint(view.hits):
        return view
    return view.without(program.terms, Zones(view.places(program.masks)))


def compile_topics(topics: Iterable[Topic]) -> Matcher:
    """A matcher of these topics.

    Raises: TopicError when a topic's parent is not among them.
    """
    return Matcher(arrange(topics))


def label_article(article: Article, matcher: Matcher) -> Article:
    """Fill `article.matches` in place and return the article."""
    article.matches = matcher.match(headline=article.headline, deck=article.deck, body=article.body, day=article.day)
    return article
