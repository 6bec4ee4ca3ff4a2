"""What hangs on an article: its date candidates, captions, signatures, attribution, raw pages; a revision's matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from newsmon.items import Article as Item
from newsmon.store import rows
from newsmon.store.engine import insert, inserted_id
from newsmon.store.models import (
    Archive,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Author,
    Caption,
    MatchSpan,
    TopicMatch,
)

LISTING_SOURCES = ("feed", "news_sitemap", "section", "lastmod")


def replace_details(conn: Connection, article_id: int, item: Item) -> None:
    """What the latest look at the page says beside its text, in place of what an earlier one said."""
    replace_dates(conn, article_id, item)
    _replace(conn, Caption, article_id, rows.caption_rows(item))
    authors = author_ids(conn, ((a.name, a.kind) for a in item.authors))
    _replace(conn, ArticleAuthor, article_id, author_rows(item, authors))
    _replace(conn, Attribution, article_id, rows.attribution_rows(item))


def keep_archived(conn: Connection, article_id: int, item: Item) -> None:
    """Where the raw page of this look lies, when it was kept."""
    for row in rows.archive_rows(item):
        conn.execute(insert(conn, Archive).values(article_id=article_id, **row))


def replace_dates(conn: Connection, article_id: int, item: Item) -> None:
    """The page's candidates anew; the listing's stay where this look has no listing beside it."""
    old = delete(ArticleDate).where(ArticleDate.article_id == article_id)
    if item.link is None:
        old = old.where(ArticleDate.source.not_in(LISTING_SOURCES))
    conn.execute(old)
    if item.dates:
        conn.execute(insert(conn, ArticleDate), [{"article_id": article_id, **row} for row in rows.date_rows(item)])


def _replace(conn: Connection, table: Any, article_id: int, made: list[rows.Row]) -> None:
    conn.execute(delete(table).where(table.article_id == article_id))
    if made:
        conn.execute(insert(conn, table), [{"article_id": article_id, **row} for row in made])


def author_rows(item: Item, ids: Mapping[tuple[str, str], int]) -> list[rows.Row]:
    return rows.numbered([{"author_id": ids[a.name, a.kind], "role": a.role} for a in item.authors])


def author_ids(conn: Connection, signed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The ids of (name, kind); who signs for the first time is written."""
    wanted = sorted(set(signed))
    if not wanted:
        return {}
    found = _known_authors(conn, wanted)
    if new := [signed for signed in wanted if signed not in found]:
        # Of two writers at a time, one is the first: who it was is read again.
        conn.execute(insert(conn, Author).on_conflict_do_nothing(), [{"name": n, "kind": kind} for n, kind in new])
        found |= _known_authors(conn, new)
    return found


_AUTHORS = select(Author.name, Author.kind, Author.id).where(Author.name.in_(bindparam("names", expanding=True)))


def _known_authors(conn: Connection, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    names = {name for name, _ in wanted}
    return {(row.name, row.kind): row.id for row in conn.execute(_AUTHORS, {"names": list(names)})}


def replace_matches(
    conn: Connection, article_id: int, revision_id: int, item: Item, versions: Mapping[str, int]
) -> None:
    """The topics that a revision fits, of the given topic versions, by topic."""
    mine = (TopicMatch.revision_id == revision_id, TopicMatch.topic_version_id.in_(list(versions.values())))
    conn.execute(delete(TopicMatch).where(*mine))
    for match, row in zip(item.matches, rows.match_rows(item, versions), strict=True):
        match_id = inserted_id(conn, TopicMatch, {"article_id": article_id, "revision_id": revision_id, **row})
        if match.spans:
            conn.execute(insert(conn, MatchSpan), [{"match_id": match_id, **span} for span in rows.span_rows(match)])


def copy_matches(conn: Connection, article_id: int, revision_id: int, copy_id: int) -> None:
    """The matches of one revision for another one that has the same text."""
    kept = [column.key for column in MatchSpan.__table__.columns if column.key != "match_id"]
    for row in conn.execute(select(TopicMatch).where(TopicMatch.revision_id == revision_id)).all():
        columns = {"level": row.level, "score": row.score, "why": row.why, "topic_version_id": row.topic_version_id}
        match_id = inserted_id(conn, TopicMatch, {"article_id": article_id, "revision_id": copy_id, **columns})
        spans = conn.execute(select(MatchSpan).where(MatchSpan.match_id == row.id)).mappings().all()
        if spans:
            copied = [{"match_id": match_id, **{name: span[name] for name in kept}} for span in spans]
            conn.execute(insert(conn, MatchSpan), copied)
