"""Topics and their versions: which one views show, which one waits for its rescan, which were shown before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from newsmon.store import rollups
from newsmon.store.engine import insert, inserted_id
from newsmon.store.models import Article, Topic, TopicMatch, TopicVersion


class Definition(NamedTuple):
    """A topic as its file has it."""

    slug: str
    name: str
    parent: str | None
    digest: str
    source: str
    frozen: str = ""
    """See newsmon.topics.frozen; without it articles cannot be matched with this version once the file has changed."""


class Followed(NamedTuple):
    """A topic that new articles are matched with: by the version that is shown, and by the one that waits."""

    topic_id: int
    slug: str
    version_id: int | None
    pending_id: int | None

    @property
    def target(self) -> int | None:
        """The version of the file as last read."""
        return self.pending_id or self.version_id


class Version(NamedTuple):
    """A version as a row."""

    id: int
    slug: str
    seq: int
    digest: str
    source: str
    frozen: str
    scanned_to: int


def sync_topics(
    conn: Connection, topics: Iterable[Sequence[Any]], *, now: datetime, whole: bool = False
) -> dict[str, int]:
    """Write each definition (the fields of Definition in order). One that changed is a new version of its topic,
    and waits until a rescan has matched the stored articles with it; without any stored article it is shown at once.

    With `whole` these are all topics that are followed: the others rest, their matches stay.
    Returns slug to the id of the version that the definition is.
    """
    _lock_topics(conn)
    definitions = [Definition(*one) for one in topics]
    if whole:
        slugs = [one.slug for one in definitions]
        conn.execute(update(Topic).where(Topic.slug.not_in(slugs)).values(active=False))
    versions = {one.slug: _sync(conn, one, now) for one in definitions}
    if conn.scalar(select(Article.id).limit(1)) is None:
        show(conn, followed_topics(conn), now=now)
    return versions


def _sync(conn: Connection, definition: Definition, now: datetime) -> int:
    columns = {"name": definition.name, "parent": definition.parent or None, "active": True}
    statement = insert(conn, Topic).values(slug=definition.slug, **columns)
    conn.execute(statement.on_conflict_do_update(index_elements=["slug"], set_=columns))
    query = select(Topic.id, Topic.version_id, Topic.pending_id).where(Topic.slug == definition.slug)
    topic = conn.execute(query).one()
    version_id = _version_id(conn, topic.id, definition, now)
    _await(conn, topic.id, topic.pending_id, None if version_id == topic.version_id else version_id)
    return version_id


def _version_id(conn: Connection, topic_id: int, definition: Definition, now: datetime) -> int:
    mine = TopicVersion.topic_id == topic_id
    query = select(TopicVersion.id, TopicVersion.frozen).where(mine, TopicVersion.digest == definition.digest)
    if known := conn.execute(query).first():
        if known.frozen != definition.frozen:
            values = {"frozen": definition.frozen, "source": definition.source}
            conn.execute(update(TopicVersion).where(TopicVersion.id == known.id).values(values))
        return int(known.id)
    seq = (conn.scalar(select(func.max(TopicVersion.seq)).where(mine)) or 0) + 1
    row = {"topic_id": topic_id, "seq": seq, "added_at": now, "digest": definition.digest}
    return inserted_id(conn, TopicVersion, {**row, "source": definition.source, "frozen": definition.frozen})


def _await(conn: Connection, topic_id: int, before: int | None, version_id: int | None) -> None:
    """`version_id` waits from now on, from the first article; what never was shown leaves no half of its matches."""
    if before == version_id:
        return
    conn.execute(update(TopicVersion).where(TopicVersion.id == version_id).values(scanned_to=0))
    never_shown = select(TopicVersion.id).where(TopicVersion.id == before, TopicVersion.shown_at.is_(None))
    conn.execute(delete(TopicMatch).where(TopicMatch.topic_version_id.in_(never_shown)))
    conn.execute(update(Topic).where(Topic.id == topic_id).values(pending_id=version_id))


def _lock_topics(conn: Connection) -> None:
    """PostgreSQL: whoever stores articles has come to its end, or waits (SQLite has one writer anyway)."""
    conn.execute(select(Topic.id).order_by(Topic.id).with_for_update()).all()


def followed_topics(conn: Connection) -> tuple[Followed, ...]:
    """The topics of the files, and their versions. In a transaction that writes, nobody changes them meanwhile."""
    query = select(Topic.id, Topic.slug, Topic.version_id, Topic.pending_id).where(Topic.active).order_by(Topic.id)
    if conn.get_execution_options().get("write"):
        query = query.with_for_update(read=True)
    return tuple(Followed(*row) for row in conn.execute(query))


def versions_of(conn: Connection, ids: Collection[int]) -> dict[int, Version]:
    query = (
        select(TopicVersion.id, Topic.slug, TopicVersion.seq, TopicVersion.digest, TopicVersion.source)
        .add_columns(TopicVersion.frozen, TopicVersion.scanned_to)
        .join(Topic, Topic.id == TopicVersion.topic_id)
        .where(TopicVersion.id.in_(ids))
    )
    return {row.id: Version(*row) for row in conn.execute(query)}


def show(conn: Connection, topics: Iterable[Followed], *, now: datetime) -> list[str]:
    """From now on views show the waiting version of these topics, all at once, with their counts; who was switched.

    A topic whose waiting version is another one by now stays as it is.
    """
    _lock_topics(conn)
    switched = []
    for topic in topics:
        mine = Topic.id == topic.topic_id
        if topic.pending_id is None or conn.scalar(select(Topic.pending_id).where(mine)) != topic.pending_id:
            continue
        conn.execute(update(Topic).where(mine).values(version_id=topic.pending_id, pending_id=None))
        conn.execute(update(TopicVersion).where(TopicVersion.id == topic.pending_id).values(shown_at=now))
        rollups.recount_topic(conn, topic.topic_id)
        switched.append(topic.slug)
    return switched


def version_by_digest(conn: Connection, slug: str, digest: str) -> int | None:
    """The id of a topic's version."""
    query = select(TopicVersion.id).join(Topic, Topic.id == TopicVersion.topic_id)
    found: int | None = conn.scalar(query.where(Topic.slug == slug, TopicVersion.digest == digest))
    return found
