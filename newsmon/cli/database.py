"""newsmon db."""

from __future__ import annotations

import sys

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
