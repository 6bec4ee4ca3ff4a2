"""Articles in: new ones, edited ones, and those that only look edited."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, and_, delete, exc, select, update

from newsmon.items import Article as Item
from newsmon.items import TopicMatch as MatchItem
from newsmon.store import rollups
from newsmon.store.engine import insert, inserted_id
from newsmon.store.ladder import next_visit
from newsmon.store.models import (
    Archive,
    Article,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Author,
    Caption,
    MatchSpan,
    Outlet,
    Revision,
    TopicMatch,
)
from newsmon.store.revisions import Change, StoredText, compare, count_words, text_sha256
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
    results: dict[int, Saved] = {i: saver.save(articles[i]) for i in order}
    rollups.recount(conn, saver.days)
    return [results[i] for i in range(len(articles))]


def storable(item: T) -> T:
    """`item` with every string in it, however deep, such that both engines take it."""
    if isinstance(item, str):
        return clean_text(item)  # type: ignore[return-value]
    if isinstance(item, list | tuple):
        return type(item)(storable(part) for part in item)
    if isinstance(item, dict):
        return {storable(k): storable(v) for k, v in item.items()}  # type: ignore[return-value]
    if is_dataclass(item) and not isinstance(item, type):
        return replace(item, **{f.name: storable(getattr(item, f.name)) for f in fields(item)})
    return item


class _Saver:
    def __init__(self, conn: Connection, run_id: int, topic_versions: Mapping[str, int], now: datetime) -> None:
        self._conn = conn
        self._run_id = run_id
        self._versions = topic_versions
        self._now = now
        self._outlets: dict[str, int] = {}
        self.days: set[tuple[int, date]] = set()

    def save(self, item: Item) -> Saved:
        if item.thin in NO_ARTICLE:
            return Saved(url=item.url, article_id=None, revision_seq=None, change="rejected", reason=item.thin)
        try:
            with self._conn.begin_nested():
                return self._save(storable(item))
        except REFUSALS as e:
            if isinstance(e, exc.OperationalError | exc.ProgrammingError | exc.InternalError):
                raise  # the database's trouble, not the article's: disk, lock, connection, schema
            LOG.warning("%s: not stored: %s", item.url, " ".join(str(getattr(e, "orig", None) or e).split())[:300])
            return Saved(url=item.url, article_id=None, revision_seq=None, change="rejected", reason="store")

    def _save(self, item: Item) -> Saved:
        outlet_id = self._outlet_id(item.outlet)
        text = StoredText(item.headline, item.deck, item.body)
        old = self._stored(outlet_id, url_key(item.canonical_url))
        if old is None:
            article_id = self._insert_article(outlet_id, item)
            self._revise(article_id, item, text, 1, "first", count_words(item.body), 0)
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
            self._revise(old.id, item, text, seq, change, added, removed)
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

    def _columns(self, item: Item, first_seen_at: datetime) -> dict[str, Any]:
        """What the latest look at the page says, whatever became of its text."""
        return {
            "section": item.section,
            "language": item.language,
            "last_seen_at": item.fetched_at,
            "next_visit_at": next_visit(first_seen_at, item.published_at, now=self._now),
            "gone_at": None,
            "gone_status": None,
            "published_at": item.published_at,
            "published_precision": item.published_precision,
            "published_source": item.published_source,
            "modified_at": item.modified_at,
            **_day_columns(item.day, item.day_basis),
            "paywall": item.paywall,
            "origin": item.attribution.kind if item.attribution else None,
        }

    def _insert_article(self, outlet_id: int, item: Item) -> int:
        row = {
            "outlet_id": outlet_id,
            "url_key": url_key(item.canonical_url),
            "url": item.url,
            "canonical_url": item.canonical_url,
            "guid": item.link.guid if item.link else None,
            "first_seen_at": item.fetched_at,
            "revision_seq": 1,
            **self._columns(item, item.fetched_at),
        }
        article_id = inserted_id(self._conn, Article, row)
        self._replace_details(article_id, outlet_id, item)
        return article_id

    def _update_article(self, old: Row[Any], outlet_id: int, item: Item, seq: int) -> None:
        first_seen_at = min(old.first_seen_at, item.fetched_at)
        values = {**self._columns(item, first_seen_at), "revision_seq": seq, "first_seen_at": first_seen_at}
        if item.link is None and item.published_at is None and old.published_source in LISTING_SOURCES:
            # A second look has no listing beside it: what the listing told of the publication still holds.
            kept = ("published_at", "published_precision", "published_source", "day", "iso_week", "month", "day_basis")
            values = {name: value for name, value in values.items() if name not in kept}
        elif item.published_at is None and old.day and item.day and old.day < item.day:
            # Without a printed date the day is an upper bound: a later look cannot make the article younger.
            values |= _day_columns(old.day, item.day_basis if old.day_basis == "published" else old.day_basis)
        self._conn.execute(update(Article).where(Article.id == old.id).values(**values))
        if old.day:
            self.days.add((outlet_id, old.day))
        self._replace_details(old.id, outlet_id, item)

    def _replace_details(self, article_id: int, outlet_id: int, item: Item) -> None:
        if item.day:
            self.days.add((outlet_id, item.day))
        self._replace_dates(article_id, item)
        self._replace(Caption, article_id, _numbered([{"text": c.text, "credit": c.credit} for c in item.captions]))
        authors = [{"author_id": self._author_id(a.name, a.kind), "role": a.role} for a in item.authors]
        self._replace(ArticleAuthor, article_id, _numbered(authors))
        self._replace(Attribution, article_id, [_attribution_row(item)] if item.attribution else [])
        if item.archived_as:
            file, offset, length, digest = item.archived_as
            place = {"file": file, "offset": offset, "length": length, "digest": digest, "fetched_at": item.fetched_at}
            self._conn.execute(insert(self._conn, Archive).values(article_id=article_id, **place))

    def _replace_dates(self, article_id: int, item: Item) -> None:
        """The page's candidates anew; the listing's stay where this look has no listing beside it."""
        old = delete(ArticleDate).where(ArticleDate.article_id == article_id)
        if item.link is None:
            old = old.where(ArticleDate.source.not_in(LISTING_SOURCES))
        self._conn.execute(old)
        rows = [{"article_id": article_id, **_date_row(candidate)} for candidate in item.dates]
        if rows:
            self._conn.execute(insert(self._conn, ArticleDate), rows)

    def _replace(self, table: Any, article_id: int, rows: list[dict[str, Any]]) -> None:
        self._conn.execute(delete(table).where(table.article_id == article_id))
        if rows:
            self._conn.execute(insert(self._conn, table), [{"article_id": article_id, **row} for row in rows])

    def _author_id(self, name: str, kind: str) -> int:
        self._conn.execute(insert(self._conn, Author).values(name=name, kind=kind).on_conflict_do_nothing())
        return self._conn.execute(select(Author.id).where(Author.name == name, Author.kind == kind)).scalar_one()

    def _revise(
        self, article_id: int, item: Item, text: StoredText, seq: int, change: Change, added: int, removed: int
    ) -> None:
        row = {
            "article_id": article_id,
            "run_id": self._run_id,
            "seq": seq,
            "seen_at": item.fetched_at,
            "headline": item.headline,
            "deck": item.deck,
            "body": item.body,
            "words": count_words(item.body),
            "text_sha256": text_sha256(text),
            "methods": item.methods,
            "change": change,
            "words_added": added,
            "words_removed": removed,
            "modified_at": item.modified_at,
        }
        self._replace_matches(article_id, inserted_id(self._conn, Revision, row), item)

    def _replace_matches(self, article_id: int, revision_id: int, item: Item) -> None:
        versions = list(self._versions.values())
        mine = (TopicMatch.revision_id == revision_id, TopicMatch.topic_version_id.in_(versions))
        self._conn.execute(delete(TopicMatch).where(*mine))
        for match in item.matches:
            row = {
                "topic_version_id": self._versions[match.topic],
                "article_id": article_id,
                "revision_id": revision_id,
                "level": match.level,
                "score": match.score,
                "why": why(match),
            }
            match_id = inserted_id(self._conn, TopicMatch, row)
            spans = [{f.name: getattr(span, f.name) for f in fields(span)} for span in match.spans]
            if spans:
                rows = [{"match_id": match_id, **row} for row in _numbered(spans)]
                self._conn.execute(insert(self._conn, MatchSpan), rows)


FIELDS = {"headline": "titre", "deck": "chapeau", "body": "texte"}


def why(match: MatchItem) -> str:
    """The words that made a match, each once, by field: "titre : Ukraine ; texte : invasion, Moscou"."""
    words: dict[str, dict[str, None]] = {}
    for span in match.spans:
        words.setdefault(FIELDS[span.field], {})[" ".join(span.surface.split())] = None
    return " ; ".join(f"{field} : {', '.join(surfaces)}" for field, surfaces in words.items())


def _is_thinner(item: Item, old: Row[Any]) -> bool:
    """A stub (paywall, error page, half an answer) must not take the place of the longer text that we have."""
    words = count_words(item.body)
    return words == 0 or (bool(item.thin) and words < old.words) or (item.paywall and words * 2 < old.words)


def _day_columns(day: date | None, basis: str) -> dict[str, Any]:
    """The day, and what SQL would need date arithmetic for."""
    week = day.isocalendar() if day else None
    return {
        "day": day,
        "iso_week": f"{week.year}-W{week.week:02}" if week else None,
        "month": f"{day:%Y-%m}" if day else None,
        "day_basis": basis,
    }


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _date_row(candidate: Any) -> dict[str, Any]:
    row = {f.name: getattr(candidate, f.name) for f in fields(candidate)}
    return {**row, "flags": " ".join(candidate.flags)}


def _attribution_row(item: Item) -> dict[str, Any]:
    return {f.name: getattr(item.attribution, f.name) for f in fields(item.attribution)}  # type: ignore[arg-type]
