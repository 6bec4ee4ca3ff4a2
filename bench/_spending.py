"""What a command costs, with the processes that it starts."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, kw_only=True)
class Spent:
    """A command's cost, with its children's: wall and processor seconds, and the most MiB that it held at a time."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    out: str


def spend(command: list[str], environment: dict[str, str] | None = None, *, allowed: tuple[int, ...] = (0,)) -> Spent:
    """Run `command` to its end. Raises: CalledProcessError for an exit code that is not allowed."""
    began, before = time.perf_counter(), os.times()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=err, text=True, encoding="utf-8"
        )
        peak = [0.0]
        watching = threading.Thread(target=_watch_memory, args=(process, peak), daemon=True)
        watching.start()
        out, _ = process.communicate()
        wall, after = time.perf_counter() - began, os.times()
        if process.returncode not in allowed:
            err.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, out, err.read()[-2000:])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(wall_s=wall, cpu_s=cpu, peak_mib=peak[0], out=out)


def _watch_memory(process: subprocess.Popen[str], peak: list[float]) -> None:
    """The proportional share: pages that parent and workers have in common count once."""
    while process.poll() is None:
        try:
            root = psutil.Process(process.pid)
            total = sum(_pss(p) for p in [root, *root.children(recursive=True)])
        except psutil.Error:
            return
        peak[0] = max(peak[0], total / 2**20)
        time.sleep(0.25)


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
