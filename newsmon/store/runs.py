"""Runs, what each outlet and each address came to, and the lock that keeps two runs apart."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, delete, exc, func, insert, select, text, update

from newsmon.errors import RunActiveError
from newsmon.items import Outcome
from newsmon.store.engine import explained, inserted_id, is_sqlite, parse_url
from newsmon.store.models import FetchLog, Outlet, OutletRun, Run

LOCK_KEYS = {"run": 0x6E657773, "rescan": 0x6E657774}
"""Of PostgreSQL's advisory locks."""


LOG_KEPT = timedelta(days=90)


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


def start_run(conn: Connection, *, kind: str, arguments: str, version: str, now: datetime) -> int:
    """A run's row; the runs of its kind that were killed before their end are said to have died."""
    conn.execute(update(Run).where(Run.status == "running", Run.kind == kind).values(status="died"))
    row = {
        "kind": kind, "started_at": now, "status": "running", "pid": os.getpid(), "version": version,
        "arguments": arguments, "counts": {},
    }  # fmt: skip
    return inserted_id(conn, Run, row)


def finish_run(
    conn: Connection, run_id: int, *, status: str, exit_code: int, counts: Mapping[str, int], now: datetime
) -> None:
    values = {"status": status, "exit_code": exit_code, "counts": dict(counts), "finished_at": now}
    conn.execute(update(Run).where(Run.id == run_id).values(values))


def record_fetches(conn: Connection, run_id: int, rows: Sequence[FetchRow]) -> None:
    ids = _outlet_ids(conn, {row.slug for row in rows})
    values = [{"run_id": run_id, "outlet_id": ids[row.slug], **asdict(row)} for row in rows]
    for value in values:
        del value["slug"]
    conn.execute(insert(FetchLog), values)


def prune_fetches(conn: Connection, *, now: datetime) -> None:
    """Forget what became of single addresses long ago: a row for each request of each run would fill the disk."""
    kept = select(func.min(Run.id)).where(Run.started_at > now - LOG_KEPT).scalar_subquery()
    conn.execute(delete(FetchLog).where(FetchLog.run_id < kept))


def record_outlet_run(conn: Connection, run_id: int, row: Mapping[str, Any]) -> None:
    """`row`: the outlet's slug and the columns of outlet_run."""
    columns = dict(row)
    (outlet_id,) = _outlet_ids(conn, {columns.pop("slug")}).values()
    conn.execute(insert(OutletRun).values(run_id=run_id, outlet_id=outlet_id, **columns))


def _outlet_ids(conn: Connection, slugs: set[str]) -> dict[str, int]:
    query = select(Outlet.slug, Outlet.id).where(Outlet.slug.in_(slugs))
    return {row.slug: row.id for row in conn.execute(query)}


@contextmanager
def run_lock(database: str) -> Iterator[None]:
    """Held by the run that is active on this database; the kernel or the server frees it, however the run ends.

    Raises: RunActiveError, with who holds it; DatabaseError.
    """
    url = parse_url(database)
    with _file_lock(url) if is_sqlite(url) else _advisory_lock(url):
        yield


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
    path = Path(url.database or "").expanduser().resolve()
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


@contextmanager
def _advisory_lock(url: URL, kind: str = "run") -> Iterator[None]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEYS[kind]}):
                raise _active(url, kind)
            connection.commit()
            yield
    except exc.DBAPIError as e:
        raise explained(e, url) from None
    finally:
        engine.dispose()
