"""The process as cron has it: signals, bare environments, closed outputs, a killed run, a clock that lies."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsmon.net.retry_after import CAP, not_before
from newsmon.newsstand.server import Answer, Request, Server
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

Serve = Callable[[ScriptedSite], Server]
PAGES = {f"/nouvelles/2026/un-titre-assez-long-{n}/": f"Un titre assez long pour la nouvelle {n}" for n in range(6)}
CRAWL = [sys.executable, "-m", "newsmon", "crawl", "essai"]


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Desk:
    return Desk(database_url, tmp_path)


def _hangs(request: Request) -> Answer:
    time.sleep(60)
    return Answer()


@pytest.fixture
def hanging(desk: Desk, serve: Serve) -> Iterator[tuple[Desk, Server]]:
    """An outlet whose second page never comes."""
    last = list(PAGES)[1]
    server = serve(ScriptedSite(pages=dict(PAGES), answers={last: _hangs}))
    desk.declare(declared("essai", server.url))
    yield desk, server


@pytest.mark.fault(82)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_a_run_whose_site_hangs(hanging: tuple[Desk, Server], number: signal.Signals) -> None:
    desk, server = hanging
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "DOWNLOAD_TIMEOUT=4", "-s", "RETRY_TIMES=0"]
    run = subprocess.Popen(
        [*CRAWL, *settings], env=desk.environment_with({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while len(server.paths()) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(number)
    sent = time.monotonic()
    out, err = run.communicate(timeout=60)
    assert time.monotonic() - sent < 40
    assert run.returncode == 143, err
    assert f"stopped by {number.name}" in out and "Traceback" not in err
    assert desk.rows("select status, exit_code from run") == [("stopped", 143)]
    assert desk.rows("select count(*) from v_article") == [(1,)]


@pytest.mark.fault(82)
def test_a_second_signal_waits_for_no_site(hanging: tuple[Desk, Server]) -> None:
    """The loop is broken off, and the process ends with it: no thread of it is left to wait for."""
    desk, server = hanging
    run = subprocess.Popen(
        [*CRAWL, "-s", "DOWNLOAD_DELAY=0", "-s", "DOWNLOAD_TIMEOUT=170"],
        env=desk.environment_with({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while len(server.paths()) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        time.sleep(0.5)  # two that come at once are one
        run.send_signal(signal.SIGTERM)
        out, err = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 143, err
    assert "stopped by SIGTERM" in out and "Traceback" not in err
    assert desk.rows("select status, exit_code from run") == [("stopped", 143)]
    # What was on its way to the store may be there or not; what is there is whole.
    assert desk.run("db", "check").returncode == 0


@pytest.fixture
def site(desk: Desk, serve: Serve) -> Desk:
    desk.declare(declared("essai", serve(ScriptedSite(pages=dict(PAGES))).url))
    return desk


def _stored(desk: Desk) -> int:
    return int(desk.rows("select count(*) from v_article")[0][0])


@pytest.mark.fault(83)
def test_a_posix_locale_no_home_and_a_folder_that_nobody_may_write(site: Desk) -> None:
    kept = {k: v for k, v in site.environment_with({}).items() if k.startswith("NEWSMON_")}
    environment = {**kept, "PATH": "/usr/bin:/bin", "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*CRAWL, "-s", "DOWNLOAD_DELAY=0"],
        env=environment,
        cwd="/proc",
        capture_output=True,
        timeout=90,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert _stored(site) == len(PAGES)
    report = [sys.executable, "-m", "newsmon", "report", "articles", "--format", "csv"]
    shown = subprocess.run(report, env=environment, cwd="/proc", capture_output=True, timeout=90)
    assert "Un titre assez long" in shown.stdout.decode("utf-8")


@pytest.mark.fault(83)
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&- <&-", ">/dev/full"])
def test_closed_and_full_outputs(site: Desk, closing: str) -> None:
    command = f"exec {' '.join(CRAWL)} -s DOWNLOAD_DELAY=0 {closing}"
    done = subprocess.run(["/bin/sh", "-c", command], env=site.environment_with({}), capture_output=True, timeout=90)
    assert b"Traceback" not in done.stderr, done.stderr
    assert _stored(site) == len(PAGES)
    assert site.rows("select status from run") == [("ok",)]
    assert done.returncode == 0, done.stderr


@pytest.mark.fault(74)
def test_a_run_killed_at_any_moment_leaves_whole_articles_and_the_next_completes(both: Desk, serve: Serve) -> None:
    server = serve(ScriptedSite(pages=dict(PAGES)))
    both.declare(declared("essai", server.url))
    dice = random.Random(4711)
    for _ in range(3):
        run = subprocess.Popen(
            [*CRAWL, "-s", "DOWNLOAD_DELAY=0.1"],
            env=both.environment_with({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(1.0, 4.0))
        run.kill()
        run.wait()
    done = both.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert done.returncode == 0, done.stderr
    assert both.rows("select count(*), count(distinct url) from v_article") == [(len(PAGES), len(PAGES))]
    assert both.run("db", "check").returncode == 0
    assert both.rows("select count(*) from run where status = 'running'") == [(0,)]


@pytest.mark.fault(84)
def test_a_run_that_fills_the_memory_says_so(site: Desk) -> None:
    done = site.crawl("essai", "-s", "MEMUSAGE_LIMIT_MB=1", "-s", "DOWNLOAD_DELAY=1")
    assert done.returncode == 1
    assert site.rows("select reason from v_run") == [("memory",)]


CLOCK_OF_1970 = """
import sys
from datetime import datetime, UTC
import newsmon.running, newsmon.visit, newsmon.crawl
for module in (newsmon.running, newsmon.visit, newsmon.crawl):
    module.now_utc = lambda: datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
from newsmon.cli import main
main(sys.argv[1:])
"""


@pytest.mark.fault(84)
def test_a_clock_in_1970_dates_nothing_wrongly(site: Desk) -> None:
    environment = {**site.environment_with({}), "SCRAPY_SETTINGS_MODULE": "newsmon.settings"}
    arguments = [sys.executable, "-c", CLOCK_OF_1970, *CRAWL[3:], "-s", "DOWNLOAD_DELAY=0"]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    published = [str(at) for (at,) in site.rows("select published_at from v_article where published_at is not null")]
    assert not any(at.startswith("1970") for at in published)
    later = site.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert later.returncode == 0, later.stderr
    assert _stored(site) == len(PAGES)


@pytest.mark.fault(84)
@pytest.mark.parametrize("day", [datetime(2026, 3, 8, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)])
def test_a_pause_over_a_change_of_the_clocks_is_as_long_as_asked(day: datetime) -> None:
    local = day.astimezone(ZoneInfo("America/Toronto"))
    assert not_before("7200", now=day) - day == timedelta(hours=2)
    assert not_before("7200", now=local) - day == timedelta(hours=2)
    assert not_before(None, now=day) - day < CAP


@pytest.mark.fault(81)
def test_no_worker_outlives_a_run_that_was_killed(site: Desk) -> None:
    mark = f"NEWSMON_TEST_MARK={os.getpid()}-{time.monotonic_ns()}"
    name, _, value = mark.partition("=")
    run = subprocess.Popen(
        [*CRAWL, "-s", "DOWNLOAD_DELAY=0.3"],
        env=site.environment_with({name: value}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while len(_marked(mark)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(_marked(mark)) >= 2, "no worker was seen"
    run.kill()
    run.wait()
    while _marked(mark) and time.monotonic() < deadline + 30:
        time.sleep(0.1)
    assert _marked(mark) == []


def _marked(mark: str) -> list[str]:
    """The processes that carry `mark` in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found
