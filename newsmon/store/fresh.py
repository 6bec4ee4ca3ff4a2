"""New articles in bulk: one statement a table for a whole batch, where an article by itself would take fifteen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from newsmon.items import Article as Item
from newsmon.store import rows
from newsmon.store.engine import insert
from newsmon.store.models import (
    Archive,
    Article,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Author,
    Caption,
    MatchSpan,
    Revision,
    TopicMatch,
)
from newsmon.text.urls import url_key

Pair = tuple[int, Item]
"""The id of the article's outlet, and the article."""


def known_keys(conn: Connection, pairs: Iterable[Pair]) -> set[tuple[int, str]]:
    """(outlet id, url_key) of those that are stored, in one question."""
    keys = [(outlet_id, url_key(item.canonical_url)) for outlet_id, item in pairs]
    query = select(Article.outlet_id, Article.url_key).where(tuple_(Article.outlet_id, Article.url_key).in_(keys))
    return {(row.outlet_id, row.url_key) for row in conn.execute(query)}


def insert_articles(
    conn: Connection, pairs: Sequence[Pair], *, run_id: int, versions: Mapping[str, int], now: datetime
) -> list[int]:
    """Every row of new articles, table by table; their ids in the given order. One refused row refuses them all."""
    items = [item for _, item in pairs]
    ids = _inserted(conn, Article, [rows.article_row(item, outlet_id, now=now) for outlet_id, item in pairs])
    first = [
        {"article_id": article_id, **rows.revision_row(item, 1, "first", run_id=run_id, added=0, removed=0)}
        for article_id, item in zip(ids, items, strict=True)
    ]
    for row in first:
        row["words_added"] = row["words"]
    revisions = _inserted(conn, Revision, first)
    _hang_on(conn, list(zip(ids, items, strict=True)))
    _insert_matches(conn, list(zip(ids, revisions, items, strict=True)), versions)
    return ids


def _hang_on(conn: Connection, articles: Sequence[tuple[int, Item]]) -> None:
    """What hangs on an article: dates, captions, signatures, attribution, the raw page."""
    authors = author_ids(conn, {(a.name, a.kind) for _, item in articles for a in item.authors})
    for table, of in (
        (ArticleDate, rows.date_rows),
        (Caption, rows.caption_rows),
        (ArticleAuthor, lambda item: author_rows(item, authors)),
        (Attribution, rows.attribution_rows),
        (Archive, rows.archive_rows),
    ):
        made = [{"article_id": article_id, **row} for article_id, item in articles for row in of(item)]
        if made:
            conn.execute(insert(conn, table), made)


def author_rows(item: Item, ids: Mapping[tuple[str, str], int]) -> list[rows.Row]:
    return rows.numbered([{"author_id": ids[a.name, a.kind], "role": a.role} for a in item.authors])


def author_ids(conn: Connection, signed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The ids of (name, kind); who signs for the first time is written."""
    wanted = sorted(set(signed))
    if not wanted:
        return {}
    query = select(Author.name, Author.kind, Author.id).where(tuple_(Author.name, Author.kind).in_(wanted))
    found = {(row.name, row.kind): row.id for row in conn.execute(query)}
    new = [{"name": name, "kind": kind} for name, kind in wanted if (name, kind) not in found]
    if new:
        conn.execute(insert(conn, Author).on_conflict_do_nothing(), new)
        found = {(row.name, row.kind): row.id for row in conn.execute(query)}
    return found


def _insert_matches(conn: Connection, articles: Sequence[tuple[int, int, Item]], versions: Mapping[str, int]) -> None:
    matches = [match for _, _, item in articles for match in item.matches]
    made = [
        {"article_id": article_id, "revision_id": revision_id, **row}
        for article_id, revision_id, item in articles
        for row in rows.match_rows(item, versions)
    ]
    if not made:
        return
    spans = [
        {"match_id": match_id, **row}
        for match_id, match in zip(_inserted(conn, TopicMatch, made), matches, strict=True)
        for row in rows.span_rows(match)
    ]
    if spans:
        conn.execute(insert(conn, MatchSpan), spans)


def _inserted(conn: Connection, table: Any, made: list[rows.Row]) -> list[int]:
    """The keys of the rows, in their order."""
    statement = insert(conn, table).returning(table.id, sort_by_parameter_order=True)
    return list(conn.scalars(statement, made))
