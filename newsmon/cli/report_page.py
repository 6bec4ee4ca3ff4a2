"""newsmon report page."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmon.cli.report_options import DATED_ONLY, SINCE, UNTIL, with_options

if TYPE_CHECKING:
    from newsmon.reports.named import Language


@click.command("page", short_help="A report to open, print and send: one HTML file, with everything in it.")
@click.option("--topic", metavar="SLUG", help="The page of one topic. Without it: the page of all topics.")
@with_options(SINCE, UNTIL, DATED_ONLY)
@click.option("--lang", type=click.Choice(["fr", "en"]), help="Of the page.  [default: fr]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="A file, or - for standard output; or, without --topic, a folder for index.html and a page of each topic.  "
    "[default: report.html]",
)
def page(
    topic: str | None, since: date | None, until: date | None, dated_only: bool, lang: str | None, output: Path | None
) -> None:
    """Write a report as a page: one HTML file that needs no network, to be opened, printed and sent.

    With --topic: attention over time, who spoke of it most, the latest articles with the sentence that matched, where
    texts and dates come from. Without: all topics, the outlets, the last runs; into a folder with a page of each topic.
    """
    from newsmon.environment import database_url
    from newsmon.reports.page.gather import Asked
    from newsmon.reports.page.write import one_page, write_folder, write_page
    from newsmon.store.schema import open_reader

    language: Language = "en" if (lang or click.get_current_context().obj) == "en" else "fr"
    asked = Asked(topic=topic, since=since, until=until, dated_only=dated_only)
    target, now = output or Path("report.html"), datetime.now(UTC)
    if topic and _is_folder(target):
        raise click.UsageError(f"{target} is a folder; with --topic name a file, e.g. {target / topic}.html")
    engine = open_reader(database_url())
    try:
        if _is_folder(target):
            written = write_folder(engine, asked, language, target, now=now, progress=_progress)
        else:
            html = one_page(engine, asked, language, now=now)
            written = [] if target == Path("-") else [write_page(target, html)]
    finally:
        engine.dispose()
    if not written:
        sys.stdout.buffer.write(html.encode())
        return
    topics = len(written) - 1
    beside = f" and {topics} page{'s' if topics > 1 else ''} of topics beside it" if topics else ""
    click.echo(f"{written[-1]}{beside}")


def _is_folder(path: Path) -> bool:
    """What is one, or has a name without an ending. `-` is standard output."""
    return path.is_dir() or (not path.suffix and path != Path("-"))


def _progress(done: int, all_: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {all_} pages", nl=done == all_ - 1, err=True)
