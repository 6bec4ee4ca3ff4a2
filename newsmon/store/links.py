"""The links that listings brought: each is kept until it is an article or is given up, so that no stop loses one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from newsmon.items import Link, ListingKind
from newsmon.store.engine import insert
from newsmon.store.ladder import next_visit
from newsmon.store.models import Article, FoundLink, Outlet
from newsmon.text.urls import url_key

TRIES = 6
"""Of a page that fails for reasons that may pass (time-out, 5xx); then it is given up."""
FIRST_PAUSE = timedelta(minutes=10)
"""Before a failed page is asked again; doubled with each try."""

PASSING = frozenset(
    {
        "timeout", "dns", "tls", "connection", "data_loss", "bad_http", "truncated_body", "bad_encoding", "http_status",
        "rate_limited", "robots_unreachable", "deferred", "store", "stopped", "internal", "empty", "parse_timeout",
        "parse_crash",
    }
)  # fmt: skip
"""Reasons that may not hold the next time; every other one is the page's own and final."""

KEYS_AT_ONCE = 500
"""In one IN list: SQLite takes 32,766 variables, older builds 999."""


def save_links(conn: Connection, outlet_id: int, kind: ListingKind, links: Sequence[Link], *, now: datetime) -> int:
    """Keep the links that are new to the outlet; returns how many. Links of stored articles are not new."""
    by_key = {url_key(link.url): link for link in links}
    known = _known_keys(conn, outlet_id, list(by_key))
    rows = [
        {
            "outlet_id": outlet_id,
            "url_key": key,
            "url": link.url,
            "kind": kind,
            "title": link.title,
            "date_raw": link.date_raw,
            "published_at": link.published_at,
            "precision": link.precision,
            "role": link.role,
            "guid": link.guid,
            "found_at": now,
            "state": "pending",
            "tries": 0,
        }
        for key, link in by_key.items()
        if key not in known
    ]
    if rows:
        conn.execute(insert(conn, FoundLink).on_conflict_do_nothing(), rows)
    return len(rows)


def _known_keys(conn: Connection, outlet_id: int, keys: list[str]) -> set[str]:
    known: set[str] = set()
    for table in (FoundLink, Article):
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = keys[start : start + KEYS_AT_ONCE]
            query = select(table.url_key).where(table.outlet_id == outlet_id, table.url_key.in_(some))
            known.update(conn.scalars(query))
    return known


def pending_links(
    conn: Connection, outlet_id: int, *, now: datetime, limit: int | None = None
) -> list[tuple[ListingKind, Link]]:
    """What is to be fetched: the newest find first, within one listing in its order."""
    return found_links(conn, pending_ids(conn, outlet_id, now=now, limit=limit))


def pending_ids(conn: Connection, outlet_id: int, *, now: datetime, limit: int | None = None) -> list[int]:
    """The numbers of pending_links' links: a long frontier is not held in memory, but read as it is worked off."""
    query = (
        select(FoundLink.id)
        .where(FoundLink.outlet_id == outlet_id, *_is_pending(now))
        .order_by(FoundLink.found_at.desc(), FoundLink.id)
        .limit(limit)
    )
    return list(conn.scalars(query))


def found_links(conn: Connection, ids: Sequence[int]) -> list[tuple[ListingKind, Link]]:
    """In the order of `ids`."""
    rows: dict[int, Row[Any]] = {}
    for start in range(0, len(ids), KEYS_AT_ONCE):
        query = select(FoundLink).where(FoundLink.id.in_(ids[start : start + KEYS_AT_ONCE]))
        rows |= {row.id: row for row in conn.execute(query)}
    return [(rows[one].kind, _link(rows[one])) for one in ids if one in rows]


def count_pending(conn: Connection, outlet_id: int, *, now: datetime) -> int:
    query = select(func.count()).where(FoundLink.outlet_id == outlet_id, *_is_pending(now))
    return conn.scalar(query) or 0


def _is_pending(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return FoundLink.state == "pending", or_(FoundLink.not_before.is_(None), FoundLink.not_before <= now)


def settle(conn: Connection, pages: Iterable[tuple[str, str, str | None]], *, now: datetime) -> None:
    """The end of each (outlet slug, address, reason): an article, or, with a reason, none.

    A reason at an address whose article is stored says that the second look failed: the article waits for its next one.
    """
    for slug, url, reason in pages:
        outlet = select(Outlet.id).where(Outlet.slug == slug).scalar_subquery()
        mine = (FoundLink.outlet_id == outlet, FoundLink.url_key == url_key(url))
        if reason is None:
            conn.execute(update(FoundLink).where(*mine).values(state="stored", reason=None))
        else:
            _settle_failed(conn, mine, reason, now)
            _postpone(conn, (Article.outlet_id == outlet, Article.url_key == url_key(url)), now)


def _settle_failed(conn: Connection, mine: tuple[ColumnElement[bool], ...], reason: str, now: datetime) -> None:
    """It waits for another try where the reason may pass; else it is refused for good."""
    tries = conn.scalar(select(FoundLink.tries).where(*mine, FoundLink.state != "stored"))
    if tries is None:
        return
    again = reason in PASSING and tries + 1 < TRIES
    state = "pending" if again else "given_up" if reason in PASSING else "refused"
    pause = now + FIRST_PAUSE * 2**tries if again else None
    values = {"state": state, "reason": reason, "tries": tries + 1, "not_before": pause}
    conn.execute(update(FoundLink).where(*mine).values(**values))


def _postpone(conn: Connection, mine: tuple[ColumnElement[bool], ...], now: datetime) -> None:
    for row in conn.execute(select(Article.id, Article.first_seen_at, Article.published_at).where(*mine)):
        visit = next_visit(row.first_seen_at, row.published_at, now=now)
        conn.execute(update(Article).where(Article.id == row.id).values(next_visit_at=visit))


def link_of(conn: Connection, outlet_id: int, url: str) -> tuple[ListingKind, Link] | None:
    """What a listing said of an address, once."""
    query = select(FoundLink).where(FoundLink.outlet_id == outlet_id, FoundLink.url_key == url_key(url))
    row = conn.execute(query).first()
    return (row.kind, _link(row)) if row else None


def _link(row: Row[Any]) -> Link:
    return Link(
        url=row.url,
        title=row.title,
        date_raw=row.date_raw,
        published_at=row.published_at,
        precision=row.precision,
        role=row.role,
        guid=row.guid,
    )
