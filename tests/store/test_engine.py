"""Opening, locking, upgrading: what goes wrong is one line with what to do."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from newsmon.errors import DatabaseError, RunActiveError
from newsmon.store import schema
from newsmon.store.engine import open_engine, transact
from newsmon.store.runs import run_lock, start_run
from newsmon.store.views import VIEWS
from tests.store.making import AT

PYTHON = sys.executable


def _said(function: object, *arguments: object) -> str:
    with pytest.raises(DatabaseError) as error:
        function(*arguments)  # type: ignore[operator]
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    said = _said(open_engine, f"sqlite:///{tmp_path / 'none' / 'newsmon.db'}")
    assert str(tmp_path / "none") in said and "make it" in said


def test_another_kind_of_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "newsmon.db"
    path.write_text("Ceci n’est pas une base de données. " * 100)
    assert "another kind of file" in _said(open_engine, f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["mysql://x@y/z", "n'importe quoi", "sqlite://"])
def test_an_address_that_cannot_be_used_is_said(url: str) -> None:
    assert "NEWSMON_DATABASE_URL" in _said(open_engine, url)


def test_a_server_that_does_not_answer_is_said_without_its_password() -> None:
    said = _said(open_engine, "postgresql://moi:secret@127.0.0.1:9/news")
    assert "start the server" in said and "secret" not in said


def test_reading_only_refuses_every_write(engine: Engine, database_url: str) -> None:
    reader = schema.open_reader(database_url)
    with pytest.raises(DatabaseError, match="read"):
        transact(reader, lambda conn: conn.execute(text("DELETE FROM outlet")))
    reader.dispose()


def test_a_reader_of_nothing_is_told_what_to_do(database_url: str) -> None:
    assert "newsmon db upgrade" in _said(schema.open_reader, database_url)


def test_nothing_is_stored_where_no_database_is(database_url: str, tmp_path: Path) -> None:
    assert schema.stored_rows(f"sqlite:///{tmp_path / 'none.db'}", "SELECT 1") == []
    assert schema.stored_rows(database_url, "SELECT 1") == []
    schema.open_ready(database_url).dispose()
    assert [tuple(row) for row in schema.stored_rows(database_url, "SELECT :n + 1", n=1)] == [(2,)]
    said = _said(schema.stored_rows, f"sqlite:///{tmp_path / 'none' / 'newsmon.db'}", "SELECT 1")
    assert "make it" in said


def test_every_view_answers_with_the_columns_that_it_promises(engine: Engine) -> None:
    with engine.connect() as conn:
        for view in VIEWS:
            assert list(conn.execute(text(f"SELECT * FROM {view.name}")).keys()) == [c.name for c in view.columns]


def test_upgrading_twice_is_upgrading_once(engine: Engine) -> None:
    tables = sorted(inspect(engine).get_table_names())
    schema.upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == tables


def test_a_newer_schema_is_refused(engine: Engine, database_url: str) -> None:
    transact(engine, lambda conn: conn.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    assert "newer than this newsmon" in _said(schema.open_ready, database_url)
    assert "newer than this newsmon" in _said(schema.upgrade, engine)


KILLED_UPGRADE = """
import os, signal, sys
from newsmon.store import engine, schema
from newsmon.store import views
class Last(tuple):
    def __iter__(self):
        yield from super().__iter__()
        os.kill(os.getpid(), signal.SIGKILL)
schema.VIEWS = Last(views.VIEWS)
schema.upgrade(engine.open_engine(sys.argv[1]))
"""


def test_a_migration_killed_half_way_leaves_the_old_schema(database_url: str) -> None:
    done = subprocess.run([PYTHON, "-c", KILLED_UPGRADE, database_url], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    engine = open_engine(database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    schema.open_ready(database_url).dispose()


HOLDING = """
import sys, time
from newsmon.store.runs import run_lock
with run_lock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_until_the_first_is_dead(engine: Engine, database_url: str) -> None:
    holder = subprocess.Popen([PYTHON, "-c", HOLDING, database_url], stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    with pytest.raises(RunActiveError, match="another run is active"), run_lock(database_url):
        pass
    transact(engine, start_run, kind="crawl", arguments="", version="0", now=AT)
    with (
        pytest.raises(RunActiveError, match=r"run 1 \(pid \d+, since 2022-01-18 14:00 UTC\) is active"),
        run_lock(database_url),
    ):
        pass
    holder.kill()
    holder.communicate()
    deadline = time.monotonic() + 20
    while True:
        try:
            with run_lock(database_url):
                break
        except RunActiveError:
            assert time.monotonic() < deadline, "a dead run still holds the lock"
            time.sleep(0.1)


def test_the_next_run_may_begin_as_soon_as_one_has_ended(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsmon.store.runs.GRACE_S", 0)
    for _ in range(20):
        with run_lock(database_url):
            pass


def test_a_locked_file_is_said(engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine.dialect.name != "sqlite":
        return
    monkeypatch.setattr("newsmon.store.engine.BUSY_S", 0.1)
    other = sqlite3.connect(engine.url.database.removeprefix("file:").partition("?")[0])  # type: ignore[union-attr]
    other.execute("BEGIN EXCLUSIVE")
    writer = open_engine(database_url)
    said = _said(transact, writer, lambda conn: conn.execute(text("DELETE FROM outlet")))
    assert "another program holds it" in said
    other.close()
    writer.dispose()


KILLED_SAVE = """
import os, random, signal, sys, threading, time
from newsmon.store.engine import open_engine
from tests.store.conftest import Store
from tests.store.making import made, match
store = Store(open_engine(sys.argv[1]))
threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL)).start()
number = int(sys.argv[3])
while True:
    print(*(s.article_id for s in store.save(*(made(number + n, matches=(match(),)) for n in range(5)))), flush=True)
    number += 5
"""


def test_kill_9_leaves_whole_articles_and_loses_none_that_was_acknowledged(engine: Engine, database_url: str) -> None:
    from newsmon.store.check import problems

    acknowledged: set[int] = set()
    for attempt in range(6):
        command = [PYTHON, "-c", KILLED_SAVE, database_url, str(0.15 + 0.07 * attempt), str(attempt * 100_000)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        assert done.returncode == -signal.SIGKILL, done.stderr
        acknowledged |= {
            int(word) for line in done.stdout.splitlines(keepends=True) if line.endswith("\n") for word in line.split()
        }
    with engine.connect() as conn:
        stored = set(conn.scalars(text("SELECT article_id FROM v_article")))
        incomplete = conn.scalar(
            text(
                "SELECT count(*) FROM v_article a WHERE NOT EXISTS (SELECT 1 FROM v_why w WHERE w.article_id = a.article_id)"
            )
        )
    assert acknowledged and acknowledged <= stored
    assert incomplete == 0
    assert list(problems(engine)) == []
