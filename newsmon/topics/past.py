"""A version of a topic ready to be run, whichever it is."""

from __future__ import annotations

from sqlalchemy import Connection

from newsmon.errors import ConfigurationError
from newsmon.store.topics import version_by_digest, versions_of
from newsmon.topics.definition import Topic
from newsmon.topics.live import Known, topic_of
from newsmon.topics.match import Matcher


def matcher_of(conn: Connection, version_id: int, known: Known) -> Matcher:
    """A matcher of that version, with the very versions of its parents that it belongs to.

    Raises: ConfigurationError when a definition was not kept.
    """
    topics: list[Topic] = []
    wanted: int | None = version_id
    while wanted is not None:
        row = versions_of(conn, [wanted])[wanted]
        topic = topic_of(row, known)
        if topic is None:
            raise ConfigurationError(f"{row.slug}: the definition of version {row.seq} was not kept: it cannot be run")
        topics.insert(0, topic)
        wanted = version_by_digest(conn, topic.parent, topic.parent_version) if topic.parent else None
    return Matcher(topics)
