"""What was read: a work, its texts, its dates, who signs it, where it came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsmon.store.models.columns import Base, key, reference


class Article(Base):
    """A work, unique by outlet and canonical address; what is said here is said of its current revision."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("outlet_id", "url_key"),
        Index(None, "outlet_id", "day"),
        Index(None, "day"),
        Index(None, "next_visit_at"),
        Index(None, "outlet_id", "guid"),
    )
    id: Mapped[int] = key()
    outlet_id: Mapped[int] = reference("outlet.id")
    url_key: Mapped[str] = mapped_column(String(64))
    url: Mapped[str]
    canonical_url: Mapped[str]
    guid: Mapped[str | None]
    section: Mapped[str | None]
    language: Mapped[str | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    next_visit_at: Mapped[datetime | None]
    """NULL: too old to be looked at again."""
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    gone_at: Mapped[datetime | None]
    gone_status: Mapped[int | None]
    published_at: Mapped[datetime | None]
    """NULL when unknown: the crawl's time is never a publication date."""
    published_precision: Mapped[str | None]
    published_source: Mapped[str | None]
    modified_at: Mapped[datetime | None]
    day: Mapped[date | None]
    iso_week: Mapped[str | None] = mapped_column(String(8))
    month: Mapped[str | None] = mapped_column(String(7))
    day_basis: Mapped[str]
    paywall: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str | None]
    """original, wire, mixed, republished; NULL when nothing tells."""
    revision_seq: Mapped[int]
    """The current revision."""


class ArticleAddress(Base):
    """An address at which an article was found: one article has several, one address leads to one article."""

    __tablename__ = "article_address"
    __table_args__ = (Index(None, "outlet_id", "number"),)
    outlet_id: Mapped[int] = reference("outlet.id", primary_key=True)
    url_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    article_id: Mapped[int] = reference("article.id", index=True)
    url: Mapped[str]
    number: Mapped[str | None]
    """The site's own number of the article, when the address has one."""
    seen_at: Mapped[datetime]
    """The last look that found the article there."""


class ArticleEvent(Base):
    """What became of an article as a whole."""

    __tablename__ = "article_event"
    id: Mapped[int] = key()
    article_id: Mapped[int] = reference("article.id", index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    """gone, restored, moved."""
    status: Mapped[int | None]
    """Of gone: 404, 410, or 301 where the address leads elsewhere."""
    url_before: Mapped[str | None]
    url: Mapped[str | None]
    """Where it is, or where its address leads."""


class ArticleDate(Base):
    """One date candidate of an article, and its part in the decision."""

    __tablename__ = "article_date"
    id: Mapped[int] = key()
    article_id: Mapped[int] = reference("article.id", index=True)
    role: Mapped[str | None]
    source: Mapped[str]
    selector: Mapped[str]
    raw: Mapped[str]
    value: Mapped[datetime | None]
    precision: Mapped[str | None]
    chosen: Mapped[bool]
    reason: Mapped[str]
    flags: Mapped[str]
    """Parted by blanks."""


class DateHabit(Base):
    """What the articles of an outlet taught of its dates."""

    __tablename__ = "date_habit"
    id: Mapped[int] = key()
    outlet_id: Mapped[int] = reference("outlet.id", index=True)
    kind: Mapped[str]
    """clock (a place), constant (a text in a place), local_as_utc (the outlet's stamps)."""
    selector: Mapped[str]
    """Empty for local_as_utc."""
    raw: Mapped[str]
    """The text of a constant, else empty."""
    learned_at: Mapped[datetime]


class Revision(Base):
    """One stored text of an article; the first is 1. A text may come back: A, B, A is three."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "seq"),)
    id: Mapped[int] = key()
    article_id: Mapped[int] = reference("article.id")
    run_id: Mapped[int] = reference("run.id", index=True)
    seq: Mapped[int]
    seen_at: Mapped[datetime]
    headline: Mapped[str | None]
    deck: Mapped[str | None]
    body: Mapped[str]
    words: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64))
    """Of headline, deck and body with white space folded."""
    methods: Mapped[dict[str, Any]]
    change: Mapped[str]
    """first, text, headline; reread: an edit that a better reading of the same pages no longer shows."""
    words_added: Mapped[int]
    words_removed: Mapped[int]
    modified_at: Mapped[datetime | None]
    """What the page said then: an edit without it is silent."""
    reread_at: Mapped[datetime | None]
    """When the text was last read better from the same raw page: not the outlet's doing."""


class Caption(Base):
    """A picture's caption in the current revision."""

    __tablename__ = "caption"
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    credit: Mapped[str | None]


class Author(Base):
    """Who signs: a person or an agency."""

    __tablename__ = "author"
    __table_args__ = (UniqueConstraint("name", "kind"),)
    id: Mapped[int] = key()
    name: Mapped[str]
    kind: Mapped[str]


class ArticleAuthor(Base):
    __tablename__ = "article_author"
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = reference("author.id", index=True)
    role: Mapped[str | None]


class Attribution(Base):
    """Where an article's text came from."""

    __tablename__ = "attribution"
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    kind: Mapped[str]
    agency: Mapped[str | None]
    source_name: Mapped[str | None]
    source_host: Mapped[str | None]
    raw: Mapped[str | None]
    where_found: Mapped[str | None]


class Archive(Base):
    """Where the raw page of a visit lies."""

    __tablename__ = "archive"
    id: Mapped[int] = key()
    article_id: Mapped[int] = reference("article.id", index=True)
    file: Mapped[str]
    offset: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int]
    digest: Mapped[str]
    fetched_at: Mapped[datetime]
