"""Which articles tell one event: likeness of two by the words they share, and groups in which all are alike.

Two articles are linked when they are close in time and the cosine of their telling words is high, each word weighed
by how few articles of those days have it (tf-idf, as in topic detection and tracking). A link needs several rare
words, names among them: articles of one topic share the topic's words, those of one event share more. A group takes
in another only when at least half of the pairs between them are linked: a chain of resemblances makes no story.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from newsmon.text.fingerprints import is_name, word_key

WINDOW_DAYS = 2
"""Between two linked articles, at most."""
LIKENESS = 0.35
RARE_WORDS = 4
"""A link needs that many shared words that are rare, one of them a name."""
RARE_SHARE = 0.04
"""Of the articles of those days: a rarer word is rare."""
RARE_LEAST = 8
"""Articles that may always have a rare word, however few there are."""
CROWD = 200
"""In fewer articles, words are weighed as in that many: else all that two of five articles share would weigh little."""
DENSITY = 0.5
EXPLAINING = 8
"""Words that are kept as the reason."""


@dataclass(frozen=True)
class Told:
    """An article's telling words."""

    id: int
    words: tuple[str, ...]

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Word key to the word as printed, in the order of the keys."""
        return dict(sorted((word_key(word), word) for word in self.words))


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles on one event; the lower id first."""

    article_id: int
    other_id: int
    likeness: float
    """0 to 1."""
    words: str
    """The shared words that weigh most, the heaviest first, parted by ", "."""


def iter_links(openers: Sequence[Told], followers: Sequence[Told], around: Sequence[Told]) -> Iterator[Link]:
    """The links of `openers` (articles of a day) with each other and with `followers` (of the days just after).

    `around`: all the articles of the days before and after, by which a word is rare or not.
    """
    days = _Days(around)
    by_id = {told.id: told for told in (*openers, *followers)}
    holders: dict[str, list[int]] = defaultdict(list)
    for told in by_id.values():
        for key in days.rare(told):
            holders[key].append(told.id)
    first = {told.id for told in openers}
    for told in openers:
        shared = Counter(chain.from_iterable(holders[key] for key in told.by_key if key in holders))
        others = (other for other, n in shared.items() if n >= RARE_WORDS and other != told.id)
        for other in others:
            # A pair of openers is met twice.
            if other < told.id and other in first:
                continue
            a, b = (told, by_id[other]) if told.id < other else (by_id[other], told)
            if link := days.link(a, b):
                yield link


class _Days:
    """What the articles around a day make of its words."""

    def __init__(self, around: Sequence[Told]) -> None:
        self._frequency = Counter(chain.from_iterable(told.by_key for told in around))
        self._crowd = max(CROWD, len(around))
        self._most = max(RARE_LEAST, int(RARE_SHARE * len(around)))
        self._vectors: dict[int, dict[str, float]] = {}

    def rare(self, told: Told) -> list[str]:
        """The keys of its words that few articles have, and another one too."""
        return [key for key in told.by_key if 1 < self._frequency[key] <= self._most]

    def _vector(self, told: Told) -> dict[str, float]:
        """Each word's weight in an article, names half as much again; the length of the whole is 1.

        Made of the few articles that share enough with another one.
        """
        if told.id not in self._vectors:
            vector = {
                key: math.log(1 + self._crowd / self._frequency[key]) * (1.5 if is_name(word) else 1.0)
                for key, word in told.by_key.items()
            }
            length = math.sqrt(sum(weight * weight for weight in vector.values()))
            self._vectors[told.id] = {key: weight / length for key, weight in vector.items()}
        return self._vectors[told.id]

    def link(self, a: Told, b: Told) -> Link | None:
        """`a` has the lower id."""
        theirs = self._vector(b)
        product = {key: weight * theirs[key] for key, weight in self._vector(a).items() if key in theirs}
        likeness = round(sum(product.values()), 4)
        # As either prints it, a capital first: which of the two came in first must not show.
        printed = {key: min(a.by_key[key], b.by_key[key]) for key in self.rare(a) if key in b.by_key}
        if likeness < LIKENESS or not any(map(is_name, printed.values())):
            return None
        heaviest = sorted(printed, key=lambda key: (-product[key], key))[:EXPLAINING]
        return Link(a.id, b.id, likeness, ", ".join(printed[key] for key in heaviest))


def iter_groups(links: Iterable[Link]) -> Iterator[list[int]]:
    """The groups of linked articles, ids in order, whatever the order of `links`."""
    ordered = sorted(links, key=lambda link: (-link.likeness, link.article_id, link.other_id))
    near: dict[int, set[int]] = defaultdict(set)
    for link in ordered:
        near[link.article_id].add(link.other_id)
        near[link.other_id].add(link.article_id)
    group = {id: {id} for id in near}
    for link in ordered:
        a, b = group[link.article_id], group[link.other_id]
        if a is b:
            continue
        between = sum(len(near[id] & b) for id in a)
        if between >= DENSITY * len(a) * len(b):
            a |= b
            for id in b:
                group[id] = a
    for id in sorted(group):
        if id == min(group[id]) and len(group[id]) > 1:
            yield sorted(group[id])


def common_words(links: Sequence[Link]) -> str:
    """The words that most of a story's links have, as the reason of the story."""
    counted: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for link in sorted(links, key=lambda link: (link.article_id, link.other_id)):
        for word in link.words.split(", "):
            counted[word_key(word)] += 1
            printed[word_key(word)] = min(word, printed.get(word_key(word), word))
    most = sorted(counted, key=lambda key: (-counted[key], not is_name(printed[key]), key))[:EXPLAINING]
    return ", ".join(printed[key] for key in most)
