"""Who visits an outlet: one holder at a time, on however many machines, until a moment that the holder keeps moving.

A holder that dies moves it no more, and the outlet is free again. The moments are the database's own, where it has a
clock: machines need not agree on the time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, true, update

from newsmon.store.engine import insert
from newsmon.store.models import Lease

LASTS = timedelta(seconds=90)
"""Without a renewal. A third of it passes between two of them."""


def _now(conn: Connection) -> datetime:
    if conn.dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = conn.scalar(select(func.clock_timestamp()))  # type: ignore[assignment]
    return now


def take(conn: Connection, outlet_id: int, holder: str) -> str | None:
    """Take the outlet, or take it over from who let it expire. None when it is ours; else who holds it."""
    now = _now(conn)
    values = {"holder": holder, "until": now + LASTS}
    # On SQLite one crawl runs at a time: a lease that is still there was left by one that lost its database.
    free = true() if conn.dialect.name == "sqlite" else or_(Lease.until <= now, Lease.holder == holder)
    statement = insert(conn, Lease).values(outlet_id=outlet_id, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["outlet_id"], set_=values, where=free))
    found: str | None = conn.scalar(select(Lease.holder).where(Lease.outlet_id == outlet_id))
    return None if found == holder else found


def renew(conn: Connection, holder: str, outlet_ids: Collection[int]) -> set[int]:
    """Hold on to the outlets for another while; returns those of them that are still ours."""
    mine = (Lease.holder == holder, Lease.outlet_id.in_(outlet_ids))
    conn.execute(update(Lease).where(*mine).values(until=_now(conn) + LASTS))
    return set(conn.scalars(select(Lease.outlet_id).where(*mine)))


def give_back(conn: Connection, outlet_id: int, holder: str) -> None:
    conn.execute(delete(Lease).where(Lease.outlet_id == outlet_id, Lease.holder == holder))
