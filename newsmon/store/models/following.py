"""What is followed: outlets, their listings, the links that the listings brought."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from newsmon.store.models.columns import Base, key, reference


class Outlet(Base):
    """A publication that is followed."""

    __tablename__ = "outlet"
    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    home: Mapped[str | None]
    owner: Mapped[str | None]
    region: Mapped[str]
    timezone: Mapped[str]
    language: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    """False once its declaration is gone; its articles stay."""
    not_before: Mapped[datetime | None]
    """Retry-After: until then nothing is asked of it, whatever is due."""


class Feed(Base):
    """One listing of an outlet, and when it is asked next."""

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("outlet_id", "url"),)
    id: Mapped[int] = key()
    outlet_id: Mapped[int] = reference("outlet.id")
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
    id: Mapped[int] = key()
    outlet_id: Mapped[int] = reference("outlet.id")
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


class Lease(Base):
    """Who visits an outlet at present."""

    __tablename__ = "lease"
    outlet_id: Mapped[int] = reference("outlet.id", primary_key=True)
    holder: Mapped[str]
    """"run 12 (pid 4711 on host a)"."""
    until: Mapped[datetime]
    """Then anyone may take it over; its holder keeps moving it."""
