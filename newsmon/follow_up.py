"""What comes after the articles of a run: a rescan goes on, texts are compared, bursts are counted, alerts sent."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from newsmon.alerts.sending import Send, send_alerts
from newsmon.alerts.watching import Raised, count_bursts, raise_alerts
from newsmon.clock import now_utc
from newsmon.environment import database_url
from newsmon.errors import DatabaseError, RunActiveError
from newsmon.running import Run
from newsmon.store import stories
from newsmon.store.engine import transact
from newsmon.store.runs import rescan_lock
from newsmon.topics.rescan import Progress, rescan

RESCAN_S = 60.0
"""How long a run goes on with a rescan; what is left is the next run's, or `newsmon topics rescan`'s."""


@dataclass(slots=True)
class FollowUp:
    """What came of it."""

    progress: Progress = field(default_factory=Progress)
    raised: list[Raised] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Lines about alerts that did not go out."""

    def told(self) -> str:
        """The end of a run's line; "" when there was nothing."""
        parts = [f"new version shown: {', '.join(self.progress.switched)}"] if self.progress.switched else []
        if waiting := self.progress.waiting:
            share = 100 * self.progress.done // max(self.progress.total, 1)
            parts.append(f"{share} % of the articles rescanned for {', '.join(waiting)} (newsmon topics rescan)")
        parts += [f"{r.topic} stands out: {r.n} articles on {r.day}, {r.usual:g} expected" for r in self.raised]
        return "".join(f"; {part}" for part in parts)


def follow_up(run: Run, *, alerts: Mapping[str, Send] | None = None, rescan_s: float = RESCAN_S) -> FollowUp:
    """Do all of it for a run that has stored its articles. Without `alerts` (the ways out) none are raised.

    A run that was joined is followed up by the process that began it.

    What the database refuses ends it, and is the run's error.
    """
    done = FollowUp()
    if run.joined or run.store_error or run.stopped:
        return done
    try:
        with _stoppable(run):
            done.progress = _rescan(run, rescan_s)
            stories.refresh(run.engine)
            if done.progress.switched or any(t.stored or t.revised for t in run.tallies.values()):
                transact(run.engine, count_bursts)
            if alerts is not None and not run.stopped:
                done.raised = transact(run.engine, raise_alerts, now=now_utc())
                done.troubles = send_alerts(run.engine, dict(alerts))
    except DatabaseError as e:
        run.store_error = e
    return done


def _rescan(run: Run, seconds: float) -> Progress:
    end = time.monotonic() + seconds
    with suppress(RunActiveError), rescan_lock(database_url()):  # or somebody is at it
        return rescan(run.engine, database_url(), run.known, go_on=lambda: not run.stopped and time.monotonic() < end)
    return Progress()


@contextmanager
def _stoppable(run: Run) -> Iterator[None]:
    """A signal ends it after what it is at."""

    def stop(number: int, _: object) -> None:
        run.stopped = signal.Signals(number).name

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
