"""What goes wrong costs itself alone, is said on one line, and the exit code tells cron."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from newsmon.newsstand.server import Answer, Server
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

PAGES = {
    f"/nouvelles/2026/budget-adopte-sans-surprise-{n}/": f"Budget adopté sans surprise à Sainte-Ursule, acte {n}"
    for n in range(3)
}
Serve = Callable[[ScriptedSite], Server]


@pytest.fixture
def good(serve: Serve) -> Server:
    return serve(ScriptedSite(pages=dict(PAGES)))


def test_retry_after_is_kept_by_the_next_run(desk: Desk, serve: Serve) -> None:
    server = serve(ScriptedSite(answers={"/rss": Answer(status=503, headers={"Retry-After": "3600"})}))
    desk.declare(declared("occupe", server.url))
    desk.crawl("occupe")
    server.requests.clear()
    done = desk.crawl("occupe", "-s", "NEWSMON_POLL_NOW=True")
    assert server.paths() == []
    assert done.returncode == 0, done.stderr


def test_what_a_failed_page_lost_comes_with_the_next_run(desk: Desk, serve: Serve) -> None:
    path = next(iter(PAGES))
    site = ScriptedSite(pages=dict(PAGES), answers={path: Answer(status=404)})
    server = serve(site)
    desk.declare(declared("essai", server.url))
    desk.crawl("essai", "--limit", "2")
    assert desk.rows("select count(*) from v_article") == [(1,)]
    desk.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert desk.rows("select count(*) from v_article") == [(2,)]
    assert server.paths().count(path) == 1, "a page that is gone is not asked at every run"


def test_an_edit_is_seen_and_an_unchanged_page_makes_no_revision(desk: Desk, serve: Serve) -> None:
    path, other, _ = PAGES
    site = ScriptedSite(pages=dict(PAGES))
    desk.declare(declared("essai", serve(site).url))
    desk.crawl("essai")
    site.texts[path] = (
        "La mairesse a corrigé son chiffre mardi matin : la hausse sera plutôt de 2,9 %, a-t-elle précisé."
    )
    desk.crawl("essai", "-s", "NEWSMON_REVISIT_NOW=True")
    sql = "select a.url, r.seq from revision r join article a on a.id = r.article_id where a.url like :path order by r.seq"
    assert [seq for _, seq in desk.rows(sql, path=f"%{path}")] == [1, 2]
    assert [seq for _, seq in desk.rows(sql, path=f"%{other}")] == [1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["crawl", "le_devoire"], 2, "le_devoir"),
        (["crawl", "--limit", "x"], 2, "--limit"),
        (["crawl", "-s", "DOWNLOAD_DELAY"], 2, "NAME=VALUE"),
        (["crawl", "--feed", "ftp://exemple.ca/rss"], 2, "not an http(s) address"),
        (["crawl", "actualite_canada"], 2, "newsmon import"),
        (["import", "rien.html"], 2, "rien.html: no such file"),
        (["extract", "rien.html"], 2, "rien.html"),
        (["links", "rien.xml", "--kind", "rss", "--base", "https://exemple.ca"], 2, "rien.xml"),
        (["report", "rien"], 2, "rien"),
        (["mistype"], 2, "No such command"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_to_do(desk: Desk, arguments: list[str], code: int, said: str) -> None:
    done = desk.run(*arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_written_ends_the_run_with_3(desk: Desk, good: Server) -> None:
    desk.declare(declared("bon", good.url))
    nowhere = desk.folder / "none" / "newsmon.db"
    done = desk.crawl("bon", NEWSMON_DATABASE_URL=f"sqlite:///{nowhere}")
    assert done.returncode == 3
    assert str(nowhere.parent) in done.stderr and len(done.stderr.splitlines()) == 1
    assert not good.paths()


def test_a_second_run_says_that_the_first_is_active(desk: Desk, serve: Serve) -> None:
    told = threading.Event()

    def held(request: object) -> Answer:
        told.wait(60)
        return Answer(status=404)

    server = serve(ScriptedSite(answers={"/rss": held}))
    desk.declare(declared("lent", server.url))
    arguments = [sys.executable, "-m", "newsmon", "crawl", "lent", "-s", "DOWNLOAD_TIMEOUT=120"]
    first = subprocess.Popen(arguments, env=desk.environment_with({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 30
        while not server.paths() and time.monotonic() < deadline:
            time.sleep(0.05)
        second = desk.crawl("lent")
        assert second.returncode == 4, second.stderr
        assert f"pid {first.pid}" in second.stderr
    finally:
        told.set()
        first.communicate(timeout=60)


def test_sigterm_keeps_what_was_fetched_and_the_next_run_brings_the_rest(desk: Desk, serve: Serve) -> None:
    pages = {
        f"/nouvelles/2026/un-titre-assez-long-pour-une-nouvelle-{n}/": f"Un titre assez long pour une nouvelle {n}"
        for n in range(12)
    }
    site = ScriptedSite(pages=pages)
    server = serve(site)
    desk.declare(declared("essai", server.url))
    arguments = [sys.executable, "-m", "newsmon", "crawl", "essai", "-s", "DOWNLOAD_DELAY=0.4"]
    run = subprocess.Popen(
        arguments, env=desk.environment_with({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 40
    while len(server.paths()) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(run.pid, signal.SIGTERM)
    out, err = run.communicate(timeout=30)
    assert run.returncode == 143, err
    assert "stopped by SIGTERM" in out
    (stored,) = desk.rows("select count(*) from v_article")[0]
    assert 0 < stored < 12
    assert desk.rows("select status, exit_code from run") == [("stopped", 143)]
    desk.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert desk.rows("select count(*) from v_article") == [(12,)]


def test_cron_s_bare_environment_is_enough(desk: Desk, good: Server) -> None:
    desk.declare(declared("bon", good.url))
    bare = {k: v for k, v in desk.environment_with({}).items() if k.startswith("NEWSMON_")}
    done = subprocess.run(
        [sys.executable, "-m", "newsmon", "crawl", "bon", "-s", "DOWNLOAD_DELAY=0"],
        env={**bare, "PATH": "/usr/bin:/bin", "LANG": "C"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1
    assert desk.rows("select count(*) from v_article") == [(3,)]
