"""newsmon sql."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from newsmon.cli.report_options import LANG, with_options
from newsmon.cli.reports import FORMAT, OUTPUT, SEPARATOR, answer_bytes, write_output


@click.command()
@click.argument("statement", required=False)
@with_options(FORMAT, SEPARATOR, OUTPUT, LANG)
def sql(statement: str | None, form: Any, separator: Any, output: Path | None, lang: Any) -> None:
    """Ask the database in SQL, read-only: one SELECT, or, without STATEMENT, the engine's own client.

    The views and their columns are in docs/data-dictionary.md.
    """
    from newsmon.environment import database_url
    from newsmon.reports.asked_sql import ask
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        if statement is None:
            return _client(database_url())
        answer = ask(engine, statement)
    finally:
        engine.dispose()
    return write_output(answer_bytes(answer, form, lang or "fr", separator, output), output)


def _client(url: str) -> None:
    """sqlite3 or psql in the place of this process."""
    from newsmon.errors import ConfigurationError
    from newsmon.store.engine import is_sqlite, parse_url

    parsed = parse_url(url)
    name = "sqlite3" if is_sqlite(parsed) else "psql"
    if shutil.which(name) is None:
        raise ConfigurationError(f"sql: {name} is not installed; install it, or write newsmon sql 'SELECT …'")
    sys.stdout.flush()
    if is_sqlite(parsed):
        path = str(Path(parsed.database or "").expanduser().absolute())
        os.execvp(name, [name, "-readonly", "-safe", "-header", "-column", path])
    plain = parsed.set(drivername="postgresql")
    os.environ["PGOPTIONS"] = "-c default_transaction_read_only=on"
    if parsed.password:  # not on the command line, which everybody on the machine can see
        os.environ["PGPASSWORD"] = str(parsed.password)
    os.execvp(name, [name, plain.set(password=None).render_as_string(hide_password=False)])
