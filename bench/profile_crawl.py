"""Where the time of a crawl goes that is not the cleaner's: processor seconds by thread, and the busiest functions.

A crawl of the bench's outlets in this process under cProfile, a profile for the event loop and one for the thread that
stores. From Python 3.12 on one thread alone can be profiled: the event loop's.
Run: .venv/bin/python -m bench.profile_crawl [PAGES] [FUNCTIONS]
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench._outlets import free_port, served, write_outlets
from bench.crawl import OUTLETS, newsmon_environment, slugs

LONG = True
PROFILES: dict[str, cProfile.Profile] = {}
CPU: dict[str, float] = {}


def profile_thread(*_: Any) -> None:
    """What a new thread does first."""
    sys.setprofile(None)
    name = threading.current_thread().name
    if name.startswith("store"):
        PROFILES[name] = cProfile.Profile(time.thread_time)
        try:
            PROFILES[name].enable()
        except ValueError:
            del PROFILES[name]


def watch_threads(end: threading.Event) -> None:
    while not end.wait(0.2):
        for thread in threading.enumerate():
            if thread.ident:
                try:
                    CPU[thread.name] = time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
                except OSError:
                    continue


def show(name: str, profile: cProfile.Profile, many: int) -> None:
    for order in ("tottime", "cumulative"):
        print(f"\n{name}, by {order}")
        stats = pstats.Stats(profile)
        stats.strip_dirs() if order == "tottime" else None
        stats.sort_stats(order).print_stats(many)


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory(prefix="newsmon-bench-") as name:
        folder, port = Path(name), free_port()
        write_outlets(folder / "outlets", outlets=OUTLETS, stories=pages, port=port)
        os.environ.update(newsmon_environment(folder / "newsmon", port), SCRAPY_SETTINGS_MODULE="newsmon.settings")
        with served(folder / "outlets", port):
            from newsmon.crawl import Order, crawl

            end = threading.Event()
            threading.Thread(target=watch_threads, args=(end,), daemon=True).start()
            threading.setprofile(profile_thread)
            PROFILES["event loop"] = cProfile.Profile(time.thread_time)
            before, began = os.times(), time.perf_counter()
            run, *_ = PROFILES["event loop"].runcall(crawl, Order(slugs=slugs(), settings={"DOWNLOAD_DELAY": "0"}))
            after, wall = os.times(), time.perf_counter() - began
            end.set()
    own = after.user + after.system - before.user - before.system
    workers = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"{run.counts()['stored']} articles in {wall:.1f} s")
    print(f"processor seconds: this process {own:.1f} (under the profiler), its workers {workers:.1f}")
    for thread, cpu in sorted(CPU.items(), key=lambda item: -item[1])[:8]:
        print(f"  {cpu:6.2f} s  {thread}")
    for thread, profile in PROFILES.items():
        show(thread, profile, many)


if __name__ == "__main__":
    main()
