"""What is tracked, what fits it and why; the roll-ups that reports count on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Integer,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsmon.store.models.columns import Base, key, reference


class Topic(Base):
    """What is tracked."""

    __tablename__ = "topic"
    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    parent: Mapped[str | None]
    version_id: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    """The version that views show; NULL until the first is ready."""
    pending_id: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    """The version that takes its place once the stored articles were matched with it."""
    active: Mapped[bool] = mapped_column(default=True)
    """False once its file is gone; its matches stay."""


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
    frozen: Mapped[str] = mapped_column(default="")
    """All that it matches with, names included (newsmon.topics.frozen); empty for one that was made without."""
    scanned_to: Mapped[int] = mapped_column(BigInteger, default=0)
    """Revisions up to this id were matched with it by a rescan."""
    shown_at: Mapped[datetime | None]
    """When views began to show it, the last time; NULL: never."""


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


class TopicLabel(Base):
    """What a reader says of an article and a topic, whatever the topic's definition says."""

    __tablename__ = "topic_label"
    topic_id: Mapped[int] = reference("topic.id", primary_key=True)
    article_id: Mapped[int] = reference("article.id", primary_key=True, index=True)
    revision_id: Mapped[int] = reference("revision.id", index=True)
    """The text that was read."""
    label: Mapped[str]
    """yes, secondary, no."""
    labelled_at: Mapped[datetime]


class Burst(Base):
    """A stretch of days in which a topic took a far greater share than usual."""

    __tablename__ = "burst"
    id: Mapped[int] = key()
    topic_id: Mapped[int] = reference("topic.id", index=True)
    outlet_id: Mapped[int | None] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("outlet.id", ondelete="CASCADE"), index=True
    )
    """NULL: all outlets together."""
    first_day: Mapped[date]
    last_day: Mapped[date]
    n: Mapped[int]
    outlet_n: Mapped[int]
    usual: Mapped[float]
    """The topic's share over all days."""
    weight: Mapped[float]


class Alert(Base):
    """A day on which a topic stands out against the days before it."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("topic_id", "day"),)
    id: Mapped[int] = key()
    topic_id: Mapped[int] = reference("topic.id")
    topic_version_id: Mapped[int] = reference("topic_version.id", index=True)
    day: Mapped[date]
    n: Mapped[int]
    """When it was raised: the day may have gone on."""
    usual: Mapped[float]
    threshold: Mapped[float]
    raised_at: Mapped[datetime]


class AlertDelivery(Base):
    """One way that an alert is sent out; its row is there before it is tried."""

    __tablename__ = "alert_delivery"
    alert_id: Mapped[int] = reference("alert.id", primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    """mail, webhook."""
    state: Mapped[str]
    """sending, sent, failed (tried again), unsure (never tried again)."""
    tries: Mapped[int]
    at: Mapped[datetime]
    detail: Mapped[str | None]


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
