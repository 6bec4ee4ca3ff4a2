"""Alerts as rows, and what became of each way to send them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Row, bindparam, select, text, update

from newsmon.store.engine import insert
from newsmon.store.models import Alert, AlertDelivery, Topic, TopicVersion

TRIES = 5
FRESH = timedelta(days=2)
"""An alert that is older is news to nobody: it is not sent any more."""


def raise_alert(conn: Connection, *, now: datetime, **columns: Any) -> bool:
    """Write an alert unless its topic has one of its day; whether it is new."""
    statement = insert(conn, Alert).values(raised_at=now, **columns).on_conflict_do_nothing()
    return conn.scalar(statement.returning(Alert.id)) is not None


def unsent(conn: Connection, channels: Iterable[str], *, now: datetime) -> list[tuple[Row[Any], str]]:
    """Fresh alerts with each of `channels` that they are still to go out by, the oldest first."""
    query = (
        select(Alert.id, Topic.slug, Topic.name, Alert.day, Alert.n, Alert.usual, Alert.threshold, Alert.raised_at)
        .add_columns(TopicVersion.seq.label("version"))
        .join(Topic, Topic.id == Alert.topic_id)
        .join(TopicVersion, TopicVersion.id == Alert.topic_version_id)
        .where(Alert.raised_at > now - FRESH)
        .order_by(Alert.id)
    )
    found = []
    for alert in conn.execute(query):
        states = select(AlertDelivery.channel, AlertDelivery.state, AlertDelivery.tries)
        known = {row.channel: row for row in conn.execute(states.where(AlertDelivery.alert_id == alert.id))}
        for channel in channels:
            row = known.get(channel)
            if row is None or (row.state == "failed" and row.tries < TRIES):
                found.append((alert, channel))
    return found


def claim(conn: Connection, alert_id: int, channel: str, *, now: datetime) -> None:
    """Say that it is about to be sent: from here on nobody sends it a second time."""
    row = {"alert_id": alert_id, "channel": channel, "state": "sending", "at": now}
    again = {"state": "sending", "at": now, "tries": AlertDelivery.tries + 1, "detail": None}
    statement = insert(conn, AlertDelivery).values(**row, tries=1)
    conn.execute(statement.on_conflict_do_update(index_elements=["alert_id", "channel"], set_=again))


def settle(conn: Connection, alert_id: int, channel: str, state: str, detail: str | None, *, now: datetime) -> None:
    """Say what became of it: sent, failed, unsure."""
    mine = AlertDelivery.alert_id == alert_id, AlertDelivery.channel == channel
    conn.execute(update(AlertDelivery).where(*mine).values(state=state, detail=detail, at=now))


def give_up_half_sent(conn: Connection) -> list[tuple[str, date, str]]:
    """What a killed run was sending when it ended: it may have gone out, and is not sent again.

    Returns topic, day and channel of each.
    """
    half = AlertDelivery.state == "sending"
    query = (
        select(Topic.slug, Alert.day, AlertDelivery.channel)
        .join(Alert, Alert.id == AlertDelivery.alert_id)
        .join(Topic, Topic.id == Alert.topic_id)
        .where(half)
    )
    found = [(row.slug, row.day, row.channel) for row in conn.execute(query)]
    values = {"state": "unsure", "detail": "the run ended while it was sent"}
    conn.execute(update(AlertDelivery).where(half).values(**values))
    return found


def articles_of(conn: Connection, topic: str, day: date, *, limit: int = 10) -> list[Row[Any]]:
    """Headline, address and outlet of the day's articles, those most about the topic first."""
    query = """
        SELECT m.headline, m.url, o.name AS outlet FROM v_match m JOIN v_outlet o ON o.outlet = m.outlet
        WHERE m.topic = :topic AND m.day = :day AND m.day_basis = 'published'
        ORDER BY m.level, m.score DESC, m.article_id LIMIT :limit
    """
    statement = text(query).bindparams(bindparam("day", type_=Date()))
    return list(conn.execute(statement, {"topic": topic, "day": day, "limit": limit}))
