"""Several outlets, several runs: each outlet has one visitor, and none waits for another's site."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from sqlalchemy import create_engine

from newsmon.newsstand.server import Answer, Request, Server
from newsmon.store.signs import signs_of_life
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

Serve = Callable[[ScriptedSite], Server]


def _pages(outlet: int, count: int = 4) -> dict[str, str]:
    return {
        f"/nouvelles/2026/le-conseil-{outlet}-vote-son-budget-{n}/": f"Le conseil {outlet} vote son budget, acte {n}"
        for n in range(count)
    }


def _slow(site: ScriptedSite, seconds: float) -> ScriptedSite:
    def answer(request: Request) -> Answer:
        time.sleep(seconds)
        return Answer(body=site.page(request.path).encode())

    site.answers = dict.fromkeys(site.pages, answer)
    return site


def _start(desk: Desk, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "newsmon", "crawl", "-s", "DOWNLOAD_DELAY=0", *arguments],
        env=desk.environment_with({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 40
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_slow_outlet_delays_itself_alone(desk: Desk, serve: Serve) -> None:
    slow = serve(_slow(ScriptedSite(pages=_pages(0)), 2))
    fast = [serve(ScriptedSite(pages=_pages(n))) for n in (1, 2, 3)]
    desk.declare("".join(declared(f"o{n}", server.url) for n, server in enumerate([slow, *fast])))
    done = desk.crawl("o0", "o1", "o2", "o3")
    assert done.returncode == 0, done.stderr
    last = dict(
        desk.rows("SELECT o.slug, max(f.at) FROM fetch_log f JOIN outlet o ON o.id = f.outlet_id GROUP BY o.slug")
    )
    first_of_slow = desk.rows(
        "SELECT min(f.at) FROM fetch_log f JOIN outlet o ON o.id = f.outlet_id WHERE o.slug = 'o0' AND f.url NOT LIKE '%rss'"
    )[0][0]
    assert desk.rows("SELECT count(*) FROM v_article") == [(16,)]
    # The slow one's second page was still to come when the others were done.
    assert all(last[slug] <= last["o0"] for slug in ("o1", "o2", "o3"))
    assert sum(last[slug] <= first_of_slow for slug in ("o1", "o2", "o3")) >= 1 or last["o1"] < last["o0"]


def test_two_runs_take_different_outlets(desk: Desk, serve: Serve) -> None:
    """On PostgreSQL. SQLite has one run at a time: the second one says so, and takes nothing."""
    site, go_on = ScriptedSite(pages=_pages(0)), threading.Event()

    def answer(request: Request) -> Answer:
        go_on.wait(100)
        return Answer(body=site.page(request.path).encode())

    site.answers = dict.fromkeys(site.pages, answer)
    slow, fast = serve(site), serve(ScriptedSite(pages=_pages(1)))
    desk.declare(declared("lent", slow.url) + declared("vite", fast.url))
    desk.run("db", "upgrade")
    first = _start(desk, "lent", "-s", "DOWNLOAD_TIMEOUT=120")
    _until(slow.paths)
    second = desk.crawl("lent", "vite")
    go_on.set()
    out, err = first.communicate(timeout=60)
    assert first.returncode == 0, err
    if desk.database_url.startswith("sqlite"):
        assert second.returncode == 4 and not fast.paths()
        return
    assert second.returncode == 0, second.stderr
    assert "1 of 2 outlets due, 1 of them at another run" in second.stdout
    assert "4 new" in second.stdout and "4 new" in out
    assert slow.paths().count("/rss") == 1, "its outlet was asked by one run alone"
    assert desk.rows("SELECT count(*) FROM v_article") == [(8,)]
    assert desk.rows("SELECT DISTINCT status FROM run") == [("ok",)]
    assert desk.rows("SELECT count(*) FROM lease") == [(0,)]


def test_an_outlet_of_a_killed_run_is_taken_over_at_once(desk: Desk, serve: Serve) -> None:
    server = serve(_slow(ScriptedSite(pages=_pages(0, 6)), 0.5))
    desk.declare(declared("lent", server.url))
    killed = _start(desk, "lent")
    _until(lambda: len(server.paths()) >= 3)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=30)
    assert desk.rows("SELECT count(*) FROM lease") == [(1,)]
    done = desk.crawl("lent", "-s", "NEWSMON_POLL_NOW=True")
    assert done.returncode == 0, done.stderr
    assert desk.rows("SELECT count(*), count(DISTINCT url) FROM v_article") == [(6, 6)]
    assert desk.rows("SELECT max(seq) FROM revision") == [(1,)]
    assert desk.rows("SELECT status FROM run WHERE id = 1") == [("died",)]


def test_an_outlet_of_a_lost_machine_is_taken_over_when_its_lease_has_run_out(desk: Desk, serve: Serve) -> None:
    """The server still believes in a connection whose other end is gone."""
    if desk.database_url.startswith("sqlite"):
        return
    server = serve(ScriptedSite(pages=_pages(0)))
    desk.declare(declared("perdu", server.url))
    assert desk.crawl("perdu").returncode == 0
    lost = "run 7 (pid 1 on ailleurs)"
    insert = "INSERT INTO lease SELECT id, :holder, now() + interval '1 minute' FROM outlet RETURNING 1"
    desk.rows(insert, commit=True, holder=lost)
    engine = create_engine(desk.database_url)
    with signs_of_life(engine, run_id=None, holder=lost):
        early = desk.crawl("perdu", "-s", "NEWSMON_POLL_NOW=True")
        assert early.returncode == 4
        assert f"perdu is visited by {lost}; wait for it, or end it" in early.stderr
        desk.rows("UPDATE lease SET until = now() - interval '1 second' RETURNING 1", commit=True)
        done = desk.crawl("perdu", "-s", "NEWSMON_POLL_NOW=True")
        assert done.returncode == 0, done.stderr
    engine.dispose()
    assert server.paths().count("/rss") == 2


def test_scrapy_s_own_command_holds_the_lease_too(desk: Desk, serve: Serve) -> None:
    if desk.database_url.startswith("sqlite"):
        return
    desk.run("db", "upgrade")
    desk.rows(
        "WITH o AS (INSERT INTO outlet (slug, name, region, timezone, language, active)"
        " VALUES ('le_devoir', 'Le Devoir', 'QC', 'America/Toronto', 'fr', true) RETURNING id)"
        " INSERT INTO lease SELECT id, 'run 7 (pid 1 on ici)', now() + interval '1 minute' FROM o RETURNING 1",
        commit=True,
    )
    command = [sys.executable, "-m", "scrapy", "crawl", "le_devoir"]
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    environment = desk.environment_with({})
    engine = create_engine(desk.database_url)
    with signs_of_life(engine, run_id=None, holder="run 7 (pid 1 on ici)"):
        done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, timeout=60)
    engine.dispose()
    assert "le_devoir is visited by run 7 (pid 1 on ici)" in done.stderr
    assert desk.rows("SELECT count(*) FROM fetch_log") == [(0,)]
