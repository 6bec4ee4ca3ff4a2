"""What is tracked, what fits it and why; the roll-ups that reports count on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Integer,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsmon.store.models.columns import Base, key, reference


class Topic(Base):
    """What is tracked. `version_id` is the version that views show."""

    __tablename__ = "topic"
    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    parent: Mapped[str | None]
    version_id: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))


class TopicVersion(Base):
    """One definition of a topic."""

    __tablename__ = "topic_version"
    __table_args__ = (UniqueConstraint("topic_id", "seq"), UniqueConstraint("topic_id", "digest"))
    id: Mapped[int] = key()
    topic_id: Mapped[int] = reference("topic.id")
    seq: Mapped[int]
    digest: Mapped[str]
    source: Mapped[str]
    """The definition as written."""
    added_at: Mapped[datetime]


class TopicMatch(Base):
    """One revision that fits one version of a topic."""

    __tablename__ = "topic_match"
    __table_args__ = (UniqueConstraint("topic_version_id", "revision_id"),)
    id: Mapped[int] = key()
    topic_version_id: Mapped[int] = reference("topic_version.id")
    article_id: Mapped[int] = reference("article.id", index=True)
    revision_id: Mapped[int] = reference("revision.id", index=True)
    level: Mapped[str]
    score: Mapped[float]
    why: Mapped[str]
    """The spans' words by field, for who reads one line: "titre : Ukraine ; texte : invasion, Moscou"."""


class MatchSpan(Base):
    """Where in the text, and which term."""

    __tablename__ = "match_span"
    match_id: Mapped[int] = reference("topic_match.id", primary_key=True)
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
    outlet_id: Mapped[int] = reference("outlet.id", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    n_original: Mapped[int]
    n_undated: Mapped[int]


class TopicOutletDay(Base):
    """Roll-up: what an outlet wrote on a topic on a day, of the topic's current version."""

    __tablename__ = "topic_outlet_day"
    topic_id: Mapped[int] = reference("topic.id", primary_key=True)
    outlet_id: Mapped[int] = reference("outlet.id", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    n_primary: Mapped[int]
    n_original: Mapped[int]
    n_undated: Mapped[int]
