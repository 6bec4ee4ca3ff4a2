"""What the stored date candidates of an outlet teach about its pages, and what was learned of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, false, or_, select, tuple_, update

from newsmon.items import DateHabits
from newsmon.store.engine import insert
from newsmon.store.models import Article, ArticleDate, DateHabit, Outlet

Key = tuple[str, str, str]
"""A habit as it is kept: kind, selector, raw."""


def date_habits(conn: Connection, outlet_id: int) -> DateHabits:
    """What was learned of the outlet's dates."""
    return _habits_of(_kept(conn, outlet_id))


def habits_of(conn: Connection, slug: str) -> DateHabits:
    """What was learned of the dates of an outlet, which need not be in the database yet."""
    outlet_id = conn.scalar(select(Outlet.id).where(Outlet.slug == slug))
    return DateHabits() if outlet_id is None else date_habits(conn, outlet_id)


def keep_date_habits(conn: Connection, outlet_id: int, learned: DateHabits, *, now: datetime) -> DateHabits:
    """Keep `learned` in place of what was known of the outlet; returns what is new in it."""
    known, keys = _kept(conn, outlet_id), _keys(learned)
    outdated = [number for key, number in known.items() if key not in keys]
    if outdated:
        conn.execute(delete(DateHabit).where(DateHabit.id.in_(outdated)))
    new = sorted(keys - known.keys())
    if new:
        rows = [
            {"outlet_id": outlet_id, "kind": kind, "selector": selector, "raw": raw, "learned_at": now}
            for kind, selector, raw in new
        ]
        conn.execute(insert(conn, DateHabit), rows)
    return _habits_of(new)


def past_dates(conn: Connection, outlet_id: int, *, articles: int) -> list[Row[Any]]:
    """The candidates of the outlet's last `articles`, each with the time of the look at the page that gave it."""
    last = select(Article.id, Article.last_seen_at).where(Article.outlet_id == outlet_id)
    last_ones = last.order_by(Article.id.desc()).limit(articles).subquery()
    query = (
        select(ArticleDate.article_id, ArticleDate.source, ArticleDate.selector, ArticleDate.raw, ArticleDate.role)
        .add_columns(ArticleDate.value, ArticleDate.precision, ArticleDate.flags, last_ones.c.last_seen_at)
        .join(last_ones, last_ones.c.id == ArticleDate.article_id)
        .order_by(ArticleDate.id)
    )
    return list(conn.execute(query))


def look_again(
    conn: Connection, outlet_id: int, *, disbelieved: DateHabits, visible: Collection[str], now: datetime
) -> int:
    """Let the articles whose date rests on what is `disbelieved` be fetched anew; how many.

    Their pages are asked for without a condition: unchanged as they may be, they are to be dated again.
    `visible`: the sources in which a place can be a clock.
    """
    clock = and_(ArticleDate.source.in_(visible), ArticleDate.selector.in_(disbelieved.clock_selectors))
    constant = tuple_(ArticleDate.selector, ArticleDate.raw).in_(sorted(disbelieved.constants))
    zone = _is_plus_zero() if disbelieved.local_as_utc else false()
    rests = select(ArticleDate.article_id).where(ArticleDate.chosen, or_(clock, constant, zone))
    # An article that is too old for another look (no next_visit_at) stays as it is.
    young = and_(Article.outlet_id == outlet_id, Article.next_visit_at.is_not(None), Article.id.in_(rests))
    values = {"next_visit_at": now, "etag": None, "last_modified": None}
    return conn.execute(update(Article).where(young).values(values)).rowcount


def _is_plus_zero() -> ColumnElement[bool]:
    stamped = or_(ArticleDate.raw.like("%+00:00"), ArticleDate.raw.like("%+0000"))
    return and_(stamped, ArticleDate.flags.not_like("%local_as_utc%"))


def _kept(conn: Connection, outlet_id: int) -> dict[Key, int]:
    query = select(DateHabit).where(DateHabit.outlet_id == outlet_id)
    return {(row.kind, row.selector, row.raw): row.id for row in conn.execute(query)}


def _habits_of(keys: Collection[Key]) -> DateHabits:
    return DateHabits(
        clock_selectors=frozenset(selector for kind, selector, _ in keys if kind == "clock"),
        constants=frozenset((selector, raw) for kind, selector, raw in keys if kind == "constant"),
        local_as_utc=any(kind == "local_as_utc" for kind, _, _ in keys),
    )


def _keys(habits: DateHabits) -> set[Key]:
    clocks = {("clock", selector, "") for selector in habits.clock_selectors}
    constants = {("constant", selector, raw) for selector, raw in habits.constants}
    return clocks | constants | ({("local_as_utc", "", "")} if habits.local_as_utc else set())
