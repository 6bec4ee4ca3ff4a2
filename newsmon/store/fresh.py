"""New articles in bulk: one statement a table for a whole batch, where an article by itself would take fifteen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from newsmon.items import Article as Item
from newsmon.store import rollups, rows
from newsmon.store.details import author_ids, author_rows
from newsmon.store.engine import insert, reserved_ids
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
    """Every row of new articles, table by table, and their days' counts; their ids in the given order.

    One refused row refuses them all.
    """
    # The keys are known beforehand: the rows that hang on a row need not wait for what the database calls it.
    keys = reserved_ids(conn, (Article, Revision), len(pairs))
    new = [New(a, r, outlet_id, item) for (a, r), (outlet_id, item) in zip(keys, pairs, strict=True)]
    _insert(conn, Article, [{"id": one.id, **rows.article_row(one.item, one.outlet_id, now=now)} for one in new])
    first = ((one, rows.revision_row(one.item, 1, "first", run_id=run_id)) for one in new)
    _insert(conn, Revision, [{"id": one.revision_id, "article_id": one.id, **row} for one, row in first])
    _hang_on(conn, new)
    _insert(conn, ArticleAddress, [row for one in new for row in address_rows(one.outlet_id, one.id, one.item)])
    _insert_matches(conn, new, versions)
    rollups.add(conn, pairs, versions)
    return [one.id for one in new]


class New(NamedTuple):
    """An article on its way in, with its keys."""

    id: int
    revision_id: int
    outlet_id: int
    item: Item


def _hang_on(conn: Connection, new: Sequence[New]) -> None:
    """What hangs on an article: dates, captions, signatures, attribution, the raw page."""
    authors = author_ids(conn, {(a.name, a.kind) for one in new for a in one.item.authors})
    for table, of in (
        (ArticleDate, rows.date_rows),
        (Caption, rows.caption_rows),
        (ArticleAuthor, lambda item: author_rows(item, authors)),
        (Attribution, rows.attribution_rows),
        (Archive, rows.archive_rows),
    ):
        _insert(conn, table, [{"article_id": one.id, **row} for one in new for row in of(one.item)])


def _insert_matches(conn: Connection, new: Sequence[New], versions: Mapping[str, int]) -> None:
    made = [
        (match, {"article_id": one.id, "revision_id": one.revision_id, **row})
        for one in new
        for match, row in zip(one.item.matches, rows.match_rows(one.item, versions), strict=True)
    ]
    keys = reserved_ids(conn, (TopicMatch,), len(made)) if made else []
    keyed = [(match_id, match, row) for (match_id,), (match, row) in zip(keys, made, strict=True)]
    _insert(conn, TopicMatch, [{"id": match_id, **row} for match_id, _, row in keyed])
    spans = [{"match_id": match_id, **span} for match_id, match, _ in keyed for span in rows.span_rows(match)]
    _insert(conn, MatchSpan, spans)


def _insert(conn: Connection, table: Any, made: list[rows.Row]) -> None:
    if made:
        conn.execute(insert(conn, table), made)
