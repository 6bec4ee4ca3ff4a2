"""An expression tried on the stored archive before it is a topic."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from newsmon.items import TopicMatch
from newsmon.store.matches import Text
from newsmon.topics.definition import Topic
from newsmon.topics.fold import fold_words
from newsmon.topics.language import query_terms
from newsmon.topics.match import Matcher
from newsmon.topics.scan import Scan

SAMPLE = 10
COMPANY = 20
BACKGROUND = 2000
"""Other articles that the company of words is held against, at most."""
FIRST_BACKGROUND, BACKGROUND_STEP = 200, 7
"""So many from the beginning on, then one article in so many: the whole period is to be heard."""
_LONG = 4
"""Letters of a word that may tell something."""
_EMPTY = frozenset(
    """
    ainsi alors apres assez aucun aucune aussi autre autres avait avant avec avoir avons beaucoup bien cela celle celles
    celui cependant certains cette ceux chaque chez comme comment contre dans deja depuis dernier derniere derriere
    deux devant doit doivent donc dont durant elle elles encore entre environ estime etaient etait etant etre eu eux
    faire fait faut fois font hier ici ils jamais jour jours juste laquelle lequel leur leurs lors lorsque lui mais
    malgre meme memes mieux moins mois monde notamment notre nous nouveau nouvelle nouvelles ont parce parmi pendant
    personne personnes peut peuvent plus plusieurs pour pourrait pourquoi pres presque puis quand quatre quel quelle
    quelques qui quoi rien sans sauf selon sera serait seront seulement sont sous souvent suite surtout tandis tant tel
    telle tous tout toute toutes tres trois trop vers voici voir votre vous
    """.split()
)
"""Folded words that tell nothing of a subject."""


@dataclass(slots=True)
class Trial:
    """What an expression finds, gathered text by text."""

    topic: Topic
    seen: int = 0
    found: int = 0
    by_day: Counter[date | None] = field(default_factory=Counter)
    _hits: Counter[int] = field(default_factory=Counter)
    _sample: list[tuple[str, int, Text, TopicMatch]] = field(default_factory=list)
    _inside: Counter[str] = field(default_factory=Counter)
    _outside: Counter[str] = field(default_factory=Counter)
    _others: int = 0
    _matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        self._matcher = Matcher([self.topic])

    def take(self, texts: Iterable[Text]) -> None:
        """Look at some more texts."""
        for text in texts:
            self._look_at(text)

    def _look_at(self, text: Text) -> None:
        self.seen += 1
        scan = Scan(self._matcher.compiled, text.headline or "", text.deck or "", text.body)
        self._hits.update(scan.present)
        match = self._matcher.match_scan(scan, text.headline or "", text.deck or "", text.body, text.day)
        if match:
            self._take_in(text, match[0], set(scan.folded.words.split()))
        elif self._others < BACKGROUND and (self._others < FIRST_BACKGROUND or self.seen % BACKGROUND_STEP == 0):
            self._others += 1
            self._outside.update(set(scan.folded.words.split()))

    def _take_in(self, text: Text, match: TopicMatch, words: set[str]) -> None:
        self.found += 1
        self.by_day[text.day] += 1
        self._inside.update(words)
        entry = (str(text.day or ""), text.article_id, text, match)
        (heapq.heappush if len(self._sample) < SAMPLE else heapq.heappushpop)(self._sample, entry)

    @property
    def sample(self) -> list[tuple[Text, TopicMatch]]:
        """The latest articles that it finds."""
        return [(text, match) for _, _, text, match in sorted(self._sample, key=lambda e: e[:2], reverse=True)]

    @property
    def never(self) -> list[str]:
        """Terms that stand in no article."""
        vocabulary = self._matcher.compiled.vocabulary
        terms = dict.fromkeys(query_terms(self.topic.query))
        numbers = {term: vocabulary.numbers[term] for term in terms if term in vocabulary.numbers}
        return [vocabulary.printed[number] for number in numbers.values() if not self._hits[number]]

    @property
    def company(self) -> list[tuple[str, int, float]]:
        """Words that go with it and are not in it: the word, its articles, and how many times as frequent as elsewhere.

        In the order of Dunning's log-likelihood ratio; folded.
        """
        own = self._own_words()
        scored = []
        for word, n in self._inside.items():
            if n < max(2, self.found // 50) or len(word) < _LONG or word in _EMPTY or word in own or word.isdigit():
                continue
            other = self._outside[word]
            there, elsewhere = n / self.found, (other + 0.5) / (self._others + 1)
            if there > elsewhere and not any(word.startswith(prefix) for prefix in own if len(prefix) >= _LONG):
                ratio = _log_likelihood(n, self.found, other, self._others)
                scored.append((ratio, word, n, there / elsewhere))
        return [(word, n, times) for _, word, n, times in heapq.nlargest(COMPANY, scored)]

    def _own_words(self) -> set[str]:
        """Words of the expression, of its names' forms too."""
        terms = [term for term in query_terms(self.topic.query) if term.kind != "name"]
        terms += [form for name in self.topic.names for form in (*name.forms, *name.guarded)]
        return {word for term in terms for word in fold_words(term.text).split()}


def _log_likelihood(n: int, whole: int, other: int, others: int) -> float:
    """Source: Dunning, "Accurate methods for the statistics of surprise and coincidence" (1993)."""
    share = (n + other) / (whole + others)
    expected = [(n, whole * share), (other, others * share)]
    expected += [(whole - n, whole * (1 - share)), (others - other, others * (1 - share))]
    return 2 * sum(seen * math.log(seen / awaited) for seen, awaited in expected if seen and awaited)
