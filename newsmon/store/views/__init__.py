"""The views: what reporters read. Names and columns are a promise; docs/data-dictionary.md is made of this package.

One text for both engines: no DISTINCT ON, no ILIKE, no JSON operator, no date arithmetic.
"""

from __future__ import annotations

from newsmon.store.views import articles, attention, changes, copies, outlets, runs, stories, topics
from newsmon.store.views.columns import Column, View

VIEWS = (
    *outlets.VIEWS,
    *articles.VIEWS,
    *changes.VIEWS,
    *topics.VIEWS,
    *attention.VIEWS,
    *stories.VIEWS,
    *copies.VIEWS,
    *runs.VIEWS,
)
"""A view that reads another stands after it."""

__all__ = ["VIEWS", "Column", "View"]
