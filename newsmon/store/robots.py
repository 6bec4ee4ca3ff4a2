"""robots.txt as last read: a site is asked for it once a day, not once a run."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from newsmon.store.engine import insert
from newsmon.store.models import Robots
from newsmon.text.clean import clean_text

FRESH = timedelta(hours=24)
STALE = timedelta(days=30)
"""How long a copy may stand in for a site that cannot be reached. Source: RFC 9309 sections 2.3.1.4 and 2.4."""


def find_robots(conn: Connection, origin: str, *, now: datetime, within: timedelta = FRESH) -> tuple[int, str] | None:
    """The status and the text that `origin` (scheme, host, port) answered with, not longer ago than `within`."""
    query = select(Robots.status, Robots.body).where(Robots.origin == origin, Robots.read_at > now - within)
    row = conn.execute(query).first()
    return (row.status, row.body) if row else None


def keep_robots(conn: Connection, origin: str, status: int, body: str, *, now: datetime) -> None:
    values = {"status": status, "body": clean_text(body), "read_at": now}
    statement = insert(conn, Robots).values(origin=origin, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["origin"], set_=values))
