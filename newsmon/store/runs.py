"""Runs, what each outlet and each address came to, and the lock that keeps two runs apart."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import URL, Connection, create_engine, exc, insert, select, text, update

from newsmon.errors import RunActiveError
from newsmon.items import Outcome
from newsmon.store.engine import explained, inserted_id, is_sqlite, parse_url, sqlite_file
from newsmon.store.engine import insert as upsert
from newsmon.store.models import FetchLog, Outlet, OutletRun, Run
from newsmon.store.signs import is_alive

LOCK_KEYS = {"run": 0x6E657773, "rescan": 0x6E657774}
"""Of PostgreSQL's advisory locks. One number each: signs.py has pairs of them, which are other locks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow:
    """What became of one address."""

    slug: str
    url: str
    at: datetime
    outcome: Outcome
    reason: str | None
    detail: str | None = None
    status: int
    bytes: int
    elapsed_ms: int
    tries: int


FETCH_COLUMNS = tuple(field.name for field in fields(FetchRow) if field.name != "slug")


def start_run(conn: Connection, *, kind: str, arguments: str, version: str, now: datetime) -> int:
    """A run's row; the runs of its kind that were killed before their end are said to have died."""
    for run_id in conn.scalars(select(Run.id).where(Run.status == "running", Run.kind == kind)).all():
        if not is_alive(conn, "run", run_id):
            conn.execute(update(Run).where(Run.id == run_id).values(status="died"))
    row = {
        "kind": kind, "started_at": now, "status": "running", "pid": os.getpid(), "version": version,
        "arguments": arguments, "counts": {},
    }  # fmt: skip
    return inserted_id(conn, Run, row)


def is_going_on(conn: Connection, run_id: int) -> bool:
    """Whether a run of another process has no end yet, and is at work."""
    return conn.scalar(select(Run.status).where(Run.id == run_id)) == "running" and is_alive(conn, "run", run_id)


def finish_run(
    conn: Connection, run_id: int, *, status: str, exit_code: int, counts: Mapping[str, int], now: datetime
) -> None:
    values = {"status": status, "exit_code": exit_code, "counts": dict(counts), "finished_at": now}
    conn.execute(update(Run).where(Run.id == run_id).values(values))


def record_fetches(conn: Connection, run_id: int, rows: Sequence[FetchRow]) -> None:
    ids = _outlet_ids(conn, {row.slug for row in rows})
    values = [
        {"run_id": run_id, "outlet_id": ids[row.slug]} | {name: getattr(row, name) for name in FETCH_COLUMNS}
        for row in rows
    ]
    conn.execute(insert(FetchLog), values)


def record_outlet_run(conn: Connection, run_id: int, row: Mapping[str, Any]) -> None:
    """`row`: the outlet's slug and the columns of outlet_run. A second visit in the same run adds to the first."""
    columns = dict(row)
    (outlet_id,) = _outlet_ids(conn, {columns.pop("slug")}).values()
    statement = upsert(conn, OutletRun).values(run_id=run_id, outlet_id=outlet_id, **columns)
    added = {k: getattr(OutletRun, k) + v if isinstance(v, int) else v for k, v in columns.items()}
    conn.execute(statement.on_conflict_do_update(index_elements=["run_id", "outlet_id"], set_=added))


def _outlet_ids(conn: Connection, slugs: set[str]) -> dict[str, int]:
    query = select(Outlet.slug, Outlet.id).where(Outlet.slug.in_(slugs))
    return {row.slug: row.id for row in conn.execute(query)}


@contextmanager
def run_lock(database: str) -> Iterator[None]:
    """Held by the one run that may be active on this database; the kernel or the server frees it, however it ends.

    A crawl holds it on SQLite, which has one writer and one machine; on PostgreSQL runs share the outlets by leases.

    Raises: RunActiveError, with who holds it; DatabaseError.
    """
    url = parse_url(database)
    with _file_lock(url) if is_sqlite(url) else _advisory_lock(url):
        yield


def crawl_lock(database: str) -> AbstractContextManager[None]:
    """One crawl at a time on SQLite; on PostgreSQL crawls share the outlets: each has one visitor, by its lease.

    Raises: RunActiveError, DatabaseError.
    """
    return run_lock(database) if is_sqlite(parse_url(database)) else nullcontext()


@contextmanager
def rescan_lock(database: str) -> Iterator[None]:
    """Held by the rescan that is active on this database; a crawl may run beside it.

    Raises: RunActiveError, DatabaseError.
    """
    url = parse_url(database)
    with _file_lock(url, "rescan") if is_sqlite(url) else _advisory_lock(url, "rescan"):
        yield


def _active(url: URL, kind: str) -> RunActiveError:
    """Who holds the lock, as far as the rows of the runs tell."""
    if kind == "rescan":
        return RunActiveError("another rescan is active; wait for it, or end it")
    engine = create_engine(url)
    query = select(Run.id, Run.pid, Run.started_at).where(Run.status == "running").order_by(Run.id.desc())
    try:
        with engine.connect() as conn:
            row = conn.execute(query.limit(1)).first()
    except exc.DBAPIError:
        row = None  # its first run, which has no table yet
    finally:
        engine.dispose()
    who = f"run {row.id} (pid {row.pid}, since {row.started_at:%Y-%m-%d %H:%M} UTC)" if row else "another run"
    return RunActiveError(f"{who} is active; wait for it, or end it")


@contextmanager
def _file_lock(url: URL, kind: str = "run") -> Iterator[None]:
    # By its real path: a link to the database is the same database.
    path = sqlite_file(url).resolve()
    lock = path.with_name(path.name + (".lock" if kind == "run" else f".{kind}.lock"))
    try:
        file = lock.open("a")
    except OSError as e:
        raise explained(e, url) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _active(url.set(database=str(path)), kind) from None
        yield


GRACE_S = 2.0
"""In which a server sees that a program that was killed is gone."""


@contextmanager
def _advisory_lock(url: URL, kind: str = "run") -> Iterator[None]:
    key = {"key": LOCK_KEYS[kind]}
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            end = time.monotonic() + GRACE_S
            while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
                if time.monotonic() > end:
                    raise _active(url, kind)
                time.sleep(0.05)
            connection.commit()
            try:
                yield
            finally:
                # Said aloud: the server frees what a closed connection held only when it comes to it, and the next
                # command may be quicker.
                with suppress(exc.DBAPIError):
                    connection.scalar(text("SELECT pg_advisory_unlock(:key)"), key)
    except exc.DBAPIError as e:
        raise explained(e, url) from None
    finally:
        engine.dispose()
