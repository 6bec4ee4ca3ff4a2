"""Retry-After: until when a site asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DEFAULT = timedelta(minutes=15)
CAP = timedelta(hours=24)


def not_before(header: str | None, *, now: datetime) -> datetime:
    """The end of the pause that `header` asks for: seconds or an HTTP date, at most a day; a quarter hour when unclear.

    Source: RFC 9110 section 10.2.3.
    """
    now = now.astimezone(UTC)  # in a zone with summer time two hours may be one
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return now + min(timedelta(seconds=int(text)), CAP)
    try:
        until = parsedate_to_datetime(text)
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
    except (ValueError, OverflowError):
        return now + DEFAULT
    return now + DEFAULT if until <= now else min(until, now + CAP)
