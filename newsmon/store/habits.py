"""What the stored date candidates of an outlet teach about its pages."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from newsmon.items import DateHabits
from newsmon.store.models import Article, ArticleDate

CLOCK_SOURCES = ("header", "time", "label")
"""Places in a page's visible text: there, the same text on two articles is a clock, or the template's."""


def date_habits(conn: Connection, outlet_id: int) -> DateHabits:
    """Selectors of visible text that showed the same text, to the minute, on two articles of the outlet."""
    query = (
        select(ArticleDate.selector)
        .join(Article, Article.id == ArticleDate.article_id)
        .where(
            Article.outlet_id == outlet_id,
            ArticleDate.source.in_(CLOCK_SOURCES),
            ArticleDate.precision.in_(("minute", "second")),
        )
        .group_by(ArticleDate.selector, ArticleDate.raw)
        .having(func.count(func.distinct(ArticleDate.article_id)) > 1)
    )
    return DateHabits(clock_selectors=frozenset(conn.scalars(query)))
