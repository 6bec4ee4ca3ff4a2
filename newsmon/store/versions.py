"""What the versions of a topic have matched."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, text

_VERSIONS = """
SELECT v.id, x.version, x.state, x.added_at, x.shown_at, x.digest, v.scanned_to,
       (SELECT count(*) FROM topic_match m WHERE m.topic_version_id = v.id) AS n
FROM v_topic_version x
JOIN topic t ON t.slug = x.topic
JOIN topic_version v ON v.topic_id = t.id AND v.seq = x.version
WHERE x.topic = :topic
ORDER BY x.version
"""

_DIFFERING = """
SELECT a.id AS article_id, o.slug AS outlet
FROM article a
JOIN outlet o ON o.id = a.outlet_id
JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
LEFT JOIN topic_match m ON m.revision_id = r.id AND m.topic_version_id = :old
LEFT JOIN topic_match n ON n.revision_id = r.id AND n.topic_version_id = :new
WHERE (m.id IS NOT NULL OR n.id IS NOT NULL) AND coalesce(m.level, '') <> coalesce(n.level, '')
ORDER BY a.day, a.id
"""


def versions(conn: Connection, topic: str) -> list[Row[Any]]:
    """Every version of a topic, the first first: its state, how many revisions it matched, how far its rescan is."""
    return list(conn.execute(text(_VERSIONS), {"topic": topic}))


def differing(conn: Connection, old: int, new: int) -> list[Row[Any]]:
    """Articles whose current text one of two versions (ids) has matched and the other not, or at another level."""
    return list(conn.execute(text(_DIFFERING), {"old": old, "new": new}))
