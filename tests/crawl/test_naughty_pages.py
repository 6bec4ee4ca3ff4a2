"""Strings that break programs, printed by a site in every place: what is stored is what a reader of the page sees."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from html import escape, unescape

from newsmon.newsstand.server import Answer, Server
from newsmon.store.check import problems
from newsmon.store.schema import open_reader
from tests.crawl.conftest import Desk
from tests.crawl.sites import LONG, ScriptedSite, declared
from tests.store.test_naughty import KEPT

NAUGHTY = (
    *KEPT,
    "<script>alert(1)</script>",
    "</title></h1><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; &#x27;",
    "]]> <!-- --> <![CDATA[ x",
    "NULL undefined NaN None true -1/0",
    "مرحبا بالعالم שלום",
    "L’e\u0301te\u0301 a\u0300 la campagne",
    "../../../etc/passwd\\..\\win.ini",
    "%0d%0aSet-Cookie: a=b",
    "{{7*7}} ${7*7} <%= 7*7 %> \"]}'",
)


def _page(said: str) -> bytes:
    """`said` as headline, author, section, deck and a paragraph: rightly escaped, as a careful site would."""
    ld = json.dumps(
        {"@type": "NewsArticle", "headline": said, "articleSection": said, "datePublished": "2026-03-02T09:00:00-05:00",
         "author": {"@type": "Person", "name": said}, "description": f"Un chapeau de plusieurs mots, comme les journaux en mettent : {said}"}
    ).replace("<", "\\u003c")  # fmt: skip
    shown = escape(said)
    paragraphs = "".join(f"<p>{text}</p>" for text in (*LONG, f"Le mot de la fin : {shown}"))
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{shown}</title>'
        f'<meta name="description" content="Un chapeau de plusieurs mots, comme les journaux en mettent : {shown}"><script type="application/ld+json">{ld}</script></head>'
        f'<body><article><h1>{shown}</h1><p class="chapeau">Un chapeau de plusieurs mots, comme les journaux en mettent : {shown}</p>{paragraphs}</article></body></html>'
    ).encode()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def test_what_a_site_prints_is_stored_and_shown_as_it_is(desk: Desk, serve: Callable[[ScriptedSite], Server]) -> None:
    paths = {f"/nouvelles/2026/03/un-titre-assez-long-{n:03}/": said for n, said in enumerate(NAUGHTY)}
    site = ScriptedSite(pages={path: escape(said) for path, said in paths.items()})
    site.answers = {
        path: Answer(body=_page(said), content_type="text/html; charset=utf-8") for path, said in paths.items()
    }
    desk.declare(declared("essai", serve(site).url))
    done = desk.crawl("essai")
    assert done.returncode == 0, done.stderr
    rows = desk.rows("SELECT url, headline, deck, body, section FROM v_article")
    stored = {url[url.index("/nouvelles") :]: [_folded(part or "") for part in parts] for url, *parts in rows}
    assert sorted(stored) == sorted(paths)
    for path, said in paths.items():
        headline, deck, body, section = stored[path]
        assert (headline, deck) == (
            _folded(said),
            f"Un chapeau de plusieurs mots, comme les journaux en mettent : {_folded(said)}",
        )
        assert body.endswith(f"Le mot de la fin : {_folded(said)}")
        # A site that escapes within JSON does it once too often; a comma parts two sections.
        assert section in (_folded(said), _folded(unescape(said)), _folded(said.partition(",")[0]))
    engine = open_reader(desk.database_url)
    assert list(problems(engine)) == []
    engine.dispose()
    _is_shown_as_it_is(desk, set(map(_folded, NAUGHTY)))


def _is_shown_as_it_is(desk: Desk, headlines: set[str]) -> None:
    lines = desk.run("report", "articles", "--format", "jsonl").stdout.splitlines()
    assert {_folded(json.loads(line)["headline"]) for line in lines} == headlines
    table = desk.run("report", "articles", "--format", "csv").stdout.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert len(list(csv.reader(io.StringIO(table)))) == 1 + len(headlines)
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r") or re.match(r"-\D", cell)]
    page = desk.folder / "page.html"
    assert desk.run("report", "page", "-o", str(page)).returncode == 0
    for payload in ("<script>alert(1)", "<img src=x"):
        assert payload not in page.read_text("utf-8")
    for words in (
        "DROP TABLE",
        "HYPERLINK cliquez",
        "undefined NaN",
        "مرحبا",
        "zèbre drapeau",
        "cookie",
        "passwd win.ini",
    ):
        found = desk.run("search", words, "--format", "jsonl")
        assert found.returncode == 0 and len(found.stdout.splitlines()) == 1, (words, found.stdout, found.stderr)
        assert _folded(json.loads(found.stdout)["headline"].replace("**", "")) in headlines
