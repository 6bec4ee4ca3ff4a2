"""The tables. Reporters read the views; what a view promises is in migrations/ and in docs/data-dictionary.md."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps it as text without an offset, PostgreSQL as timestamptz; Python sees UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone: the store keeps UTC")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        datetime: Instant,
        date: Date,
        str: Text,
        int: Integer,
        bool: Boolean,
        float: Float,
        dict[str, Any]: JSON,
    }


def _key() -> Mapped[int]:
    # SQLite counts its rowid in INTEGER only; PostgreSQL needs room for a billion rows.
    return mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _to(column: str, *, primary_key: bool = False, index: bool = False) -> Mapped[int]:
    kind = BigInteger().with_variant(Integer, "sqlite")
    return mapped_column(kind, ForeignKey(column, ondelete="CASCADE"), primary_key=primary_key, index=index)


class Outlet(Base):
    """A publication that is followed."""

    __tablename__ = "outlet"
    id: Mapped[int] = _key()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    home: Mapped[str | None]
    owner: Mapped[str | None]
    region: Mapped[str]
    timezone: Mapped[str]
    language: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    """False once its declaration is gone; its articles stay."""


class Feed(Base):
    """One listing of an outlet, and when it is asked next."""

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("outlet_id", "url"),)
    id: Mapped[int] = _key()
    outlet_id: Mapped[int] = _to("outlet.id")
    url: Mapped[str]
    kind: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_sha256: Mapped[str | None]
    polled_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    next_poll_at: Mapped[datetime | None]
    """NULL: never asked, due at once."""
    interval_s: Mapped[int] = mapped_column(default=900)
    fail_streak: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    """Retry-After: kept whatever else says that it is due."""


class FoundLink(Base):
    """A link that a listing brought, until it is an article or given up."""

    __tablename__ = "found_link"
    __table_args__ = (UniqueConstraint("outlet_id", "url_key"), Index(None, "outlet_id", "state"))
    id: Mapped[int] = _key()
    outlet_id: Mapped[int] = _to("outlet.id")
    url_key: Mapped[str] = mapped_column(String(64))
    url: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str | None]
    date_raw: Mapped[str | None]
    published_at: Mapped[datetime | None]
    precision: Mapped[str | None]
    role: Mapped[str]
    guid: Mapped[str | None]
    found_at: Mapped[datetime]
    state: Mapped[str]
    """pending, stored, refused (no article), given_up (failed too often)."""
    reason: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]


class Robots(Base):
    """A site's robots.txt as last read: asked once a day, not once a run."""

    __tablename__ = "robots"
    origin: Mapped[str] = mapped_column(primary_key=True)
    """Scheme, host and port."""
    status: Mapped[int]
    body: Mapped[str]
    read_at: Mapped[datetime]


class Run(Base):
    """One execution."""

    __tablename__ = "run"
    id: Mapped[int] = _key()
    kind: Mapped[str]
    """crawl, import, rescan, reprocess."""
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    status: Mapped[str]
    """running, ok, partial, failed, stopped, died."""
    exit_code: Mapped[int | None]
    pid: Mapped[int]
    version: Mapped[str]
    arguments: Mapped[str]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OutletRun(Base):
    """What one outlet came to in one run."""

    __tablename__ = "outlet_run"
    run_id: Mapped[int] = _to("run.id", primary_key=True)
    outlet_id: Mapped[int] = _to("outlet.id", primary_key=True, index=True)
    outcome: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    links: Mapped[int]
    fetched: Mapped[int]
    stored: Mapped[int]
    revised: Mapped[int]
    refused: Mapped[int]
    failed: Mapped[int]


class FetchLog(Base):
    """What became of one address in one run."""

    __tablename__ = "fetch_log"
    id: Mapped[int] = _key()
    run_id: Mapped[int] = _to("run.id", index=True)
    outlet_id: Mapped[int] = _to("outlet.id", index=True)
    url: Mapped[str]
    at: Mapped[datetime]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    status: Mapped[int]
    bytes: Mapped[int]
    elapsed_ms: Mapped[int]
    tries: Mapped[int]


class Article(Base):
    """A work, unique by outlet and canonical address; what is said here is said of its current revision."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("outlet_id", "url_key"),
        Index(None, "outlet_id", "day"),
        Index(None, "day"),
        Index(None, "next_visit_at"),
    )
    id: Mapped[int] = _key()
    outlet_id: Mapped[int] = _to("outlet.id")
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


class ArticleDate(Base):
    """One date candidate of an article, and its part in the decision."""

    __tablename__ = "article_date"
    id: Mapped[int] = _key()
    article_id: Mapped[int] = _to("article.id", index=True)
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


class Revision(Base):
    """One stored text of an article; the first is 1. A text may come back: A, B, A is three."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "seq"),)
    id: Mapped[int] = _key()
    article_id: Mapped[int] = _to("article.id")
    run_id: Mapped[int] = _to("run.id", index=True)
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
    """first, text, headline, date."""
    words_added: Mapped[int]
    words_removed: Mapped[int]
    modified_at: Mapped[datetime | None]
    """What the page said then: an edit without it is silent."""


class Caption(Base):
    """A picture's caption in the current revision."""

    __tablename__ = "caption"
    article_id: Mapped[int] = _to("article.id", primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    credit: Mapped[str | None]


class Author(Base):
    """Who signs: a person or an agency."""

    __tablename__ = "author"
    __table_args__ = (UniqueConstraint("name", "kind"),)
    id: Mapped[int] = _key()
    name: Mapped[str]
    kind: Mapped[str]


class ArticleAuthor(Base):
    __tablename__ = "article_author"
    article_id: Mapped[int] = _to("article.id", primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = _to("author.id", index=True)
    role: Mapped[str | None]


class Attribution(Base):
    """Where an article's text came from."""

    __tablename__ = "attribution"
    article_id: Mapped[int] = _to("article.id", primary_key=True)
    kind: Mapped[str]
    agency: Mapped[str | None]
    source_name: Mapped[str | None]
    source_host: Mapped[str | None]
    raw: Mapped[str | None]
    where_found: Mapped[str | None]


class Archive(Base):
    """Where the raw page of a visit lies."""

    __tablename__ = "archive"
    id: Mapped[int] = _key()
    article_id: Mapped[int] = _to("article.id", index=True)
    file: Mapped[str]
    offset: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int]
    digest: Mapped[str]
    fetched_at: Mapped[datetime]


class Topic(Base):
    """What is tracked. `version_id` is the version that views show."""

    __tablename__ = "topic"
    id: Mapped[int] = _key()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    parent: Mapped[str | None]
    version_id: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))


class TopicVersion(Base):
    """One definition of a topic."""

    __tablename__ = "topic_version"
    __table_args__ = (UniqueConstraint("topic_id", "seq"), UniqueConstraint("topic_id", "digest"))
    id: Mapped[int] = _key()
    topic_id: Mapped[int] = _to("topic.id")
    seq: Mapped[int]
    digest: Mapped[str]
    source: Mapped[str]
    """The definition as written."""
    added_at: Mapped[datetime]


class TopicMatch(Base):
    """One revision that fits one version of a topic."""

    __tablename__ = "topic_match"
    __table_args__ = (UniqueConstraint("topic_version_id", "revision_id"),)
    id: Mapped[int] = _key()
    topic_version_id: Mapped[int] = _to("topic_version.id")
    article_id: Mapped[int] = _to("article.id", index=True)
    revision_id: Mapped[int] = _to("revision.id", index=True)
    level: Mapped[str]
    score: Mapped[float]
    why: Mapped[str]
    """The spans' words by field, for who reads one line: "titre : Ukraine ; texte : invasion, Moscou"."""


class MatchSpan(Base):
    """Where in the text, and which term."""

    __tablename__ = "match_span"
    match_id: Mapped[int] = _to("topic_match.id", primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    surface: Mapped[str]
    term: Mapped[str]
    clause: Mapped[str]
    weight: Mapped[float]


class OutletDay(Base):
    """Roll-up: an outlet's whole output of a day."""

    __tablename__ = "outlet_day"
    outlet_id: Mapped[int] = _to("outlet.id", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    n_original: Mapped[int]
    n_undated: Mapped[int]


class TopicOutletDay(Base):
    """Roll-up: what an outlet wrote on a topic on a day, of the topic's current version."""

    __tablename__ = "topic_outlet_day"
    topic_id: Mapped[int] = _to("topic.id", primary_key=True)
    outlet_id: Mapped[int] = _to("outlet.id", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    n_primary: Mapped[int]
    n_original: Mapped[int]
    n_undated: Mapped[int]
