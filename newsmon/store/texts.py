"""The stored texts of an article, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from newsmon.items import Article as Item
from newsmon.store import rows
from newsmon.store.details import replace_matches
from newsmon.store.engine import inserted_id
from newsmon.store.models import Revision
from newsmon.store.revisions import Change, StoredText


def text_of(item: Item) -> StoredText:
    """What of a page makes a revision."""
    return StoredText(item.headline, item.deck, item.body)


def stored_text(row: Row[Any]) -> StoredText:
    """The same, of a stored revision."""
    return StoredText(row.headline, row.deck, row.body)


def insert_revision(
    conn: Connection,
    article_id: int,
    item: Item,
    seq: int,
    change: Change,
    added: int,
    removed: int,
    *,
    run_id: int,
    versions: Mapping[str, int],
) -> None:
    """The text of `item` as revision `seq`, with its matches."""
    row = rows.revision_row(item, seq, change, run_id=run_id, added=added, removed=removed)
    revision_id = inserted_id(conn, Revision, {"article_id": article_id, **row})
    replace_matches(conn, article_id, revision_id, item, versions)
