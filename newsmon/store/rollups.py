"""Counts by outlet and day, kept exact for the days that a transaction touched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, tuple_

from newsmon.store.models import Article, OutletDay, Revision, Topic, TopicMatch, TopicOutletDay

_ORIGINAL = func.sum(case((or_(Article.origin.is_(None), Article.origin == "original"), 1), else_=0))
_UNDATED = func.sum(case((Article.day_basis != "published", 1), else_=0))

AT_ONCE = 200
"""Days counted in one statement."""


def recount(conn: Connection, days: Iterable[tuple[int, date]]) -> None:
    """Count the given (outlet id, day) anew."""
    wanted = sorted(set(days))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        for table in (OutletDay, TopicOutletDay):
            conn.execute(delete(table).where(tuple_(table.outlet_id, table.day).in_(some)))
        here = tuple_(Article.outlet_id, Article.day).in_(some)
        _count_outlets(conn, here)
        _count_topics(conn, here)


def recount_topic(conn: Connection, topic_id: int) -> None:
    """Count a topic anew: another of its versions is current."""
    conn.execute(delete(TopicOutletDay).where(TopicOutletDay.topic_id == topic_id))
    _count_topics(conn, Topic.id == topic_id, Article.day.is_not(None))


def rebuild(conn: Connection) -> None:
    """Count everything anew."""
    conn.execute(delete(OutletDay))
    conn.execute(delete(TopicOutletDay))
    everything = Article.day.is_not(None)
    _count_outlets(conn, everything)
    _count_topics(conn, everything)


def _count_outlets(conn: Connection, *where: Any) -> None:
    counted = (
        select(Article.outlet_id, Article.day, func.count(), _ORIGINAL, _UNDATED)
        .where(*where)
        .group_by(Article.outlet_id, Article.day)
    )
    conn.execute(insert(OutletDay).from_select(["outlet_id", "day", "n", "n_original", "n_undated"], counted))


def _count_topics(conn: Connection, *where: Any) -> None:
    primary = func.sum(case((TopicMatch.level == "primary", 1), else_=0))
    counted = (
        select(Topic.id, Article.outlet_id, Article.day, func.count(), primary, _ORIGINAL, _UNDATED)
        .join(TopicMatch, TopicMatch.topic_version_id == Topic.version_id)
        .join(Revision, Revision.id == TopicMatch.revision_id)
        .join(Article, and_(Article.id == Revision.article_id, Article.revision_seq == Revision.seq))
        .where(*where)
        .group_by(Topic.id, Article.outlet_id, Article.day)
    )
    columns = ["topic_id", "outlet_id", "day", "n", "n_primary", "n_original", "n_undated"]
    conn.execute(insert(TopicOutletDay).from_select(columns, counted))
