"""What an outlet's stored articles teach of its dates, and what follows for the articles that are stored already."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from newsmon.page.clocks import VISIBLE
from newsmon.page.date_habits import PastDate, learn
from newsmon.store import habits

LAST_ARTICLES = 200
"""How far back an outlet's articles are asked: a redesign is not held against its new pages for long."""


def learn_dates(conn: Connection, outlet_id: int, *, tz: ZoneInfo, now: datetime) -> int:
    """Learn an outlet's date habits anew; how many articles are to be looked at again because of what is new."""
    rows = [
        PastDate(
            article=row.article_id,
            source=row.source,
            selector=row.selector,
            raw=row.raw,
            role=row.role,
            value=row.value,
            precision=row.precision,
            flags=row.flags.split(),
            fetched_at=row.last_seen_at,
        )
        for row in habits.past_dates(conn, outlet_id, articles=LAST_ARTICLES)
    ]
    new = habits.keep_date_habits(conn, outlet_id, learn(rows, tz=tz), now=now)
    return habits.look_again(conn, outlet_id, disbelieved=new, visible=VISIBLE, now=now)
