"""Other programs over a list of addresses: what each costs, and how many articles it really kept.

Each is set as one who knows it would for this work: a process per core, no pause between requests, texts and dates to
disk, no copies of the pages. What it keeps is counted in its files, for the seconds until the last of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench._spending import Spent, spend
from bench.pages import PEERS, interpreter

CORES = os.cpu_count() or 1
HERE = Path(__file__).parent
NEWSPLEASE = {
    "number_of_parallel_crawlers": str(CORES),
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "LOG_LEVEL": "ERROR",
    # By itself it asks the network for every picture of a page.
    "extractors": "[('newspaper_extractor_no_images', 'NewspaperExtractorNoImages'), 'readability_extractor', "
    "'date_extractor', 'lang_detect_extractor']",
    # By itself it keeps the page beside its JSON, too.
    "ITEM_PIPELINES": "{'newsplease.pipeline.pipelines.ArticleMasterExtractor':100, "
    "'newsplease.pipeline.pipelines.JsonFileStorage':300}",
}
"""What differs from its config.cfg."""
TRAFILATURA = "SLEEP_TIME = 5.0", "SSRF_PROTECTION = on"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a peer came to."""

    spent: Spent
    articles: int
    seconds: float
    """To the last of them: news-please ends on a clock of its own, of ten seconds."""

    @property
    def rate(self) -> float:
        """Articles a second; 0 for none."""
        return self.articles / self.seconds if self.articles else 0.0


def named(tool: str) -> str:
    """The peer with its version."""
    return PEERS[tool][0].replace("==", " ")


def compile_modules(tools: Sequence[str]) -> None:
    """Of every library here and at the peers: the first run would pay for it, and the others not."""
    for tool in ("newsmon", *tools):
        python = interpreter(tool)
        libraries = sysconfig.get_path("purelib") if tool == "newsmon" else str(python.parents[1] / "lib")
        subprocess.run([str(python), "-m", "compileall", "-q", "-j", "0", libraries], capture_output=True)


def _kept(files: Iterable[Path], began: float, spent: Spent) -> Kept:
    written = [path.stat().st_mtime for path in files if _has_text(path)]
    return Kept(spent=spent, articles=len(written), seconds=max(written, default=began) - began)


def _has_text(path: Path) -> bool:
    found = json.loads(path.read_text("utf-8"))
    return bool(found.get("maintext") or found.get("text"))


def crawl_with_newsplease(folder: Path, urls: list[str]) -> Kept:
    """Its crawler "Download", which takes the addresses as they are, a process per core. The file of an article has its
    name from the last part of its address: one that ends with a slash gives no name, and one article takes the place
    of the other (news-please 1.6.16); the bench's addresses have no slash.
    """
    config = folder / "config"
    config.mkdir(parents=True)
    sites = [{"url": urls[n::CORES], "crawler": "Download"} for n in range(CORES)]
    (config / "sitelist.hjson").write_text(json.dumps({"base_urls": sites}), "utf-8")
    python = interpreter("news-please")
    (package,) = (python.parents[1] / "lib").glob("python*/site-packages/newsplease")
    text = (package / "config" / "config.cfg").read_text("utf-8")
    settings = {"working_path": str(folder / "data"), **NEWSPLEASE}
    (config / "config.cfg").write_text(_with_settings(text, settings), "utf-8")
    began = time.time()
    spent = spend([str(python), "-W", "ignore", "-m", "newsplease", "-c", f"{config}/"])
    return _kept((folder / "data").rglob("*.html.json"), began, spent)


def _with_settings(text: str, settings: dict[str, str]) -> str:
    """An ini file with other values; a value goes on over indented lines. Raises: KeyError for no such name."""
    missing, lines, skipping = dict(settings), [], False
    for line in text.splitlines():
        if skipping and line[:1].isspace():
            continue
        name = line.partition("=")[0].strip()
        if skipping := name in missing:
            line = f"{name} = {missing.pop(name)}"
        lines.append(line)
    if missing:
        raise KeyError(f"news-please knows no {', '.join(missing)}")
    return "\n".join(lines) + "\n"


def crawl_with_trafilatura(folder: Path, urls: list[str]) -> Kept:
    """Its command over a list, a process per core: it downloads in threads, and cleans in the one that started them."""
    folder.mkdir(parents=True)
    python = interpreter("trafilatura")
    (package,) = (python.parents[1] / "lib").glob("python*/site-packages/trafilatura")
    text = (package / "settings.cfg").read_text("utf-8")
    for line, other in zip(TRAFILATURA, ("SLEEP_TIME = 0", "SSRF_PROTECTION = off"), strict=True):
        assert line in text, f"trafilatura knows no {line}"
        text = text.replace(line, other)
    (folder / "settings.cfg").write_text(text, "utf-8")
    command = [str(python.with_name("trafilatura")), "--parallel", str(CORES), "--json", "--with-metadata",
               "--no-comments", "--config-file", str(folder / "settings.cfg")]  # fmt: skip
    shares = []
    for n in range(CORES):
        (folder / f"{n}.txt").write_text("\n".join(urls[n::CORES]), "utf-8")
        shares.append([*command, "-i", str(folder / f"{n}.txt"), "-o", str(folder / "data" / str(n))])
    began = time.time()
    spent = spend([sys.executable, str(HERE / "_together.py"), json.dumps(shares)])
    return _kept((folder / "data").rglob("*.json"), began, spent)


def crawl_with_scrapy(folder: Path, urls: list[str]) -> Spent:
    (folder / "urls.txt").write_text("\n".join(urls), "utf-8")
    return spend([sys.executable, str(HERE / "_scrapy.py"), str(folder / "urls.txt")])


CRAWLS = {"news-please": crawl_with_newsplease, "trafilatura": crawl_with_trafilatura}
