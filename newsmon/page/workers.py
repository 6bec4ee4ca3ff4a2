"""Worker processes that read pages and listings: every core cleans while the crawl goes on.

A page that takes too long or kills its worker costs that page alone: the worker is replaced.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from newsmon.errors import PageError, ReasonedError
from newsmon.text.agencies import use_sources

P = ParamSpec("P")
T = TypeVar("T")

TASKS_PER_WORKER = 2000
"""A worker is replaced after so many pages: what a parser leaks goes with it."""


def _prepare_worker(sources: Path | None, memory_mb: int) -> None:
    # Ctrl-C and a service manager's SIGTERM reach the whole group; the run's own process decides what to finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    from newsmon.page import article, attribution, published  # noqa: F401 (the heavy imports, once per worker)

    use_sources(sources)
    _bound_memory(memory_mb)


def _bound_memory(more_mb: int) -> None:
    """Let this process grow by `more_mb` from here: a page that needs more fails alone, the machine does not."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return  # not Linux: RLIMIT_AS means nothing there
    bound = pages * resource.getpagesize() + more_mb * 2**20
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


class Workers:
    """A pool that starts at its first task."""

    def __init__(
        self, *, timeout_s: float, memory_mb: int = 1024, count: int | None = None, sources: Path | None = None
    ) -> None:
        """`memory_mb`: what a worker may grow by; `sources`: the user's file for newsmon.text.agencies.use_sources."""
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self.count = count or os.cpu_count() or 1
        self._sources = sources
        self._pool: ProcessPool | None = None

    def start(self) -> None:
        """Let the processes start now, while this one does something else; `submit` would else wait for them."""
        self._started().active  # noqa: B018 (asking is what starts them)

    def _started(self) -> ProcessPool:
        if self._pool is None:
            # A fresh interpreter per worker: a fork would copy a running event loop and its threads.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(
                max_workers=self.count,
                max_tasks=TASKS_PER_WORKER,
                initializer=_prepare_worker,
                initargs=[self._sources, self._memory_mb],
                context=context,
            )
        return self._pool

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Any:
        """A pebble future of `function`, which must be importable by name."""
        return self._started().schedule(function, args=args, kwargs=kwargs, timeout=self._timeout_s)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function` in a worker.

        Raises: the ReasonedError that `function` raises; PageError parse_timeout, parse_crash, parse_error.
        """
        try:
            result: T = await asyncio.wrap_future(self.submit(function, *args, **kwargs))
        except ReasonedError:
            raise
        except Exception as e:
            raise self.failure(e) from None
        return result

    def failure(self, error: BaseException) -> PageError:
        """What a time-out, a dead worker or a fault of ours comes to: the page's own trouble, by name."""
        if isinstance(error, FutureTimeoutError):
            return PageError("parse_timeout", f"not read within {self._timeout_s:g} s")
        if isinstance(error, ProcessExpired):
            return PageError("parse_crash", f"the worker that read it died: {error}")
        if isinstance(error, MemoryError):
            return PageError("parse_crash", f"it takes more than {self._memory_mb} MB to read")
        return PageError("parse_error", f"{type(error).__name__}: {error}")

    def close(self, *, now: bool = False) -> None:
        """End the workers: after their tasks, or at once."""
        if self._pool is not None:
            pool: Any = self._pool
            pool.stop() if now else pool.close()
            self._pool.join()
            self._pool = None
