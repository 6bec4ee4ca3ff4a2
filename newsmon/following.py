"""What is followed and how it goes, for `newsmon outlets` and `newsmon status`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from newsmon.environment import database_url
from newsmon.health import FIELDS, STALE, Trouble, troubles
from newsmon.registry import all_declarations, followed_declarations
from newsmon.reports.named import Report
from newsmon.reports.output import cell
from newsmon.reports.run import Answer
from newsmon.store.health import facts
from newsmon.store.models import Run
from newsmon.store.schema import open_reader, stored_rows

COLUMNS = (
    "outlet",
    "name",
    "region",
    "listings",
    "articles",
    "last_article_at",
    "last_poll_at",
    "next_poll_at",
    "health",
)


def followed(*, everything: bool = False) -> Answer:
    """A row for each outlet that is followed, or has articles; `everything`: for each that is declared.

    Without a database yet: what is declared.
    """
    rows: dict[str, tuple[Any, ...]] = {}
    asked = followed_declarations()
    for slug, declaration in all_declarations().items():
        if not (everything or slug in asked or declaration.followed):
            continue
        outlet = declaration.outlet
        health = "imports only" if not declaration.sources else "not asked yet" if slug in asked else "when named"
        rows[slug] = (slug, outlet.name, outlet.region, len(declaration.sources), 0, None, None, None, health)
    for row in stored_rows(database_url(), OUTLETS):
        rows[row.outlet] = (
            row.outlet, row.name, row.region, row.listings, row.articles, row.last_article_at, row.last_poll_at,
            row.next_poll_at, _health(row),
        )  # fmt: skip
    headings = {column: (column, column.replace("_", " ")) for column in COLUMNS}
    report = Report(name="outlets", title=("", ""), question=("", ""), parameters=(), headings=headings, sql="")
    return Answer(report, COLUMNS, [rows[slug] for slug in sorted(rows)])


OUTLETS = """
SELECT v.*, r.outcome, r.reason
FROM v_outlet v
LEFT JOIN v_run r ON r.outlet = v.outlet AND r.run_id = (SELECT max(x.run_id) FROM v_run x WHERE x.outlet = v.outlet)
"""


def _health(row: Any) -> str:
    if not row.active:
        return "not declared any more"
    if row.outcome in (None, "ok", "not_modified"):
        return "ok" if row.last_poll_at else "imports only" if row.articles else "not asked yet"
    return f"{row.outcome}: {row.reason}"


def last_runs(count: int) -> tuple[list[str], bool]:
    """A line for each of the last runs, the last one with a line for each outlet; whether it was all well.

    Raises: DatabaseError.
    """
    engine = open_reader(database_url())
    try:
        with engine.connect() as conn:
            return _last_runs(conn, count)
    finally:
        engine.dispose()


def health(*, now: datetime) -> list[str]:
    """A line for each thing that is wrong now with a followed outlet, or with the schedule. Raises: DatabaseError."""
    engine = open_reader(database_url())
    try:
        with engine.connect() as conn:
            lines = _schedule(conn, now)
            lines += [_said(trouble) for one in facts(conn, now=now) for trouble in troubles(one, now=now)]
            return lines
    finally:
        engine.dispose()


def _schedule(conn: Connection, now: datetime) -> list[str]:
    last = conn.scalar(select(func.max(Run.started_at)).where(Run.kind == "crawl"))
    if last is None or now - last < STALE:
        return []
    return [f"no run since {last:%Y-%m-%d %H:%M} UTC: is the schedule still there? see `newsmon schedule`"]


def _said(trouble: Trouble) -> str:
    what = f"lost {FIELDS[trouble.field]}" if trouble.field else trouble.kind
    where = f"; {'last' if trouble.kind == 'silent' else 'first'}: {trouble.url}" if trouble.url else ""
    return f"{trouble.outlet} {what} since {trouble.since:%Y-%m-%d %H:%M} UTC: {cell(trouble.detail + where, 'en')}"


def _last_runs(conn: Connection, count: int) -> tuple[list[str], bool]:
    query = text("SELECT * FROM run ORDER BY id DESC LIMIT :count")
    runs = list(conn.execute(query, {"count": count}))
    if not runs:
        return ["no run yet: newsmon crawl"], True
    lines = [_line(run) for run in reversed(runs)]
    query = text("SELECT * FROM v_run WHERE run_id = :id AND outlet IS NOT NULL ORDER BY outlet")
    for row in conn.execute(query, {"id": runs[0].id}):
        counts = f"{row.stored} new, {row.revised} revised, {row.refused} refused, {row.failed} failed"
        why = f"  {cell(row.detail, 'en')}" if row.detail else ""
        lines.append(f"  {row.outlet:28} {row.outcome:13} {counts}{why}")
    return lines, runs[0].exit_code in (0, None)


def _line(run: Any) -> str:
    ended = f"exit {run.exit_code}" if run.exit_code is not None else f"pid {run.pid}"
    return f"run {run.id}: {run.kind}, {str(run.started_at)[:19]} UTC, {run.status}, {ended}"
