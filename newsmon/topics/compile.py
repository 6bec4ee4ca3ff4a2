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
from newsmon.topics.definition import Topic, Weights
from newsmon.topics.evaluate import Collect, compile_node
from newsmon.topics.fold import fold_words
from newsmon.topics.inflect import inflect
from newsmon.topics.language import Clause, Node, Term, iter_terms, needed_terms
from newsmon.topics.names import Name
from newsmon.topics.printing import print_term

_PARTS_RE = re.compile(r"[\s'’\-‐‑–]+")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A name with guarded forms, with the terms that keep it company."""

    name: Name
    term: int
    """The name's own number: its free forms are company."""
    company: frozenset[int]
    not_with: frozenset[int]


Simple = tuple[int, bool, tuple[int, ...]]
"""What the automaton says of a word that needs no second look: its letters, prefix?, and the terms it is of."""


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the automaton says of any other pattern."""

    letters: int
    phrase: bool
    prefix: bool
    plain: tuple[int, ...]
    exact: tuple[tuple[int, str], ...]
    """Terms to compare with the text as printed."""
    guarded: tuple[tuple[int, str], ...]
    """Guarded names, each with a text to compare or ""."""
    openers: tuple[Reach, ...]
    """Of cross-links."""


@dataclass
class _Pattern:
    plain: list[int] = field(default_factory=list)
    exact: list[tuple[int, str]] = field(default_factory=list)
    guarded: list[tuple[int, str]] = field(default_factory=list)
    openers: list[Reach] = field(default_factory=list)

    def found(self, pattern: str) -> Simple | Checked:
        letters, prefix = pattern.strip(), not pattern.endswith(" ")
        plain = tuple(dict.fromkeys(self.plain))
        if not (self.exact or self.guarded or self.openers or " " in letters):
            return len(letters), prefix, plain
        exact, guarded = tuple(dict.fromkeys(self.exact)), tuple(dict.fromkeys(self.guarded))
        return Checked(len(letters), " " in letters, prefix, plain, exact, guarded, tuple(self.openers))


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
        self.printed: list[str] = []
        """By number, as the language writes it."""
        self.guarded: list[Guarded] = []
        self._patterns: defaultdict[str, _Pattern] = defaultdict(_Pattern)
        for reach, openers in OPENERS.items():
            for opener in openers:
                self._patterns[f" {fold_words(opener)} "].openers.append(reach)

    def number(self, term: Term) -> int:
        if term in self.numbers:
            return self.numbers[term]
        number = self.numbers[term] = len(self.printed)
        self.printed.append(print_term(term))
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
                printed = form.text if form.kind == "exact" else ""
                self._patterns[pattern].guarded.append((len(self.guarded) - 1, printed))

    def automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for pattern, entry in self._patterns.items():
            automaton.add_word(pattern, entry.found(pattern))
        automaton.make_automaton()
        return automaton


@dataclass(frozen=True, slots=True)
class Step:
    """A clause ready to run."""

    label: str
    collect: Collect
    weights: tuple[float, float, float, float]
    """Of a place in the headline, the deck, the opening, the body."""


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
    wanted: frozenset[int]
    """Masks and terms."""


@dataclass(frozen=True, slots=True)
class Compiled:
    programs: tuple[Program, ...]
    vocabulary: Vocabulary
    automaton: ahocorasick.Automaton
    postings: dict[int, tuple[int, ...]]
    """Term number to the programs that are worth a look when it was found."""
    others: tuple[tuple[frozenset[int], ...], ...]
    """For each program, the sets of terms of which a text that fits has one each: a quick way to say no."""


def _step(clause: Clause, weights: Weights, vocabulary: Vocabulary, label: str) -> Step:
    by_part = weights.headline, weights.deck, weights.opening, weights.body
    headline, deck, opening, body = (round(clause.weight * weight, 4) for weight in by_part)
    collect = compile_node(clause.node, vocabulary.number)
    return Step(clause.label or label, collect, (headline, deck, opening, body))


def _steps(clauses: Sequence[Clause], weights: Weights, vocabulary: Vocabulary, word: str) -> tuple[Step, ...]:
    return tuple(_step(clause, weights, vocabulary, f"{word} {k}") for k, clause in enumerate(clauses, 1))


def _numbers(nodes: Iterable[Node], vocabulary: Vocabulary) -> frozenset[int]:
    return frozenset(vocabulary.number(term) for node in nodes for term in iter_terms(node))


def _needed(topic: Topic, vocabulary: Vocabulary) -> tuple[frozenset[int], ...]:
    """Narrowest set first."""
    sets = [terms for clause in topic.query.clauses if (terms := needed_terms(clause.node))]
    return tuple(frozenset(map(vocabulary.number, terms)) for terms in sorted(sets, key=len))


def compile_all(topics: Sequence[Topic]) -> Compiled:
    """Compile topics that are arranged, each parent before its parts."""
    vocabulary = Vocabulary(name for topic in topics for name in topic.names)
    places = {topic.slug: k for k, topic in enumerate(topics)}
    programs, postings, others = [], defaultdict(list), []
    for k, topic in enumerate(topics):
        query = topic.query
        narrowest, *rest = _needed(topic, vocabulary)
        others.append(tuple(rest))
        for number in narrowest:
            postings[number].append(k)
        masks = _numbers(query.mask, vocabulary)
        terms = _numbers((clause.node for clause in (*query.clauses, *query.bonus)), vocabulary)
        programs.append(
            Program(
                topic=topic,
                parent=places[topic.parent] if topic.parent else -1,
                steps=_steps(query.clauses, topic.weights, vocabulary, "clause"),
                bonus=_steps(query.bonus, topic.weights, vocabulary, "bonus"),
                masks=masks,
                terms=terms,
                wanted=masks | terms,
            )
        )
    return Compiled(
        tuple(programs),
        vocabulary,
        vocabulary.automaton(),
        {one: tuple(ks) for one, ks in postings.items()},
        tuple(others),
    )
