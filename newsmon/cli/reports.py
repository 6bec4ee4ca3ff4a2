"""newsmon report."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date

import click


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r}: write a day as 2022-01-17") from None


@click.command()
@click.argument("name", required=False)
@click.option("--topic", metavar="SLUG", help="The topic that the question is about.")
@click.option("--since", metavar="DAY", callback=_day, help="From this day on, e.g. 2022-01-17.")
@click.option("--until", metavar="DAY", callback=_day, help="To this day, included.")
@click.option("--dated-only", is_flag=True, help="Leave out every article whose publication date is unknown.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Of the headings.")
def report(
    name: str | None,
    topic: str | None,
    since: date | None,
    until: date | None,
    dated_only: bool,
    form: str,
    lang: str,
) -> None:
    """Answer a named question from the database, read-only. Without NAME: the list of questions.

    A report is a .sql file; your own go into the folder NEWSMON_REPORTS.
    """
    from newsmon.environment import database_url, reports_folder
    from newsmon.reports import output
    from newsmon.reports.run import Language, all_reports, find_report, run_report
    from newsmon.store.schema import open_reader

    language: Language = "en" if lang == "en" else "fr"
    if name is None:
        for one in all_reports(reports_folder()):
            options = " ".join("--dated-only" if p == "undated" else f"--{p}" for p in one.parameters)
            click.echo(f"{one.name:14} {one.question[language == 'en']}  {options}".rstrip())
        return
    found = find_report(name, reports_folder())
    engine = open_reader(database_url())
    try:
        answer = run_report(engine, found, topic=topic, since=since, until=until, dated_only=dated_only)
    finally:
        engine.dispose()
    if form == "csv":
        # Bytes: a text stream would turn the line ends of RFC 4180 into something else.
        sys.stdout.buffer.write(output.as_csv(answer, language).encode())
    elif form == "json":
        click.echo(output.as_json(answer))
    else:
        folded = sys.stdout.isatty() or "COLUMNS" in os.environ
        width = shutil.get_terminal_size((120, 40)).columns if folded else None
        click.echo(output.as_table(answer, language, width=width))
    if note := output.footnote(answer, language, dated_only=dated_only):
        # Beside data, not in it: a program reads the one, a person the other.
        click.echo(note if form == "table" else f"{found.name}: {note}", err=form != "table")
