"""Topics and their versions, as rows that matches point to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from newsmon.store import rollups
from newsmon.store.engine import insert
from newsmon.store.models import Topic, TopicVersion


def sync_topics(
    conn: Connection, topics: Iterable[tuple[str, str, str | None, str, str]], *, now: datetime
) -> dict[str, int]:
    """Write each (slug, name, parent, digest, source); a definition that changed is a new version of its topic.

    Returns slug to the id of the version that is current from now on.
    """
    return {slug: _sync(conn, slug, name, parent, digest, source, now) for slug, name, parent, digest, source in topics}


def _sync(conn: Connection, slug: str, name: str, parent: str | None, digest: str, source: str, now: datetime) -> int:
    columns = {"name": name, "parent": parent or None}
    statement = insert(conn, Topic).values(slug=slug, **columns)
    conn.execute(statement.on_conflict_do_update(index_elements=["slug"], set_=columns))
    topic_id = conn.scalar(select(Topic.id).where(Topic.slug == slug))
    mine = TopicVersion.topic_id == topic_id
    version_id = conn.scalar(select(TopicVersion.id).where(mine, TopicVersion.digest == digest))
    if version_id is None:
        seq = (conn.scalar(select(func.max(TopicVersion.seq)).where(mine)) or 0) + 1
        row = {"topic_id": topic_id, "seq": seq, "digest": digest, "source": source, "added_at": now}
        conn.execute(insert(conn, TopicVersion).values(row))
        version_id = conn.scalar(select(TopicVersion.id).where(mine, TopicVersion.digest == digest))
    assert topic_id is not None and version_id is not None
    before = conn.scalar(select(Topic.version_id).where(Topic.id == topic_id))
    if version_id != before:
        conn.execute(update(Topic).where(Topic.id == topic_id).values(version_id=version_id))
        if before is not None:
            rollups.recount_topic(conn, topic_id)
    return version_id
