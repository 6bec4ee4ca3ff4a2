"""Counts by outlet and day, kept exact for the days that a transaction touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, case, delete, func, or_, select

from newsmon.items import Article as Item
from newsmon.store.engine import insert, insert_for
from newsmon.store.models import Article, Outlet, OutletDay, Revision, Topic, TopicMatch, TopicOutletDay

_ORIGINAL = func.sum(case((or_(Article.origin.is_(None), Article.origin == "original"), 1), else_=0))
_UNDATED = func.sum(case((Article.day_basis != "published", 1), else_=0))

AT_ONCE = 500
"""Days counted in one statement."""


def hold_outlets(conn: Connection, *where: Any) -> dict[str, int]:
    """Slug and id of the outlets. PostgreSQL: until this transaction ends nobody else stores articles of theirs.

    Two writers would both insert an article, or count a day amiss. In the order of ids: none waits crosswise.
    """
    query = select(Outlet.slug, Outlet.id).where(*where).order_by(Outlet.id).with_for_update(key_share=True)
    return {row.slug: row.id for row in conn.execute(query)}


def recount(conn: Connection, days: Iterable[tuple[int, date]]) -> None:
    """Count the given (outlet id, day) anew, of outlets that are held."""
    of: dict[int, list[date]] = {}
    for outlet_id, day in sorted(set(days)):
        of.setdefault(outlet_id, []).append(day)
    for outlet_id, every in of.items():
        for start in range(0, len(every), AT_ONCE):
            some = every[start : start + AT_ONCE]
            for table in (OutletDay, TopicOutletDay):
                conn.execute(delete(table).where(table.outlet_id == outlet_id, table.day.in_(some)))
            here = (Article.outlet_id == outlet_id, Article.day.in_(some))
            _count_outlets(conn, *here)
            _count_topics(conn, *here)


def add(conn: Connection, new: Iterable[tuple[int, Item]], versions: Mapping[str, int]) -> None:
    """Count articles, each with its outlet's id, that this transaction stored for the first time.

    What was counted of their days before stands: nobody else stores articles of these outlets meanwhile.
    """
    dated = [(outlet_id, item) for outlet_id, item in new if item.day]
    _add(conn, OutletDay, [((outlet_id, item.day), (1, *_kinds(item))) for outlet_id, item in dated])
    matches = [(versions[m.topic], m, outlet_id, item) for outlet_id, item in dated for m in item.matches]
    if matches:
        query = select(Topic.version_id, Topic.id).where(Topic.version_id.in_({match[0] for match in matches}))
        shown = {row.version_id: row.id for row in conn.execute(query)}
        _add(
            conn,
            TopicOutletDay,
            [
                ((shown[version], outlet_id, item.day), (1, int(m.level == "primary"), *_kinds(item)))
                for version, m, outlet_id, item in matches
                if version in shown
            ],
        )


def _kinds(item: Item) -> tuple[int, int]:
    """An original; one whose day is no printed date: as _ORIGINAL and _UNDATED say it in SQL."""
    return int(not item.attribution or item.attribution.kind == "original"), int(item.day_basis != "published")


def _add(conn: Connection, table: Any, counted: Iterable[tuple[tuple[Any, ...], tuple[int, ...]]]) -> None:
    sums: dict[tuple[Any, ...], tuple[int, ...]] = {}
    for key, numbers in counted:
        sums[key] = tuple(map(sum, zip(sums[key], numbers, strict=True))) if key in sums else numbers
    if not sums:
        return
    names = [column.key for column in table.__table__.columns]
    added = [dict(zip(names, (*key, *sums[key]), strict=True)) for key in sorted(sums)]
    conn.execute(_adding(conn.dialect.name, table), added)


@cache
def _adding(engine: str, table: Any) -> Any:
    """A row for a day that has none; else its numbers and the given ones."""
    statement = insert_for(engine, table)
    numbers = [column.key for column in table.__table__.columns if not column.primary_key]
    return statement.on_conflict_do_update(
        index_elements=[column.key for column in table.__table__.primary_key],
        set_={name: getattr(table, name) + statement.excluded[name] for name in numbers},
    )


def recount_topic(conn: Connection, topic_id: int) -> None:
    """Count a topic anew: another of its versions is current."""
    conn.execute(delete(TopicOutletDay).where(TopicOutletDay.topic_id == topic_id))
    _count_topics(conn, Topic.id == topic_id, Article.day.is_not(None))


def rebuild(conn: Connection) -> None:
    """Count everything anew. Whoever stores articles has come to its end, or waits: nothing is counted beside it."""
    # As they do: topics first, then outlets.
    conn.execute(select(Topic.id).order_by(Topic.id).with_for_update(key_share=True)).all()
    hold_outlets(conn)
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
    conn.execute(insert(conn, OutletDay).from_select(["outlet_id", "day", "n", "n_original", "n_undated"], counted))


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
    conn.execute(insert(conn, TopicOutletDay).from_select(columns, counted))
