"""newsmon db."""

from __future__ import annotations

import sys
from pathlib import Path

import click

MOST_DAYS = 36_500
"""A century: a larger number is a slip."""


@click.group()
def db() -> None:
    """Look after the database that NEWSMON_DATABASE_URL names (`newsmon db path` says which).

    Nothing here is needed for a start: the first crawl makes the database. Each night: backup. After an update of
    newsmon: upgrade. When something looks wrong: check, which says what to do. From SQLite to PostgreSQL: copy.
    """


@db.command()
def upgrade() -> None:
    """After an update of newsmon: bring the database to its schema.

    A database that is not there yet is made. Killed half-way, the old one is whole: call it again.
    """
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
    """Say what is wrong with the database, and what to do.

    Its file, its references, its counts and its index of words are looked at; nothing is altered. Exit code 0: all is
    well; 3: something is wrong, one line for each on standard error.
    """
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
    """Print where the database is (without a password)."""
    from newsmon.environment import database_url
    from newsmon.store.engine import parse_url, shown

    click.echo(shown(parse_url(database_url())))


@db.command()
def rebuild() -> None:
    """Make the counts, the index and the stories anew.

    What is derived from the articles is made again from them; articles and runs stay as they are. Runs may go on
    meanwhile. Killed half-way, the next run goes on with the stories.
    """
    from newsmon.cli.progress import counted
    from newsmon.environment import database_url
    from newsmon.store import stories
    from newsmon.store.engine import transact
    from newsmon.store.schema import open_stored
    from newsmon.store.upkeep import rebuild

    engine = open_stored(database_url())
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
    """Copy a whole database into an empty one.

    \b
    newsmon db copy sqlite:////srv/newsmon.db postgresql://desk@localhost/news
    newsmon db copy "$NEWSMON_DATABASE_URL" sqlite:///copy.db

    FROM and TO are addresses as in NEWSMON_DATABASE_URL, of either engine. TO must be empty: a SQLite file is made, a
    database of PostgreSQL must be there. Every row is read back and compared. Killed half-way, TO is as empty as it
    was: call it again. Exit code 3: nothing was copied, and a line says why.
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
    """Copy the SQLite database to FILE while it is in use.

    FILE takes the place of an older backup at once, when it is whole; another kind of file is left alone. To go back to
    it, end the runs, remove newsmon.db-wal and newsmon.db-shm, and put FILE in the place of newsmon.db. For PostgreSQL
    the line for pg_dump is printed. Exit code 2: FILE is no place for it, or it is PostgreSQL; 3: not written.
    """
    from newsmon.environment import database_url
    from newsmon.store.upkeep import backup

    click.echo(f"{file}: {backup(database_url(), file)} bytes")


@db.command()
@click.option("--days", type=click.IntRange(0, MOST_DAYS), required=True, help="Keep what is younger.")
def prune(days: int) -> None:
    """Forget old rows of the log of fetches (v_fetch).

    Articles, texts and runs stay. Each run does so by itself, by NEWSMON_LOG_DAYS (90): this is for once.
    """
    from datetime import UTC, datetime, timedelta

    from newsmon.environment import database_url
    from newsmon.store.engine import transact
    from newsmon.store.schema import open_stored
    from newsmon.store.upkeep import prune_fetches

    engine = open_stored(database_url())
    try:
        gone = transact(engine, prune_fetches, before=datetime.now(UTC) - timedelta(days=days))
    finally:
        engine.dispose()
    click.echo(f"{gone} rows of the log forgotten")


@db.command()
@click.argument("role")
def grant(role: str) -> None:
    """Print the SQL that lets a role of PostgreSQL read the views.

    ROLE sees nothing else, and cannot write. Nothing is done: newsmon db grant ROLE | psql NAME
    """
    from newsmon.store.views import VIEWS

    quoted = '"' + role.replace('"', '""') + '"'
    click.echo(f"-- psql -f this; a new role first: CREATE ROLE {quoted} LOGIN;")
    click.echo(f"ALTER ROLE {quoted} SET default_transaction_read_only = on;")
    click.echo(f"GRANT USAGE ON SCHEMA public TO {quoted};")
    click.echo(f"GRANT SELECT ON {', '.join(view.name for view in VIEWS)} TO {quoted};")
