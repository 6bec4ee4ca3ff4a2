"""What is sent to a worker of the cluster, and the process in which the worker does it.

A job is a process of its own, as a crawl cannot be begun twice in one; it ends with the worker that started it. The
worker machine has the checkout, the same outlets and topics, and the database in its own environment: no password is
sent.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsmon.environment import PROJECT_ROOT, database_url
from newsmon.errors import ConfigurationError, NewsmonError
from newsmon.running import OutletTally

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Outlets to visit, or a file to bring in, as part of the run `run_id`."""

    run_id: int
    began: str
    """When that run began, as the database has it: shows that both sides use one database."""
    slugs: tuple[str, ...] = ()
    limit: int | None = None
    settings: dict[str, str] = field(default_factory=dict)
    archive: Path | None = None
    file: Path | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a job came to."""

    tallies: Sequence[OutletTally] = ()
    error: str = ""
    """One line: why nothing was done."""
    stopped: str | None = None


def do(job: Job) -> Done:
    """Run by a Dask worker: `job` in a process of its own."""
    command = [sys.executable, "-m", "newsmon.cluster"]
    done = subprocess.run(command, input=pickle.dumps(job), stdout=subprocess.PIPE, cwd=PROJECT_ROOT)
    if not done.stdout:
        return Done(error=f"the process ended with {done.returncode}; its machine's log tells more")
    result: Done = pickle.loads(done.stdout)
    return result


def main() -> None:
    """The process: a job on standard input, what it came to on standard output."""
    # A worker that is killed takes its job with it; the scheduler gives the job to another.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newsmon.settings")
    sys.path.insert(0, str(PROJECT_ROOT))
    job: Job = pickle.load(sys.stdin.buffer)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    try:
        result = _work(job)
    except NewsmonError as e:
        result = Done(error=str(e))
    out.write(pickle.dumps(result))
    out.close()


def _work(job: Job) -> Done:
    _check_database(job)
    if job.file:
        from newsmon.importing import Order as ImportOrder
        from newsmon.importing import import_files

        order = ImportOrder(files=[job.file], only_declared=True, again=job.again, join=job.run_id)
        run, _, _ = import_files(order)
    else:
        from newsmon.crawl import Order, crawl

        part = Order(slugs=job.slugs, limit=job.limit, settings=job.settings, archive=job.archive, join=job.run_id)
        run, _, _ = crawl(part)
    error = str(run.store_error) if run.store_error else ""
    return Done(tallies=list(run.tallies.values()), error=error, stopped=run.stopped)


def _check_database(job: Job) -> None:
    from sqlalchemy import select

    from newsmon.store.engine import shown
    from newsmon.store.models import Run
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        with engine.connect() as conn:
            began = conn.scalar(select(Run.started_at).where(Run.id == job.run_id))
    finally:
        engine.dispose()
    if began is None or began.isoformat() != job.began:
        raise ConfigurationError(
            f"{shown(engine.url)} on this worker is not the database of run {job.run_id}; set the same "
            "NEWSMON_DATABASE_URL on every machine"
        )
