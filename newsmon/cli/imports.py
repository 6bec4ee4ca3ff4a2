"""newsmon import."""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

import click


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
def import_(files: tuple[Path, ...], url: str | None, outlet: str | None, fetched_at: datetime | None) -> None:
    """Bring saved pages (HTML or plain text) and WARC files into the database.

    They go through the steps of a crawl. Of a WARC, articles of declared outlets are taken, with the date of
    their capture. What is already there is not stored twice.
    """
    if url and len(files) > 1:
        raise click.UsageError("--url names one page: give one FILE with it")

    from newsmon.importing import Order, import_files

    order = Order(files=files, url=url, outlet=outlet, fetched_at=fetched_at, arguments=shlex.join(sys.argv[1:]))
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("0 pages") as status:
            run, after, _ = import_files(order, watch=lambda done: status.update(f"{done} pages"))
    else:
        run, after, _ = import_files(order)
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
        + after.told()
    )
    sys.exit(3 if run.store_error else int(refused > 0))
