"""What an outlet's health is judged by, and what was found last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, delete, exists, insert, select

from newsmon.store.models import (
    Article,
    ArticleAuthor,
    Caption,
    Feed,
    FetchLog,
    Outlet,
    OutletHealth,
    OutletRun,
    Revision,
    Run,
)

WINDOW = timedelta(days=57)
"""How far back is looked: eight of each weekday."""
LAST = 500
"""Articles and pages of an outlet that are looked at, at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as it first came."""

    at: datetime
    url: str
    words: int
    fields: frozenset[str]
    """Those of newsmon.health.FIELDS that it has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that was fetched; `reason` when it came to no article."""

    at: datetime
    url: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Visited:
    at: datetime
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one outlet, each list in the order of time."""

    outlet: str
    tz: ZoneInfo
    visits: list[Visited]
    articles: list[Seen]
    pages: list[Asked]


def facts(conn: Connection, *, now: datetime) -> Iterator[Facts]:
    """Every followed outlet's, by slug."""
    followed = exists().where(Feed.outlet_id == Outlet.id, Feed.active)
    query = select(Outlet.id, Outlet.slug, Outlet.timezone).where(Outlet.active, followed).order_by(Outlet.slug)
    for row in conn.execute(query).fetchall():
        yield Facts(
            row.slug,
            ZoneInfo(row.timezone),
            _visits(conn, row.id, now - WINDOW),
            _articles(conn, row.id, now - WINDOW),
            _pages(conn, row.id, now - WINDOW),
        )


def _visits(conn: Connection, outlet_id: int, since: datetime) -> list[Visited]:
    query = (
        select(Run.started_at, OutletRun.outcome, OutletRun.reason)
        .join(OutletRun, OutletRun.run_id == Run.id)
        .where(OutletRun.outlet_id == outlet_id, Run.kind == "crawl", Run.started_at > since)
        .order_by(Run.id)
    )
    return [Visited(row.started_at, row.outcome, row.reason) for row in conn.execute(query)]


def _articles(conn: Connection, outlet_id: int, since: datetime) -> list[Seen]:
    """Those that a crawl brought: an import comes when it comes."""
    query = (
        select(Article.first_seen_at, Article.url, Article.published_at, Article.section, Revision.deck, Revision.words)
        .add_columns(exists().where(ArticleAuthor.article_id == Article.id).label("author"))
        .add_columns(exists().where(Caption.article_id == Article.id).label("caption"))
        .join(Revision, and_(Revision.article_id == Article.id, Revision.seq == 1))
        .join(Run, and_(Run.id == Revision.run_id, Run.kind == "crawl"))
        .where(Article.outlet_id == outlet_id, Article.first_seen_at > since)
        .order_by(Article.first_seen_at.desc(), Article.id.desc())
        .limit(LAST)
    )
    return [Seen(row.first_seen_at, row.url, row.words, _fields(row)) for row in conn.execute(query)][::-1]


def _fields(row: Any) -> frozenset[str]:
    has = {
        "date": row.published_at is not None,
        "author": row.author,
        "deck": row.deck,
        "section": row.section,
        "caption": row.caption,
    }
    return frozenset(name for name, value in has.items() if value)


def _pages(conn: Connection, outlet_id: int, since: datetime) -> list[Asked]:
    query = (
        select(FetchLog.at, FetchLog.url, FetchLog.outcome, FetchLog.reason)
        .where(FetchLog.outlet_id == outlet_id, FetchLog.at > since, FetchLog.outcome.in_(("ok", "partial")))
        .where(~exists().where(Feed.outlet_id == outlet_id, Feed.url == FetchLog.url))
        .order_by(FetchLog.id.desc())
        .limit(LAST)
    )
    return [Asked(r.at, r.url, r.reason if r.outcome == "partial" else None) for r in conn.execute(query)][::-1]


def keep_health(conn: Connection, found: Sequence[Any], *, now: datetime) -> None:
    """Put `found` (newsmon.health.Trouble) in the place of what was found before."""
    ids = {row.slug: row.id for row in conn.execute(select(Outlet.id, Outlet.slug))}
    conn.execute(delete(OutletHealth))
    rows = [
        {
            "outlet_id": ids[one.outlet],
            "kind": one.kind,
            "field": one.field,
            "since": one.since,
            "url": one.url,
            "detail": one.detail,
            "found_at": now,
        }
        for one in found
    ]
    if rows:
        conn.execute(insert(OutletHealth), rows)
