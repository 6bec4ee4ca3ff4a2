"""Topics compiled: one automaton that finds the terms of all of them, and a small program for each.

A term is spelt out as folded patterns (plurals, both genders for a lemma, every form of a name), each with a blank
before it and, unless it is a prefix, a blank behind it: the automaton alone sees to the edges of words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import ahocorasick

from newsmon.topics.crosslinks import OPENERS, Reach
from newsmon.topics.definition import Topic
from newsmon.topics.evaluate import Test, compile_test
from newsmon.topics.fold import fold_words
from newsmon.topics.inflect import inflect
from newsmon.topics.language import Clause, Node, Term, iter_terms, needed_terms
from newsmon.topics.names import Name

_PARTS_RE = re.compile(r"[\s'’\-‐‑–]+")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A name with guarded forms, with the terms that keep it company."""

    name: Name
    term: int
    """The name's own number: its free forms are company."""
    company: frozenset[int]
    not_with: frozenset[int]


Found = tuple[int, bool, bool, tuple[int, ...], tuple[tuple[int, str], ...], tuple[int, ...]]
"""What the automaton says of a pattern: letters, phrase?, prefix?, terms, terms to compare exactly, guarded names."""


@dataclass
class _Pattern:
    plain: list[int] = field(default_factory=list)
    exact: list[tuple[int, str]] = field(default_factory=list)
    guarded: list[int] = field(default_factory=list)

    def found(self, pattern: str) -> Found:
        prefix = not pattern.endswith(" ")
        letters = pattern.strip()
        return (
            len(letters), " " in letters, prefix,
            tuple(dict.fromkeys(self.plain)), tuple(dict.fromkeys(self.exact)), tuple(dict.fromkeys(self.guarded)),
        )  # fmt: skip


def term_patterns(term: Term, *, inflected: bool = True) -> tuple[str, ...]:
    """The folded patterns of a term that is no name."""
    if term.kind == "prefix":
        return (f" {fold_words(term.text)}",)
    if term.kind == "exact" or not inflected:
        return (f" {fold_words(term.text)} ",)
    parts = [part for part in _PARTS_RE.split(term.text) if part]
    forms = inflect(parts, gender=term.kind == "lemma")
    return tuple(dict.fromkeys(f" {fold_words(form)} " for form in forms))


class Vocabulary:
    """Every term of every topic once, by number, and the patterns that find it."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self.names = {name.key: name for name in names}
        self.numbers: dict[Term, int] = {}
        self.terms: list[Term] = []
        self.guarded: list[Guarded] = []
        self._patterns: defaultdict[str, _Pattern] = defaultdict(_Pattern)
        self.openers: dict[Reach, int] = {reach: self._add_openers(openers) for reach, openers in OPENERS.items()}

    def _add_openers(self, openers: Sequence[str]) -> int:
        """One number for all phrases that open the same sort of cross-link."""
        number = self._new(Term("word", openers[0]))
        for opener in openers:
            self._patterns[f" {fold_words(opener)} "].plain.append(number)
        return number

    def _new(self, term: Term) -> int:
        self.terms.append(term)
        return len(self.terms) - 1

    def number(self, term: Term) -> int:
        if term in self.numbers:
            return self.numbers[term]
        number = self.numbers[term] = self._new(term)
        if term.kind == "name":
            self._add_name(number, self.names[term.text])
        else:
            self._add(number, term, inflected=True)
        return number

    def _add(self, number: int, term: Term, *, inflected: bool) -> None:
        for pattern in term_patterns(term, inflected=inflected):
            if term.kind == "exact":
                self._patterns[pattern].exact.append((number, term.text))
            else:
                self._patterns[pattern].plain.append(number)

    def _add_name(self, number: int, name: Name) -> None:
        for form in name.forms:
            self._add(number, form, inflected=form.kind == "lemma")
        if not name.guarded:
            return
        company = frozenset(self.number(term) for term in name.company)
        self.guarded.append(Guarded(name, number, company, frozenset(self.number(term) for term in name.not_with)))
        for form in name.guarded:
            for pattern in term_patterns(form, inflected=form.kind == "lemma"):
                self._patterns[pattern].guarded.append(len(self.guarded) - 1)

    def automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for pattern, entry in self._patterns.items():
            automaton.add_word(pattern, entry.found(pattern))
        automaton.make_automaton()
        return automaton


@dataclass(frozen=True, slots=True)
class Step:
    """A clause ready to run."""

    clause: Clause
    label: str
    test: Test


@dataclass(frozen=True, slots=True)
class Program:
    """A topic ready to run."""

    topic: Topic
    parent: int
    """Place of the parent among the programs, always before this one; -1 for none."""
    steps: tuple[Step, ...]
    bonus: tuple[Step, ...]
    masks: frozenset[int]
    terms: frozenset[int]


@dataclass(frozen=True, slots=True)
class Compiled:
    programs: tuple[Program, ...]
    vocabulary: Vocabulary
    automaton: ahocorasick.Automaton
    postings: dict[int, tuple[int, ...]]
    """Term number to the programs that are worth running when it was found."""


def _steps(clauses: Sequence[Clause], vocabulary: Vocabulary, word: str) -> tuple[Step, ...]:
    return tuple(
        Step(clause, clause.label or f"{word} {k}", compile_test(clause.node, vocabulary.number))
        for k, clause in enumerate(clauses, 1)
    )


def _numbers(nodes: Iterable[Node], vocabulary: Vocabulary) -> frozenset[int]:
    return frozenset(vocabulary.number(term) for node in nodes for term in iter_terms(node))


def _anchor(topic: Topic, vocabulary: Vocabulary) -> frozenset[int]:
    """Terms of which one must be found for the topic to match: those of its narrowest clause."""
    needed: list[frozenset[Term]] = [t for clause in topic.query.clauses if (t := needed_terms(clause.node))]
    narrowest = min(needed, key=len)
    return frozenset(map(vocabulary.number, narrowest))


def compile_all(topics: Sequence[Topic]) -> Compiled:
    """Compile topics that are arranged, each parent before its parts."""
    vocabulary = Vocabulary(name for topic in topics for name in topic.names)
    places = {topic.slug: k for k, topic in enumerate(topics)}
    programs, postings = [], defaultdict(list)
    for k, topic in enumerate(topics):
        query = topic.query
        for number in _anchor(topic, vocabulary):
            postings[number].append(k)
        programs.append(
            Program(
                topic=topic,
                parent=places[topic.parent] if topic.parent else -1,
                steps=_steps(query.clauses, vocabulary, "clause"),
                bonus=_steps(query.bonus, vocabulary, "bonus"),
                masks=_numbers(query.mask, vocabulary),
                terms=_numbers((clause.node for clause in (*query.clauses, *query.bonus)), vocabulary),
            )
        )
    return Compiled(
        tuple(programs), vocabulary, vocabulary.automaton(), {number: tuple(ks) for number, ks in postings.items()}
    )
