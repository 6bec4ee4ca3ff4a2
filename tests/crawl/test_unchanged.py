"""A run with nothing new: one request for each listing that is due, and none else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsmon.newsstand.server import Answer, Request, Server, Site
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite

OUTLETS, LISTINGS = 10, 20


@pytest.mark.timeout(600)
def test_two_hundred_unchanged_listings_are_two_hundred_requests(
    serve: Callable[[Site], Server], tmp_path: Path
) -> None:
    site = ScriptedSite(pages={"/nouvelles/2026/un-titre-assez-long-pour-une-nouvelle/": "Un titre assez long"})

    def listings(request: Request) -> Answer:
        path = "/rss" if request.path.startswith("/rss/") else request.path
        return site(Request(path, request.headers))

    server = serve(listings)
    desk = Desk(f"sqlite:///{tmp_path / 'newsmon.db'}", tmp_path)
    slugs = [f"essai_{'abcdefghij'[n]}" for n in range(OUTLETS)]
    toml = ""
    for slug in slugs:
        feeds = ", ".join(f'"{server.url}/rss/{slug}/{n}"' for n in range(LISTINGS))
        toml += f'[[outlet]]\nslug = "{slug}"\nname = "{slug}"\nhome = "{server.url}/"\nfeeds = [{feeds}]\n'
    desk.declare(toml)
    first = desk.run("crawl", *slugs, "-s", "DOWNLOAD_DELAY=0", timeout=280)
    assert first.returncode == 0, first.stderr
    assert desk.rows("SELECT count(*) FROM v_article") == [(OUTLETS,)]
    server.requests.clear()

    second = desk.run("crawl", *slugs, "-s", "DOWNLOAD_DELAY=0", "-s", "NEWSMON_POLL_NOW=True", timeout=280)
    assert second.returncode == 0, second.stderr
    asked = sorted(request.path for request in server.requests)
    assert asked == sorted(f"/rss/{slug}/{n}" for slug in slugs for n in range(LISTINGS))
    assert (
        f"{OUTLETS * LISTINGS} listings ({OUTLETS * LISTINGS} unchanged), 0 new links, 0 pages fetched" in second.stdout
    )
