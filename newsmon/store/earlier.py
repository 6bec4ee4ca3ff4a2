"""Looks that come in after later ones, as from an archive: their texts take their place in the order of time.

The current text stays current: an old capture never takes the place of what was seen after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from newsmon.items import Article as Item
from newsmon.store.details import copy_matches
from newsmon.store.engine import inserted_id
from newsmon.store.models import Revision
from newsmon.store.revisions import Change, StoredText, compare
from newsmon.store.texts import insert_revision, stored_text


def insert_earlier(
    conn: Connection, article_id: int, item: Item, *, last_seen_at: datetime, run_id: int, versions: Mapping[str, int]
) -> tuple[Change, int, int]:
    """Put the text of an earlier look among the article's revisions.

    Returns what it changed against the text before it (the first: against the one after it), its seq, and the
    current seq.
    """
    rows = conn.execute(select(Revision).where(Revision.article_id == article_id).order_by(Revision.seq)).all()
    text = StoredText(item.headline, item.deck, item.body)
    before = [row for row in rows if row.seen_at <= item.fetched_at]
    after = list(rows[len(before) :])
    if before and _is_told(before[-1], text):
        return "unchanged", before[-1].seq, len(rows)
    if after and _is_told(after[0], text):
        # The same text, seen earlier than we knew.
        conn.execute(update(Revision).where(Revision.id == after[0].id).values(seen_at=item.fetched_at))
        return "unchanged", after[0].seq, len(rows)
    if not after:
        # The current text was there before this one, and again at the last look: it came back.
        after = [_come_back(conn, article_id, before[-1], last_seen_at)]
    for row in reversed(after):
        conn.execute(update(Revision).where(Revision.id == row.id).values(seq=row.seq + 1))
    seq = len(before) + 1
    change, added, removed = compare(stored_text(before[-1]), text) if before else ("first", 0, 0)
    insert_revision(conn, article_id, item, seq, change, added, removed, run_id=run_id, versions=versions)
    next_change, *counts = compare(text, stored_text(after[0]))
    values = {"change": next_change, "words_added": counts[0], "words_removed": counts[1]}
    conn.execute(update(Revision).where(Revision.id == after[0].id).values(values))
    return (next_change if change == "first" else change), seq, len(before) + 1 + len(after)


def _is_told(row: Row[Any], text: StoredText) -> bool:
    return compare(stored_text(row), text)[0] in ("unchanged", "cosmetic")


def _come_back(conn: Connection, article_id: int, current: Row[Any], at: datetime) -> Row[Any]:
    """The current text once more, as of `at`; its seq makes room for the text between when it is raised by one."""
    columns = {name: value for name, value in current._mapping.items() if name != "id"}
    copy_id = inserted_id(conn, Revision, {**columns, "seq": current.seq + 1, "seen_at": at})
    copy_matches(conn, article_id, current.id, copy_id)
    return conn.execute(select(Revision).where(Revision.id == copy_id)).one()
