"""Bursts and spikes counted anew from what is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from newsmon.store import attention
from newsmon.store.alerts import raise_alert
from newsmon.topics.bursts import Day, find_bursts
from newsmon.topics.spikes import BEFORE, find_spike


@dataclass(frozen=True, slots=True)
class Raised:
    """A new alert."""

    topic: str
    day: date
    n: int
    usual: float


def count_bursts(conn: Connection) -> None:
    """The bursts of every topic that is followed: all outlets together, and each outlet out of its own output."""
    outputs = attention.output(conn)
    ordered = {outlet: sorted(days.items()) for outlet, days in outputs.items()}
    for topic_id, _, _ in attention.shown_topics(conn):
        found = {}
        for outlet, counts in attention.topic_output(conn, topic_id).items():
            days = [Day(day, counts.get(day, 0), whole) for day, whole in ordered.get(outlet, ())]
            if bursts := find_bursts(days):
                found[outlet] = [asdict(burst) for burst in bursts]
        attention.replace_bursts(conn, topic_id, found)


def raise_alerts(conn: Connection, *, now: datetime) -> list[Raised]:
    """Alerts of today and yesterday (UTC) that are not there yet. An archive that comes in raises none."""
    today = now.date()
    since = today - timedelta(days=BEFORE + 1)
    output = attention.output(conn, since=since)[attention.ALL]
    raised = []
    for topic_id, slug, version_id in attention.shown_topics(conn):
        counts = attention.topic_output(conn, topic_id, since=since)[attention.ALL]
        for day in (today - timedelta(days=1), today):
            before = [day - timedelta(days=k) for k in range(BEFORE, 0, -1)]
            held_against = [(counts.get(one, 0), output.get(one, 0)) for one in before]
            spike = find_spike(counts.get(day, 0), output.get(day, 0), held_against)
            if spike is None:
                continue
            columns = {"topic_id": topic_id, "topic_version_id": version_id, "day": day}
            figures = {"n": spike.n, "usual": spike.usual, "threshold": spike.threshold}
            if raise_alert(conn, now=now, **columns, **figures):
                raised.append(Raised(slug, day, spike.n, spike.usual))
    return raised
