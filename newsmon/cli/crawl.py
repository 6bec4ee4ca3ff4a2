"""newsmon crawl."""

from __future__ import annotations

import gc
import shlex
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from newsmon.running import OutletTally, Run


def setting(text: str) -> tuple[str, str]:
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
@click.option("--cluster", metavar="ADDRESS", help="Share the outlets out to a Dask cluster: tcp://scheduler:8786.")
def crawl(
    slugs: tuple[str, ...],
    feed: str | None,
    limit: int | None,
    archive: Path | None,
    settings: tuple[str, ...],
    cluster: str | None,
) -> None:
    """Fetch what is new at the outlets, all of them or those named.

    Asks only listings that are due, each at its own pace; -s NEWSMON_POLL_NOW=True asks all.

    \b
    Exit: 0 all well, 1 some outlets failed, 2 usage or configuration, 3 database,
    4 another run is active (on PostgreSQL: others visit every due outlet), 143 stopped by SIGTERM.
    """
    if feed and slugs:
        raise click.UsageError("--feed goes without SLUG: it names its own outlet")
    if cluster and feed:
        raise click.UsageError("--feed goes without --cluster: one feed is one machine's work")
    pairs = dict(setting(text) for text in settings)

    gc.disable()  # imports drop nothing: to look for garbage meanwhile takes a tenth of their time
    from newsmon.cli import say_last
    from newsmon.crawl import Order

    gc.freeze()
    gc.enable()
    order = Order(
        slugs=slugs, feed=feed, limit=limit, archive=archive, settings=pairs, arguments=shlex.join(sys.argv[1:])
    )
    began = time.monotonic()
    visit = _visitor(cluster)
    if sys.stderr.isatty():
        with _Progress() as progress:
            run, after, code = visit(order, watch=progress.show)
    else:
        run, after, code = visit(order)
    _say_failures(run)
    for trouble in after.troubles:
        click.echo(f"newsmon: {trouble}", err=True)
    say_last(_summary(run, time.monotonic() - began) + after.told())
    sys.exit(code)


def _visitor(cluster: str | None) -> Any:
    """What visits the outlets: this machine, or a cluster."""
    if cluster:
        from newsmon.cluster.client import crawl_on_cluster

        return partial(crawl_on_cluster, scheduler=cluster)
    from newsmon.crawl import crawl

    return crawl


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
    held = {slug: tally.held_by for slug, tally in run.tallies.items() if tally.held_by}
    if held and run.exit_code == 4:
        slug, holder = next(iter(held.items()))
        more = f", and {len(held) - 1} more" if len(held) > 1 else ""
        click.echo(f"newsmon: {slug} is visited by {holder}{more}; wait for it, or end it", err=True)
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
    visited = sum(t.visited for t in run.tallies.values())
    held = sum(bool(t.held_by) for t in run.tallies.values())
    return (
        f"run {run.run_id}: {stopped}{visited} of {len(run.tallies)} outlets due, "
        f"{f'{held} of them at another run, ' if held else ''}"
        f"{c.get('listings', 0)} listings ({c.get('unchanged_listings', 0)} unchanged), "
        f"{c.get('new_links', 0)} new links, {c.get('fetched', 0)} pages fetched: "
        f"{c.get('stored', 0)} new, {c.get('revised', 0)} revised, {c.get('refused', 0)} refused"
        f"{f' ({why})' if why else ''}, {c.get('failed', 0)} failed; {seconds:.1f} s"
    )
