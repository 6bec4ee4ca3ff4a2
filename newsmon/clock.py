"""The one clock of a run: everything that is due, seen or stored is so by it.

It tells the machine's time. A rehearsal of a month in an hour gives it another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _machine() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _machine


def now_utc() -> datetime:
    """The time, in UTC."""
    return _clock()


@contextmanager
def clock_set(clock: Callable[[], datetime]) -> Iterator[None]:
    """Let `clock` tell the time, in this process, until the block ends. It gives instants in UTC."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before
