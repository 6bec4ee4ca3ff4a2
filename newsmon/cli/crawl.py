"""newsmon crawl, outlets, status."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from newsmon.running import OutletTally, Run


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"{text!r}: write NAME=VALUE, e.g. -s DOWNLOAD_DELAY=2")
    return name, value


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--feed", metavar="URL", help="Follow this one feed, declared or not.")
@click.option("--limit", type=click.IntRange(min=0), help="Fetch at most so many new articles of each outlet.")
@click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="NEWSMON_ARCHIVE",
    help="Keep every fetched page in this folder, as WARC.",
)
@click.option("-s", "settings", multiple=True, metavar="SETTING=VALUE", help="Change one of newsmon/settings.py.")
def crawl(
    slugs: tuple[str, ...], feed: str | None, limit: int | None, archive: Path | None, settings: tuple[str, ...]
) -> None:
    """Fetch what is new at the outlets, all of them or those named.

    Asks only listings that are due, each at its own pace; -s NEWSMON_POLL_NOW=True asks all.

    \b
    Exit: 0 all well, 1 some outlets failed, 2 usage or configuration, 3 database,
    4 another run is active, 143 stopped by SIGTERM.
    """
    if feed and slugs:
        raise click.UsageError("--feed goes without SLUG: it names its own outlet")
    pairs = dict(_setting(text) for text in settings)

    from newsmon.crawl import Order, crawl

    order = Order(
        slugs=slugs, feed=feed, limit=limit, archive=archive, settings=pairs, arguments=shlex.join(sys.argv[1:])
    )
    began = time.monotonic()
    if sys.stderr.isatty():
        with _Progress() as progress:
            run, code = crawl(order, watch=progress.show)
    else:
        run, code = crawl(order)
    _say_failures(run)
    click.echo(_summary(run, time.monotonic() - began))
    sys.exit(code)


class _Progress:
    """A bar per outlet, on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> _Progress:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def show(self, run: Run) -> None:
        for slug, tally in run.tallies.items():
            if slug not in self._tasks and not tally.finished:
                self._tasks[slug] = self._bars.add_task(slug, total=None, note="")
            if slug in self._tasks:
                self._bars.update(
                    self._tasks[slug],
                    total=tally.to_fetch or None,
                    completed=tally.fetched,
                    note=tally.first_failure[:60],
                    visible=not tally.finished,
                )


def _say_failures(run: Run) -> None:
    for slug, tally in run.tallies.items():
        if tally.failed:
            click.echo(f"newsmon: {slug} {tally.outcome}: {tally.first_failure}{_more(tally)}", err=True)
    if run.store_error is not None:
        click.echo(f"newsmon: {run.store_error}", err=True)


def _more(tally: OutletTally) -> str:
    more = tally.failed.total() - 1
    return f" (and {more} more)" if more else ""


def _summary(run: Run, seconds: float) -> str:
    """The one line of a run."""
    c = run.counts()
    refused: dict[str, int] = {}
    for tally in run.tallies.values():
        for reason, n in tally.refused.items():
            refused[reason] = refused.get(reason, 0) + n
    why = ", ".join(f"{reason} {n}" for reason, n in sorted(refused.items()))
    stopped = f"stopped by {run.stopped}; " if run.stopped else ""
    visited = sum(t.listings > 0 or t.fetched > 0 or bool(t.failed) for t in run.tallies.values())
    return (
        f"run {run.run_id}: {stopped}{visited} of {len(run.tallies)} outlets due, "
        f"{c.get('listings', 0)} listings ({c.get('unchanged_listings', 0)} unchanged), "
        f"{c.get('new_links', 0)} new links, {c.get('fetched', 0)} pages fetched: "
        f"{c.get('stored', 0)} new, {c.get('revised', 0)} revised, {c.get('refused', 0)} refused"
        f"{f' ({why})' if why else ''}, {c.get('failed', 0)} failed; {seconds:.1f} s"
    )


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also those that are crawled only when named.")
@click.option(
    "--coverage",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Of a CSV of hosts or addresses: the share that belongs to an outlet that newsmon knows.",
)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def outlets(everything: bool, coverage: Path | None, form: str) -> None:
    """What is followed: feeds, last poll, articles, health."""
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


@click.command()
@click.option("--runs", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many.")
def status(runs: int) -> None:
    """The last runs and each outlet's outcome. Exit 1 when the last run was not all well."""
    from newsmon.following import last_runs

    lines, fine = last_runs(runs)
    for line in lines:
        click.echo(line)
    sys.exit(not fine)
