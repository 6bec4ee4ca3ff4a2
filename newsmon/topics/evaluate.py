"""The conditions of a topic over the terms found in one text: does one hold, and which places made it hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsmon.topics.fold import Folded, Place
from newsmon.topics.language import And, AtLeast, FieldName, In, Near, Node, Not, Or, Term, iter_terms
from newsmon.topics.zones import Zones

Hits = Mapping[int, list[Place]]
"""Places by the term's number; a term that was not found has no entry."""

_PARAGRAPH_RE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class View:
    """One text with the terms found in it."""

    folded: Folded
    ends: tuple[int, int]
    """Where the headline and the deck end, in the folded words."""
    hits: Hits

    def field_of(self, start: int) -> FieldName:
        return "headline" if start < self.ends[0] else "deck" if start < self.ends[1] else "body"

    def only(self, name: FieldName, numbers: Iterable[int]) -> View:
        """The same text with those terms only, and only where they stand in one part of the article."""
        kept = {
            number: places
            for number in numbers
            if (places := [place for place in self.hits.get(number, ()) if self.field_of(place[0]) == name])
        }
        return View(self.folded, self.ends, kept)

    def without(self, numbers: Iterable[int], masked: Zones) -> View:
        """The same text with those terms only, none of them inside a masked place or reaching into one."""
        kept = {
            number: places
            for number in numbers
            if (places := [place for place in self.hits.get(number, ()) if not masked.touch(place)])
        }
        return View(self.folded, self.ends, kept)

    def places(self, numbers: Iterable[int]) -> list[Place]:
        return sorted({place for number in numbers for place in self.hits.get(number, ())})


Found = list[tuple[Place, int]]
"""Places with the numbers of their terms; a place may stand twice, for two terms or two conditions."""
Collect = Callable[[View], Found | None]
"""The places that make a condition hold in a text (none for what is denied); None when it does not hold."""
Number = Callable[[Term], int]


def _numbers(node: Node, number: Number) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(number, iter_terms(node))))


def compile_node(node: Node, number: Number) -> Collect:
    """A condition as a function of a text."""
    match node:
        case Term():
            return _compile_terms((number(node),))
        case Or(children):
            return _compile_or(children, number)
        case And(children):
            return _compile_and([compile_node(child, number) for child in children])
        case Not(child):
            denied = compile_node(child, number)
            return lambda view: [] if denied(view) is None else None
        case Near():
            return _compile_near(node, number)
        case AtLeast(count, child):
            return _compile_count(count, compile_node(child, number))
        case In(name, child):
            inside, inner = _numbers(child, number), compile_node(child, number)
            return lambda view: inner(view.only(name, inside))


def _compile_terms(numbers: tuple[int, ...]) -> Collect:
    def collect(view: View) -> Found | None:
        hits = view.hits
        return [(place, one) for one in numbers if one in hits for place in hits[one]] or None

    return collect


def _compile_or(children: tuple[Node, ...], number: Number) -> Collect:
    terms = tuple(number(child) for child in children if isinstance(child, Term))
    parts = [compile_node(child, number) for child in children if not isinstance(child, Term)]
    if not parts:
        return _compile_terms(terms)
    every = [_compile_terms(terms), *parts]

    def collect(view: View) -> Found | None:
        held = [found for part in every if (found := part(view)) is not None]
        return [one for found in held for one in found] if held else None

    return collect


def _compile_and(parts: list[Collect]) -> Collect:
    def collect(view: View) -> Found | None:
        whole: Found = []
        for part in parts:
            found = part(view)
            if found is None:
                return None
            whole += found
        return whole

    return collect


def _compile_near(node: Near, number: Number) -> Collect:
    lefts, rights = _numbers(node.left, number), _numbers(node.right, number)

    def collect(view: View) -> Found | None:
        pairs = list(_pairs(view, lefts, rights, node.within, node.ordered))
        ones, others = {one for one, _ in pairs}, {other for _, other in pairs}
        found = [(place, one) for one in lefts for place in view.hits.get(one, ()) if place in ones]
        return found + [(place, one) for one in rights for place in view.hits.get(one, ()) if place in others] or None

    return collect


def _compile_count(count: int, part: Collect) -> Collect:
    def collect(view: View) -> Found | None:
        found = part(view) or []
        return found if len(apart(place for place, _ in found)) >= count else None

    return collect


def apart(places: Iterable[Place]) -> list[Place]:
    """Places in order, without those that lie inside another one."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or place[1] > kept[-1][1]:
            kept.append(place)
    return kept


def _pairs(
    view: View, lefts: Sequence[int], rights: Sequence[int], within: int, ordered: bool
) -> Iterable[tuple[Place, Place]]:
    """Pairs of a left and a right place with at most `within` words between, in one part and one paragraph."""
    ones, others = view.places(lefts), view.places(rights)
    for one in ones:
        for other in _following(view, one, others, within):
            yield one, other
    if not ordered:
        for other in others:
            for one in _following(view, other, ones, within):
                yield one, other


def _following(view: View, first: Place, others: list[Place], within: int) -> Iterable[Place]:
    words, end = view.folded.words, first[1]
    for k in range(bisect_left(others, (end, end)), len(others)):
        start = others[k][0]
        if start - end > within * 2 and len(words[end:start].split()) > within:
            return
        if view.field_of(start) == view.field_of(first[0]) and not _has_blank_line(view.folded, first, others[k]):
            yield others[k]


def _has_blank_line(folded: Folded, first: Place, second: Place) -> bool:
    between = folded.source[folded.to_source(*first)[1] : folded.to_source(*second)[0]]
    return _PARAGRAPH_RE.search(between) is not None


def has_near(view: View, place: Place, others: list[Place], within: int) -> bool:
    """Whether one of `others`, in order, stands within so many words of a place, in its part and paragraph."""
    if any(True for _ in _following(view, place, others, within)):
        return True
    words, start = view.folded.words, place[0]
    for k in range(bisect_left(others, place) - 1, -1, -1):
        begin, end = others[k]
        if start - end > within * 2 and len(words[end:start].split()) > within:
            return False
        if end <= start and view.field_of(begin) == view.field_of(start):
            return not _has_blank_line(view.folded, others[k], place)
    return False
