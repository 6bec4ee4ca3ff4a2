"""The bad neighbours: one faulty path each, and what it must come to."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import brotli
from backports import zstd

from newsmon.newsstand.server import Answer, Request
from tests.crawl.sites import ScriptedSite
from tests.faults.raw import Talk, drip, flood, reset, said, silence, wire

PAGE = "/nouvelles/2026/le-pont-de-sainte-ursule-reste-ferme-tout-l-hiver-4711/"
TITLE = "Le pont de Sainte-Ursule reste fermé tout l’hiver"
RSS_TYPE = "Content-Type: application/rss+xml"
FEED = "<rss version='2.0'><channel>{}</channel></rss>".format(
    "".join(f"<item><title>Titre {n}</title><link>/nouvelles/2026/titre-numero-{n}/</link></item>" for n in range(400))
).encode()


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """An outlet with one fault. `outcome` and `reason` are those of the address `at`."""

    slug: str
    rows: tuple[int, ...]
    """Of tests/faults/rows.toml."""
    outcome: str
    reason: str | None
    site: ScriptedSite | None = None
    talk: Talk | None = None
    """Of a raw server, at `at`."""
    at: str = "/rss"
    """A listing's path; another one is a page that the listing brings."""
    kind: str = "feeds"
    outlet: tuple[str, str | None] | None = None
    """The outlet's outcome where it does not follow from the address's."""
    extra: dict[str, Talk] = field(default_factory=dict)
    """Further paths of a raw server."""


def listing(
    slug: str, rows: tuple[int, ...], answer: Answer | Talk, outcome: str, reason: str | None, *, kind: str = "feeds"
) -> Neighbour:
    if isinstance(answer, Answer):
        site = ScriptedSite(answers={"/rss": answer})
        return Neighbour(slug=slug, rows=rows, outcome=outcome, reason=reason, site=site, kind=kind)
    return Neighbour(slug=slug, rows=rows, outcome=outcome, reason=reason, talk=answer, kind=kind)


def page(
    slug: str,
    rows: tuple[int, ...],
    answer: Answer | Talk | Callable[[Request], Answer],
    outcome: str,
    reason: str | None,
) -> Neighbour:
    if callable(answer) and not isinstance(answer, Answer) and getattr(answer, "__name__", "") != "to_site":
        feed = said(one_item(), RSS_TYPE)
        return Neighbour(
            slug=slug, rows=rows, outcome=outcome, reason=reason, talk=answer, at=PAGE, extra={"/rss": feed}
        )  # type: ignore[arg-type]
    site = ScriptedSite(pages={PAGE: TITLE}, answers={PAGE: answer})  # type: ignore[dict-item]
    return Neighbour(slug=slug, rows=rows, outcome=outcome, reason=reason, site=site, at=PAGE)


def one_item(path: str = PAGE) -> bytes:
    return (
        f"<rss version='2.0'><channel><item><title>{TITLE}</title><link>{path}</link></item></channel></rss>".encode()
    )


def encoded(body: bytes, encoding: str) -> Answer:
    return Answer(
        body=body, headers={"Content-Encoding": encoding}, content_type="application/rss+xml", cacheable=False
    )


def moved(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": location})


def wrong_crc() -> bytes:
    data = bytearray(gzip.compress(FEED))
    data[-6] ^= 0xFF
    return bytes(data)


def html(body: str, title: str = TITLE) -> Answer:
    text = f"<!doctype html><html lang='fr'><head><title>{title}</title></head><body>{body}</body></html>"
    return Answer(body=text.encode(), cacheable=False)


BOMB = bytes(32 * 2**20)
ZIPPED_TWICE = gzip.compress(gzip.compress(BOMB))
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = b"10000\r\n" + b"a" * 65536 + b"\r\n"
ROBOTS = "/robots.txt"


def _transport() -> Iterator[Neighbour]:
    for name, pack, encoding in (
        ("gzip", gzip.compress, "gzip"), ("brotli", brotli.compress, "br"), ("zstd", zstd.compress, "zstd"),
        ("deflate", zlib.compress, "deflate"),
    ):  # fmt: skip
        row = 1 if name in ("gzip", "deflate") else 2
        yield listing(f"cut_{name}", (row,), encoded(pack(FEED)[:-9], encoding), "failed", "truncated_body")
        yield listing(f"bomb_{name}", (5,), encoded(pack(BOMB), encoding), "failed", "too_large")
    yield page("cut_page", (1,), encoded(gzip.compress(FEED)[:-40], "gzip"), "failed", "truncated_body")
    yield listing("wrong_crc", (3,), encoded(wrong_crc(), "gzip"), "failed", "bad_encoding")
    yield listing("plain_as_gzip", (4,), encoded(FEED, "gzip"), "failed", "bad_encoding")
    yield listing("plain_as_brotli", (4,), encoded(FEED, "br"), "failed", "bad_encoding")
    yield listing("bomb_twice", (5,), encoded(ZIPPED_TWICE, "gzip, gzip"), "failed", "too_large")
    yield listing("unknown_encoding", (6,), encoded(FEED, "foo"), "failed", "bad_encoding")
    yield listing("declared_too_long", (7,), said(b"<rss>", length=10**9), "failed", "too_large")
    yield page("endless_body", (8,), flood(ENDLESS, CHUNK), "failed", "too_large")
    yield listing(
        "endless_headers",
        (9,),
        drip(b"HTTP/1.1 200 OK\r\n", b"X-A: aaaaaaaaaaaaaaaa\r\n" * 50, every=0.02),
        "failed",
        "timeout",
    )
    yield listing("slow_head", (10,), drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"), "failed", "timeout")
    yield listing(
        "slow_body", (10,), drip(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"a"), "failed", "timeout"
    )
    yield listing("silent", (11,), silence, "failed", "timeout")
    yield listing("reset_in_the_body", (12,), reset, "failed", "data_loss")
    yield listing("short_body", (12,), said(b"<rss>", length=5000), "failed", "data_loss")
    yield listing("no_last_chunk", (12,), wire(ENDLESS + CHUNK), "failed", "data_loss")
    yield listing("no_answer", (13,), wire(b""), "failed", "bad_http")
    yield listing("no_status_line", (13,), wire(b"BONJOUR TOUT LE MONDE\r\n\r\n<rss>"), "failed", "bad_http")
    yield listing("negative_length", (13,), said(b"<rss>", length=-7), "failed", "bad_http")
    yield listing("length_is_a_word", (13,), said(b"<rss>", length="cinq"), "failed", "bad_http")
    yield listing("two_lengths", (13,), said(FEED, "Content-Length: 12"), "failed", "bad_http")
    yield listing(
        "one_huge_header", (16,), wire(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 2**21 + b"\r\n\r\n"), "failed", "bad_http"
    )
    yield page("pdf_as_html", (17,), Answer(body=b"%PDF-1.7 " + b"x" * 999, cacheable=False), "partial", "not_html")
    yield listing("no_content", (18,), said(b"", status="204 No Content"), "failed", "empty")
    yield listing("empty", (18,), said(b""), "failed", "empty")
    for status, reason in (
        (403, "http_status"),
        (404, "gone"),
        (410, "gone"),
        (520, "http_status"),
        (999, "http_status"),
    ):
        yield listing(f"status_{status}", (19,), said(b"non", status=f"{status} Non"), "failed", reason)
    yield page("gone_page", (19,), Answer(status=410, body=b"parti"), "failed", "gone")
    for name, header in (
        ("seconds", "3600"),
        ("date", "Fri, 01 Jan 2100 00:00:00 GMT"),
        ("nonsense", "tantôt"),
        ("a_year", "31536000"),
    ):
        yield listing(
            f"busy_{name}",
            (20,),
            said(b"", f"Retry-After: {header}".encode().decode("latin-1"), status="429 Busy"),
            "failed",
            "rate_limited",
        )
    yield listing(
        "closed_for_repairs", (21,), said(b"", "Retry-After: 7200", status="503 Closed"), "failed", "rate_limited"
    )
    yield listing("server_error", (21,), Answer(status=500, body=b"non"), "failed", "http_status")
    yield listing("unasked_304", (24,), said(b"", status="304 Not Modified"), "failed", "unexpected_304")


def _redirects() -> Iterator[Neighbour]:
    yield listing("loop", (25,), moved("/rss"), "failed", "redirect_loop")
    yield listing("empty_location", (25,), moved(""), "failed", "redirect_loop")
    chain = {f"/{n}": moved(f"/{n + 1}") for n in range(12)}
    site = ScriptedSite(answers={**chain, "/rss": moved("/0")})
    yield Neighbour(slug="long_chain", rows=(25,), outcome="failed", reason="redirect_loop", site=site)
    yield listing("no_location", (26,), Answer(status=302), "failed", "http_status")
    yield listing("multiple_choices", (26,), Answer(status=300), "failed", "http_status")
    for name, location in (
        ("bracket", "http://[bad"),
        ("port", "http://exemple.ca:99999999/"),
        ("long", "/" + "a" * 9_000),
    ):
        yield listing(f"location_{name}", (27,), moved(location), "failed", "bad_redirect")
    for name, location in (
        ("file", "file:///etc/passwd"), ("data", "data:text/xml,<rss/>"), ("ftp", "ftp://exemple.ca/rss"),
        ("javascript", "javascript:alert(1)"),
    ):  # fmt: skip
        yield listing(f"to_{name}", (28,), moved(location), "blocked", "scheme")
    for name, host in PRIVATE.items():
        yield listing(f"to_{name}", (30,), moved(f"http://{host}/rss"), "blocked", "private_address")
    gate = html("<h1>Avant de continuer</h1><p>Nous utilisons des témoins.</p>", "Avant de continuer")
    site = ScriptedSite(pages={PAGE: TITLE}, answers={PAGE: moved("/consent/"), "/consent/": gate})
    yield Neighbour(slug="consent", rows=(33,), outcome="partial", reason="consent", site=site, at=PAGE)


PRIVATE = {
    "loopback_v6": "[::1]", "ten": "10.0.0.1", "metadata": "169.254.169.254", "shared": "100.64.1.1", "local_v6": "[fd00::1]",
    "link_local_v6": "[fe80::1]", "mapped": "[::ffff:10.0.0.1]", "nat64": "[64:ff9b::a00:1]", "six_to_four": "[2002:a00:1::]",
    "nowhere": "0.0.0.0", "decimal": "167772161", "hexadecimal": "0xa.0.0.1", "multicast": "224.0.0.251",
}  # fmt: skip


def _robots() -> Iterator[Neighbour]:
    for status in (429, 500, 503):
        answer = Answer(status=status, body=b"User-agent: *\nAllow: /")
        site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: answer})
        yield Neighbour(
            slug=f"robots_{status}", rows=(35, 37), outcome="blocked", reason="robots_unreachable", site=site
        )
    site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: moved(ROBOTS)})
    yield Neighbour(slug="robots_loop", rows=(35,), outcome="blocked", reason="robots_unreachable", site=site)
    for name, talk in (("silent", silence), ("reset", reset)):
        rest = {"/rss": said(one_item(), RSS_TYPE), ROBOTS: talk}
        yield Neighbour(
            slug=f"robots_{name}",
            rows=(35,),
            outcome="blocked",
            reason="robots_unreachable",
            talk=rest["/rss"],
            extra=rest,
        )
    for name, answer in (
        ("403", Answer(status=403)), ("401", Answer(status=401)), ("404", Answer(status=404)),
    ):  # fmt: skip
        site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: answer})
        yield Neighbour(slug=f"robots_{name}", rows=(36,), outcome="ok", reason=None, site=site)
    page_of_html = Answer(body=b"<!doctype html><p>User-agent: *\nDisallow: /</p>")
    site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: page_of_html})
    yield Neighbour(slug="robots_html", rows=(37,), outcome="ok", reason=None, site=site)
    for name, rules in (
        ("utf16", "User-agent: *\r\nDisallow: /".encode("utf-16")), ("bom", b"\xef\xbb\xbfUser-agent: *\nDisallow: /"),
    ):  # fmt: skip
        site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: Answer(body=rules)})
        yield Neighbour(slug=f"robots_{name}", rows=(37,), outcome="blocked", reason="robots", site=site)
    site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: Answer(body=b"User-agent: *\nCrawl-delay: 86400")})
    yield Neighbour(slug="robots_a_day_between", rows=(39,), outcome="blocked", reason="crawl_delay", site=site)
    many = b"User-agent: *\n" + b"".join(b"Disallow: /*/a%06d*b\n" % n for n in range(30_000))
    site = ScriptedSite(pages={PAGE: TITLE}, answers={ROBOTS: Answer(body=many)})
    yield Neighbour(slug="robots_huge", rows=(38,), outcome="ok", reason=None, site=site)


def _feed(inner: str, prolog: str = "") -> Answer:
    return Answer(
        body=f"{prolog}<rss version='2.0'><channel>{inner}</channel></rss>".encode(), content_type="application/rss+xml"
    )


ITEM = f"<item><title>{TITLE}</title><link>{PAGE}</link></item>"
LOL = (
    "<!DOCTYPE rss [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 11)) + "]>"
)
XXE = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


def _listings() -> Iterator[Neighbour]:
    def read(slug: str, rows: tuple[int, ...], answer: Answer, reason: str | None, kind: str = "feeds") -> Neighbour:
        """A listing that is read, whole or not, and brings the page."""
        site = ScriptedSite(pages={PAGE: TITLE}, answers={"/rss": answer})
        return Neighbour(
            slug=slug,
            rows=rows,
            outcome="partial" if reason else "ok",
            reason=reason,
            site=site,
            kind=kind,
            outlet=("ok", None),
        )

    yield read("open_tag", (40,), _feed(ITEM + "<item><title>coupé"), "ill_formed")
    yield read(
        "reference_beyond",
        (41,),
        _feed(ITEM + "<item><title>&#99999999999; &#x110000; &#55296;</title><link>/x</link></item>"),
        None,
    )
    yield read("laughs", (42,), _feed(ITEM + "<item><title>&l10;</title></item>", LOL), "ill_formed")
    yield read("outside_entity", (43,), _feed(ITEM + "<item><title>&x;</title></item>", XXE), "ill_formed")
    yield listing("feed_100000_deep", (44,), _feed("<item>" + "<a>" * 100_000), "failed", "too_deep")
    yield listing("feed_without_items", (44,), _feed(""), "failed", "no_links")
    yield read(
        "links_to_files",
        (29, 67),
        _feed(ITEM + "<item><title>a</title><link>file:///etc/passwd</link></item>"),
        "bad_link",
    )
    yield listing("html_as_feed", (49,), html("<p>Bonjour</p>"), "failed", "not_a_feed")
    yield listing("words_as_feed", (49,), Answer(body=b"bonjour"), "failed", "not_a_feed")
    sitemap = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{0}</loc></url>{1}"
    for slug, rows, rest, reason in (
        ("cut_sitemap", (50,), "<url><loc>http://exemple.ca/2</lo", "ill_formed"),
        ("bad_loc", (53,), "<url><loc>http://[bad</loc></url></urlset>", "bad_link"),
    ):
        yield read(slug, rows, Answer(body=sitemap.format(PAGE, rest).encode()), reason, "sitemaps")
    yield listing("one_bracket", (51,), Answer(body=b"<"), "failed", "not_a_sitemap", kind="sitemaps")
    yield listing("html_as_sitemap", (51,), html("<p>Bonjour</p>"), "failed", "not_a_sitemap", kind="sitemaps")
    yield Neighbour(
        slug="endless_index",
        rows=(52,),
        outcome="failed",
        reason="no_links",
        site=ScriptedSite(answers=EndlessIndex()),
        kind="sitemaps",
    )


class EndlessIndex(dict[str, Callable[[Request], Answer]]):
    """Every address but robots.txt is an index of three further ones."""

    def get(self, path: str, default: object = None) -> Callable[[Request], Answer] | None:  # type: ignore[override]
        def index(request: Request) -> Answer:
            host = request.headers["host"]
            inner = "".join(f"<sitemap><loc>http://{host}{path}/{n}.xml</loc></sitemap>" for n in range(3))
            return Answer(body=f"<sitemapindex>{inner}</sitemapindex>".encode(), content_type="application/xml")

        return None if path == ROBOTS else index


def _pages() -> Iterator[Neighbour]:
    long = (
        "<p>Le conseil municipal a voté lundi soir le budget de la prochaine année après deux heures de débat.</p>" * 12
    )
    yield page(
        "page_of_100000_levels", (61,), html("<article><h1>" + TITLE + "</h1>" + "<div>" * 100_000 + long), "ok", None
    )
    yield page("page_too_large", (62,), html("<p>" + "mot " * 600_000 + "</p>"), "failed", "too_large")
    yield page(
        "attributes",
        (63,),
        html(f"<article><h1>{TITLE}</h1>{long}<p {' '.join(f'a{n}=1' for n in range(60_000))}>fin</p></article>"),
        "ok",
        None,
    )
    yield page(
        "error_page",
        (64,),
        html("<h1>Page introuvable</h1><p>Oups.</p>", "Page introuvable"),
        "partial",
        "not_found_page",
    )
    yield page("paywall_stub", (64,), html(f"<h1>{TITLE}</h1><p>Deux mots.</p>"), "partial", "thin")
    yield page("empty_title", (65,), html("<h1> </h1><p>Bonjour.</p>", " "), "partial", "thin")
    yield page(
        "broken_jsonld",
        (68,),
        html(f"<script type='application/ld+json'>{'[' * 100_000}</script><article><h1>{TITLE}</h1>{long}</article>"),
        "ok",
        None,
    )
    yield page(
        "null_reference",
        (59, 60),
        html(f"<article><h1>{TITLE}</h1><p>&#1;&#0;&#xFFFF;\x00\x01</p>{long}</article>"),
        "ok",
        None,
    )


WHOLE = ScriptedSite(pages={PAGE: TITLE}).page(PAGE).encode()
HTML = "Content-Type: text/html; charset=utf-8"


def _accepted() -> Iterator[Neighbour]:
    """What is forgiven: each brings its page."""
    junk = said(gzip.compress(WHOLE) + b"junk", HTML, "Content-Encoding: gzip")
    many = "".join(f"X-{n}: a\r\n" for n in range(20_000))
    headers = f"HTTP/1.1 200 OK\r\n{HTML}\r\nContent-Length: {len(WHOLE)}\r\n{many}\r\n".encode()
    talks = {
        "junk_after_gzip": (3, junk),
        "length_too_small": (14, said(WHOLE, HTML, length=len(WHOLE) - 60)),
        "http_1_0": (15, wire(f"HTTP/1.0 200 OK\r\n{HTML}\r\n\r\n".encode() + WHOLE)),
        "many_headers": (16, wire(headers + WHOLE)),
        "no_type": (17, said(WHOLE, "X-A: b")),
        "odd_type": (17, said(WHOLE, "Content-Type: chaussette")),
        "plain_type": (17, said(WHOLE, "Content-Type: text/plain")),
    }
    for slug, (row, talk) in talks.items():
        yield page(slug, (row,), talk, "ok", None)
    stumbles = Turns(said(b"non", status="500 Non"), said(WHOLE, HTML))
    yield page("stumbles", (21,), stumbles, "ok", None)


def _in_two_runs() -> Iterator[Neighbour]:
    """What only a second run shows."""
    feed = said(one_item(), RSS_TYPE)
    for slug, etag in (("strong_etag", '"fort"'), ("weak_etag", 'W/"faible"')):
        unchanged = wire(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\nde trop")
        turns = Turns(said(one_item(), RSS_TYPE, f"ETag: {etag}"), unchanged)
        rest = {PAGE: said(WHOLE, HTML)}
        yield Neighbour(slug=slug, rows=(24,), outcome="ok", reason=None, talk=turns, extra=rest)
    yield page("goes_empty", (18,), Turns(said(WHOLE, HTML), said(b"", HTML)), "ok", None)
    yield page(
        "goes_404", (18, 64), Turns(said(WHOLE, HTML), said(b"<h1>Erreur 404</h1><p>Oups</p>", HTML)), "ok", None
    )
    paths = [PAGE, *(f"/nouvelles/2026/un-autre-titre-assez-long-{n}/" for n in range(4))]
    items = "".join(f"<item><title>Titre de {path}</title><link>{path}</link></item>" for path in paths)
    five = said(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), RSS_TYPE)
    busy = said(b"", "Retry-After: 3600", status="429 Busy")
    yield Neighbour(
        slug="busy_page", rows=(20,), outcome="failed", reason="rate_limited", talk=busy, at=PAGE, extra={"/rss": five}
    )
    for slug in ("robots_copy", "robots_old_copy"):
        robots = Turns(said(b"User-agent: *\nDisallow: /prive/"), said(b"non", status="500 Non"))
        rest = {ROBOTS: robots, PAGE: said(WHOLE, HTML)}
        yield Neighbour(slug=slug, rows=(35,), outcome="ok", reason=None, talk=feed, extra=rest)
    later = {f"/nouvelles/2026/titre-assez-long-numero-{n}/": said(WHOLE, HTML) for n in range(3)}
    stories = b"".join(f"<item><title>Titre {path}</title><link>{path}</link></item>".encode() for path in later)
    slow = {ROBOTS: said(b"User-agent: *\nCrawl-delay: 6"), **later}
    listed = said(b"<rss version='2.0'><channel>" + stories + b"</channel></rss>", RSS_TYPE)
    yield Neighbour(slug="a_pause_between", rows=(39,), outcome="ok", reason=None, talk=listed, extra=slow)


class Turns:
    """A talk that changes: each turn once, the last one for ever."""

    def __init__(self, *talks: Talk) -> None:
        self._talks = list(talks)

    def __call__(self, connection: socket.socket) -> None:
        (self._talks.pop(0) if len(self._talks) > 1 else self._talks[0])(connection)


def neighbours() -> list[Neighbour]:
    return [*_accepted(), *_in_two_runs(), *_transport(), *_redirects(), *_robots(), *_listings(), *_pages()]
