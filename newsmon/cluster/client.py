"""The side that shares a run out: one run in the database, its outlets or files at the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsmon.alerts.sending import channels
from newsmon.cluster.jobs import Done, Job, do
from newsmon.crawl import Order, due_declarations, wanted
from newsmon.environment import database_url
from newsmon.errors import ConfigurationError
from newsmon.follow_up import FollowUp, follow_up
from newsmon.importing import Order as ImportOrder
from newsmon.importing import check_files
from newsmon.running import Run
from newsmon.store.engine import is_sqlite, parse_url

SHARES = 4
"""Jobs for each worker thread: few enough that a start is worth it, enough that all end at about the same time."""
REACH_S = 10


def crawl_on_cluster(order: Order, scheduler: str, *, watch: Any = None) -> tuple[Run, FollowUp, int]:
    """Visit what is due at the outlets of `order`, each at one worker: the run, and its exit code.

    Raises: ConfigurationError (also for SQLite, or without a scheduler at that address), DatabaseError.
    """
    from scrapy.utils.project import get_project_settings

    declarations = wanted(order)
    settings = get_project_settings()
    settings.setdict(order.settings, priority="cmdline")
    with _cluster(scheduler) as client, _run("crawl", order.arguments) as run:
        due = [declaration.slug for declaration in due_declarations(run, declarations, settings)]
        jobs = [
            Job(run_id=run.run_id, began=run.started_at.isoformat(), slugs=tuple(share), limit=order.limit,
                settings=order.settings, archive=order.archive)
            for share in _shares(due, SHARES * max(1, sum(client.nthreads().values())))
        ]  # fmt: skip
        _do_all(client, jobs, run, lambda _: watch(run) if watch else None)
        after = follow_up(run, alerts=channels(), rescan_s=settings.getfloat("NEWSMON_RESCAN"))
    return run, after, run.exit_code


def import_on_cluster(
    order: ImportOrder, scheduler: str, *, watch: Callable[[Path, Run], None] | None = None
) -> tuple[Run, FollowUp, int]:
    """Bring WARC files in, each at a worker, which must find it under the same path. `watch` hears of each one done.

    Raises: ConfigurationError, DatabaseError.
    """
    check_files(order)
    with _cluster(scheduler) as client, _run("import", order.arguments) as run:
        began = run.started_at.isoformat()
        files = {file.resolve(): file for file in order.files}
        jobs = [Job(run_id=run.run_id, began=began, file=file, again=order.again) for file in files]
        _do_all(client, jobs, run, lambda job: watch(files[job.file], run) if watch and job.file else None)
        after = follow_up(run)
    return run, after, run.exit_code


@contextmanager
def _run(kind: Any, arguments: str) -> Iterator[Run]:
    run = Run(kind=kind, arguments=arguments)
    try:
        yield run
    except KeyboardInterrupt:
        run.stopped = "SIGINT"
    finally:
        run.finish()


@contextmanager
def _cluster(scheduler: str) -> Iterator[Any]:
    if is_sqlite(parse_url(database_url())):
        raise ConfigurationError(
            "--cluster needs PostgreSQL, which several machines can write: set NEWSMON_DATABASE_URL to one"
        )
    try:
        from distributed import Client
    except ImportError:
        raise ConfigurationError("--cluster needs Dask: run pip install 'newsmon[cluster]'") from None
    try:
        client = Client(scheduler, timeout=REACH_S)
    except (OSError, TimeoutError, ValueError) as e:
        said = " ".join(str(e).split())[:120]
        raise ConfigurationError(f"{scheduler}: no scheduler answers ({said}); start one: dask scheduler") from None
    try:
        yield client
    finally:
        client.close()


def _shares(slugs: Sequence[str], count: int) -> list[list[str]]:
    """The outlets dealt out: neighbours in the list, often of one owner, come to different shares."""
    return [share for n in range(min(count, len(slugs))) if (share := list(slugs[n :: min(count, len(slugs))]))]


def _do_all(client: Any, jobs: Sequence[Job], run: Run, watch: Callable[[Job], None]) -> None:
    from distributed import as_completed

    # A worker that is killed has its job done again by another; a job that kills three workers is given up.
    futures = {client.submit(do, job, pure=False, retries=0): job for job in jobs}
    for future in as_completed(list(futures)):
        _account(run, futures[future], future)
        watch(futures[future])


def _account(run: Run, job: Job, future: Any) -> None:
    """Add what a job came to, to the run's account."""
    done: Done = Done(error=f"the cluster gave it up: {future.exception()!r}"[:300]) if future.status == "error" else (
        future.result()
    )  # fmt: skip
    for tally in done.tallies:
        run.tally(tally.slug).add(tally)
    run.stopped = run.stopped or done.stopped
    if done.error:
        for slug in job.slugs or (job.file.name if job.file else "-",):
            tally = run.tally(slug)
            tally.failed["internal"] += 1
            tally.first_failure = tally.first_failure or f"internal: {done.error}"
