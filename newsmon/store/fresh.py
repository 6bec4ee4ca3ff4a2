"""New articles in bulk: one statement a table for a whole batch, where an article by itself would take fifteen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from newsmon.items import Article as Item
from newsmon.store import rows
from newsmon.store.details import author_ids, author_rows
from newsmon.store.engine import insert
from newsmon.store.identity import Pair, address_rows
from newsmon.store.models import (
    Archive,
    Article,
    ArticleAddress,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Caption,
    MatchSpan,
    Revision,
    TopicMatch,
)


def insert_articles(
    conn: Connection, pairs: Sequence[Pair], *, run_id: int, versions: Mapping[str, int], now: datetime
) -> list[int]:
    """Every row of new articles, table by table; their ids in the given order. One refused row refuses them all."""
    items = [item for _, item in pairs]
    ids = _inserted(conn, Article, [rows.article_row(item, outlet_id, now=now) for outlet_id, item in pairs])
    first = [
        {"article_id": article_id, **rows.revision_row(item, 1, "first", run_id=run_id)}
        for article_id, item in zip(ids, items, strict=True)
    ]
    revisions = _inserted(conn, Revision, first)
    _hang_on(conn, list(zip(ids, items, strict=True)))
    addresses = [
        row
        for article_id, (outlet_id, item) in zip(ids, pairs, strict=True)
        for row in address_rows(outlet_id, article_id, item)
    ]
    conn.execute(insert(conn, ArticleAddress), addresses)
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
