"""The month in processes of its own, one after the other: each is killed at a random moment, the next goes on."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from newsmon.errors import ConfigurationError
from newsmon.newsstand.month.script import TOPIC, write_script

TOPIC_FILE = f"""\
slug = "{TOPIC}"
name = "Traversier"
require = [{{ label = "quai", any = ["{TOPIC}"] }}]
primary = 2
secondary = 0.1
"""
LONGEST_S = 1800
"""Of a process that gives no sign: something hangs."""


class Rehearsal:
    """A script, a database, and the processes that follow the one into the other."""

    def __init__(self, *, days: int, per_day: int = 6, seed: int = 1, database: str | None = None) -> None:
        self.days, self.per_day, self.seed = days, per_day, seed
        self.pieces = write_script(days, per_day=per_day, seed=seed)
        self.database = database or ""
        self.ports = (0, 0)
        self.killed = 0
        self.summary = ""
        self._environment: dict[str, str] = {}
        self._chance = random.Random(seed)

    @contextmanager
    def prepared(self, folder: Path | None = None) -> Iterator[None]:
        """With a folder, a database and ports, until the block ends."""
        with ExitStack() as stack:
            place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsmon-month-")))
            (place / "topics").mkdir(parents=True, exist_ok=True)
            (place / "topics" / f"{TOPIC}.toml").write_text(TOPIC_FILE, "utf-8")
            self.database = self.database or f"sqlite:///{place / 'month.db'}"
            self.ports = (_free_port(), _free_port())
            self._environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith("NEWSMON_")},
                "NEWSMON_DATABASE_URL": self.database,
                "NEWSMON_TOPICS": str(place / "topics"),
                "NEWSMON_ALLOW_NETWORKS": "127.0.0.0/8",
            }
            yield

    def run(self, *, kills: int = 0, say: Callable[[str], None] = lambda _: None) -> None:
        """Follow the whole month. Raises: ConfigurationError when a process ends that was not killed."""
        began, hour, attempt = time.monotonic(), 0, 0
        end = self.days * 24
        while hour < end:
            last = self._child(hour, attempt, kill=self.killed < kills, pace=end / (kills + 1))
            attempt = 0 if last >= hour else attempt + 1
            hour = max(hour, last + 1)
            say(f"{hour} of {end} hours, killed {self.killed} times, {time.monotonic() - began:.0f} s")
        self.summary = f"{self.days} days, {len(self.pieces)} articles, {self.killed} kills"

    def _child(self, hour: int, attempt: int, *, kill: bool, pace: float) -> int:
        """The last hour that the process finished, -1 for none."""
        ports = ",".join(str(port) for port in self.ports)
        arguments = ["--days", str(self.days), "--per-day", str(self.per_day), "--seed", str(self.seed)]
        arguments += ["--database", self.database, "--play", f"{ports}:{hour}:{attempt}"]
        command = [sys.executable, "-m", "newsmon.newsstand.month", *arguments]
        with subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE, text=True) as child:
            try:
                last, code = self._watch(child, hour, kill, pace)
            finally:
                child.kill()
        if code == -signal.SIGKILL:
            self.killed += 1
        elif code:
            raise ConfigurationError(f"the month ended with {code} after hour {last}; run it with --kills 0")
        return last

    def _watch(self, child: subprocess.Popen[str], hour: int, kill: bool, pace: float) -> tuple[int, int]:
        """The last hour that the process tells, and how it ended; with `kill` it is ended somewhere in its way."""
        last, doomed_at = -1, hour + self._chance.uniform(0, 2 * pace)
        timer = threading.Timer(LONGEST_S, child.kill)
        timer.start()
        assert child.stdout
        for line in child.stdout:
            last = int(line) if line.strip().isdigit() else last
            if kill and last + 1 >= int(doomed_at):
                kill = False
                # Not at the end of an hour, but somewhere in the next.
                threading.Timer(self._chance.uniform(0, 0.5), child.kill).start()
        code = child.wait()
        timer.cancel()
        return last, code

    def play(self, order: str) -> None:
        """In the child: follow the month from an hour on, until its end or ours."""
        from newsmon.newsstand.month.play import Month, play

        ports, hour, attempt = order.split(":")
        first, second = (int(port) for port in ports.split(","))
        month = Month(self.database, self.pieces, (first, second))
        play(month, hours=range(int(hour), self.days * 24), attempt=int(attempt))

    def differences(self) -> Iterator[str]:
        """What a view says otherwise than the script."""
        from newsmon.newsstand.month.check import differences
        from newsmon.store.schema import open_ready

        engine = open_ready(self.database)
        try:
            yield from differences(engine, self.pieces, self.ports, end=self.days * 24 - 1)
        finally:
            engine.dispose()


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
