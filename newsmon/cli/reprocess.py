"""newsmon reprocess."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmon.cli.report_options import parse_day

if TYPE_CHECKING:
    from newsmon.reprocessing import Account


@click.command()
@click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="NEWSMON_ARCHIVE",
    required=True,
    help="The folder that `newsmon crawl --archive` wrote.",
)
@click.option("--outlet", metavar="SLUG", help="Of this outlet only.")
@click.option("--since", metavar="DAY", callback=parse_day, help="Articles of this day and later.")
@click.option("--dry-run", is_flag=True, help="Say what would change; only the run leaves its row.")
def reprocess(archive: Path, outlet: str | None, since: date | None, dry_run: bool) -> None:
    """Read the archived pages again with today's cleaner, dates and topics, and say what changed.

    A text that is read better takes the place of the old reading in the same revision: it is no edit of the outlet,
    and is never counted as one. Killed, it goes on where it was when it is called again with the same options.

    \b
    Exit: 0 all well, 1 some pages cannot be read, 2 usage or configuration, 3 database.
    """
    from newsmon.cli.progress import counted
    from newsmon.reprocessing import Order, reprocess

    order = Order(archive=archive, outlet=outlet, since=since, dry_run=dry_run)
    with counted("{} pages") as watch:
        run, code, account = reprocess(order, watch=watch)
    _say(account)
    resumed = ", taken up where a killed run was" if account.resumed else ""
    would = "would change" if dry_run else "changed"
    click.echo(f"run {run.run_id}: {account.pages} pages read again{resumed}: {account.changed} {would}")
    sys.exit(code)


def _say(account: Account) -> None:
    if account.problems:
        more = account.problems.total() - 1
        click.echo(f"newsmon: {account.first_problem}{f' (and {more} more)' if more else ''}", err=True)
    for slug, fields in sorted(account.fields.items()):
        click.echo(f"{slug}: " + ", ".join(f"{name} {n}" for name, n in fields.most_common()))
