"""Microseconds per article of 3,000 characters with 10 to 5,000 topics, spans and scores included.

Against the two ways that come to mind first: one compiled regular expression per topic, and one SQLite FTS5 query
per topic. The articles are made up: words of a French shape, as frequent as Zipf says, with the accents, elisions,
hyphens, quotes and paragraphs of a French page. A desk's first topics are of common words, its thousandth of rare
ones. Run: .venv/bin/python -m bench.topics
"""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from itertools import accumulate

from bench._rows import add_row
from newsmon.topics.definition import Topic
from newsmon.topics.expression import make_query
from newsmon.topics.language import Clause, Term, any_of
from newsmon.topics.match import Matcher

SIZES = (10, 100, 1_000, 5_000)
TERMS = 15
CHARACTERS = 3_000
ARTICLES = 40
_STARTS = ["b", "c", "ch", "d", "f", "g", "gr", "l", "m", "n", "p", "pr", "r", "s", "t", "tr", "v", "br", "cl", "fl"]
_MIDDLES = ["a", "e", "i", "o", "u", "ou", "on", "an", "in", "é", "ai", "eu", "oi", "è"]
_ENDS = ["", "r", "s", "t", "l", "n", "que", "tion", "ment", "ité", "eur", "iste", "age", "ien"]
_SMALL_WORDS = "le la les de des du un une et à en dans pour que qui sur par au aux ce il elle ne pas plus est a ont"
_SMALL = _SMALL_WORDS.split()


def make_words(random_: random.Random, count: int) -> list[str]:
    """Words of four letters and more, no two the same."""
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = random_.choice((2, 2, 3))
        word = "".join(random_.choice(_STARTS) + random_.choice(_MIDDLES) for _ in range(syllables))
        word += random_.choice(_ENDS)
        if len(word) > 3:
            words[word] = None
    return list(words)


def make_article(random_: random.Random, words: Sequence[str], weights: Sequence[float]) -> str:
    """Sentences and paragraphs, half of the words small ones, up to the wanted length."""
    text, sentence = "", 0
    while len(text) < CHARACTERS:
        word = random_.choice(_SMALL) if random_.random() < 0.45 else random_.choices(words, cum_weights=weights)[0]
        if random_.random() < 0.05:
            word = "l’" + word
        elif random_.random() < 0.02:
            word = f"« {word} »"
        elif random_.random() < 0.02:
            word = "cœur-" + word
        text += word.capitalize() if sentence == 0 else word
        sentence += 1
        if sentence > 15 and random_.random() < 0.2:
            text += random_.choice((". ", ". ", ".\n\n"))
            sentence = 0
        else:
            text += " "
    return text[:CHARACTERS]


def make_topic(random_: random.Random, words: Sequence[str], number: int) -> Topic:
    """Two groups that must both be there: nine words, three prefixes, three phrases of two words."""
    terms = [Term("word", random_.choice(words)) for _ in range(9)]
    terms += [Term("prefix", random_.choice(words)[:6]) for _ in range(3)]
    terms += [Term("word", f"{random_.choice(words)} {random_.choice(words)}") for _ in range(3)]
    random_.shuffle(terms)
    clauses = [Clause(any_of(terms[:8])), Clause(any_of(terms[8:]))]
    return Topic(slug=f"t{number}", name=f"t{number}", query=make_query(clauses, []), secondary=0.5)


def best_of(run: Callable[[str], object], articles: Sequence[str], rounds: int = 5) -> float:
    """Microseconds per article: the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for article in articles:
            run(article)
        best = min(best, (time.perf_counter() - started) / len(articles))
    return best * 1e6


def with_regexes(topics: Sequence[Topic]) -> Callable[[str], object]:
    patterns = []
    for topic in topics:
        words = [term.text for clause in topic.query.clauses for term in getattr(clause.node, "children", ())]
        patterns.append(re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE))
    return lambda article: [list(pattern.finditer(article)) for pattern in patterns]


def with_fts5(topics: Sequence[Topic]) -> Callable[[str], object]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE article USING fts5(body, tokenize = 'unicode61 remove_diacritics 2')")
    queries = []
    for topic in topics:
        groups = []
        for clause in topic.query.clauses:
            terms = getattr(clause.node, "children", ())
            groups.append(" OR ".join(f'"{term.text}"' + "*" * (term.kind == "prefix") for term in terms))
        queries.append(" AND ".join(f"({group})" for group in groups))

    def run(article: str) -> object:
        connection.execute("DELETE FROM article")
        connection.execute("INSERT INTO article VALUES (?)", (article,))
        question = "SELECT count(*) FROM article WHERE article MATCH ?"
        return [connection.execute(question, (query,)).fetchone() for query in queries]

    return run


def main() -> None:
    random_ = random.Random(20130221)
    words = make_words(random_, 12_000)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    articles = [make_article(random_, words, weights) for _ in range(ARTICLES)]
    print(f"{'topics':>7} {'newsmon µs':>11} {'matches':>8} {'regex µs':>10} {'FTS5 µs':>10}")
    for size in SIZES:
        topics = [make_topic(random_, words[200 + min(5 * number, 5_000) :], number) for number in range(size)]
        matcher = Matcher(topics)
        found = sum(len(matcher.match(headline=None, deck=None, body=article)) for article in articles) / len(articles)
        ours = best_of(lambda article: matcher.match(headline=None, deck=None, body=article), articles)  # noqa: B023
        few, rounds = articles[: max(1, 400 // size)], 2
        regex, fts5 = (best_of(make(topics), few, rounds) for make in (with_regexes, with_fts5))
        print(f"{size:>7} {ours:>11.0f} {found:>8.1f} {regex:>10.0f} {fts5:>10.0f}")
        for peer, theirs in (("re, a pattern a topic", regex), ("SQLite FTS5, a query a topic", fts5)):
            add_row(f"an article against {size} topics", ours, "µs", peer=peer, theirs=theirs, more_is_better=False)


if __name__ == "__main__":
    main()
