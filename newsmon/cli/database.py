"""newsmon db."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
def db() -> None:
    """The database: bring its schema to head, check it, say where it is."""


@db.command()
def upgrade() -> None:
    """Bring the schema to this program's; a new SQLite file is made. Killed half-way, the old one is whole."""
    from newsmon.environment import database_url
    from newsmon.store import schema
    from newsmon.store.engine import open_engine

    engine = open_engine(database_url())
    try:
        schema.upgrade(engine)
    finally:
        engine.dispose()
    click.echo(f"schema {schema.head()}")


@db.command()
def check() -> None:
    """Check what the database holds: its file, its references, its counts. Exit 3 when something is wrong."""
    from newsmon.environment import database_url
    from newsmon.store.check import problems
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        found = list(problems(engine))
    finally:
        engine.dispose()
    for problem in found:
        click.echo(f"newsmon: {problem}", err=True)
    if not found:
        click.echo("all is well")
    sys.exit(3 if found else 0)


@db.command()
def path() -> None:
    """Print where the database is, without its password."""
    from newsmon.environment import database_url
    from newsmon.store.engine import parse_url, shown

    click.echo(shown(parse_url(database_url())))


@db.command()
def rebuild() -> None:
    """Count every day, index every text and compare all of them anew: what was wrong there is right again."""
    from newsmon.cli.progress import counted
    from newsmon.environment import database_url
    from newsmon.store import stories
    from newsmon.store.engine import transact
    from newsmon.store.schema import open_ready
    from newsmon.store.upkeep import rebuild

    engine = open_ready(database_url())
    try:
        transact(engine, rebuild)
        with counted("{} texts compared") as watch:
            stories.rebuild(engine, watch)
    finally:
        engine.dispose()
    click.echo("counts, index, stories and copies are made anew")


@db.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a whole database into an empty one, also of the other engine: addresses as in NEWSMON_DATABASE_URL.

    Every row is read back and compared. Killed half-way, the target is as empty as it was.
    """
    from newsmon.store.copying import copy

    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("") as status:
            counts = copy(source, target, watch=lambda table, done: status.update(f"{table}: {done} rows"))
    else:
        counts = copy(source, target)
    for table, n in counts.items():
        if n:
            click.echo(f"{table:18} {n}")
    click.echo(f"{sum(counts.values())} rows copied, counted and compared")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE while it is in use. For PostgreSQL: the pg_dump line, and exit 2."""
    from newsmon.environment import database_url
    from newsmon.store.upkeep import backup

    click.echo(f"{file}: {backup(database_url(), file)} bytes")


@db.command()
@click.option("--days", type=click.IntRange(0), required=True, help="Keep what is younger.")
def prune(days: int) -> None:
    """Forget old rows of the log of fetches (v_fetch); articles and runs stay.

    Each run does so, too, by NEWSMON_LOG_DAYS.
    """
    from datetime import UTC, datetime, timedelta

    from newsmon.environment import database_url
    from newsmon.store.engine import transact
    from newsmon.store.schema import open_ready
    from newsmon.store.upkeep import prune_fetches

    engine = open_ready(database_url())
    try:
        gone = transact(engine, prune_fetches, before=datetime.now(UTC) - timedelta(days=days))
    finally:
        engine.dispose()
    click.echo(f"{gone} rows of the log forgotten")


@db.command()
@click.argument("role")
def grant(role: str) -> None:
    """Print the SQL that lets a role of PostgreSQL read the views, and nothing else."""
    from newsmon.store.views import VIEWS

    quoted = '"' + role.replace('"', '""') + '"'
    click.echo(f"-- psql -f this; a new role first: CREATE ROLE {quoted} LOGIN;")
    click.echo(f"ALTER ROLE {quoted} SET default_transaction_read_only = on;")
    click.echo(f"GRANT USAGE ON SCHEMA public TO {quoted};")
    click.echo(f"GRANT SELECT ON {', '.join(view.name for view in VIEWS)} TO {quoted};")
