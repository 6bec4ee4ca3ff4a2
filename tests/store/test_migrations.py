"""From every released schema to head, with rows in it: whole, or as it was, wherever an upgrade ends before its time."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, inspect, text

from newsmon.errors import DatabaseError
from newsmon.reports.search import search
from newsmon.store import schema, stories
from newsmon.store.check import problems
from newsmon.store.engine import open_engine, transact, write
from tests.store.conftest import Store
from tests.store.making import made

FAILS_AT = {"0001": 17, "0004": 13, "0008": 7}
"""The upgrade from that schema is made to fail at one in so many of its statements; at each of them it takes minutes."""
KILLED_AT = {"0001": 100, "0002": 3, "0003": 25, "0004": 12, "0005": 40, "0006": 8, "0007": 30, "0008": 5}
"""The statement of the upgrade from that schema before which its process is killed."""
OLD = tuple(KILLED_AT)
AT = "2022-01-18 14:00:00"


def _filled(url: str, old: str) -> Engine:
    """A database that began with the first schema, was filled, and came to `old`."""
    engine = open_engine(url)
    with write(engine) as conn:
        schema.migrate(conn, "0001")
    transact(engine, _fill)
    with write(engine) as conn:
        schema.migrate(conn, old)
    return engine


def _fill(conn: Connection) -> None:
    """An outlet, a run, a topic, an article with two revisions, a match and a fetch: by the names that 0001 has, with
    no help of today's code."""
    for sql in (
        "INSERT INTO outlet (id, slug, name, region, timezone, language, active) VALUES (1, 'phare', 'Le Phare', 'QC', 'America/Toronto', 'fr', true)",
        f"INSERT INTO run (id, kind, started_at, status, pid, version, arguments, counts) VALUES (1, 'crawl', '{AT}', 'ok', 1, '0', '', '{{}}')",
        "INSERT INTO topic (id, slug, name, version_id) VALUES (1, 'ete', 'Été', 1)",
        f"INSERT INTO topic_version (id, topic_id, seq, digest, source, added_at) VALUES (1, 1, 1, 'd', 's', '{AT}')",
        f"""INSERT INTO article (id, outlet_id, url_key, url, canonical_url, first_seen_at, last_seen_at, day, day_basis, paywall, revision_seq)
            VALUES (1, 1, 'k', 'https://phare.example/1', 'https://phare.example/1', '{AT}', '{AT}', '2022-01-17', 'published', false, 2)""",
        f"""INSERT INTO revision (id, article_id, run_id, seq, seen_at, headline, body, words, text_sha256, methods, change, words_added, words_removed)
            VALUES (1, 1, 1, 1, '{AT}', 'Avant', 'Le corps', 2, 'x', '{{}}', 'first', 2, 0), (2, 1, 1, 2, '{AT}', 'L’été d’Élise', 'Le corps', 2, 'y', '{{}}', 'headline', 3, 1)""",
        "INSERT INTO topic_match (id, topic_version_id, article_id, revision_id, level, score, why) VALUES (1, 1, 1, 2, 'primary', 4, 'titre : été')",
        "INSERT INTO outlet_day (outlet_id, day, n, n_original, n_undated) VALUES (1, '2022-01-17', 1, 1, 0)",
        "INSERT INTO topic_outlet_day (topic_id, outlet_id, day, n, n_primary, n_original, n_undated) VALUES (1, 1, '2022-01-17', 1, 1, 1, 0)",
        f"INSERT INTO fetch_log (id, run_id, outlet_id, url, at, outcome, status, bytes, elapsed_ms, tries) VALUES (1, 1, 1, 'u', '{AT}', 'ok', 200, 1, 1, 1)",
    ):  # fmt: skip
        conn.exec_driver_sql(sql)
    if conn.dialect.name == "postgresql":
        for table in ("outlet", "run", "article", "revision", "fetch_log", "topic", "topic_version", "topic_match"):
            conn.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)")


def _state(engine: Engine) -> dict[str, Any]:
    """All that the database holds: tables with their columns and rows, views, triggers."""
    there = inspect(engine)
    triggers = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }[engine.dialect.name]
    with engine.connect() as conn:
        tables = {
            name: (
                sorted(column["name"] for column in there.get_columns(name)),
                sorted(str(tuple(row)) for row in conn.execute(text(f"SELECT * FROM {name}"))),
            )
            for name in there.get_table_names()
            if not name.startswith("article_search")
        }
        return {"tables": tables, "views": there.get_view_names(), "triggers": conn.execute(text(triggers)).all()}


def _is_at_head(engine: Engine) -> None:
    """What was there is there, what is derived is right, and a run stores and compares."""
    assert list(problems(engine)) == []
    assert len(search(engine, "elise").rows) == 1
    with engine.connect() as conn:
        assert conn.execute(text("SELECT headline, revisions FROM v_article")).all() == [("L’été d’Élise", 2)]
        assert conn.execute(text("SELECT topic, level, why FROM v_match")).all() == [("ete", "primary", "titre : été")]
        assert conn.execute(text("SELECT n, n_primary FROM v_attention_day")).all() == [(1, 1)]
        assert conn.scalar(text("SELECT count(*) FROM v_fetch")) == 1
    store = Store(engine)
    assert store.save(made(1))[0].change == "first"
    assert stories.refresh(engine) == 2
    assert list(problems(engine)) == []


@pytest.mark.parametrize("old", OLD)
def test_an_older_schema_with_rows_comes_to_head_with_them(database_url: str, old: str) -> None:
    engine = _filled(database_url, old)
    schema.upgrade(engine)
    _is_at_head(engine)
    engine.dispose()


def test_only_what_was_not_compared_waits_after_the_upgrade(database_url: str) -> None:
    engine = _filled(database_url, "0008")
    with write(engine) as conn:
        for n in (2, 3):
            conn.exec_driver_sql(
                f"""INSERT INTO article (id, outlet_id, url_key, url, canonical_url, first_seen_at, last_seen_at, day, day_basis, paywall, revision_seq)
                VALUES ({n}, 1, 'k{n}', 'u', 'u', '{AT}', '{AT}', '2022-01-17', 'published', false, 1)"""
            )
            conn.exec_driver_sql(
                f"""INSERT INTO revision (id, article_id, run_id, seq, seen_at, headline, body, words, text_sha256, methods, change, words_added, words_removed)
                VALUES ({n + 1}, {n}, 1, 1, '{AT}', 'Titre', 'Le corps', 2, 'x', '{{}}', 'first', 2, 0)"""
            )
        compared = "INSERT INTO text_sketch (article_id, revision_id, day, words) VALUES ({}, {}, '2022-01-17', '')"
        conn.exec_driver_sql(compared.format(1, 1))
        conn.exec_driver_sql(compared.format(2, 3))
    schema.upgrade(engine)
    with engine.connect() as conn:
        waiting = conn.execute(text("SELECT article_id FROM text_waiting ORDER BY article_id")).all()
    assert waiting == [(1,), (3,)], "an older revision, and none"
    engine.dispose()


class Broken(Exception):
    """What ends an upgrade."""


@contextmanager
def _breaking(engine: Engine, at: int) -> Iterator[None]:
    seen = iter(range(1, 10_000))

    def count(*_: Any) -> None:
        if next(seen) == at:
            raise Broken

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", count)


@pytest.mark.parametrize("old", list(FAILS_AT))
def test_an_upgrade_that_fails_at_a_step_leaves_what_was_there(database_url: str, old: str) -> None:
    engine = _filled(database_url, old)
    before, at = _state(engine), 1
    while True:
        try:
            with _breaking(engine, at):
                schema.upgrade(engine)
            break
        except Broken:
            assert _state(engine) == before, f"statement {at}"
            at += FAILS_AT[old]
    assert at > 40, "it has broken off until there was no such statement any more"
    _is_at_head(engine)
    engine.dispose()


KILLED_UPGRADE = """
import os, signal, sys
from sqlalchemy import event
from newsmon.store import engine, schema
opened, seen = engine.open_engine(sys.argv[1]), iter(range(1, 10_000))
def count(*_):
    if next(seen) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(opened, "before_cursor_execute", count)
schema.upgrade(opened)
"""


@pytest.mark.parametrize("old", OLD)
def test_an_upgrade_whose_process_is_killed_leaves_what_was_there(database_url: str, old: str) -> None:
    engine = _filled(database_url, old)
    before = _state(engine)
    engine.dispose()
    command = [sys.executable, "-c", KILLED_UPGRADE, database_url, str(KILLED_AT[old])]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    engine = open_engine(database_url)
    assert _state(engine) == before
    with pytest.raises(DatabaseError, match="run `newsmon db upgrade`"):
        schema.check_schema(engine)
    schema.upgrade(engine)
    _is_at_head(engine)
    engine.dispose()
