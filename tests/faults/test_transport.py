"""Names, proxies and settings: what a run of its own must show."""

from __future__ import annotations

import sys
from collections.abc import Callable
from subprocess import run

import pytest

from newsmon.newsstand.server import Answer, Server
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared
from tests.faults.neighbours import PAGE, RSS_TYPE, TITLE, one_item
from tests.faults.raw import RawServer, said

Serve = Callable[[ScriptedSite], Server]
Raw = Callable[[RawServer], RawServer]

# A newsmon whose resolver is the test's: for each name the addresses that it gives, one after the other.
RESOLVING = """
import socket, sys, time
real = socket.gethostbyname
answers = {"change.example": ["127.0.0.1"], "lent.example": []}
def fake(name):
    if not name.endswith(".example"):
        return real(name)
    if name == "lent.example":
        time.sleep(2.5)
    if name == "six.example":
        raise socket.gaierror(-5, "No address associated with hostname")
    return answers[name].pop(0) if answers.get(name) else "10.0.0.5"
socket.gethostbyname = fake
from newsmon.cli import main
main(sys.argv[1:])
"""


@pytest.mark.fault(23, 31)
def test_names_that_change_hang_or_have_no_address_for_us(desk: Desk, raw: Raw) -> None:
    server = raw(RawServer({"/rss": said(one_item(f"http://change.example{PAGE}"), RSS_TYPE)}))
    slugs = ("change", "prive", "lent", "six")
    desk.declare("".join(declared(slug, f"http://{slug}.example:{server.port}") for slug in slugs))
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "DNS_TIMEOUT=1", "-s", "DNSCACHE_ENABLED=False", "-s", "RETRY_TIMES=0"]
    arguments = [sys.executable, "-c", RESOLVING, "crawl", *slugs, *settings]
    done = run(arguments, env=desk.environment_with({}), capture_output=True, text=True, timeout=90)
    assert "Traceback" not in done.stderr
    assert dict(desk.rows("select outlet, reason from v_run")) == {
        "change": "private_address", "prive": "private_address", "lent": "dns", "six": "dns",
    }  # fmt: skip
    asked = {(path, headers["host"].partition(":")[0]) for path, headers in server.requests}
    assert asked == {("/robots.txt", "change.example")}, "what it was while public, and nothing after"


@pytest.mark.fault(32)
@pytest.mark.parametrize(
    "setting", ["HTTPPROXY_ENABLED=True", "TWISTED_DNS_RESOLVER=scrapy.resolver.CachingThreadedResolver"]
)
def test_a_run_that_would_go_round_the_guard_does_not_start(desk: Desk, setting: str) -> None:
    desk.declare(declared("essai", "http://127.0.0.1:9"))
    done = desk.crawl("essai", "-s", setting)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert setting.partition("=")[0] in done.stderr


@pytest.mark.fault(30, 36)
def test_a_refusal_forbids_when_told_to_and_a_private_link_is_never_asked(desk: Desk, serve: Serve) -> None:
    shut = serve(ScriptedSite(pages={PAGE: TITLE}, answers={"/robots.txt": Answer(status=403)}))
    inside = "http://10.0.0.9:80/nouvelles/2026/un-titre-assez-long-4712/"
    refresh = b"<!doctype html><meta http-equiv=refresh content='0;url=http://10.0.0.1/'><h1>Suite</h1>"
    feed = Answer(body=one_item(inside), content_type="text/xml")
    server = serve(ScriptedSite(answers={"/rss": feed, "/section": Answer(body=refresh)}))
    section = f'sections = ["{server.url}/section"]\n'
    desk.declare(declared("ferme", shut.url) + declared("essai", server.url) + section)
    desk.crawl("ferme", "essai", "-s", "NEWSMON_ROBOTS_403_ALLOWS=False")
    rows = {
        (outlet, url.partition(":")[2]): reason
        for outlet, url, reason in desk.rows("select outlet, url, reason from v_fetch")
    }
    assert rows["ferme", f"{shut.url}/rss".partition(":")[2]] == "robots"
    assert not any("10.0.0" in url for _, url in rows), "a link to another host than the outlet's is not even asked"
    assert rows["essai", f"{server.url}/section".partition(":")[2]] == "no_links"
