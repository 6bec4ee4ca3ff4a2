"""Articles in: new ones, edited ones, and those that only look edited."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import is_
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, and_, delete, exc, select, update

from newsmon.items import Article as Item
from newsmon.store import fresh, rollups, rows
from newsmon.store.engine import insert, inserted_id
from newsmon.store.ladder import next_visit
from newsmon.store.models import (
    Archive,
    Article,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Caption,
    MatchSpan,
    Outlet,
    Revision,
    TopicMatch,
)
from newsmon.store.revisions import Change, StoredText, compare, count_words
from newsmon.text.clean import clean_text
from newsmon.text.urls import url_key

NO_ARTICLE = frozenset({"consent", "login", "not_found_page", "thin"})
"""What is never stored; a page behind a paywall is, with what it shows."""

REFUSALS = (exc.StatementError, ValueError, OverflowError, TypeError, KeyError, AttributeError)
"""What one article's values can raise on the way in."""

LOG = logging.getLogger(__name__)

LISTING_SOURCES = ("feed", "news_sitemap", "section", "lastmod")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of one article."""

    url: str
    article_id: int | None
    revision_seq: int | None
    change: Change
    reason: str | None = None
    """Of REASONS, for thin and rejected."""


def save_articles(
    conn: Connection, articles: Sequence[Item], *, run_id: int, topic_versions: Mapping[str, int], now: datetime
) -> list[Saved]:
    """Store `articles`, each whole or not at all: one that the database refuses costs itself alone.

    Their outlets must be there (frontier.sync_outlet). Returns what became of each, in the given order.
    """
    saver = _Saver(conn, run_id, topic_versions, now)
    # In the order of their keys: two writers that touch the same articles never wait for each other crosswise.
    order = sorted(range(len(articles)), key=lambda i: (articles[i].outlet, url_key(articles[i].canonical_url)))
    results = saver.save_new({i: articles[i] for i in order})
    results |= {i: saver.save(articles[i]) for i in order if i not in results}
    rollups.recount(conn, saver.days)
    return [results[i] for i in range(len(articles))]


def storable(item: T) -> T:
    """`item` with every string in it, however deep, such that both engines take it; itself when they do already."""
    if isinstance(item, str):
        return clean_text(item)  # type: ignore[return-value]
    if item is None or isinstance(item, int | float | date):
        return item
    if isinstance(item, list | tuple):
        parts = [storable(part) for part in item]
        return item if all(map(is_, parts, item)) else type(item)(parts)
    if isinstance(item, dict):
        return {storable(k): storable(v) for k, v in item.items()}  # type: ignore[return-value]
    if names := _field_names(type(item)):  # type: ignore[arg-type]
        pairs = ((name, getattr(item, name)) for name in names)
        changes = {name: new for name, old in pairs if (new := storable(old)) is not old}
        return replace(item, **changes) if changes else item  # type: ignore[type-var]
    return item


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


class _Saver:
    def __init__(self, conn: Connection, run_id: int, topic_versions: Mapping[str, int], now: datetime) -> None:
        self._conn = conn
        self._run_id = run_id
        self._versions = topic_versions
        self._now = now
        self._outlets: dict[str, int] = {}
        self.days: set[tuple[int, date]] = set()

    def save_new(self, items: Mapping[int, Item]) -> dict[int, Saved]:
        """Store those that were never seen, all at once; none when the database refuses one of them."""
        try:
            with self._conn.begin_nested():
                return self._save_new(items)
        except REFUSALS as e:
            if _is_the_database_s(e):
                raise
            return {}  # one by one: only the one that is refused is lost

    def _save_new(self, items: Mapping[int, Item]) -> dict[int, Saved]:
        stored = {i: storable(item) for i, item in items.items() if item.thin not in NO_ARTICLE}
        pairs = {i: (self._outlet_id(item.outlet), item) for i, item in stored.items()}
        taken = fresh.known_keys(self._conn, pairs.values())
        new: dict[int, fresh.Pair] = {}
        for i, (outlet_id, item) in pairs.items():
            key = (outlet_id, url_key(item.canonical_url))
            if key not in taken:
                taken.add(key)  # a second one of its address in this batch is another look at it
                new[i] = (outlet_id, item)
        if not new:
            return {}
        ids = fresh.insert_articles(
            self._conn, list(new.values()), run_id=self._run_id, versions=self._versions, now=self._now
        )
        self.days |= {(outlet_id, item.day) for outlet_id, item in new.values() if item.day}
        return {
            i: Saved(url=item.url, article_id=article_id, revision_seq=1, change="first")
            for article_id, (i, (_, item)) in zip(ids, new.items(), strict=True)
        }

    def save(self, item: Item) -> Saved:
        if item.thin in NO_ARTICLE:
            return Saved(url=item.url, article_id=None, revision_seq=None, change="rejected", reason=item.thin)
        try:
            with self._conn.begin_nested():
                return self._save(storable(item))
        except REFUSALS as e:
            if _is_the_database_s(e):
                raise
            LOG.warning("%s: not stored: %s", item.url, " ".join(str(getattr(e, "orig", None) or e).split())[:300])
            return Saved(url=item.url, article_id=None, revision_seq=None, change="rejected", reason="store")

    def _save(self, item: Item) -> Saved:
        outlet_id = self._outlet_id(item.outlet)
        text = StoredText(item.headline, item.deck, item.body)
        old = self._stored(outlet_id, url_key(item.canonical_url))
        if old is None:
            article_id = self._insert_article(outlet_id, item)
            self._revise(article_id, item, 1, "first", count_words(item.body), 0)
            return Saved(url=item.url, article_id=article_id, revision_seq=1, change="first")
        if _is_thinner(item, old):
            visit = next_visit(old.first_seen_at, old.published_at, now=self._now)
            self._conn.execute(update(Article).where(Article.id == old.id).values(next_visit_at=visit))
            return Saved(
                url=item.url, article_id=old.id, revision_seq=old.seq, change="thin", reason=item.thin or "thin"
            )
        change, added, removed = compare(StoredText(old.headline, old.deck, old.body), text)
        seq = old.seq + (change in ("text", "headline"))
        self._update_article(old, outlet_id, item, seq)
        if seq > old.seq:
            self._revise(old.id, item, seq, change, added, removed)
        else:
            self._replace_matches(old.id, old.revision_id, item)
        return Saved(url=item.url, article_id=old.id, revision_seq=seq, change=change)

    def _outlet_id(self, slug: str) -> int:
        if slug not in self._outlets:
            # One writer an outlet at a time: PostgreSQL's two would both insert an article, or count a day amiss.
            query = select(Outlet.id).where(Outlet.slug == slug).with_for_update(key_share=True)
            outlet_id = self._conn.scalar(query)
            if outlet_id is None:
                raise KeyError(f"outlet {slug!r} is not in the database")
            self._outlets[slug] = outlet_id
        return self._outlets[slug]

    def _stored(self, outlet_id: int, key: str) -> Row[Any] | None:
        query = (
            select(Article.id, Article.day, Article.day_basis, Article.first_seen_at, Article.published_at)
            .add_columns(Article.published_source)
            .add_columns(Revision.id.label("revision_id"), Revision.seq, Revision.headline, Revision.deck)
            .add_columns(Revision.body, Revision.words)
            .join(Revision, and_(Revision.article_id == Article.id, Revision.seq == Article.revision_seq))
            .where(Article.outlet_id == outlet_id, Article.url_key == key)
        )
        return self._conn.execute(query).first()

    def _insert_article(self, outlet_id: int, item: Item) -> int:
        row = rows.article_row(item, outlet_id, now=self._now)
        article_id = inserted_id(self._conn, Article, row)
        self._replace_details(article_id, outlet_id, item)
        return article_id

    def _update_article(self, old: Row[Any], outlet_id: int, item: Item, seq: int) -> None:
        first_seen_at = min(old.first_seen_at, item.fetched_at)
        values = {
            **rows.seen_columns(item, first_seen_at, now=self._now),
            "revision_seq": seq,
            "first_seen_at": first_seen_at,
        }
        if item.link is None and item.published_at is None and old.published_source in LISTING_SOURCES:
            # A second look has no listing beside it: what the listing told of the publication still holds.
            kept = ("published_at", "published_precision", "published_source", "day", "iso_week", "month", "day_basis")
            values = {name: value for name, value in values.items() if name not in kept}
        elif item.published_at is None and old.day and item.day and old.day < item.day:
            # Without a printed date the day is an upper bound: a later look cannot make the article younger.
            values |= rows.day_columns(old.day, item.day_basis if old.day_basis == "published" else old.day_basis)
        self._conn.execute(update(Article).where(Article.id == old.id).values(**values))
        if old.day:
            self.days.add((outlet_id, old.day))
        self._replace_details(old.id, outlet_id, item)

    def _replace_details(self, article_id: int, outlet_id: int, item: Item) -> None:
        if item.day:
            self.days.add((outlet_id, item.day))
        self._replace_dates(article_id, item)
        self._replace(Caption, article_id, rows.caption_rows(item))
        authors = fresh.author_ids(self._conn, ((a.name, a.kind) for a in item.authors))
        self._replace(ArticleAuthor, article_id, fresh.author_rows(item, authors))
        self._replace(Attribution, article_id, rows.attribution_rows(item))
        for row in rows.archive_rows(item):
            self._conn.execute(insert(self._conn, Archive).values(article_id=article_id, **row))

    def _replace_dates(self, article_id: int, item: Item) -> None:
        """The page's candidates anew; the listing's stay where this look has no listing beside it."""
        old = delete(ArticleDate).where(ArticleDate.article_id == article_id)
        if item.link is None:
            old = old.where(ArticleDate.source.not_in(LISTING_SOURCES))
        self._conn.execute(old)
        if item.dates:
            made = [{"article_id": article_id, **row} for row in rows.date_rows(item)]
            self._conn.execute(insert(self._conn, ArticleDate), made)

    def _replace(self, table: Any, article_id: int, made: list[rows.Row]) -> None:
        self._conn.execute(delete(table).where(table.article_id == article_id))
        if made:
            self._conn.execute(insert(self._conn, table), [{"article_id": article_id, **row} for row in made])

    def _revise(self, article_id: int, item: Item, seq: int, change: Change, added: int, removed: int) -> None:
        row = rows.revision_row(item, seq, change, run_id=self._run_id, added=added, removed=removed)
        revision_id = inserted_id(self._conn, Revision, {"article_id": article_id, **row})
        self._replace_matches(article_id, revision_id, item)

    def _replace_matches(self, article_id: int, revision_id: int, item: Item) -> None:
        versions = list(self._versions.values())
        mine = (TopicMatch.revision_id == revision_id, TopicMatch.topic_version_id.in_(versions))
        self._conn.execute(delete(TopicMatch).where(*mine))
        for match, row in zip(item.matches, rows.match_rows(item, self._versions), strict=True):
            found = {"article_id": article_id, "revision_id": revision_id, **row}
            match_id = inserted_id(self._conn, TopicMatch, found)
            if match.spans:
                spans = [{"match_id": match_id, **span} for span in rows.span_rows(match)]
                self._conn.execute(insert(self._conn, MatchSpan), spans)


def _is_the_database_s(error: Exception) -> bool:
    """The database's trouble, not the article's: disk, lock, connection, schema."""
    return isinstance(error, exc.OperationalError | exc.ProgrammingError | exc.InternalError)


def _is_thinner(item: Item, old: Row[Any]) -> bool:
    """A stub (paywall, error page, half an answer) must not take the place of the longer text that we have."""
    words = count_words(item.body)
    return words == 0 or (bool(item.thin) and words < old.words) or (item.paywall and words * 2 < old.words)
