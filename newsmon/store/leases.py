"""Who visits an outlet: one holder at a time, on however many machines, until a moment that the holder keeps moving.

A holder whose process ends frees its outlets at once; one whose machine is lost moves the moment no more, and they are
free when it has come. The moments are the database's own, where it has a clock: machines need not agree on the time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from newsmon.store.engine import insert
from newsmon.store.models import Lease
from newsmon.store.signs import is_alive

LASTS = timedelta(seconds=90)
"""Without a renewal. A third of it passes between two of them."""


def _now(conn: Connection) -> datetime:
    if conn.dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = conn.scalar(select(func.clock_timestamp()))  # type: ignore[assignment]
    return now


def take(conn: Connection, outlet_id: int, holder: str) -> str | None:
    """Take the outlet, or take it over from who died or let it expire. None when it is ours; else who holds it."""
    _bury(conn, outlet_id, but=holder)
    now = _now(conn)
    values = {"holder": holder, "until": now + LASTS}
    free = or_(Lease.until <= now, Lease.holder == holder)
    statement = insert(conn, Lease).values(outlet_id=outlet_id, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["outlet_id"], set_=values, where=free))
    found: str | None = conn.scalar(select(Lease.holder).where(Lease.outlet_id == outlet_id))
    return None if found == holder else found


def _bury(conn: Connection, outlet_id: int, *, but: str) -> None:
    """A holder that is at work no more holds the outlet no more."""
    query = select(Lease.holder).where(Lease.outlet_id == outlet_id, Lease.holder != but)
    found = conn.scalar(query)
    if found is not None and not is_alive(conn, "holder", found):
        conn.execute(delete(Lease).where(Lease.outlet_id == outlet_id, Lease.holder == found))


def renew(conn: Connection, holder: str, outlet_ids: Collection[int]) -> set[int]:
    """Hold on to the outlets for another while; returns those of them that are still ours."""
    mine = (Lease.holder == holder, Lease.outlet_id.in_(outlet_ids))
    conn.execute(update(Lease).where(*mine).values(until=_now(conn) + LASTS))
    return set(conn.scalars(select(Lease.outlet_id).where(*mine)))


def give_back(conn: Connection, outlet_id: int, holder: str) -> None:
    conn.execute(delete(Lease).where(Lease.outlet_id == outlet_id, Lease.holder == holder))
