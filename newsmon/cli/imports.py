"""newsmon import."""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsmon.follow_up import FollowUp
    from newsmon.importing import Order
    from newsmon.running import Run


def instant(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r}: write ISO 8601, e.g. 2022-01-17T09:16:00-05:00") from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", help="Where the saved page was. Default: what it says of itself.")
@click.option("--outlet", metavar="SLUG", help="The outlet it is from. Default: the one that its address belongs to.")
@click.option("--fetched-at", metavar="ISO", callback=instant, help="When it was saved. Default: the file's own time.")
@click.option(
    "--only-declared",
    is_flag=True,
    help="Of WARC files, the articles of declared outlets alone: for CC-NEWS. Killed and called again, it goes on.",
)
@click.option("--again", is_flag=True, help="With --only-declared: read files that are done, too.")
@click.option("--cluster", metavar="ADDRESS", help="Share the files out to a Dask cluster: tcp://scheduler:8786.")
def import_(
    files: tuple[Path, ...],
    url: str | None,
    outlet: str | None,
    fetched_at: datetime | None,
    only_declared: bool,
    again: bool,
    cluster: str | None,
) -> None:
    """Bring saved pages (HTML or plain text) and WARC files into the database.

    They go through the steps of a crawl. Of a WARC, articles of declared outlets are taken, with the date of
    their capture. What is already there is not stored twice.
    Exit 1 when a page, or the end of a torn WARC, could not be read; 2 for a file that is not what it should be.
    """
    if url and len(files) > 1:
        raise click.UsageError("--url names one page: give one FILE with it")
    if (only_declared or cluster) and (url or outlet or fetched_at):
        raise click.UsageError("--only-declared and --cluster take what a WARC says: no --url, --outlet, --fetched-at")
    if again and not (only_declared or cluster):
        raise click.UsageError("--again goes with --only-declared")

    from newsmon.importing import Order

    order = Order(
        files=files, url=url, outlet=outlet, fetched_at=fetched_at, only_declared=only_declared or bool(cluster),
        again=again, arguments=shlex.join(sys.argv[1:]),
    )  # fmt: skip
    _sum_up(*_imported(order, cluster))


def _imported(order: Order, cluster: str | None) -> tuple[Run, FollowUp]:
    from newsmon.importing import import_files
    from newsmon.net.captures import IS_FAST

    if order.only_declared and not IS_FAST:
        click.echo("newsmon: warcio reads, which is slow; pip install 'newsmon[backfill]' for fastwarc", err=True)
    if cluster:
        return _imported_by_cluster(order, cluster)
    if not sys.stderr.isatty():
        return import_files(order)[:2]
    from newsmon.cli.import_progress import ImportProgress

    with ImportProgress(order.files) as progress:
        return import_files(order, watch=progress.page, watch_file=progress.file)[:2]


def _imported_by_cluster(order: Order, cluster: str) -> tuple[Run, FollowUp]:
    from newsmon.cluster.client import import_on_cluster

    if not sys.stderr.isatty():
        return import_on_cluster(order, cluster)[:2]
    from newsmon.cli.import_progress import ImportProgress

    with ImportProgress(order.files) as progress:

        def watch(file: Path, run: Run) -> None:
            counts = run.counts()
            progress.whole(file, records=counts.get("records", 0), pages=counts.get("fetched", 0))

        return import_on_cluster(order, cluster, watch=watch)[:2]


def _sum_up(run: Run, after: FollowUp) -> None:
    """Say what came of it, and end with its exit code."""
    refused = skipped = 0
    for tally in run.tallies.values():
        refused += tally.refused.total()
        skipped += tally.counts["skipped"]
        if tally.refused:
            more = tally.refused.total() - 1
            click.echo(f"newsmon: {tally.first_failure}{f' (and {more} more)' if more else ''}", err=True)
    c = run.counts()
    unchanged = sum(t.unchanged for t in run.tallies.values())
    click.echo(
        f"run {run.run_id}: {c.get('fetched', 0)} pages read: {c.get('stored', 0)} new, {c.get('revised', 0)} revised, "
        f"{unchanged} unchanged, {refused} refused"
        + (f", {skipped} skipped (no article of a declared outlet)" if skipped else "")
        + (f"; {c['records']:,} records looked at" if "records" in c else "")
        + (f"; {c['files_known']} files were done already (--again reads them)" if "files_known" in c else "")
        + after.told()
    )
    failed = [tally for tally in run.tallies.values() if tally.failed]
    for tally in failed:
        click.echo(f"newsmon: {tally.slug}: {tally.first_failure}", err=True)
    sys.exit(3 if run.store_error else int(refused > 0 or bool(failed)))
