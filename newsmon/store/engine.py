"""Opening the database, in one of two ways: to write, or read-only."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, bindparam, create_engine, event, exc, func, make_url, select

from newsmon.errors import DatabaseError, NoDatabaseError

P = ParamSpec("P")
T = TypeVar("T")

BUSY_S = 30
"""How long a writer of SQLite waits for another one."""


def parse_url(text: str, given_as: str = "NEWSMON_DATABASE_URL") -> URL:
    """A database's address. `postgres://` and `postgresql://` mean psycopg 3.

    Raises: DatabaseError, which says as what the address was given.
    """
    try:
        url = make_url(text)
    except exc.ArgumentError:
        raise DatabaseError(
            f"{given_as}: {text!r} is not a database address; write sqlite:////path/to/file.db or "
            "postgresql+psycopg://user@host/name"
        ) from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise DatabaseError(f"{given_as}: {url.drivername} is not supported; use sqlite or postgresql")
    if is_sqlite(url) and not url.database:
        raise DatabaseError(f"{given_as}: a database in memory is lost with the command; name a file")
    return url


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def shown(url: URL) -> str:
    """The address as a user may see it: without its password."""
    return str(sqlite_file(url)) if is_sqlite(url) else url.render_as_string(hide_password=True)


def sqlite_file(url: URL) -> Path:
    """Where a SQLite database lies; also of the address by which an engine opened it."""
    named = url.database or ""
    if named.startswith("file:"):
        named = named.removeprefix("file:").replace("%3f", "?").replace("%23", "#")
    return Path(named).expanduser().absolute()


def sqlite_uri(path: Path, mode: str) -> str:
    """As SQLite takes it. `mode`: ro, rwc."""
    return f"file:{path.as_posix().replace('?', '%3f').replace('#', '%23')}?mode={mode}"


def open_engine(text: str, *, read_only: bool = False) -> Engine:
    """The database at `text`, reached once to be sure. A SQLite file that is missing is made, unless read-only.

    Raises: DatabaseError, one line.
    """
    url = parse_url(text)
    try:
        engine = _sqlite_engine(url, read_only) if is_sqlite(url) else _postgres_engine(url, read_only)
        _reach(engine)
    except ModuleNotFoundError as e:
        raise DatabaseError(f"{shown(url)}: {e.name} is not installed; run pip install 'newsmon[postgres]'") from None
    except (exc.DBAPIError, sqlite3.Error) as e:
        raise explained(e, url) from None
    return engine


def _reach(engine: Engine) -> None:
    try:
        with engine.connect():
            pass
    except BaseException:
        engine.dispose()
        raise


def _sqlite_engine(url: URL, read_only: bool) -> Engine:
    path = sqlite_file(url)
    if not path.parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} is not there; make it, or set NEWSMON_DATABASE_URL")
    if read_only and not path.exists():
        raise NoDatabaseError(f"{path}: no database yet; run `newsmon db upgrade`, or a crawl")
    if not read_only and not os.access(path if path.exists() else path.parent, os.W_OK):
        raise DatabaseError(f"{path}: cannot be written; change its permissions, or set NEWSMON_DATABASE_URL")
    mode = "ro" if read_only else "rwc"
    engine = create_engine(f"sqlite:///{sqlite_uri(path, mode)}&uri=true", connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # We say BEGIN ourselves: the driver's own is deferred, and fails at once where another one writes.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA schema_version")  # another kind of file is seen now, not at the first question
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")

    return engine


def _postgres_engine(url: URL, read_only: bool) -> Engine:
    options = "-c timezone=UTC -c statement_timeout=600000 -c lock_timeout=60000"
    if read_only:
        options += " -c default_transaction_read_only=on"
    return create_engine(url, pool_pre_ping=True, connect_args={"options": options, "connect_timeout": 10})


def explained(error: Exception, url: URL) -> DatabaseError:
    """What went wrong and what to do, on one line."""
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())[:200]
    hints = (
        ("not a database", "it is another kind of file; name another one in NEWSMON_DATABASE_URL"),
        ("unable to open", "check the path and its permissions"),
        ("Permission denied", "change the permissions of its folder, or set NEWSMON_DATABASE_URL"),
        ("readonly", "it is open for reading only; change its permissions"),
        ("database is locked", "another program holds it; wait for it, or end it"),
        ("disk is full", "free some disk space; what was stored is intact"),
        ("disk I/O error", "look at the disk and at the quota; what was stored is intact"),
        ("No space left", "free some disk space on the server; what was stored is intact"),
        ("malformed", "restore it from a backup; `newsmon db check` tells more"),
        ("password", "correct the password in NEWSMON_DATABASE_URL or in ~/.pgpass"),
        ("does not exist", "create it, or correct NEWSMON_DATABASE_URL"),
        ("read-only transaction", "this command reads only"),
        ("refused", "start the server, or correct NEWSMON_DATABASE_URL"),
    )
    hint = next((hint for words, hint in hints if words in said), "see `newsmon doctor`")
    return DatabaseError(f"{shown(url)}: {said}; {hint}")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """The database as it is now, whatever a crawl writes meanwhile: figures read one after the other agree.

    Raises: DatabaseError.
    """
    try:
        with engine.connect() as conn:
            if conn.dialect.name == "postgresql":  # SQLite reads so anyway
                conn = conn.execution_options(isolation_level="REPEATABLE READ")
            yield conn
    except exc.DBAPIError as e:
        raise explained(e, engine.url) from None


RETRIES = 4


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One write transaction: all of it, or nothing. Raises: DatabaseError."""
    try:
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection
    except (exc.DBAPIError, sqlite3.Error) as e:
        raise _WriteError(e, engine.url) from e


class _WriteError(DatabaseError):
    def __init__(self, error: Exception, url: URL) -> None:
        super().__init__(str(explained(error, url)))
        state = getattr(getattr(error, "orig", None), "sqlstate", None)
        lost = bool(getattr(error, "connection_invalidated", False))
        self.may_pass = lost or state in ("40001", "40P01", "55P03") or "database is locked" in str(error)


def transact(engine: Engine, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(conn, …)` in a write transaction, begun again after a deadlock or a lost connection.

    Raises: DatabaseError.
    """
    for attempt in range(RETRIES):
        try:
            with write(engine) as connection:
                return function(connection, *args, **kwargs)
        except _WriteError as e:
            if not e.may_pass or attempt == RETRIES - 1:
                raise
            time.sleep(0.1 * 4**attempt)
    raise AssertionError("unreachable")


def inserted_id(conn: Connection, table: Any, row: dict[str, Any]) -> int:
    """The key of the row that was inserted."""
    key = conn.execute(insert(conn, table).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def reserved_ids(conn: Connection, tables: tuple[Any, ...], n: int) -> list[tuple[int, ...]]:
    """The keys of the next `n` rows of each table: nobody else is given them. In a transaction that writes."""
    if conn.dialect.name == "sqlite":
        # Its one writer is this transaction.
        last = conn.execute(_last_ids(tables)).one()
        return list(zip(*(range((key or 0) + 1, (key or 0) + 1 + n) for key in last), strict=True))
    return [tuple(row) for row in conn.execute(_next_ids(tables), {"n": n})]


@cache
def _last_ids(tables: tuple[Any, ...]) -> Any:
    return select(*(select(func.max(table.id)).scalar_subquery() for table in tables))


@cache
def _next_ids(tables: tuple[Any, ...]) -> Any:
    following = (func.nextval(f"{table.__tablename__}_id_seq") for table in tables)
    return select(*following).select_from(func.generate_series(1, bindparam("n")).table_valued())


def insert(conn: Connection, table: Any) -> Any:
    """INSERT with ON CONFLICT, as either engine writes it."""
    return insert_for(conn.dialect.name, table)


@cache
def insert_for(engine: str, table: Any) -> Any:
    """The same, before there is a connection."""
    # One of the two alone: each takes its time to import.
    if engine == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
