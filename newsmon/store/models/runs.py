"""What was done: a run, each outlet in it, each address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from newsmon.store.models.columns import Base, key, reference


class Run(Base):
    """One execution."""

    __tablename__ = "run"
    id: Mapped[int] = key()
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
    run_id: Mapped[int] = reference("run.id", primary_key=True)
    outlet_id: Mapped[int] = reference("outlet.id", primary_key=True, index=True)
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
    id: Mapped[int] = key()
    run_id: Mapped[int] = reference("run.id", index=True)
    outlet_id: Mapped[int] = reference("outlet.id", index=True)
    url: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    status: Mapped[int]
    bytes: Mapped[int]
    elapsed_ms: Mapped[int]
    tries: Mapped[int]


class OutletHealth(Base):
    """One thing that is wrong with an outlet, as the last run found it."""

    __tablename__ = "outlet_health"
    outlet_id: Mapped[int] = reference("outlet.id", primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """failing, silent, refused, thin, lost."""
    field: Mapped[str] = mapped_column(primary_key=True)
    """Of a lost field; else empty."""
    since: Mapped[datetime]
    url: Mapped[str]
    detail: Mapped[str]
    found_at: Mapped[datetime]


class ImportedFile(Base):
    """How far a WARC file has come in, for the outlets that were declared then."""

    __tablename__ = "imported_file"
    file_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the file's size and beginning, and of what was looked for in it."""
    name: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    offset_bytes: Mapped[int] = mapped_column(BigInteger)
    """Where the first record begins that is not yet dealt with."""
    records: Mapped[int] = mapped_column(BigInteger)
    run_id: Mapped[int] = reference("run.id")
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
