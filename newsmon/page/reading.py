"""The steps of a crawl that need nothing but the page: what a worker process does with it in one go."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from newsmon.items import Article, DateHabits, Page
from newsmon.outlets import Declaration

TIMEZONE = ZoneInfo("America/Toronto")
"""Of a page whose outlet nobody declared."""


def read_whole(page: Page, declaration: Declaration | None, habits: DateHabits = DateHabits()) -> Article:  # noqa: B008 (frozen)
    """A page cleaned, dated and attributed: an article that lacks nothing but its topics. Raises: PageError."""
    # Heavy, and the run's own process, which names this function alone, needs none of it.
    from newsmon.page.article import read_page
    from newsmon.page.attribution import attribute_article
    from newsmon.page.published import date_article

    article = read_page(page, declaration)
    date_article(article, tz=declaration.tz if declaration else TIMEZONE, habits=habits)
    return attribute_article(article, declaration)
