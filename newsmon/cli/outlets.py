"""newsmon outlets, status."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsmon.cli.outlets_check import check


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Also those that are crawled only when named.")
@click.option(
    "--coverage",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Of a CSV of hosts or addresses: the share that belongs to an outlet that newsmon knows.",
)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.pass_context
def outlets(ctx: click.Context, everything: bool, coverage: Path | None, form: str) -> None:
    """What is followed: feeds, last poll, articles, health. Without a command it is listed."""
    if ctx.invoked_subcommand:
        return
    if coverage:
        from newsmon.cli.coverage import say_coverage

        say_coverage(coverage)
        return

    from newsmon.following import followed
    from newsmon.reports.formats import as_bytes
    from newsmon.reports.output import as_table

    answer = followed(everything=everything)
    if form in ("json", "csv"):
        sys.stdout.buffer.write(as_bytes(answer, "json" if form == "json" else "csv", "en"))
        return
    click.echo(as_table(answer, "en", width=None))
    if not everything and sys.stdout.isatty():
        click.echo("The local press is crawled when named, or by NEWSMON_FOLLOW: newsmon outlets --all lists it.")


outlets.add_command(check)


@click.command()
@click.option("--runs", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many.")
@click.option("--check", is_flag=True, help="Print only what is wrong with the outlets; exit 1 when something is.")
def status(runs: int, check: bool) -> None:
    """The last runs, each outlet's outcome and health. Exit 1 when the last run was not all well.

    An outlet is said to be failing, silent (measured on its own weekdays), refused (its pages come to no article),
    thin (half as long as they were) or to have lost a field, with since when and since which article.

    With --check nothing is printed when all is well: from cron, its mail is the alarm.
    """
    from datetime import UTC, datetime

    from newsmon.following import health, last_runs

    lines, fine = ([], True) if check else last_runs(runs)
    wrong = health(now=datetime.now(UTC))
    for line in (*lines, *wrong):
        click.echo(line)
    sys.exit(not fine or (check and bool(wrong)))
