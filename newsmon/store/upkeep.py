"""A copy of the database while it is used; its counts and its index made anew; its log cut."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete

from newsmon.errors import ConfigurationError, DatabaseError, NoDatabaseError
from newsmon.store import rollups
from newsmon.store.engine import is_sqlite, parse_url, sqlite_file, sqlite_uri
from newsmon.store.models import FetchLog


def backup(database: str, target: Path) -> int:
    """Copy a SQLite database, as it is at this moment, to `target`; the bytes. A run may write meanwhile.

    It is written beside `target` and then takes its place: what lies there is a whole backup, at any time.
    Raises: DatabaseError; ConfigurationError for PostgreSQL, with what to call instead, and for a `target` that is
    no place for a backup.
    """
    url = parse_url(database)
    if not is_sqlite(url):
        plain = url.set(drivername="postgresql").render_as_string(hide_password=True)
        raise ConfigurationError(
            f'PostgreSQL has a program of its own for that: pg_dump --format=custom --file="{target}" "{plain}"'
        )
    source = sqlite_file(url)
    if not source.exists():
        raise NoDatabaseError(f"{source}: no database yet, nothing to copy; is NEWSMON_DATABASE_URL right?")
    place = target.expanduser().resolve()
    if unfit := _unfit(place, source):
        raise ConfigurationError(f"{target}: {unfit}; name another place")
    beside = place.with_name(f"{place.name}.part")
    try:
        beside.unlink(missing_ok=True)
        _copy(source, beside)
        os.replace(beside, place)
    except (sqlite3.Error, OSError) as e:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise DatabaseError(f"{target}: not written ({_told(e)}); what was there is as it was") from None
    return place.stat().st_size


SQLITE_SIGN = b"SQLite format 3\0"
"""How a file begins that SQLite wrote."""


def _unfit(place: Path, source: Path) -> str | None:
    """Why a backup must not take this place: it would harm what is there."""
    own = source.resolve()
    if place in (own, *(own.with_name(own.name + end) for end in ("-wal", "-shm", "-journal"))):
        return "it is the database itself"
    if not place.parent.is_dir():
        return f"the folder {place.parent} is not there"
    if not place.exists():
        return None
    if not place.is_file():
        return "it is no file"
    if place.samefile(source):
        return "it is the database itself"
    if place.with_name(f"{place.name}-wal").exists():
        return "it is a database that is in use"
    with place.open("rb") as file:
        sign = file.read(len(SQLITE_SIGN))
    return None if sign in (b"", SQLITE_SIGN) else "there is a file that is no backup"


def _told(error: Exception) -> str:
    """What went wrong with a file that is written; SQLite does not say why it cannot be opened."""
    said = getattr(error, "strerror", None) or str(error)
    return "the folder cannot be written" if "unable to open" in said else said


def _copy(source: Path, beside: Path) -> None:
    old = sqlite3.connect(sqlite_uri(source, "ro"), uri=True)
    new = sqlite3.connect(beside)
    try:
        old.backup(new)
        (told,) = new.execute("PRAGMA quick_check(1)").fetchone()
        if told != "ok":
            raise sqlite3.DatabaseError(f"the database is damaged: {' '.join(told.split())}; see `newsmon db check`")
        new.execute("PRAGMA journal_mode = DELETE")  # one file, without another beside it
    finally:
        old.close()
        new.close()
    with beside.open("rb") as file:
        os.fsync(file.fileno())


def rebuild(conn: Connection) -> None:
    """Count every day anew, and index every current text anew."""
    rollups.rebuild(conn)
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("INSERT INTO article_search (article_search) VALUES ('rebuild')")
    else:
        conn.exec_driver_sql("REINDEX INDEX ix_revision_search")


def prune_fetches(conn: Connection, *, before: datetime) -> int:
    """Forget what became of the addresses asked before that; how many rows went."""
    return conn.execute(delete(FetchLog).where(FetchLog.at < before)).rowcount
