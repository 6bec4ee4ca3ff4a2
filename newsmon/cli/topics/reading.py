"""What the commands over stored articles share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from newsmon.topics import Topic


@contextmanager
def reader() -> Iterator[Connection]:
    """The database, read-only, as it is at one moment."""
    from newsmon.environment import database_url
    from newsmon.store.engine import snapshot
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        with snapshot(engine) as conn:
            yield conn
    finally:
        engine.dispose()


def known_topic(conn: Connection, slug: str) -> str:
    """Raises: ConfigurationError for a topic that the database does not know at all."""
    from sqlalchemy import text

    from newsmon.errors import ConfigurationError
    from newsmon.topics.problems import nearest

    slugs = list(conn.scalars(text("SELECT slug FROM topic ORDER BY slug")))
    if slug not in slugs:
        hint = nearest(slug, slugs) or ("" if slugs else "; none is stored yet: run a crawl, or newsmon topics rescan")
        raise ConfigurationError(f"no topic {slug!r} in the database{hint}")
    return slug


def known_files() -> dict[str, Topic]:
    """The topics of the files by their version's digest."""
    from newsmon.cli.topics.files import load

    return {topic.version: topic for topic in load()}


def table(headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """Rows for eyes, folded to the terminal's width."""
    from newsmon.reports.named import Report
    from newsmon.reports.output import as_table
    from newsmon.reports.run import Answer

    report = Report(
        name="topics", title=("", ""), question=("", ""), parameters=(), sql="",
        headings={heading: (heading, heading) for heading in headings},
    )  # fmt: skip
    folded = sys.stdout.isatty() or "COLUMNS" in os.environ
    width = shutil.get_terminal_size((120, 40)).columns if folded else None
    return as_table(Answer(report, headings, rows), "en", width=width)


@contextmanager
def progress_bar(what: str) -> Iterator[Any]:
    """A bar on a terminal's standard error: call it with how much is done, and of how much."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def as_json(value: Any) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
