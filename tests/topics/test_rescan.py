"""A changed definition over a stored archive: it waits, is rescanned, and is switched to at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from newsmon.items import Article
from newsmon.store.articles import save_articles
from newsmon.store.check import problems
from newsmon.store.engine import transact
from newsmon.topics.definition import Topic
from newsmon.topics.live import Live, read_live, sync_files
from newsmon.topics.loading import arrange, make_topic
from newsmon.topics.rescan import Progress, rescan
from tests.store.conftest import Store
from tests.store.making import AT, made

WORDS = "pont tramway budget conseil mairesse neige aréna école route parc".split()
SHOWN = "SELECT article_id, topic, level, score, why, version FROM v_match ORDER BY article_id, topic"


def topic(slug: str, expression: str, **changes: Any) -> Topic:
    return replace(make_topic(expression), slug=slug, name=slug, **changes)


def files(*topics: Topic) -> tuple[Topic, ...]:
    return arrange(topics)


class Archive:
    """A store that labels as a run does."""

    def __init__(self, store: Store, topics: tuple[Topic, ...]) -> None:
        self.store = store
        self.change(topics)

    def change(self, topics: tuple[Topic, ...]) -> None:
        self.topics = topics
        self.live: Live = transact(self.store.engine, sync_files, topics, now=AT)

    @property
    def known(self) -> dict[str, Topic]:
        return {topic.version: topic for topic in self.topics}

    def save(self, *articles: Article) -> None:
        labelled = [self.live.label(article) for article in articles]
        run_id = self.store.run_id
        transact(self.store.engine, save_articles, labelled, run_id=run_id, topic_versions=self.live.versions, now=AT)

    def fill(self, n: int, seed: int = 1) -> None:
        chance = random.Random(seed)
        self.save(*(written(k, chance) for k in range(n)))

    def rescan(self, database_url: str, **changes: Any) -> Progress:
        return rescan(self.store.engine, database_url, self.known, **{"workers": 1, **changes})

    def shown(self) -> list[tuple[Any, ...]]:
        return self.store.rows(SHOWN)


def written(number: int, chance: random.Random) -> Article:
    day = date(2022, 1, 10) + timedelta(days=chance.randrange(20))
    body = " ".join(chance.choices(WORDS, k=12)) + "."
    return made(number, headline=chance.choice(WORDS).capitalize(), deck=None, body=body, day=day)


@pytest.fixture
def archive(store: Store) -> Archive:
    return Archive(store, files(topic("ponts", "pont"), topic("parcs", "parc", parent="ponts")))


def afresh(archive: Archive) -> list[tuple[Any, ...]]:
    """What a database that never knew another definition would show, versions aside."""
    found = []
    matchers = read_matcher(archive)
    for row in archive.store.rows("SELECT article_id, headline, deck, body, day FROM v_article ORDER BY article_id"):
        article_id, headline, deck, body, day = row
        when = day if isinstance(day, date) else date.fromisoformat(day)
        for match in matchers(headline=headline, deck=deck, body=body, day=when):
            found.append((article_id, match.topic, match.level, match.score))
    return sorted(found)


def read_matcher(archive: Archive) -> Callable[..., Any]:
    from newsmon.topics.match import Matcher

    return Matcher(archive.topics).match


def test_the_old_version_is_shown_whole_until_the_new_one_is(archive: Archive, database_url: str) -> None:
    archive.fill(60)
    before = archive.shown()
    archive.change(files(topic("ponts", "pont OU tramway"), topic("parcs", "parc", parent="ponts")))
    seen = []
    progress = archive.rescan(database_url, watch=lambda _: seen.append(archive.shown()))
    assert seen and all(rows == before for rows in seen)
    assert progress.switched == ["ponts", "parcs"] and progress.waiting == ()
    assert [row[:4] for row in archive.shown()] == afresh(archive)
    assert {row[5] for row in archive.shown()} == {2}
    assert list(problems(archive.store.engine)) == []


def test_articles_that_come_meanwhile_are_in_both(archive: Archive, database_url: str) -> None:
    archive.fill(30)
    archive.change(files(topic("ponts", "tramway"), topic("parcs", "parc", parent="ponts")))
    archive.save(made(700, headline="Le tramway et le pont", deck=None, body="Rien."))
    mine = "SELECT version FROM v_match WHERE headline = 'Le tramway et le pont'"
    assert archive.store.rows(mine) == [(1,)]
    archive.rescan(database_url)
    assert archive.store.rows(mine) == [(2,)]
    assert [row[:4] for row in archive.shown()] == afresh(archive)


def test_stopped_it_goes_on_where_it_was(archive: Archive, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsmon.topics.rescan.BATCH", 5)
    archive.fill(40)
    archive.change(files(topic("ponts", "pont OU route"), topic("parcs", "parc", parent="ponts")))
    turns = iter([True, True, True, False])
    progress = archive.rescan(database_url, go_on=lambda: next(turns))
    assert progress.done == 15 and progress.waiting == ("ponts", "parcs")
    steps: list[int] = []
    archive.rescan(database_url, watch=lambda p: steps.append(p.done))
    assert steps == [20, 25, 30, 35, 40]
    assert [row[:4] for row in archive.shown()] == afresh(archive)


def test_a_file_that_changes_again_in_the_middle_is_the_one_that_is_shown(
    archive: Archive, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsmon.topics.rescan.BATCH", 5)
    archive.fill(20)
    archive.change(files(topic("ponts", "route")))

    def change(progress: Progress) -> None:
        if progress.done == 10:
            archive.change(files(topic("ponts", "neige")))

    rescan(archive.store.engine, database_url, archive.known, workers=1, watch=change)
    assert archive.store.rows("SELECT version, pending FROM v_topic WHERE topic = 'ponts'") == [(3, None)]
    assert [row[:4] for row in archive.shown() if row[1] == "ponts"] == afresh(archive)
    states = archive.store.rows("SELECT version, state FROM v_topic_version WHERE topic = 'ponts' ORDER BY version")
    assert states == [(1, "former"), (2, "dropped"), (3, "shown")]


def test_a_topic_without_its_file_rests_and_keeps_its_matches(archive: Archive, database_url: str) -> None:
    archive.fill(20)
    before = archive.shown()
    archive.change(files(topic("routes", "route")))
    archive.rescan(database_url)
    archive.save(made(800, headline="Le pont", deck=None, body="Rien."))
    assert [row for row in archive.shown() if row[1] != "routes"] == before
    assert archive.store.rows("SELECT topic FROM v_topic WHERE active") == [("routes",)]


def test_only_the_family_that_is_named(archive: Archive, database_url: str) -> None:
    archive.fill(20)
    topics = files(topic("ponts", "neige"), topic("parcs", "parc", parent="ponts"), topic("routes", "route"))
    archive.change(topics)
    progress = archive.rescan(database_url, slugs=["parcs"])
    assert progress.switched == ["ponts", "parcs"]
    assert archive.store.rows("SELECT topic FROM v_topic WHERE topic = 'routes'") == []
    assert archive.rescan(database_url).switched == ["routes"]


def test_worker_processes_find_the_same(archive: Archive, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsmon.topics.rescan.BATCH", 7)
    monkeypatch.setattr("newsmon.topics.rescan.FEW", 7)
    archive.fill(40)
    archive.change(files(topic("ponts", "pont OU route"), topic("parcs", "parc", parent="ponts")))
    archive.rescan(database_url, workers=2)
    assert [row[:4] for row in archive.shown()] == afresh(archive)


def _dies(after: int, upto: int) -> None:
    os._exit(1)


def test_without_its_workers_it_goes_on_by_itself(
    archive: Archive, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsmon.topics.rescan.BATCH", 7)
    monkeypatch.setattr("newsmon.topics.rescan.FEW", 7)
    monkeypatch.setattr("newsmon.topics.rescan._work", _dies)
    archive.fill(20)
    archive.change(files(topic("ponts", "pont OU route"), topic("parcs", "parc", parent="ponts")))
    assert archive.rescan(database_url, workers=2).switched == ["ponts", "parcs"]
    assert [row[:4] for row in archive.shown()] == afresh(archive)


KILLED = """
import os, sys, time
from newsmon.store.engine import open_engine
from newsmon.topics import rescan as module
from tests.topics.test_rescan import NEW, rescan
module.BATCH = 5
print("begun", flush=True)
rescan(open_engine(sys.argv[1]), sys.argv[1], {t.version: t for t in NEW}, workers=int(sys.argv[2]))
"""
NEW = files(topic("ponts", "pont OU neige"), topic("parcs", "parc OU route", parent="ponts"))


def kill_in_the_middle(database_url: str, after_s: float, *, workers: int = 1) -> bool:
    """Start a rescan in a process of its own and kill it; whether it was still at it."""
    command = [sys.executable, "-c", KILLED, database_url, str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.getcwd()})
    assert process.stdout is not None and process.stdout.readline() == b"begun\n"
    time.sleep(after_s)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return alive


def test_kill_9_costs_nothing(archive: Archive, engine: Engine, database_url: str) -> None:
    archive.fill(300)
    archive.change(NEW)
    chance = random.Random(3)
    killed = [kill_in_the_middle(database_url, chance.uniform(0.02, 0.2)) for _ in range(3)]
    archive.rescan(database_url)
    assert any(killed)
    assert [row[:4] for row in archive.shown()] == afresh(archive)
    assert list(problems(engine)) == []


def test_a_run_that_began_before_labels_with_what_lives_now(archive: Archive, database_url: str) -> None:
    archive.fill(10)
    older = archive.live
    archive.change(files(topic("ponts", "neige"), topic("parcs", "parc", parent="ponts")))
    now = transact(archive.store.engine, read_live, older_known := {})
    assert older.followed != now.followed and older_known == {}
    assert sorted(now.versions) == ["parcs", "parcs@1", "ponts", "ponts@1"]
    article = now.label(made(900, headline="Le pont", deck=None, body="Rien."))
    assert [match.topic for match in article.matches] == ["ponts@1"]
