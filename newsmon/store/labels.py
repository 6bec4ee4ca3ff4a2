"""What readers say of articles and topics: the ground that a definition is scored on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, select, text

from newsmon.store.engine import insert
from newsmon.store.models import Article, Revision, Topic, TopicLabel

Label = Literal["yes", "secondary", "no"]


def keep_label(conn: Connection, topic: str, article_id: int, label: Label, *, now: datetime) -> str | None:
    """Keep what is said of an article's current text; what was said of it before, or None."""
    topic_id = conn.scalar(select(Topic.id).where(Topic.slug == topic))
    current = and_(Revision.article_id == Article.id, Revision.seq == Article.revision_seq)
    revision_id = conn.scalar(select(Revision.id).join(Article, current).where(Article.id == article_id))
    mine = TopicLabel.topic_id == topic_id, TopicLabel.article_id == article_id
    before = conn.scalar(select(TopicLabel.label).where(*mine))
    values = {"revision_id": revision_id, "label": label, "labelled_at": now}
    statement = insert(conn, TopicLabel).values(topic_id=topic_id, article_id=article_id, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["topic_id", "article_id"], set_=values))
    return before


def labelled(conn: Connection, topic: str) -> list[Row[Any]]:
    """Every labelled article of a topic beside what the topic's shown version says of it."""
    query = "SELECT * FROM v_label WHERE topic = :topic ORDER BY day, article_id"
    return list(conn.execute(text(query), {"topic": topic}))
