"""What the stored date candidates of an outlet teach about its pages."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from newsmon.items import DateHabits
from newsmon.store.models import Article, ArticleDate

VISIBLE = ("header", "time", "label")
"""Places in a page's visible text."""


def date_habits(conn: Connection, outlet_id: int) -> DateHabits:
    """The places that showed one and the same text on articles of different days: clocks, however they look.

    Two articles of one morning may well say "Publié à 5 h" both: only days that other sources tell apart count.
    """
    query = (
        select(ArticleDate.selector)
        .join(Article, Article.id == ArticleDate.article_id)
        .where(
            Article.outlet_id == outlet_id,
            Article.day_basis == "published",
            ArticleDate.source.in_(VISIBLE),
            ArticleDate.value.is_not(None),
        )
        .group_by(ArticleDate.selector, ArticleDate.raw)
        .having(func.count(func.distinct(Article.day)) > 1)
    )
    return DateHabits(clock_selectors=frozenset(conn.scalars(query)))
