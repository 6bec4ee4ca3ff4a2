"""How often an article is looked at again: young ones change."""

from __future__ import annotations

from datetime import datetime, timedelta

LADDER = (
    (timedelta(hours=3), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=3)),
    (timedelta(days=31), timedelta(days=3)),
)
"""An article younger than the first is looked at again after the second."""


def next_visit(first_seen_at: datetime, published_at: datetime | None, *, now: datetime) -> datetime | None:
    """When an article is looked at again; None when it is too old."""
    age = now - min(first_seen_at, published_at or first_seen_at)
    return next((now + pause for young, pause in LADDER if age < young), None)
