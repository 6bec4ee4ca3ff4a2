"""Whole pages, newsmon against every cleaner that installs: time, memory, and where the truth is at hand, how right.

Each tool reads the same pages on one core, metadata and dates included where it has them, in an environment of its
own below `.bench`, made at the first run. The pages are real French ones where `shared/data/pages` lies beside the
checkout, else the tests' frozen pages of the outlets. Then the pages that nobody should send: seconds for the worst
of them. Run: .venv/bin/python -m bench.pages [TOOL…]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._rows import add_row
from newsmon.errors import PageError
from newsmon.items import Page
from newsmon.page.article import read_page

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TRUTH = SHARED / "data" / "pages" / "truth.json"
SCORER = SHARED / "tools" / "score_pages.py"
PEERS = {
    "trafilatura": ("trafilatura==2.3.1", "lxml_html_clean"),
    "readability-lxml": ("readability-lxml==0.8.4.1", "lxml_html_clean"),
    "newspaper4k": ("newspaper4k", "lxml_html_clean"),
    "goose3": ("goose3", "lxml_html_clean"),
    "resiliparse": ("resiliparse",),
    "news-please": ("news-please==1.6.16", "lxml_html_clean"),
}
P = "<p>Le conseil de Sainte-Ursule a voté le budget lundi soir, le 17 janvier 2022, selon la mairesse.</p>"
HOSTILE = {
    "100,000 nested elements": "<div>" * 100_000 + P,
    "8 MB of words in 1,900 boxes": "<div>" * 1_900 + "mot " * 1_980_000 + P + "</div>" * 1_900,
    "8 MB of blanks in 150 boxes": "<div>" * 150 + " " * 7_900_000 + P + "</div>" * 150,
    "8 MB of years": "<p>" + "2022 " * 1_600_000,
    "100,000 attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + P * 20,
    "8 MB of one text": "<p>" + "mot " * 2_000_000,
    "8 MB of paragraphs": P * 75_000,
    "8 MB of dates": "<span>17 janvier 2022</span> " * 260_000,
    "8 MB of empty <time>": "<time></time>" * 600_000,
    "8 MB of links": "<li><a href='/x'>Le conseil vote lundi</a></li>" * 160_000,
    "8 MB of &#1;": "<p>" + "&#1;" * 1_900_000,
    "8 MB of references to none": "<p>" + "".join(f"&#{i};" for i in range(2_000_000, 2_900_000)),
    "8 MB of &#8217;": "<p>" + "&#8217;" * 1_100_000,
    "8 MB of no-break blanks": "<p>mot" + " \u00a0" * 2_700_000 + "fin",
    "8 MB of quotation marks": "<p>" + "« " * 2_700_000,
    "8 MB of brackets": "<p>" + "(" * 8_000_000,
    "8 MB of control signs": "<p>" + "mot\x01" * 2_000_000,
    "a headline of 8 MB": "</h1><h1>" + "mot " * 2_000_000,
    "a <title> of 8 MB": "</h1><title>" + "mot | " * 1_300_000 + "</title>",
    "an attribute of 8 MB": "<p class='" + "a " * 4_000_000 + "'>" + P,
    "8 MB of unclosed <p>": "<p>a" * 1_900_000,
    "8 MB of figures": "<figure><figcaption>Une photo (Jean Untel/AFP)</figcaption></figure>" * 110_000,
    "100,000 levels of JSON-LD": "<script type='application/ld+json'>" + '{"a":' * 100_000 + "</script>" + P,
}


def manifest(folder: Path) -> Path:
    path = folder / "pages.jsonl"
    if TRUTH.is_file():
        path.write_text(_run([sys.executable, str(SCORER), "manifest", str(TRUTH)]), "utf-8")
    else:
        frozen = sorted((ROOT / "tests" / "outlets").glob("*/*.html"))
        path.write_text("".join(f"{json.dumps(_frozen(page))}\n" for page in frozen), "utf-8")
    return path


def _frozen(page: Path) -> dict[str, str]:
    return {"id": page.stem, "file": str(page), "url": json.loads(page.with_suffix(".json").read_text("utf-8"))["url"]}


def interpreter(tool: str) -> Path:
    """That of the tool's environment, which is made when it is missing. Raises: CalledProcessError."""
    if tool == "newsmon":
        return Path(sys.executable)
    python = ROOT / ".bench" / tool / "bin" / "python"
    if not (python.parent / "ready").exists():
        _run([sys.executable, "-m", "venv", "--clear", str(python.parents[1])])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS[tool]])
        (python.parent / "ready").touch()
    return python


def _run(command: list[str], text: str | None = None) -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def measure(tool: str, pages: Path) -> tuple[dict[str, float], str]:
    """Milliseconds and MiB, and what the scorer says."""
    reader = str(Path(__file__).with_name("_reader.py"))
    *records, figures = _run([str(interpreter(tool)), reader, tool, str(pages)]).splitlines()
    told: dict[str, float] = json.loads(figures)
    if not TRUTH.is_file():
        return told, ""
    scored = _run([sys.executable, str(SCORER), "score", str(TRUTH)], "\n".join(records)).splitlines()
    return told, "; ".join(scored[-2:])


def table(tools: list[str], pages: Path) -> Iterator[str]:
    yield f"{'tool':18}{'ms a page':>10}{'ratio':>7}{'loaded MiB':>12}{'peak MiB':>10}  scores"
    own: dict[str, float] | None = None
    for tool in tools:
        try:
            told, scores = measure(tool, pages)
        except subprocess.CalledProcessError as e:
            yield f"{tool:18} not measured: {(e.stderr or '').strip().splitlines()[-1:] or [e]}"
            continue
        if own is None:
            own = told
        else:
            add_row("a page read on one core", own["ms"], "ms", peer=tool, theirs=told["ms"], more_is_better=False)
            add_row("memory, reading pages", own["peak"], "MiB", peer=tool, theirs=told["peak"], more_is_better=False)
        ratio, loaded, peak = told["ms"] / own["ms"], told["loaded"], told["peak"]
        yield f"{tool:18}{told['ms']:10.1f}{ratio:7.1f}{loaded:12.0f}{peak:10.0f}  {scores}"


def hostile() -> Iterator[str]:
    for name, markup in HOSTILE.items():
        body = f"<html><body><h1>Un titre de page</h1>{markup}".encode()[: 8 * 2**20]
        url = "https://journal.example/a"
        page: Any = Page(outlet="", url=url, final_url=url, body=body, fetched_at=datetime.now(UTC))
        began = time.process_time()
        try:
            read_page(page)
            outcome = "read"
        except PageError as e:
            outcome = e.reason
        yield f"{name:28}{time.process_time() - began:6.2f} s  {outcome}"


def main() -> None:
    tools = sys.argv[1:] or ["newsmon", *PEERS]
    with tempfile.TemporaryDirectory() as folder:
        pages = manifest(Path(folder))
        print(f"{len(pages.read_text('utf-8').splitlines())} pages, one core, processor time")
        for line in table(tools, pages):
            print(line, flush=True)
    print("\nhostile pages")
    for line in hostile():
        print(line, flush=True)


if __name__ == "__main__":
    main()
