"""The links that listings brought: each is kept until it is an article or is given up, so that no stop loses one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select, update

from newsmon.items import Link, ListingKind
from newsmon.store.engine import insert
from newsmon.store.events import mark_gone
from newsmon.store.ladder import next_visit
from newsmon.store.models import Article, ArticleAddress, FoundLink, Outlet, Revision
from newsmon.text.differences import says
from newsmon.text.urls import url_key

TRIES = 6
"""Of a page that fails for reasons that may pass (time-out, 5xx); then it is given up."""
FIRST_PAUSE = timedelta(minutes=10)
"""Before a failed page is asked again; doubled with each try."""

PASSING = frozenset(
    {
        "timeout", "dns", "tls", "connection", "data_loss", "bad_http", "truncated_body", "bad_encoding", "http_status",
        "rate_limited", "robots_unreachable", "deferred", "store", "stopped", "memory", "internal", "empty",
        "parse_timeout", "parse_crash",
    }
)  # fmt: skip
"""Reasons that may not hold the next time; every other one is the page's own and final."""

NOT_ITS_FAULT = frozenset({"rate_limited", "deferred", "store", "stopped"})
"""Reasons that speak of the outlet or of us: the try does not count."""

KEYS_AT_ONCE = 500
"""In one IN list: SQLite takes 32,766 variables, older builds 999."""


def save_links(conn: Connection, outlet_id: int, kind: ListingKind, links: Sequence[Link], *, now: datetime) -> int:
    """Keep the links that are new to the outlet; returns how many. Links of stored articles are not new.

    An article whose title in the listing is no longer the one that is known is due for another look at once.
    """
    by_key = {url_key(link.url): link for link in links}
    known = _known(conn, outlet_id, list(by_key))
    rows = [_row(outlet_id, key, kind, link, now) for key, link in by_key.items() if key not in known]
    if rows:
        conn.execute(insert(conn, FoundLink).on_conflict_do_nothing(), rows)
    for key, found in known.items():
        if found.retitled(by_key[key], kind):
            _look_again(conn, found, _row(outlet_id, key, kind, by_key[key], now), now)
    return len(rows)


def _row(outlet_id: int, key: str, kind: ListingKind, link: Link, now: datetime) -> dict[str, Any]:
    return {
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


@dataclass(slots=True)
class _Known:
    """What is known of a link before a listing brings it once more."""

    link_id: int | None = None
    kind: str | None = None
    title: str | None = None
    """As a listing of that kind said it last."""
    article_id: int | None = None
    headline: str | None = None

    def retitled(self, link: Link, kind: ListingKind) -> bool:
        """Whether the listing's title is another one than it said before, and another one than the page's own.

        Two kinds of listing may shorten titles in two ways: each is held against its own.
        """
        if self.article_id is None or not link.title or self.kind not in (None, kind):
            return False
        title = says(link.title)
        return title not in (says(self.title or ""), says(self.headline or ""))


def _known(conn: Connection, outlet_id: int, keys: list[str]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        query = select(FoundLink.url_key, FoundLink.id, FoundLink.kind, FoundLink.title)
        for row in conn.execute(query.where(FoundLink.outlet_id == outlet_id, FoundLink.url_key.in_(some))):
            known[row.url_key] = _Known(row.id, row.kind, row.title)
        articles = (
            select(ArticleAddress.url_key, Article.id, Revision.headline)
            .join(Article, Article.id == ArticleAddress.article_id)
            .join(Revision, and_(Revision.article_id == Article.id, Revision.seq == Article.revision_seq))
            .where(ArticleAddress.outlet_id == outlet_id, ArticleAddress.url_key.in_(some))
        )
        for article in conn.execute(articles):
            found = known.setdefault(article.url_key, _Known())
            found.article_id, found.headline = article.id, article.headline
    return known


def _look_again(conn: Connection, found: _Known, row: dict[str, Any], now: datetime) -> None:
    """The article is due, and the new title is the one that counts from now on."""
    old_enough = Article.next_visit_at.is_(None) | (Article.next_visit_at > now)
    conn.execute(update(Article).where(Article.id == found.article_id, old_enough).values(next_visit_at=now))
    if found.link_id is None:
        conn.execute(insert(conn, FoundLink).values({**row, "state": "stored"}))
    else:
        conn.execute(update(FoundLink).where(FoundLink.id == found.link_id).values(title=row["title"]))


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
    stored: dict[str, list[str]] = {}
    for slug, url, reason in pages:
        if reason is None:
            stored.setdefault(slug, []).append(url_key(url))
            continue
        outlet = select(Outlet.id).where(Outlet.slug == slug).scalar_subquery()
        _settle_failed(conn, (FoundLink.outlet_id == outlet, FoundLink.url_key == url_key(url)), reason, now)
        _settle_look(conn, (ArticleAddress.outlet_id == outlet, ArticleAddress.url_key == url_key(url)), reason, now)
    if stored:
        conn.execute(_STORED, [{"slug": slug, "key": key} for slug, keys in sorted(stored.items()) for key in keys])


_STORED = (
    update(FoundLink)
    .where(FoundLink.outlet_id == select(Outlet.id).where(Outlet.slug == bindparam("slug")).scalar_subquery())
    .where(FoundLink.url_key == bindparam("key"), FoundLink.state != "stored")
    .values(state="stored", reason=None)
)


def _settle_failed(conn: Connection, mine: tuple[ColumnElement[bool], ...], reason: str, now: datetime) -> None:
    """It waits for another try where the reason may pass; else it is refused for good."""
    tries = conn.scalar(select(FoundLink.tries).where(*mine, FoundLink.state != "stored"))
    if tries is None:
        return
    counted = tries + (reason not in NOT_ITS_FAULT)
    again = reason in PASSING and counted < TRIES
    state = "pending" if again else "given_up" if reason in PASSING else "refused"
    pause = now + FIRST_PAUSE * 2**tries if again else None
    values = {"state": state, "reason": reason, "tries": counted, "not_before": pause}
    conn.execute(update(FoundLink).where(*mine).values(**values))


def _settle_look(conn: Connection, mine: tuple[ColumnElement[bool], ...], reason: str, now: datetime) -> None:
    """The article waits for its next look; a page that says "not found", with whatever status, says that it is gone."""
    query = select(Article.id, Article.first_seen_at, Article.published_at)
    for row in conn.execute(query.join(ArticleAddress, ArticleAddress.article_id == Article.id).where(*mine)).all():
        visit = next_visit(row.first_seen_at, row.published_at, now=now)
        conn.execute(update(Article).where(Article.id == row.id).values(next_visit_at=visit))
        if reason == "not_found_page":
            mark_gone(conn, row.id, at=now, status=404)


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
