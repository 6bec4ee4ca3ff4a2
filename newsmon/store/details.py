"""What hangs on an article: its date candidates, captions, signatures, attribution, raw pages; a revision's matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, delete, select

from newsmon.items import Article as Item
from newsmon.items import TopicMatch as MatchItem
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
    captions = [{"text": c.text, "credit": c.credit} for c in item.captions]
    _replace(conn, Caption, article_id, _numbered(captions))
    authors = [{"author_id": _author_id(conn, a.name, a.kind), "role": a.role} for a in item.authors]
    _replace(conn, ArticleAuthor, article_id, _numbered(authors))
    _replace(conn, Attribution, article_id, [_attribution_row(item)] if item.attribution else [])


def keep_archived(conn: Connection, article_id: int, item: Item) -> None:
    """Where the raw page of this look lies, when it was kept."""
    if item.archived_as:
        file, offset, length, digest = item.archived_as
        place = {"file": file, "offset": offset, "length": length, "digest": digest, "fetched_at": item.fetched_at}
        conn.execute(insert(conn, Archive).values(article_id=article_id, **place))


def replace_dates(conn: Connection, article_id: int, item: Item) -> None:
    """The page's candidates anew; the listing's stay where this look has no listing beside it."""
    old = delete(ArticleDate).where(ArticleDate.article_id == article_id)
    if item.link is None:
        old = old.where(ArticleDate.source.not_in(LISTING_SOURCES))
    conn.execute(old)
    rows = [{"article_id": article_id, **_date_row(candidate)} for candidate in item.dates]
    if rows:
        conn.execute(insert(conn, ArticleDate), rows)


def _replace(conn: Connection, table: Any, article_id: int, rows: list[dict[str, Any]]) -> None:
    conn.execute(delete(table).where(table.article_id == article_id))
    if rows:
        conn.execute(insert(conn, table), [{"article_id": article_id, **row} for row in rows])


def _author_id(conn: Connection, name: str, kind: str) -> int:
    conn.execute(insert(conn, Author).values(name=name, kind=kind).on_conflict_do_nothing())
    return conn.execute(select(Author.id).where(Author.name == name, Author.kind == kind)).scalar_one()


def replace_matches(
    conn: Connection, article_id: int, revision_id: int, matches: tuple[MatchItem, ...], versions: Mapping[str, int]
) -> None:
    """The topics that a revision fits, of the given topic versions, by topic."""
    mine = (TopicMatch.revision_id == revision_id, TopicMatch.topic_version_id.in_(list(versions.values())))
    conn.execute(delete(TopicMatch).where(*mine))
    for match in matches:
        row = {
            "topic_version_id": versions[match.topic],
            "article_id": article_id,
            "revision_id": revision_id,
            "level": match.level,
            "score": match.score,
            "why": why(match),
        }
        match_id = inserted_id(conn, TopicMatch, row)
        spans = [{f.name: getattr(span, f.name) for f in fields(span)} for span in match.spans]
        if spans:
            rows = [{"match_id": match_id, **row} for row in _numbered(spans)]
            conn.execute(insert(conn, MatchSpan), rows)


def copy_matches(conn: Connection, article_id: int, revision_id: int, copy_id: int) -> None:
    """The matches of one revision for another one that has the same text."""
    kept = [column.key for column in MatchSpan.__table__.columns if column.key != "match_id"]
    for row in conn.execute(select(TopicMatch).where(TopicMatch.revision_id == revision_id)).all():
        columns = {"level": row.level, "score": row.score, "why": row.why, "topic_version_id": row.topic_version_id}
        match_id = inserted_id(conn, TopicMatch, {"article_id": article_id, "revision_id": copy_id, **columns})
        spans = conn.execute(select(MatchSpan).where(MatchSpan.match_id == row.id)).mappings().all()
        rows = [{"match_id": match_id, **{name: span[name] for name in kept}} for span in spans]
        if rows:
            conn.execute(insert(conn, MatchSpan), rows)


FIELDS = {"headline": "titre", "deck": "chapeau", "body": "texte"}


def why(match: MatchItem) -> str:
    """The words that made a match, each once, by field: "titre : Ukraine ; texte : invasion, Moscou"."""
    words: dict[str, dict[str, None]] = {}
    for span in match.spans:
        words.setdefault(FIELDS[span.field], {})[" ".join(span.surface.split())] = None
    return " ; ".join(f"{field} : {', '.join(surfaces)}" for field, surfaces in words.items())


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _date_row(candidate: Any) -> dict[str, Any]:
    row = {f.name: getattr(candidate, f.name) for f in fields(candidate)}
    return {**row, "flags": " ".join(candidate.flags)}


def _attribution_row(item: Item) -> dict[str, Any]:
    return {f.name: getattr(item.attribution, f.name) for f in fields(item.attribution)}  # type: ignore[arg-type]
