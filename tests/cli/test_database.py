"""newsmon db, as a user calls it: what goes wrong is one line and an exit code, and harms nothing."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import create_engine, text

from newsmon.cli import main
from newsmon.store import schema
from newsmon.store.check import problems
from newsmon.store.runs import FetchRow, record_fetches
from tests.store.conftest import Store
from tests.store.making import made


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "newsmon", "db", *arguments]


def _environment(url: str) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if not k.startswith("NEWSMON_")}, "NEWSMON_DATABASE_URL": url}


def _db(url: str, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the console script's function."""
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.dict(os.environ, _environment(url), clear=True), redirect_stdout(out), redirect_stderr(err):
        code: object = 0
        try:
            main(["db", *arguments])
        except SystemExit as e:
            code = e.code
    assert isinstance(code, int)
    return code, out.getvalue(), err.getvalue()


def _refused(url: str, *arguments: str, code: int, says: str) -> None:
    returned, out, err = _db(url, *arguments)
    assert (returned, out) == (code, ""), err
    assert err.startswith("newsmon: ") and err.count("\n") == 1 and says in err, err


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def filled(database_url: str) -> Iterator[Store]:
    """A database of 60 articles, and some of the log."""
    engine = schema.open_ready(database_url)
    store = Store(engine)
    store.save(*(made(n) for n in range(60)))
    now = datetime.now(UTC)
    rows = [
        FetchRow(slug="essai", url=f"https://essai.example/{n}", at=now - timedelta(days=n, hours=1), outcome="ok",
                 reason=None, status=200, bytes=1, elapsed_ms=1, tries=1)
        for n in range(5)
    ]  # fmt: skip
    store.do(record_fetches, store.run_id, rows)
    yield store
    engine.dispose()


def _articles(url: str) -> int:
    engine = schema.open_reader(url)
    try:
        with engine.connect() as conn:
            assert list(problems(engine)) == []
            return conn.scalar(text("SELECT count(*) FROM v_article")) or 0
    finally:
        engine.dispose()


@pytest.fixture
def ours(tmp_path: Path) -> str:
    """The address of a SQLite database with one article."""
    url = _sqlite(tmp_path / "newsmon.db")
    engine = schema.open_ready(url)
    Store(engine).save(made(1))
    engine.dispose()
    return url


def test_what_has_no_database_makes_none(tmp_path: Path) -> None:
    url = _sqlite(tmp_path / "newsmon.db")
    for arguments in (["check"], ["rebuild"], ["prune", "--days", "3"], ["backup", str(tmp_path / "b.db")]):
        _refused(url, *arguments, code=3, says="no database yet")
    _refused(url, "copy", url, _sqlite(tmp_path / "copy.db"), code=3, says="no database yet")
    assert list(tmp_path.iterdir()) == []


def test_the_log_is_pruned_and_a_slip_prunes_nothing(filled: Store, database_url: str) -> None:
    for days in ("-1", "999999", "99999999999999999999999", "x", ""):
        code, _, err = _db(database_url, "prune", "--days", days)
        assert code == 2 and "--days" in err
    assert filled.rows("SELECT count(*) FROM v_fetch") == [(5,)]
    assert _db(database_url, "prune", "--days", "36500")[:2] == (0, "0 rows of the log forgotten\n")
    assert _db(database_url, "prune", "--days", "2")[:2] == (0, "3 rows of the log forgotten\n")
    assert _db(database_url, "prune", "--days", "0")[:2] == (0, "2 rows of the log forgotten\n")
    assert _articles(database_url) == 60


def test_a_check_says_what_is_wrong_and_a_rebuild_mends_it(filled: Store, database_url: str) -> None:
    assert _db(database_url, "check") == (0, "all is well\n", "")
    filled.do(lambda conn: conn.execute(text("UPDATE outlet_day SET n = n + 1")))
    code, _, err = _db(database_url, "check")
    assert code == 3 and err.splitlines() == [
        "newsmon: 1 outlet days whose count is not that of their articles; run `newsmon db rebuild`"
    ]
    assert _db(database_url, "rebuild")[0] == 0
    assert _db(database_url, "check") == (0, "all is well\n", "")


def test_a_damaged_file_is_said_by_check_and_is_not_copied(ours: str, tmp_path: Path) -> None:
    path = tmp_path / "newsmon.db"
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revision'").fetchone()
        (size,) = conn.execute("PRAGMA page_size").fetchone()
    conn.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    code, out, err = _db(ours, "check")
    assert (code, out) == (3, "") and all(line.startswith("newsmon: ") for line in err.splitlines())
    assert "restore" in err
    _refused(ours, "copy", ours, _sqlite(tmp_path / "copy.db"), code=3, says=f"{path}: ")
    assert _articles(_sqlite(tmp_path / "copy.db")) == 0
    _refused(ours, "backup", str(tmp_path / "backup.db"), code=3, says="not written")
    assert not (tmp_path / "backup.db").exists() and not (tmp_path / "backup.db.part").exists()


def test_a_backup_takes_the_place_of_a_backup_and_of_nothing_else(ours: str, tmp_path: Path) -> None:
    database, backup, other = tmp_path / "newsmon.db", tmp_path / "b.db", tmp_path / "report.csv"
    (tmp_path / "link.db").symlink_to(database)
    os.link(database, tmp_path / "hard.db")
    os.mkfifo(tmp_path / "pipe")
    other.write_text("jour,titre\n")
    for name in ("newsmon.db", "newsmon.db-wal", "newsmon.db-shm", "link.db", "hard.db"):
        _refused(ours, "backup", str(tmp_path / name), code=2, says="the database itself")
    _refused(ours, "backup", str(other), code=2, says="no backup")
    _refused(ours, "backup", str(tmp_path / "pipe"), code=2, says="no file")
    _refused(ours, "backup", "", code=2, says="no file")
    _refused(ours, "backup", str(tmp_path / "none" / "b.db"), code=2, says=f"the folder {tmp_path / 'none'} is not")
    assert _db(ours, "backup", str(tmp_path))[0] == 2
    assert other.read_text() == "jour,titre\n" and _articles(ours) == 1
    for _ in range(2):
        assert _db(ours, "backup", str(backup))[:2] == (0, f"{backup}: {backup.stat().st_size} bytes\n")
        assert _articles(_sqlite(backup)) == 1
    in_use = sqlite3.connect(backup)
    in_use.execute("PRAGMA journal_mode = WAL")
    in_use.execute("CREATE TABLE t (a)")
    _refused(ours, "backup", str(backup), code=2, says="in use")
    in_use.close()


def test_a_backup_of_a_database_that_is_written_to_is_whole(ours: str, tmp_path: Path) -> None:
    engine = schema.open_ready(ours)
    store, ended = Store(engine), threading.Event()

    def write() -> None:
        n = 2
        while not ended.is_set():
            store.save(*(made(n + i) for i in range(5)))
            n += 5

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert _db(ours, "backup", str(tmp_path / "b.db"))[0] == 0
    finally:
        ended.set()
        writer.join()
        engine.dispose()
    assert _articles(_sqlite(tmp_path / "b.db")) % 5 == 1
    assert _articles(ours) % 5 == 1


BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from newsmon.cli import main
main(sys.argv[1:])
"""
POWERLESS = """
import os, sys
import newsmon.cli.database, newsmon.store.upkeep
from newsmon.cli import main
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1:])
"""


@pytest.mark.parametrize(("program", "says"), [(BOUNDED, "disk"), (POWERLESS, "the folder cannot be written")])
def test_a_backup_that_cannot_be_written_leaves_the_older_one(program: str, says: str) -> None:
    # Not below pytest's own folder, which another user may not enter.
    with tempfile.TemporaryDirectory(prefix="newsmon-") as name:
        folder = Path(name)
        url = _sqlite(folder / "newsmon.db")
        schema.open_ready(url).dispose()
        shutil.copy(folder / "newsmon.db", folder / "b.db")
        before = (folder / "b.db").read_bytes()
        folder.chmod(0o555)
        command = [sys.executable, "-c", program, "db", "backup", str(folder / "b.db")]
        done = subprocess.run(command, env=_environment(url), capture_output=True, text=True, timeout=60)
        folder.chmod(0o755)
        assert done.returncode == 3, done.stderr
        assert says in done.stderr and "as it was" in done.stderr and done.stderr.count("\n") == 1
        assert (folder / "b.db").read_bytes() == before and not (folder / "b.db.part").exists()


def test_a_copy_is_refused_where_it_would_harm_or_help_nobody(
    ours: str, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, words, older, newer = (tmp_path / name for name in ("new.db", "text.db", "older.db", "newer.db"))
    words.write_text("bonjour\n")
    for path, revision in ((older, "0007"), (newer, "9999")):
        schema.open_ready(_sqlite(path)).dispose()
        with sqlite3.connect(path) as conn:
            conn.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        conn.close()
    for source, target, code, says in (
        (ours, ours, 2, "one database"),
        (ours, f"sqlite+pysqlite:///{tmp_path}/./newsmon.db", 2, "one database"),
        (postgres_url, postgres_url.replace("+psycopg", ""), 2, "one database"),
        (_sqlite(older), _sqlite(fresh), 3, f"{older}: the database has an older schema (0007)"),
        (_sqlite(newer), _sqlite(fresh), 3, "newer than this newsmon"),
        (_sqlite(words), _sqlite(fresh), 3, f"{words}: file is not a database"),
        (postgres_url, _sqlite(fresh), 3, "is empty"),
        ("newsmon.db", _sqlite(fresh), 3, "FROM: 'newsmon.db' is not a database address"),
        (ours, "new.db", 3, "TO: 'new.db' is not a database address"),
        (ours, _sqlite(older), 3, f"{older}: the database has an older schema"),
        (ours, _sqlite(newer), 3, "newer than this newsmon"),
        (ours, _sqlite(words), 3, "not a database"),
        (ours, _sqlite(tmp_path / "none" / "c.db"), 3, "is not there"),
        (ours, "postgresql://desk:secret@127.0.0.1:9/news", 3, "start the server"),
    ):
        _refused(ours, "copy", source, target, code=code, says=says)
    assert not fresh.exists() and words.read_text() == "bonjour\n"
    assert _db(ours, "copy", ours, _sqlite(fresh))[0] == 0 and _articles(_sqlite(fresh)) == 1
    _refused(ours, "copy", ours, _sqlite(fresh), code=3, says="not empty")
    assert _articles(_sqlite(fresh)) == 1 and _articles(ours) == 1


def test_a_copy_that_is_killed_leaves_an_empty_target_and_is_called_again(
    filled: Store, database_url: str, tmp_path: Path, postgres_url: str
) -> None:
    """The other engine is the target; it is killed at moments from its first row to its last."""
    filled.save(*(made(n) for n in range(60, 400)))
    target = _sqlite(tmp_path / "copy.db") if filled.engine.dialect.name == "postgresql" else postgres_url
    schema.open_ready(target).dispose()
    watch = create_engine(target)
    tables = ("outlet", "article", "revision", "text_waiting")
    killed = 0
    for pause in (0.0, 0.1, 0.3, 0.6):
        with subprocess.Popen(_command("copy", database_url, target), env=_environment(database_url)) as copying:
            _until_it_writes(target, copying)
            time.sleep(pause)
            copying.send_signal(signal.SIGKILL)
        with watch.connect() as conn:
            left = [conn.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables]
        if left == [1, 400, 400, 400]:
            break  # it was through
        assert left == [0, 0, 0, 0]
        killed += 1
    assert killed >= 1
    if left[0] == 0:
        assert _db(database_url, "copy", database_url, target)[0] == 0
    assert _articles(target) == 400
    watch.dispose()


def _until_it_writes(target: str, copying: subprocess.Popen[bytes]) -> None:
    """Until the copy holds the target: SQLite's one writer, or a session of PostgreSQL that has written."""
    engine = create_engine(target, connect_args={"timeout": 0} if target.startswith("sqlite") else {})
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
    end = time.monotonic() + 60
    while copying.poll() is None and time.monotonic() < end:
        with engine.connect() as conn:
            if target.startswith("sqlite"):
                try:
                    conn.exec_driver_sql("BEGIN IMMEDIATE")
                    conn.rollback()
                except Exception:
                    break
            elif conn.scalar(text(asked)):
                break
        time.sleep(0.01)
    engine.dispose()
