"""Articles in: new ones, edited ones, and those that only look edited."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exc, select, update

from newsmon.items import Article as Item
from newsmon.store import events, fresh, rollups, rows
from newsmon.store.details import LISTING_SOURCES, keep_archived, replace_dates, replace_details, replace_matches
from newsmon.store.earlier import insert_earlier
from newsmon.store.engine import inserted_id
from newsmon.store.identity import Identity, identify, keep_addresses, strangers
from newsmon.store.ladder import next_visit
from newsmon.store.models import Article, Outlet, Revision
from newsmon.store.revisions import Change, compare, count_words
from newsmon.store.storable import storable
from newsmon.store.texts import insert_revision, stored_text, text_of
from newsmon.text.urls import url_key

NO_ARTICLE = frozenset({"consent", "login", "not_found_page", "thin"})
"""What is never stored; a page behind a paywall is, with what it shows."""

REFUSALS = (exc.StatementError, ValueError, OverflowError, TypeError, KeyError, AttributeError)
"""What one article's values can raise on the way in."""

LOG = logging.getLogger(__name__)


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
        self._know_outlets({item.outlet for item in stored.values()})
        pairs = {i: (self._outlet_id(item.outlet), item) for i, item in stored.items()}
        new = {i: pairs[i] for i in strangers(self._conn, pairs)}
        if not new:
            return {}
        ids = fresh.insert_articles(
            self._conn, list(new.values()), run_id=self._run_id, versions=self._versions, now=self._now
        )
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
        who = identify(self._conn, outlet_id, item)
        if who.article_id is None:
            saved = self._save_first(outlet_id, item)
        else:
            saved = self._save_known(outlet_id, item, who, self._stored(who.article_id))
        if saved.change != "thin":
            assert saved.article_id is not None
            keep_addresses(self._conn, outlet_id, saved.article_id, item)
            keep_archived(self._conn, saved.article_id, item)
        if who.left_id is not None:
            status, there = events.LED_AWAY, item.canonical_url
            events.mark_gone(self._conn, who.left_id, at=item.fetched_at, status=status, url=there)
            self._postpone(who.left_id)
        return saved

    def _save_first(self, outlet_id: int, item: Item) -> Saved:
        article_id = inserted_id(self._conn, Article, rows.article_row(item, outlet_id, now=self._now))
        self._count(outlet_id, item.day)
        replace_details(self._conn, article_id, item)
        self._revise(article_id, item, 1, "first", 0, 0)
        return Saved(url=item.url, article_id=article_id, revision_seq=1, change="first")

    def _save_known(self, outlet_id: int, item: Item, who: Identity, old: Row[Any]) -> Saved:
        if _is_thinner(item, old):
            self._postpone(old.id)
            reason = item.thin or "thin"
            return Saved(url=item.url, article_id=old.id, revision_seq=old.seq, change="thin", reason=reason)
        if item.fetched_at < old.last_seen_at:
            return self._save_earlier(outlet_id, item, old)
        events.mark_restored(self._conn, old.id, at=item.fetched_at)
        self._follow(item, who, old)
        change, added, removed = compare(stored_text(old), text_of(item))
        seq = old.seq + (change in ("text", "headline"))
        self._update_article(old, outlet_id, item, seq, who)
        if seq > old.seq:
            self._revise(old.id, item, seq, change, added, removed)
        else:
            replace_matches(self._conn, old.id, old.revision_id, item, self._versions)
        return Saved(url=item.url, article_id=old.id, revision_seq=seq, change=change)

    def _save_earlier(self, outlet_id: int, item: Item, old: Row[Any]) -> Saved:
        """A look that is older than the last one adds to the history, and to what is known of the date."""
        seen = old.last_seen_at
        change, seq, current = insert_earlier(
            self._conn, old.id, item, last_seen_at=seen, run_id=self._run_id, versions=self._versions
        )
        values: dict[str, Any] = {"revision_seq": current, "first_seen_at": min(old.first_seen_at, item.fetched_at)}
        if old.published_at is None and (item.published_at or (old.day and item.day and item.day < old.day)):
            # This look knows the date, or, where the day is an upper bound, a lower one.
            values |= rows.date_columns(item)
            replace_dates(self._conn, old.id, item)
            self._count(outlet_id, old.day)
            self._count(outlet_id, item.day)
        self._conn.execute(update(Article).where(Article.id == old.id).values(**values))
        return Saved(url=item.url, article_id=old.id, revision_seq=seq, change=change)

    def _follow(self, item: Item, who: Identity, old: Row[Any]) -> None:
        """The article is where its own address led; an address that a listing brought is kept beside the first."""
        if who.asked_its_address and url_key(item.canonical_url) != old.url_key:
            events.mark_moved(self._conn, old.id, at=item.fetched_at, url=item.canonical_url)

    def _know_outlets(self, slugs: Collection[str]) -> None:
        self._outlets |= rollups.hold_outlets(self._conn, Outlet.slug.in_(slugs))

    def _outlet_id(self, slug: str) -> int:
        if slug not in self._outlets:
            self._know_outlets([slug])
        if slug not in self._outlets:
            raise KeyError(f"outlet {slug!r} is not in the database")
        return self._outlets[slug]

    def _stored(self, article_id: int) -> Row[Any]:
        query = (
            select(Article.id, Article.url_key, Article.day, Article.day_basis, Article.first_seen_at)
            .add_columns(Article.last_seen_at, Article.published_at, Article.published_source)
            .add_columns(Revision.id.label("revision_id"), Revision.seq, Revision.headline, Revision.deck)
            .add_columns(Revision.body, Revision.words)
            .join(Revision, and_(Revision.article_id == Article.id, Revision.seq == Article.revision_seq))
            .where(Article.id == article_id)
        )
        return self._conn.execute(query).one()

    def _update_article(self, old: Row[Any], outlet_id: int, item: Item, seq: int, who: Identity) -> None:
        values = {**rows.seen_columns(item, old.first_seen_at, now=self._now), "revision_seq": seq}
        if not who.asked_its_address and url_key(item.canonical_url) != old.url_key:
            # A listing brought a second address: whether the first one still holds is seen by asking it.
            values |= {"next_visit_at": self._now, "etag": None, "last_modified": None}
        if item.link is None and item.published_at is None and old.published_source in LISTING_SOURCES:
            # A second look has no listing beside it: what the listing told of the publication still holds.
            kept = ("published_at", "published_precision", "published_source", "day", "iso_week", "month", "day_basis")
            values = {name: value for name, value in values.items() if name not in kept}
        elif item.published_at is None and old.day and item.day and old.day < item.day:
            # Without a printed date the day is an upper bound: a later look cannot make the article younger.
            values |= rows.day_columns(old.day, item.day_basis if old.day_basis == "published" else old.day_basis)
        self._conn.execute(update(Article).where(Article.id == old.id).values(**values))
        self._count(outlet_id, old.day)
        self._count(outlet_id, item.day)
        replace_details(self._conn, old.id, item)

    def _count(self, outlet_id: int, day: date | None) -> None:
        if day:
            self.days.add((outlet_id, day))

    def _postpone(self, article_id: int) -> None:
        row = self._stored(article_id)
        visit = next_visit(row.first_seen_at, row.published_at, now=self._now)
        self._conn.execute(update(Article).where(Article.id == article_id).values(next_visit_at=visit))

    def _revise(self, article_id: int, item: Item, seq: int, change: Change, added: int, removed: int) -> None:
        insert_revision(
            self._conn, article_id, item, seq, change, added, removed, run_id=self._run_id, versions=self._versions
        )


def _is_the_database_s(error: Exception) -> bool:
    """The database's trouble, not the article's: disk, lock, connection, schema."""
    return isinstance(error, exc.OperationalError | exc.ProgrammingError | exc.InternalError)


def _is_thinner(item: Item, old: Row[Any]) -> bool:
    """A stub (paywall, error page, half an answer) must not take the place of the longer text that we have."""
    words = count_words(item.body)
    return words == 0 or (bool(item.thin) and words < old.words) or (item.paywall and words * 2 < old.words)
