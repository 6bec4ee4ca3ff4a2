"""newsmon topics rescan, versions, diff."""

from __future__ import annotations

import shlex
import signal
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from newsmon.cli.topics.reading import as_json, known_files, known_topic, progress_bar, reader, table

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from newsmon.topics import Matcher
    from newsmon.topics.rescan import Progress

FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
def rescan(slugs: tuple[str, ...]) -> None:
    """Match the stored articles with the topics whose file has changed, and show the new versions.

    All of them, or those named with their parents and parts. Until it is done, reports show the version before; then
    all change at once. A crawl may run beside it. Killed, it goes on where it was when it is called again; so does
    every crawl at its end, for a minute.

    Exit: 0 all is shown, 3 the database, 4 another rescan is active, 143 stopped by SIGTERM.
    """
    from newsmon.topics.problems import nearest

    known = known_files()
    names = sorted(topic.slug for topic in known.values())
    for slug in slugs:
        if slug not in names:
            raise click.BadParameter(f"no topic {slug!r}{nearest(slug, names)} (newsmon topics list)")
    with progress_bar("rescan") as bar:
        done, stopped = _rescan(known, slugs, bar)
    if done.switched:
        click.echo(f"new version shown: {', '.join(done.switched)} ({done.total} revisions)")
    elif not done.waiting:
        click.echo("nothing to do: every topic is as its file")
    if done.waiting and not stopped:
        click.echo(f"newsmon: still waiting: {', '.join(done.waiting)}; run it again", err=True)
    if stopped:
        click.echo(f"newsmon: stopped at revision {done.done} of {done.total}; run it again to go on", err=True)
        sys.exit(143)


def _rescan(known: dict[str, Any], slugs: tuple[str, ...], bar: Any) -> tuple[Progress, bool]:
    from datetime import UTC, datetime

    from newsmon import __version__
    from newsmon.environment import database_url
    from newsmon.store.engine import transact
    from newsmon.store.runs import finish_run, rescan_lock, start_run
    from newsmon.store.schema import open_ready
    from newsmon.topics.live import sync_files
    from newsmon.topics.rescan import Progress, rescan

    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: stopped.append(number))
    engine = open_ready(database_url())
    done = Progress()
    try:
        with rescan_lock(database_url()):
            arguments, now = shlex.join(sys.argv[1:]), datetime.now(UTC)
            run_id = transact(engine, start_run, kind="rescan", arguments=arguments, version=__version__, now=now)
            transact(engine, sync_files, list(known.values()), now=now)
            done = rescan(
                engine, database_url(), known, slugs=slugs,
                go_on=lambda: not stopped, watch=lambda progress: bar(progress.done, progress.total),
            )  # fmt: skip
            status, code = ("stopped", 143) if stopped else ("ok", 0)
            counts = {"revisions": done.done, "topics": len(done.switched)}
            now = datetime.now(UTC)
            transact(engine, finish_run, run_id, status=status, exit_code=code, counts=counts, now=now)
            if done.switched:
                _count_bursts(engine)
    finally:
        engine.dispose()
    return done, bool(stopped)


def _count_bursts(engine: Any) -> None:
    from newsmon.alerts.watching import count_bursts
    from newsmon.store.engine import transact

    transact(engine, count_bursts)


@click.command()
@click.argument("slug")
@FORMAT
def versions(slug: str, form: str) -> None:
    """The versions of a topic: which one is shown, which one waits, what each has matched."""
    from newsmon.store.matches import last_revision
    from newsmon.store.versions import versions as rows_of

    with reader() as conn:
        rows = rows_of(conn, known_topic(conn, slug))
        last = last_revision(conn)
    told = [
        (r.version, _state(r, last), r.n, str(r.added_at)[:19], str(r.shown_at or "")[:19] or None, r.digest[:10])
        for r in rows
    ]
    headings = ("version", "state", "matches", "added (UTC)", "shown since (UTC)", "digest")
    if form == "json":
        as_json([dict(zip(headings, row, strict=True)) for row in told])
    else:
        click.echo(table(headings, told))


def _state(row: Row[Any], last: int) -> str:
    if row.state != "pending":
        return str(row.state)
    return f"pending ({100 * row.scanned_to // max(last, 1)} % rescanned)"


@click.command()
@click.argument("slug")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@FORMAT
def diff(slug: str, old: int | None, new: int | None, form: str) -> None:
    """What a change of a topic gained and lost: articles, and the terms that did it.

    OLD and NEW are versions (newsmon topics versions SLUG); by default the shown one and the one that waits, or the
    one before and the shown one. Articles are compared by their current text.
    """
    from newsmon.topics.differences import differences

    with reader() as conn:
        first, second, told = _pair(conn, known_topic(conn, slug), old, new)
        one, other = (_matcher(conn, row.id) for row in (first, second))
        with progress_bar("diff"):
            found = list(differences(conn, one, other, slug, (first.id, second.id)))
    if form == "json":
        as_json([asdict(difference) for difference in found])
        return
    click.echo(f"{slug}: version {first.version} against version {second.version}{told}")
    for kind in ("gained", "lost", "raised", "lowered"):
        part = [d for d in found if d.kind == kind]
        if part:
            click.echo(f"\n{kind}: {len(part)} articles")
            rows = [(d.article_id, str(d.day or ""), d.outlet, d.headline, _cause(d)) for d in part]
            click.echo(table(("article", "day", "outlet", "headline", "because of"), rows))
    if not found:
        click.echo("no article is judged differently")


def _cause(difference: Any) -> str:
    return ", ".join(difference.terms) or difference.reason


def _pair(conn: Connection, slug: str, old: int | None, new: int | None) -> tuple[Row[Any], Row[Any], str]:
    """The rows of two versions, and what is to be said of their state."""
    from newsmon.errors import ConfigurationError
    from newsmon.store.matches import last_revision
    from newsmon.store.versions import versions as rows_of

    rows = {row.version: row for row in rows_of(conn, slug)}
    shown = next((row.version for row in rows.values() if row.state == "shown"), max(rows))
    waiting = next((row.version for row in rows.values() if row.state == "pending"), None)
    if old is None:
        former = [row.version for row in rows.values() if row.state == "former"]
        old = shown if waiting else max(former, default=None, key=lambda v: str(rows[v].shown_at))
    if new is None:
        new = waiting if waiting and old != waiting else shown
    for number in (old, new):
        if number not in rows:
            there = ", ".join(map(str, rows))
            what = "has one version only" if number is None else f"has no version {number}; there is {there}"
            raise ConfigurationError(f"{slug} {what} (newsmon topics versions {slug})")
    pair = rows[old], rows[new]
    last = last_revision(conn)
    unfinished = [f"version {row.version} is {_state(row, last)}" for row in pair if row.state == "pending"]
    return *pair, "".join(f"; {told}" for told in unfinished)


def _matcher(conn: Connection, version_id: int) -> Matcher:
    from newsmon.topics.past import matcher_of

    return matcher_of(conn, version_id, known_files())
