"""Counts by day for bursts and alerts: dated articles only, out of all dated ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from newsmon.store.models import Burst, OutletDay, Topic, TopicOutletDay

Counts = dict[date, int]
Row = dict[str, Any]
ALL = None
"""Stands for all outlets together where an outlet's id would."""


def output(conn: Connection, *, since: date | None = None) -> dict[int | None, Counts]:
    """Dated articles by outlet id, and by day; under None those of all outlets."""
    query = select(OutletDay.outlet_id, OutletDay.day, OutletDay.n - OutletDay.n_undated)
    return _by_outlet(conn.execute(query.where(OutletDay.day >= since) if since else query))


def topic_output(conn: Connection, topic_id: int, *, since: date | None = None) -> dict[int | None, Counts]:
    """The same of a topic, by the version that views show."""
    query = select(TopicOutletDay.outlet_id, TopicOutletDay.day, TopicOutletDay.n - TopicOutletDay.n_undated)
    query = query.where(TopicOutletDay.topic_id == topic_id)
    return _by_outlet(conn.execute(query.where(TopicOutletDay.day >= since) if since else query))


def _by_outlet(rows: Iterable[Any]) -> dict[int | None, Counts]:
    counts: defaultdict[int | None, Counts] = defaultdict(dict)
    together = counts[ALL]
    for outlet_id, day, n in rows:
        if n:
            counts[outlet_id][day] = n
            together[day] = together.get(day, 0) + n
    return counts


def shown_topics(conn: Connection) -> list[tuple[int, str, int]]:
    """Id, slug and shown version's id of the topics that are followed."""
    query = select(Topic.id, Topic.slug, Topic.version_id).where(Topic.active, Topic.version_id.is_not(None))
    return [(row.id, row.slug, int(row.version_id or 0)) for row in conn.execute(query.order_by(Topic.slug))]


def replace_bursts(conn: Connection, topic_id: int, bursts: Mapping[int | None, Iterable[Row]]) -> None:
    """The bursts of a topic, by outlet id or under None, in the place of those that it had."""
    conn.execute(delete(Burst).where(Burst.topic_id == topic_id))
    rows = [
        {"topic_id": topic_id, "outlet_id": outlet_id, **burst}
        for outlet_id, found in bursts.items()
        for burst in found
    ]
    if rows:
        conn.execute(insert(Burst), rows)
