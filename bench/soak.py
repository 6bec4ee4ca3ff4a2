"""Fifty runs over a site that changes: memory, open files, database and log stay flat where they should.

`python -m bench.soak [N]`. Each run brings as many new articles as the one before; what grows by itself is a leak.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from newsmon.newsstand.server import Server
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

LONG = True
NEW = 12
"""Articles that come with each run, and as many that go."""
TABLES = ("article", "revision", "found_link", "outlet_run", "run", "robots", "feed")


@dataclass
class Round:
    peak_kb: int
    files: int
    database_kb: int
    printed: int
    rows: dict[str, int]
    fetches: int
    """Rows of the log of fetches."""
    asked: int = 0
    """Requests that the site has had until now, robots.txt left out: the log has a row for each, no more. Past its
    first quarter of an hour the soak has articles that are due to be looked at again."""


def titles(turn: int) -> dict[str, str]:
    """The site of a turn: a window over a long row of articles, as a home page has it."""
    first = turn * NEW
    return {
        f"/nouvelles/2026/un-titre-assez-long-{n}/": f"Un titre assez long {n}" for n in range(first, first + 3 * NEW)
    }


def visited(desk: Desk, log: Path) -> Round:
    """One run, as cron calls it, with its output behind the others'."""
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "NEWSMON_POLL_NOW=True"]
    before = log.stat().st_size if log.exists() else 0
    most = [0]
    with log.open("ab") as out:
        run = subprocess.Popen(
            [sys.executable, "-m", "newsmon", "crawl", "essai", *settings],
            env=desk.environment_with({}),
            stdout=out,
            stderr=out,
        )
        ended = Event()
        watching = Thread(target=_watch_files, args=(run.pid, ended, most))
        watching.start()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watching.join()
    assert run.returncode == 0, log.read_text("utf-8")[-2000:]
    counts = {table: desk.rows(f"select count(*) from {table}")[0][0] for table in TABLES}
    size = sum(path.stat().st_size for path in desk.folder.glob("newsmon.db*"))
    fetches = desk.rows("select count(*) from fetch_log")[0][0]
    return Round(usage.ru_maxrss, most[0], size // 1024, log.stat().st_size - before, counts, fetches)


def _watch_files(pid: int, ended: Event, most: list[int]) -> None:
    while not ended.wait(0.05):
        try:
            most[0] = max(most[0], len(os.listdir(f"/proc/{pid}/fd")))
        except OSError:
            return


def verdicts(rounds: list[Round]) -> list[str]:
    """What is not flat, the first fifth against the last."""
    part = max(len(rounds) // 5, 1)
    early, late = rounds[part : 2 * part] or rounds[:1], rounds[-part:]

    def grown(name: str) -> float:
        def mean(some: list[Round]) -> float:
            return sum(getattr(one, name) for one in some) / len(some)

        return mean(late) / max(mean(early), 1)

    wrong = [
        f"{name} grew by {grown(name):.2f}"
        for name, most in (("peak_kb", 1.1), ("files", 1.2), ("printed", 1.3))
        if grown(name) > most
    ]
    last, middle, first = rounds[-1].rows, rounds[len(rounds) // 2].rows, rounds[1].rows
    for table in TABLES:
        early_rate = (middle[table] - first[table]) / max(len(rounds) // 2 - 1, 1)
        late_rate = (last[table] - middle[table]) / max(len(rounds) - 1 - len(rounds) // 2, 1)
        if late_rate > 1.3 * early_rate + 1:
            wrong.append(f"{table} grows faster: {early_rate:.1f} rows a run, then {late_rate:.1f}")
    if rounds[-1].fetches > rounds[-1].asked:
        wrong.append(f"fetch_log has {rounds[-1].fetches} rows of {rounds[-1].asked} requests")
    return wrong


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory(prefix="newsmon-soak-") as name:
        folder = Path(name)
        desk = Desk(f"sqlite:///{folder / 'newsmon.db'}", folder)
        site = ScriptedSite(pages=titles(0))
        began, rounds = time.monotonic(), []
        with Server(site) as server:
            desk.declare(declared("essai", server.url))
            for turn in range(count):
                site.pages = titles(turn)
                rounds.append(visited(desk, folder / "newsmon.log"))
                rounds[-1].asked = len(server.paths())
                if turn % 10 == 9 or turn < 2:
                    one = rounds[-1]
                    said = f"{one.files} files, database {one.database_kb} KB, {one.printed} bytes printed"
                    said += f", {one.asked} requests, {one.fetches} of them in the log, {one.rows}"
                    print(f"run {turn + 1}: {one.peak_kb // 1024} MB, {said}", flush=True)
        wrong = verdicts(rounds)
        print(f"{count} runs in {time.monotonic() - began:.0f} s")
        print("\n".join(wrong) or "flat: memory, open files, log; the database grows with its articles alone")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
