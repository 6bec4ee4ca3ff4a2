"""Alerts sent out, each once.

At most once: a row says that it is sent before it is. A run that is killed between the two leaves an alert that may
have gone out or not; it is said, and not sent again. What was refused for certain is tried again by the next runs.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row

from newsmon.alerts.channels import Refused, Unsure, post_json, send_by_sendmail, send_by_smtp
from newsmon.alerts.message import Message, as_json, as_mail
from newsmon.environment import alert_mail, alert_smtp, alert_webhook, allowed_networks
from newsmon.store import alerts
from newsmon.store.engine import transact

Send = Callable[[Message], None]


def channels() -> dict[str, Send]:
    """The ways that the operator asked for. Raises: ConfigurationError."""
    ways: dict[str, Send] = {}
    server, webhook, networks = alert_smtp(), alert_webhook(), allowed_networks()
    if to := alert_mail():

        def mail(message: Message) -> None:
            if server:
                send_by_smtp(as_mail(message, to=to), server)
            else:
                send_by_sendmail(as_mail(message, to=to), path=os.environ.get("PATH", ""))

        ways["mail"] = mail
    if webhook:
        ways["webhook"] = lambda message: post_json(webhook, as_json(message), key=message.id, allowed=networks)
    return ways


def send_alerts(engine: Engine, ways: dict[str, Send]) -> list[str]:
    """Send what is still to go out; a line for each that went wrong. The caller holds the run's lock.

    Raises: DatabaseError.
    """
    half = transact(engine, alerts.give_up_half_sent)
    troubles = [
        f"alert {topic} {day}: {channel} was cut off in the middle of an earlier run; it may not have gone out"
        for topic, day, channel in half
    ]
    for alert, channel in transact(engine, alerts.unsent, list(ways), now=_now()):
        message = _message(engine, alert)
        transact(engine, alerts.claim, alert.id, channel, now=_now())
        state, detail = _send(ways[channel], message)
        transact(engine, alerts.settle, alert.id, channel, state, detail, now=_now())
        if detail:
            again = "it is tried again" if state == "failed" else "it may have gone out, and is not tried again"
            troubles.append(f"alert {alert.slug} {alert.day}: {channel}: {detail}; {again}")
    return troubles


def _send(send: Send, message: Message) -> tuple[str, str | None]:
    try:
        send(message)
    except Refused as e:
        return "failed", str(e)
    except Unsure as e:
        return "unsure", str(e)
    return "sent", None


def _message(engine: Engine, alert: Row[Any]) -> Message:
    with engine.connect() as conn:
        found = alerts.articles_of(conn, alert.slug, alert.day)
    return Message(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"newsmon:{alert.slug}:{alert.day}:{alert.raised_at.isoformat()}")),
        topic=alert.slug, name=alert.name, day=alert.day, n=alert.n, usual=alert.usual, threshold=alert.threshold,
        version=alert.version, raised_at=alert.raised_at,
        articles=[(row.headline or row.url, row.url, row.outlet) for row in found],
    )  # fmt: skip


def _now() -> datetime:
    return datetime.now(UTC)
