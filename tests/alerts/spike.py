"""A fortnight of a quiet topic, and a day that stands out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newsmon.items import Article
from tests.reports.newsroom import on_topic
from tests.store.making import made

NOW = datetime(2022, 3, 1, 16, 0, tzinfo=UTC)
TODAY = NOW.date()


def fortnight(today: int, *, now: datetime = NOW) -> list[Article]:
    """One article of the topic every other day, ten others a day; `today` of the topic on the last day."""
    articles = []
    for back in range(14, -1, -1):
        day = now.date() - timedelta(days=back)
        number = 1000 * (back + 1)
        articles += [made(number + k, day=day, deck=None, headline=f"Rien de neuf, {k}") for k in range(10)]
        n = today if back == 0 else back % 2
        articles += [on_topic(number + 500 + k, day) for k in range(n)]
    return articles
