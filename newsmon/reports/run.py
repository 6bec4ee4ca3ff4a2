"""Named reports: a .sql file each, the same on both engines, run read-only."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Date, Engine, Integer, Text, bindparam, exc, text
from sqlalchemy.types import TypeEngine

from newsmon.errors import ConfigurationError
from newsmon.store.engine import explained
from newsmon.store.views import VIEWS

FOLDER = Path(__file__).parent / "sql"
PARAMETERS = ("topic", "since", "until", "undated")
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9999, 12, 31)

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A question and the SQL that answers it. Two texts stand for French and English."""

    name: str
    title: tuple[str, str]
    question: tuple[str, str]
    parameters: tuple[str, ...]
    """Of `topic` (required where it stands), `since`, `until`, `undated` (1, or 0 to leave uncertain days out)."""
    headings: dict[str, tuple[str, str]]
    """Column to its heading."""
    sql: str


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


def all_reports(user_folder: Path | None = None) -> list[Report]:
    """Every report by its name; a user's file of the same name replaces ours. Raises: ConfigurationError."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.sql"))}
    if user_folder:
        if not user_folder.is_dir():
            raise ConfigurationError(f"NEWSMON_REPORTS: {user_folder} is not a folder; correct it or unset it")
        files |= {path.stem: path for path in sorted(user_folder.glob("*.sql"))}
    return [parse_report(path) for _, path in sorted(files.items())]


def find_report(name: str, user_folder: Path | None = None) -> Report:
    """Raises: ConfigurationError, with the nearest names."""
    reports = {report.name: report for report in all_reports(user_folder)}
    if name not in reports:
        near = get_close_matches(name, reports, 3, 0.5) or list(reports)
        raise ConfigurationError(f"no report {name!r}; there is {', '.join(near)}")
    return reports[name]


def parse_report(path: Path) -> Report:
    """A report from its file: comment lines `-- title:`, `-- question:`, `-- parameters:`, `-- column NAME:`, then SQL.

    Raises: ConfigurationError, with file and line.
    """
    said: dict[str, str] = {}
    headings: dict[str, tuple[str, str]] = {}
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not (match := re.match(r"--\s*(title|question|parameters|column\s+\w+)\s*:\s*(.*)", line)):
            continue
        key, value = match[1], match[2].strip()
        if key.startswith("column"):
            headings[key.split()[1]] = _two(value, path, number)
        else:
            said[key] = value
    for key in ("title", "question", "parameters"):
        if key not in said:
            raise ConfigurationError(f"{path}:1: the header has no `-- {key}:` line; add one")
    parameters = tuple(word.strip() for word in said["parameters"].split(",") if word.strip())
    for parameter in parameters:
        if parameter not in PARAMETERS:
            raise ConfigurationError(f"{path}: unknown parameter {parameter!r}; there is {', '.join(PARAMETERS)}")
    return Report(
        name=path.stem,
        title=_two(said["title"], path, 1),
        question=_two(said["question"], path, 1),
        parameters=parameters,
        headings=headings,
        sql="\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";"),
    )


def _two(value: str, path: Path, number: int) -> tuple[str, str]:
    french, bar, english = value.partition("|")
    if not french.strip():
        raise ConfigurationError(f"{path}:{number}: nothing after the colon; write `français | English`")
    return french.strip(), (english if bar else french).strip()


def run_report(
    engine: Engine,
    report: Report,
    *,
    topic: str | None = None,
    since: date | None = None,
    until: date | None = None,
    dated_only: bool = False,
) -> Answer:
    """The answer of `report`. Days are inclusive; missing ones mean no bound.

    `dated_only` leaves out every article whose publication date is unknown; `Answer.undated` counts them in any case.

    Raises: ConfigurationError for a parameter that is missing or not the report's; DatabaseError.
    """
    given = {"topic": topic, "since": since, "until": until}
    for name, value in given.items():
        if value is not None and name not in report.parameters:
            raise ConfigurationError(f"report {report.name} takes no --{name}")
    if "topic" in report.parameters:
        _check_topic(engine, report, topic)
    if dated_only and "undated" not in report.parameters:
        raise ConfigurationError(f"report {report.name} takes no --dated-only")
    values = {"topic": topic, "since": since or FIRST_DAY, "until": until or LAST_DAY, "undated": 1}
    try:
        with engine.connect() as conn:
            columns, rows = _rows(conn, report, values)
            undated = _count_undated(columns, rows) if "undated" in report.parameters else None
            if dated_only:
                columns, rows = _rows(conn, report, {**values, "undated": 0})
    except exc.DBAPIError as e:
        raise explained(e, engine.url) from None
    missing = [column for column in columns if column not in report.headings]
    for column in missing:
        report.headings[column] = (column, column)
    return Answer(report, columns, rows, undated)


_PARAMETER_TYPES: dict[str, TypeEngine[Any]] = {
    "topic": Text(), "since": Date(), "until": Date(), "undated": Integer(),
}  # fmt: skip


def _rows(conn: Connection, report: Report, values: dict[str, Any]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    named = [bindparam(name, type_=_PARAMETER_TYPES[name]) for name in report.parameters]
    result = conn.execute(text(report.sql).bindparams(*named), {name: values[name] for name in report.parameters})
    columns = tuple(result.keys())
    return columns, [tuple(map(_typed, columns, row)) for row in result]


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


def _typed(column: str, value: Any) -> Any:
    """What a view's column promises: SQLite hands days and instants over as text, truth as 0 and 1."""
    kind = _TYPES.get(column)
    if kind == "boolean" and isinstance(value, int):
        return bool(value)
    if isinstance(value, str) and kind in ("day", "instant"):
        with suppress(ValueError):  # a user's report may give the name to something else
            return date.fromisoformat(value) if kind == "day" else datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def _check_topic(engine: Engine, report: Report, topic: str | None) -> None:
    with engine.connect() as conn:
        slugs = list(conn.scalars(text("SELECT slug FROM topic ORDER BY slug")))
    if topic is None:
        raise ConfigurationError(f"report {report.name} is about one topic: add --topic SLUG, e.g. guerre-ukraine")
    if topic not in slugs:
        near = get_close_matches(topic, slugs, 3, 0.5) or slugs
        told = f"there is {', '.join(near)}" if near else "none is stored yet: run a crawl first"
        raise ConfigurationError(f"no topic {topic!r} in the database; {told}")
