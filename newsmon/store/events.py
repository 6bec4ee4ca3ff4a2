"""What became of an article as a whole: taken away, brought back, moved to another address."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from newsmon.store.models import Article, ArticleEvent
from newsmon.text.urls import url_key

Kind = Literal["gone", "restored", "moved"]

LED_AWAY = 301
"""The status of an article whose address leads to a front page, or to another article."""


def mark_gone(conn: Connection, article_id: int, *, at: datetime, status: int, url: str | None = None) -> None:
    """The article is no longer there, unless that is known already. `url`: where its address leads now."""
    row = conn.execute(select(Article.gone_at, Article.canonical_url).where(Article.id == article_id)).one()
    if row.gone_at is None:
        conn.execute(update(Article).where(Article.id == article_id).values(gone_at=at, gone_status=status))
        _record(conn, article_id, "gone", at, status=status, url_before=row.canonical_url, url=url)


def mark_restored(conn: Connection, article_id: int, *, at: datetime) -> None:
    """The article is there, which is news when it was gone before."""
    row = conn.execute(select(Article.gone_at, Article.canonical_url).where(Article.id == article_id)).one()
    if row.gone_at is not None and row.gone_at < at:
        conn.execute(update(Article).where(Article.id == article_id).values(gone_at=None, gone_status=None))
        _record(conn, article_id, "restored", at, url=row.canonical_url)


def mark_moved(conn: Connection, article_id: int, *, at: datetime, url: str) -> None:
    """The article is at the canonical address `url` from now on, which no other article may have."""
    before = conn.scalar(select(Article.canonical_url).where(Article.id == article_id))
    values = {"url_key": url_key(url), "canonical_url": url, "url": url}
    conn.execute(update(Article).where(Article.id == article_id).values(values))
    _record(conn, article_id, "moved", at, url_before=before, url=url)


def _record(
    conn: Connection,
    article_id: int,
    kind: Kind,
    at: datetime,
    *,
    status: int | None = None,
    url_before: str | None = None,
    url: str | None = None,
) -> None:
    row = {"article_id": article_id, "kind": kind, "at": at, "status": status, "url_before": url_before, "url": url}
    conn.execute(insert(ArticleEvent).values(row))
