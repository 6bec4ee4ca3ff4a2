"""Faults of the wire that need more than one look: what is accepted, counted, kept waiting, asked again."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from subprocess import CompletedProcess, run

import pytest

from newsmon.newsstand.server import Answer, Request, Server
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared
from tests.faults.neighbours import PAGE, RSS_TYPE, TITLE, one_item
from tests.faults.raw import RawServer, Talk, said, wire

Serve = Callable[[ScriptedSite], Server]
Raw = Callable[[RawServer], RawServer]
QUICK = ("-s", "DOWNLOAD_TIMEOUT=3", "-s", "NEWSMON_RETRY_PAUSE=0.05")
WHOLE = ScriptedSite(pages={PAGE: TITLE}).page(PAGE).encode()
HTML = "Content-Type: text/html; charset=utf-8"
POLL = ("-s", "NEWSMON_POLL_NOW=True", "-s", "NEWSMON_REVISIT_NOW=True")


def _counts(desk: Desk) -> dict[str, int]:
    ((counts,),) = desk.rows("select counts from run order by id desc limit 1")
    found: dict[str, int] = json.loads(counts)
    return found


def _stored(desk: Desk) -> int:
    return int(desk.rows("select count(*) from v_article")[0][0])


def _crawl_page(desk: Desk, raw: Raw, talk: Talk) -> RawServer:
    server = raw(RawServer({"/rss": said(one_item(), RSS_TYPE), PAGE: talk}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai", *QUICK)
    return server


@pytest.mark.fault(3)
def test_junk_after_a_gzip_is_left_out_and_counted(desk: Desk, raw: Raw) -> None:
    _crawl_page(desk, raw, said(gzip.compress(WHOLE) + b"junk", HTML, "Content-Encoding: gzip"))
    assert _stored(desk) == 1
    assert _counts(desk)["net/trailing_junk"] == 1


@pytest.mark.fault(14)
def test_a_length_that_cuts_the_page_is_counted(desk: Desk, raw: Raw) -> None:
    _crawl_page(desk, raw, said(WHOLE, HTML, length=len(WHOLE) - 60))
    assert _counts(desk)["net/open_end"] == 1


@pytest.mark.fault(15)
def test_http_1_0_without_a_length(desk: Desk, raw: Raw) -> None:
    _crawl_page(desk, raw, wire(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + WHOLE))
    assert _stored(desk) == 1


@pytest.mark.fault(16)
def test_a_hundred_thousand_headers(desk: Desk, raw: Raw) -> None:
    many = "".join(f"X-{n}: a\r\n" for n in range(100_000))
    head = f"HTTP/1.1 200 OK\r\n{HTML}\r\nContent-Length: {len(WHOLE)}\r\n{many}\r\n".encode()
    _crawl_page(desk, raw, wire(head + WHOLE))
    rows = desk.rows("select outcome, reason from v_fetch where url like '%4711/'")
    assert rows in ([("ok", None)], [("failed", "timeout")])


@pytest.mark.fault(17)
@pytest.mark.parametrize("header", ["X-A: b", "Content-Type: chaussette", "Content-Type: text/plain"])
def test_a_page_under_a_false_name_is_looked_at(desk: Desk, raw: Raw, header: str) -> None:
    _crawl_page(desk, raw, said(WHOLE, header))
    assert _stored(desk) == 1


@pytest.mark.fault(18, 64)
@pytest.mark.parametrize(
    "later", [Answer(body=b""), Answer(body=b"<!doctype html><h1>Oups</h1><p>Erreur 404</p>", cacheable=False)]
)
def test_what_was_stored_stays_when_the_page_goes_empty(desk: Desk, serve: Serve, later: Answer) -> None:
    site = ScriptedSite(pages={PAGE: TITLE})
    desk.declare(declared("essai", serve(site).url))
    desk.crawl("essai")
    before = desk.rows("select headline, body from revision")
    site.answers[PAGE] = later
    desk.crawl("essai", *POLL)
    assert desk.rows("select headline, body from revision") == before != []


@pytest.mark.fault(20)
def test_a_page_that_asks_for_a_pause_stops_the_outlet_also_in_the_next_run(desk: Desk, serve: Serve) -> None:
    pages = {
        PAGE: TITLE,
        **{f"/nouvelles/2026/un-autre-titre-assez-long-{n}/": f"Un autre titre {n}" for n in range(4)},
    }
    site = ScriptedSite(pages=pages, answers={PAGE: Answer(status=429, headers={"Retry-After": "3600"})})
    server = serve(site)
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    assert server.paths() == ["/rss", PAGE]
    assert _counts(desk)["deferred"] == 4
    desk.crawl("essai", *POLL)
    assert server.paths() == ["/rss", PAGE], "asked again within the hour"
    desk.rows("select 1")


@pytest.mark.fault(21)
def test_a_site_that_stumbles_is_asked_again_after_a_pause(desk: Desk, raw: Raw) -> None:
    answers = iter([said(b"non", status="500 Non"), said(b"non", status="502 Non"), said(WHOLE, HTML)])
    server = raw(RawServer({"/rss": said(one_item(), RSS_TYPE), PAGE: lambda c: next(answers)(c)}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai", "-s", "NEWSMON_RETRY_PAUSE=0.5")
    asked = [at for (path, _), at in zip(server.requests, server.times, strict=True) if path == PAGE]
    assert len(asked) == 3
    assert asked[1] - asked[0] >= 0.25 and asked[2] - asked[1] >= 0.5
    assert desk.rows("select outcome, tries from v_fetch where url like '%4711/'") == [("ok", 3)]


@pytest.mark.fault(24)
@pytest.mark.parametrize("etag", ['"fort"', 'W/"faible"'])
def test_what_has_not_changed(desk: Desk, raw: Raw, etag: str) -> None:
    asked: list[str] = []

    def listing(connection: object) -> None:
        known = server.requests[-1][1].get("if-none-match")
        asked.append(known or "")
        body = b"un corps qui n'a rien a faire ici"
        answer = (
            wire(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 33\r\n\r\n" + body)
            if known
            else said(one_item(), RSS_TYPE, f"ETag: {etag}")
        )
        answer(connection)  # type: ignore[arg-type]

    server = raw(RawServer({"/rss": listing, PAGE: said(WHOLE, HTML)}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    done = desk.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert asked == ["", etag]
    assert done.returncode == 0, done.stderr
    assert desk.rows("select outcome from v_fetch where run_id = 2 and url like '%/rss'") == [("not_modified",)]


@pytest.mark.fault(34)
def test_nothing_of_ours_goes_along_to_another_host(desk: Desk, raw: Raw) -> None:
    other = raw(RawServer({"/rss": said(one_item(), RSS_TYPE), PAGE: said(WHOLE, HTML)}))
    moved = said(b"", f"Location: {other.url}/rss", "Set-Cookie: a=b; Path=/", status="302 Found")
    server = raw(RawServer({"/rss": moved}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    assert _stored(desk) == 1
    for _, headers in (*server.requests, *other.requests):
        assert not {"cookie", "authorization", "referer", "proxy-authorization"} & set(headers)


@pytest.mark.fault(35)
def test_a_copy_of_robots_txt_stands_in_for_a_site_that_cannot_give_it(desk: Desk, serve: Serve) -> None:
    rules = Answer(body=b"User-agent: *\nDisallow: /prive/")
    site = ScriptedSite(pages={PAGE: TITLE}, answers={"/robots.txt": rules})
    server = serve(site)
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    desk.crawl("essai", *POLL)
    assert [r.path for r in server.requests].count("/robots.txt") == 1, "asked once a day"
    site.answers["/robots.txt"] = Answer(status=500)
    _age_robots(desk, days=2)
    assert desk.crawl("essai", *POLL).returncode == 0
    _age_robots(desk, days=40)
    assert desk.crawl("essai", *POLL).returncode == 1
    assert desk.rows("select reason from v_run order by run_id desc limit 1") == [("robots_unreachable",)]


def _age_robots(desk: Desk, *, days: int) -> None:
    import sqlite3
    from datetime import UTC, datetime, timedelta

    at = datetime.now(UTC) - timedelta(days=days)
    with sqlite3.connect(desk.folder / "newsmon.db") as conn:
        conn.execute("update robots set read_at = ?", (f"{at:%Y-%m-%d %H:%M:%S.%f}",))


@pytest.mark.fault(36)
def test_a_refused_robots_txt_is_counted_and_may_be_made_to_forbid(desk: Desk, serve: Serve) -> None:
    server = serve(ScriptedSite(pages={PAGE: TITLE}, answers={"/robots.txt": Answer(status=403)}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    assert (_stored(desk), _counts(desk)["robots/403"]) == (1, 1)
    other = Desk(f"sqlite:///{desk.folder / 'other.db'}", desk.folder, desk.environment)
    other.crawl("essai", "-s", "NEWSMON_ROBOTS_403_ALLOWS=False")
    assert other.rows("select outcome, reason from v_run") == [("blocked", "robots")]


@pytest.mark.fault(37)
def test_a_page_of_html_for_robots_txt_is_counted(desk: Desk, serve: Serve) -> None:
    server = serve(ScriptedSite(pages={PAGE: TITLE}, answers={"/robots.txt": Answer(body=b"<p>Accueil</p>")}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    assert (_stored(desk), _counts(desk)["robots/html"]) == (1, 1)


@pytest.mark.fault(39)
def test_a_crawl_delay_is_kept_to_the_full(desk: Desk, raw: Raw) -> None:
    pages = {f"/nouvelles/2026/titre-assez-long-numero-{n}/": said(WHOLE, HTML) for n in range(3)}
    feed = b"<rss version='2.0'><channel>" + b"".join(
        f"<item><title>Titre {path}</title><link>{path}</link></item>".encode() for path in pages
    ) + b"</channel></rss>"  # fmt: skip
    robots = said(b"User-agent: *\nCrawl-delay: 1", "Content-Type: text/plain")
    server = raw(RawServer({"/robots.txt": robots, "/rss": said(feed, RSS_TYPE), **pages}))
    desk.declare(declared("essai", server.url))
    desk.crawl("essai")
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)][1:]
    assert len(gaps) == 3 and min(gaps) >= 0.99


# A newsmon whose resolver is the test's: `answers` are the addresses it gives, one after the other.
RESOLVING = """
import itertools, socket, sys, time
answers = iter({answers!r})
asked = []
real = socket.gethostbyname
def fake(name):
    if not name.endswith(".example"):
        return real(name)
    time.sleep({seconds})
    asked.append(name)
    answer = next(answers)
    if answer is None:
        raise socket.gaierror(-5, "No address associated with hostname")
    return answer
socket.gethostbyname = fake
from newsmon.cli import main
main(sys.argv[1:])
"""


def _crawl_with_resolver(desk: Desk, *answers: str | None, seconds: float = 0) -> CompletedProcess[str]:
    code = RESOLVING.format(answers=list(answers), seconds=seconds)
    arguments = ["crawl", "essai", "-s", "DOWNLOAD_DELAY=0", "-s", "DNS_TIMEOUT=1", *QUICK]
    environment = desk.environment_with({})
    return run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, timeout=90)


@pytest.mark.fault(31)
def test_a_name_that_turns_private_after_it_was_looked_up(desk: Desk, raw: Raw) -> None:
    """The listing's host is allowed loopback first, then a private address that no setting allows."""
    server = raw(RawServer({"/rss": said(one_item(), RSS_TYPE), PAGE: said(WHOLE, HTML)}))
    desk.declare(declared("essai", f"http://change.example:{server.port}"))
    done = _crawl_with_resolver(desk, "10.0.0.5", "10.0.0.5", "10.0.0.5")
    assert desk.rows("select outcome, reason from v_run") == [("blocked", "private_address")], done.stderr
    assert server.requests == []
    other = Desk(f"sqlite:///{desk.folder / 'other.db'}", desk.folder, desk.environment)
    done = _crawl_with_resolver(other, "127.0.0.1", "10.0.0.5", "10.0.0.5", "10.0.0.5")
    assert "Traceback" not in done.stderr
    assert all(address == "127.0.0.1" for address in {"127.0.0.1"}) and server.requests


@pytest.mark.fault(23)
@pytest.mark.parametrize(("answer", "seconds"), [("127.0.0.1", 2.5), (None, 0)])
def test_a_name_that_does_not_resolve_in_time_or_only_to_ipv6(desk: Desk, answer: str | None, seconds: float) -> None:
    desk.declare(declared("essai", "http://lent.example:9"))
    done = _crawl_with_resolver(desk, *[answer] * 9, seconds=seconds)
    assert desk.rows("select outcome, reason from v_run") == [("failed", "dns")], done.stderr


@pytest.mark.fault(32)
def test_a_proxy_of_the_environment_is_not_used(desk: Desk, serve: Serve) -> None:
    proxy = serve(ScriptedSite())
    desk.declare(declared("essai", serve(ScriptedSite(pages={PAGE: TITLE})).url))
    desk.crawl("essai", http_proxy=proxy.url, HTTP_PROXY=proxy.url, ALL_PROXY=proxy.url)
    assert _stored(desk) == 1
    assert proxy.requests == []


@pytest.mark.fault(32)
@pytest.mark.parametrize(
    "setting", ["HTTPPROXY_ENABLED=True", "TWISTED_DNS_RESOLVER=scrapy.resolver.CachingThreadedResolver"]
)
def test_a_run_that_would_go_round_the_guard_does_not_start(desk: Desk, serve: Serve, setting: str) -> None:
    server = serve(ScriptedSite(pages={PAGE: TITLE}))
    desk.declare(declared("essai", server.url))
    done = desk.crawl("essai", "-s", setting)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert setting.partition("=")[0] in done.stderr
    assert server.requests == []


@pytest.mark.fault(30)
def test_a_meta_refresh_is_not_followed_and_a_private_link_not_asked(desk: Desk, serve: Serve) -> None:
    def listing(request: Request) -> Answer:
        return Answer(
            body=one_item("http://10.0.0.9/nouvelles/2026/un-titre-assez-long-4712/"), content_type="text/xml"
        )

    refresh = b"<!doctype html><meta http-equiv=refresh content='0;url=http://10.0.0.1/'><h1>Suite</h1>"
    site = ScriptedSite(answers={"/rss": listing, "/section": Answer(body=refresh)})
    server = serve(site)
    desk.declare(declared("essai", server.url) + f'sections = ["{server.url}/section"]\n')
    desk.crawl("essai", *QUICK)
    rows = dict(desk.rows("select url, reason from v_fetch"))
    assert (
        rows["http://10.0.0.9/nouvelles/2026/un-titre-assez-long-4712/".replace("http:", "https:")] == "private_address"
    )
    assert rows[f"{server.url}/section"] == "no_links"
