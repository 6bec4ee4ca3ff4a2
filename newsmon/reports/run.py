"""A named report is run, read-only, and its answer typed the same on both engines."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Date, Engine, Integer, Text, bindparam, text
from sqlalchemy.types import TypeEngine

from newsmon.errors import ConfigurationError
from newsmon.reports.named import Language, Report
from newsmon.store.engine import snapshot
from newsmon.store.views import VIEWS

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9999, 12, 31)
NO_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a report, in the order that its SQL gives."""

    report: Report
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    undated: tuple[int, int] | None = None
    """Of a report that can leave them out: articles whose day is uncertain, and all articles."""

    def headings(self, language: Language) -> list[str]:
        return [self.report.headings[column][language == "en"] for column in self.columns]


def run_report(
    engine: Engine,
    report: Report,
    *,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
    dated_only: bool = False,
    limit: int | None = None,
) -> Answer:
    """The answer of `report`. Days are inclusive; missing ones mean no bound. `limit` keeps the first rows.

    `dated_only` leaves out every article whose publication date is unknown; `Answer.undated` counts them in any case.

    Raises: ConfigurationError for a parameter that is missing or not the report's; DatabaseError.
    """
    with snapshot(engine) as conn:
        return answer_on(conn, report, topic=topic, since=since, until=until, dated_only=dated_only, limit=limit)


def answer_on(
    conn: Connection,
    report: Report,
    *,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
    dated_only: bool = False,
    limit: int | None = None,
) -> Answer:
    """As run_report, in a snapshot that is open."""
    _check(report, {"topic": topic, "since": since, "until": until, "limit": limit}, dated_only=dated_only)
    if topic is not None:
        check_topic(conn, topic)
    values = {
        "topic": topic,
        "since": since or FIRST_DAY,
        "until": until or LAST_DAY,
        "undated": 1,
        "limit": NO_LIMIT if limit is None else limit,
    }
    columns, rows = _rows(conn, report, values)
    undated = _count_undated(columns, rows) if "undated" in report.parameters else None
    if dated_only:
        columns, rows = _rows(conn, report, {**values, "undated": 0})
    for column in columns:
        report.headings.setdefault(column, (column, column))
    return Answer(report, columns, rows, undated)


def _check(report: Report, given: dict[str, Any], *, dated_only: bool) -> None:
    for name, value in given.items():
        if value is not None and name not in report.parameters:
            raise ConfigurationError(f"report {report.name} takes no --{name}")
    if given["topic"] is None and "topic" in report.parameters and not report.any_topic:
        raise ConfigurationError(f"report {report.name} is about one topic: add --topic SLUG, e.g. guerre-ukraine")
    if dated_only and "undated" not in report.parameters:
        raise ConfigurationError(f"report {report.name} takes no --dated-only")


_PARAMETER_TYPES: dict[str, TypeEngine[Any]] = {
    "topic": Text(), "since": Date(), "until": Date(), "undated": Integer(), "limit": Integer(),
}  # fmt: skip


def _rows(conn: Connection, report: Report, values: dict[str, Any]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    named = [bindparam(name, type_=_PARAMETER_TYPES[name]) for name in report.parameters]
    result = conn.execute(text(report.sql).bindparams(*named), {name: values[name] for name in report.parameters})
    columns = tuple(result.keys())
    return columns, [tuple(map(typed, columns, row)) for row in result]


def _count_undated(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> tuple[int, int] | None:
    """By the columns that tell: a row is an article with its day_basis, or a count n with n_undated."""
    if "day_basis" in columns:
        basis = columns.index("day_basis")
        return sum(row[basis] != "published" for row in rows), len(rows)
    if {"n", "n_undated"} <= set(columns):
        n, undated = columns.index("n"), columns.index("n_undated")
        return sum(row[undated] for row in rows), sum(row[n] for row in rows)
    return None


_TYPES = {column.name: column.type for view in VIEWS for column in view.columns}
_ENDINGS = {"_at": "instant", "_day": "day"}


def kind_of(column: str) -> str | None:
    """What a column of that name holds, by the views, or by its ending: text, integer, number, day, instant, boolean.

    None for a name that tells nothing.
    """
    if kind := _TYPES.get(column):
        return kind.split(",")[0]
    return next((kind for ending, kind in _ENDINGS.items() if column.endswith(ending)), None)


def typed(column: str, value: Any) -> Any:
    """What a view's column promises: SQLite hands days and instants over as text, truth as 0 and 1."""
    kind = kind_of(column)
    if isinstance(value, Decimal):  # PostgreSQL's sums and rounded numbers
        return int(value) if kind == "integer" else float(value)
    if kind == "boolean" and isinstance(value, int):
        return bool(value)
    if isinstance(value, str) and kind in ("day", "instant"):
        with suppress(ValueError):  # a user's report may give the name to something else
            return as_day(value) if kind == "day" else as_instant(value)
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def as_day(value: Any) -> date:
    """SQLite hands days over as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def as_instant(value: Any) -> datetime:
    """SQLite hands instants over as text, without their zone."""
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def check_topic(conn: Connection, topic: str) -> None:
    """Raises: ConfigurationError, with what to do or the nearest slugs, when nothing was matched with it yet."""
    slugs = list(conn.scalars(text("SELECT topic FROM v_topic ORDER BY topic")))
    if topic not in slugs:
        waits = text("SELECT 1 FROM v_topic_version WHERE topic = :topic AND state = 'pending'")
        if conn.scalar(waits, {"topic": topic}) or _is_defined(topic):
            raise ConfigurationError(
                f"the stored articles were not matched with topic {topic!r} yet; run `newsmon topics rescan` "
                "(each crawl goes on with it for a minute)"
            )
        near = get_close_matches(topic, slugs, 3, 0.5) or slugs
        told = f"there is {', '.join(near)}" if near else "none is stored yet: run a crawl first"
        raise ConfigurationError(f"no topic {topic!r} in the database; {told}")


def _is_defined(topic: str) -> bool:
    """Whether there is a file of it, which no run has read yet."""
    from newsmon.environment import topics_folder
    from newsmon.topics import load_topics

    with suppress(ConfigurationError):
        return any(one.slug == topic for one in load_topics(topics_folder()))
    return False
