"""A copy of the database while it is used; its counts and its index made anew; its log cut."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete

from newsmon.errors import ConfigurationError, DatabaseError
from newsmon.store import rollups
from newsmon.store.engine import is_sqlite, parse_url
from newsmon.store.models import FetchLog


def backup(database: str, target: Path) -> int:
    """Copy a SQLite database, as it is at this moment, to `target`; the bytes. A run may write meanwhile.

    It is written beside `target` and then takes its place: what lies there is a whole backup, at any time.
    Raises: DatabaseError; ConfigurationError for PostgreSQL, with what to call instead.
    """
    url = parse_url(database)
    if not is_sqlite(url):
        plain = url.set(drivername="postgresql").render_as_string(hide_password=True)
        raise ConfigurationError(
            f'PostgreSQL has a program of its own for that: pg_dump --format=custom --file="{target}" "{plain}"'
        )
    source = Path(url.database or "").expanduser().absolute()
    if target.exists() and target.samefile(source):
        raise ConfigurationError(f"{target}: it is the database itself; name another file")
    beside = target.with_name(f"{target.name}.part")
    try:
        beside.unlink(missing_ok=True)
        _copy(source, beside)
        os.replace(beside, target)
    except (sqlite3.Error, OSError) as e:
        beside.unlink(missing_ok=True)
        raise DatabaseError(f"{target}: not written ({e}); what was there is as it was") from None
    return target.stat().st_size


def _copy(source: Path, beside: Path) -> None:
    old = sqlite3.connect(f"file:{source.as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro", uri=True)
    new = sqlite3.connect(beside)
    try:
        old.backup(new)
        (told,) = new.execute("PRAGMA quick_check(1)").fetchone()
        if told != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {told}")
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
