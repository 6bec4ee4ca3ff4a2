"""The stored texts of an article, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from newsmon.items import Article as Item
from newsmon.store.details import replace_matches
from newsmon.store.engine import inserted_id
from newsmon.store.models import Revision
from newsmon.store.revisions import Change, StoredText, count_words, text_sha256


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
    """The text of `item` as revision `seq`, with its matches. The first one adds all its words."""
    row = {
        "article_id": article_id,
        "run_id": run_id,
        "seq": seq,
        "seen_at": item.fetched_at,
        "headline": item.headline,
        "deck": item.deck,
        "body": item.body,
        "words": count_words(item.body),
        "text_sha256": text_sha256(text_of(item)),
        "methods": item.methods,
        "change": change,
        "words_added": count_words(item.body) if change == "first" else added,
        "words_removed": removed,
        "modified_at": item.modified_at,
    }
    replace_matches(conn, article_id, inserted_id(conn, Revision, row), item.matches, versions)
