"""A rescan of 100,000 stored articles with twenty changed topics, on all cores of this machine; and killed on its way.

The articles are made up as in bench.topics, 3,000 characters each; every third has words of a topic in it. Beside the
rescan stand two floors: reading every text from the database once, and matching them all on one core without
a database. Run: .venv/bin/python -m bench.rescan [ARTICLES] [--kills N]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Engine, insert, text

from bench._rows import add_row
from bench.topics import make_article, make_words
from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.store import frontier, rollups
from newsmon.store.engine import open_engine, transact
from newsmon.store.matches import last_revision, texts
from newsmon.store.models import Article, Revision
from newsmon.store.runs import start_run
from newsmon.store.schema import open_ready
from newsmon.topics import Topic, load_topics
from newsmon.topics.language import query_terms
from newsmon.topics.live import sync_files
from newsmon.topics.loading import arrange
from newsmon.topics.match import Matcher
from newsmon.topics.rescan import rescan

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DISTINCT = 4000
ROWS = "SELECT topic, article_id, field, start, surface, term, clause, weight, level, score, version FROM v_why"
COUNTS = "SELECT topic, outlet, day, n, n_primary, n_original, n_undated FROM v_attention_day"


def twenty(*, changed: bool) -> tuple[Topic, ...]:
    """Our fifteen topics and five more of their kind; changed, each has other levels."""
    ours = load_topics()
    more = [replace(topic, slug=f"{topic.slug}-bis", parent="") for topic in ours if not topic.parent][:5]
    every = [*ours, *more]
    return arrange(replace(topic, primary=topic.primary + 0.25) for topic in every) if changed else arrange(every)


def make_bodies(topics: tuple[Topic, ...]) -> list[str]:
    chance = random.Random(20220224)
    words = make_words(chance, 12_000)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    spoken = [_said(topic) for topic in topics]
    bodies = []
    for k in range(DISTINCT):
        body = make_article(chance, words, weights)
        if k % 3 == 0:
            said = chance.choices(chance.choice(spoken), k=8)
            body = f"{' et '.join(said[:4])}. {body[:1500]} {', '.join(said[4:])} {body[1500:2800]}"
        bodies.append(body)
    return bodies


def _said(topic: Topic) -> list[str]:
    """Words that the topic looks for, as they may be printed."""
    terms = [term.text for term in query_terms(topic.query) if term.kind in ("word", "lemma")]
    return terms + [form.text for name in topic.names for form in name.forms]


def fill(engine: Engine, articles: int, bodies: list[str]) -> None:
    outlet = Declaration(slug="essai", outlet=Outlet("L’Essai"), sources=(Feed("https://essai.example/rss"),))
    outlet_id = transact(engine, frontier.sync_outlet, outlet)
    run_id = transact(engine, start_run, kind="import", arguments="", version="0", now=NOW)
    for first in range(0, articles, 2000):
        numbers = range(first, min(first + 2000, articles))
        transact(
            engine, lambda conn, rows: conn.execute(insert(Article), rows), [_article(k, outlet_id) for k in numbers]
        )
        rows = [_revision(k, run_id, bodies[k % len(bodies)]) for k in numbers]
        transact(engine, lambda conn, rows: conn.execute(insert(Revision), rows), rows)
    transact(engine, rollups.rebuild)


def _article(k: int, outlet_id: int) -> dict[str, object]:
    day = date(2016, 1, 1) + timedelta(days=k % 3000)
    return {
        "id": k + 1, "outlet_id": outlet_id, "url_key": f"{k:064}", "url": f"https://essai.example/{k}",
        "canonical_url": f"https://essai.example/{k}", "first_seen_at": NOW, "last_seen_at": NOW, "day": day,
        "day_basis": "published", "paywall": False, "revision_seq": 1,
    }  # fmt: skip


def _revision(k: int, run_id: int, body: str) -> dict[str, object]:
    return {
        "id": k + 1, "article_id": k + 1, "run_id": run_id, "seq": 1, "seen_at": NOW, "headline": f"Article {k}",
        "body": body, "words": 450, "text_sha256": "0" * 64, "methods": {}, "change": "first", "words_added": 450,
        "words_removed": 0,
    }  # fmt: skip


def known(topics: tuple[Topic, ...]) -> dict[str, Topic]:
    return {topic.version: topic for topic in topics}


def answers(engine: Engine) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with engine.connect() as conn:
        rows, counts = (sorted(map(tuple, conn.execute(text(query)))) for query in (ROWS, COUNTS))
    return rows, counts


def timed_rescan(url: str, articles: int) -> None:
    engine = open_ready(url)
    topics = twenty(changed=False)
    transact(engine, sync_files, topics, now=NOW)
    fill(engine, articles, make_bodies(topics))
    began = time.perf_counter()
    with engine.connect() as conn:
        every = [one for after in range(0, last_revision(conn), 1000) for one in texts(conn, after, after + 1000)]
    reading = time.perf_counter() - began
    sample, matcher = every[: max(1, articles // 20)], Matcher(topics)
    began = time.process_time()
    for one in sample:
        matcher.match(headline=one.headline, deck=one.deck, body=one.body, day=one.day)
    matching = (time.process_time() - began) * len(every) / len(sample)
    del every
    changed = twenty(changed=True)
    transact(engine, sync_files, changed, now=NOW)
    began, own, workers = time.perf_counter(), time.process_time(), _workers_cpu()
    done = rescan(engine, url, known(changed))
    took, own, workers = time.perf_counter() - began, time.process_time() - own, _workers_cpu() - workers
    with engine.connect() as conn:
        matches = conn.scalar(text("SELECT count(*) FROM v_match"))
        spans = conn.scalar(text("SELECT count(*) FROM match_span"))
    size = os.path.getsize(url.removeprefix("sqlite:///")) / 2**20
    print(f"{articles} articles, {len(done.switched)} topics, {os.cpu_count()} cores, {size:.0f} MiB")
    print(f"rescan and switch {took:.1f} s (CPU: {own:.1f} s of its own, {workers:.1f} s of its workers)")
    print(f"{matches} matches, {spans} spans written")
    per_core = took * (os.cpu_count() or 1)
    add_row(f"a rescan of {articles:,} articles, all cores", per_core, "core-seconds", peer="matching alone",
            theirs=matching, more_is_better=False)  # fmt: skip
    print(f"floors: reading every text {reading:.1f} s; matching on one core {matching:.1f} s")
    engine.dispose()


def _workers_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


CHILD = """
import sys
from bench.rescan import known, twenty
from newsmon.store.engine import open_engine
from newsmon.topics.rescan import rescan
def tell(progress):
    print(progress.done, flush=True)
rescan(open_engine(sys.argv[1]), sys.argv[1], known(twenty(changed=True)), workers=int(sys.argv[2]), watch=tell)
"""


def killed(url: str, chance: random.Random) -> bool:
    """One rescan, by itself or with two workers, killed somewhere in its first batches; whether it was still at it."""
    command = [sys.executable, "-c", CHILD, url, str(chance.choice((1, 2)))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    for _ in range(chance.randint(1, 2)):
        process.stdout.readline()
    time.sleep(chance.uniform(0.0, 0.5))
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return alive


def progress_of(engine: Engine) -> Iterator[int]:
    with engine.connect() as conn:
        yield from conn.scalars(text("SELECT max(scanned_to) FROM topic_version v JOIN topic t ON t.pending_id = v.id"))


def kills(folder: Path, articles: int, times: int) -> None:
    """The same archive twice: rescanned in peace, and killed `times` times before it may end."""
    topics, changed, chance = twenty(changed=False), twenty(changed=True), random.Random(9)
    bodies = make_bodies(topics)
    results = []
    for name in ("peace", "killed"):
        url = f"sqlite:///{folder / name}.db"
        engine = open_ready(url)
        transact(engine, sync_files, topics, now=NOW)
        fill(engine, articles, bodies)
        transact(engine, sync_files, changed, now=NOW)
        if name == "killed":
            stood, alive = [], 0
            for _ in range(times):
                alive += killed(url, chance)
                stood.append(next(progress_of(engine)) or 0)
            print(
                f"killed at {alive} of {times} moments, with {', '.join(map(str, stood))} of {articles} revisions done"
            )
        rescan(open_engine(url), url, known(changed), workers=1)
        results.append(answers(engine))
        engine.dispose()
    same = results[0] == results[1]
    print(f"{len(results[0][0])} spans and {len(results[0][1])} counts: {'the same' if same else 'NOT THE SAME'}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=int, nargs="?", default=100_000)
    parser.add_argument("--kills", type=int, default=30, help="0: none")
    parser.add_argument("--kills-only", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.kills_only:
            timed_rescan(f"sqlite:///{folder}/bench.db", given.articles)
        if given.kills:
            kills(Path(folder), max(2000, given.articles // 3), given.kills)


if __name__ == "__main__":
    main()
