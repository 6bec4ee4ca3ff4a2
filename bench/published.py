"""Milliseconds a page for what its dates cost beyond the parse, and whether the day is right.

The pages are the tests' traps, the outlets' frozen pages and, where `shared/data/pages` lies beside the checkout, real
French pages with their day. Run: .venv/bin/python -m bench.published
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bench._rows import add_row
from newsmon.items import Article, DateString
from newsmon.outlets import Layout
from newsmon.page.document import parse_document
from newsmon.page.metadata import Metadata
from newsmon.page.published import date_article, find_date_strings

ROOT = Path(__file__).parents[1]
TRAPS = ROOT / "tests" / "page" / "traps"
OUTLETS = ROOT / "tests" / "outlets"
REAL = ROOT.parent / "shared" / "data" / "pages"
REPEATS = 7
ZONES = (ZoneInfo("America/Toronto"), ZoneInfo("Europe/Paris"))

T = TypeVar("T")


@dataclass(frozen=True)
class Saved:
    """A page on disk; `days` are the right answers, none where nobody wrote them down."""

    path: Path
    url: str
    days: frozenset[str] = frozenset()


@dataclass
class Tally:
    parse: list[float] = field(default_factory=list)
    find: list[float] = field(default_factory=list)
    decide: list[float] = field(default_factory=list)
    candidates: list[int] = field(default_factory=list)
    right: int = 0
    dated: int = 0


def traps() -> Iterator[Saved]:
    return (Saved(path, f"https://journal.example/{path.stem}") for path in sorted(TRAPS.glob("*.html")))


def frozen() -> Iterator[Saved]:
    for path in sorted(OUTLETS.glob("*/*.html")):
        yield Saved(path, json.loads(path.with_suffix(".json").read_text("utf-8"))["url"])


def real() -> Iterator[Saved]:
    if not (REAL / "truth.json").is_file():
        return
    for row in json.loads((REAL / "truth.json").read_text("utf-8")):
        days = [row.get("date_published"), *(row.get("alt_dates") or [])]
        yield Saved(REAL / row["file"], row["url"], frozenset(day[:10] for day in days if day))


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` gives, and the milliseconds of its fastest run."""
    best = float("inf")
    for _ in range(REPEATS):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return result, best * 1000


def measure(pages: Iterator[Saved], tally: Tally) -> None:
    for page in pages:
        body = page.path.read_bytes()
        document, parse_ms = timed(partial(parse_document, body, url=page.url))
        metadata = Metadata(document)
        # The cleaner has worked these out; they are not of the dates' cost.
        _ = metadata.headline, metadata.headline_element, metadata.canonical
        strings, find_ms = timed(partial(find_date_strings, document, Layout(), metadata))
        article, decide_ms = timed(partial(decide, page.url, strings))
        tally.parse.append(parse_ms)
        tally.find.append(find_ms)
        tally.decide.append(decide_ms)
        tally.candidates.append(len(article.dates))
        if page.days:
            tally.dated += 1
            tally.right += bool(page.days & {day.isoformat() for day in days_of(article)})


def decide(url: str, strings: tuple[DateString, ...]) -> Article:
    article = Article(
        outlet="", url=url, final_url=url, canonical_url=url, fetched_at=datetime.now(UTC), date_strings=strings
    )
    return date_article(article, tz=ZONES[0])


def days_of(article: Article) -> set[date]:
    return {article.published_at.astimezone(zone).date() for zone in ZONES} if article.published_at else set()


def report(name: str, tally: Tally) -> str:
    whole = sorted(a + b for a, b in zip(tally.find, tally.decide, strict=True))
    parts = [
        f"{name}: {len(whole)} pages",
        f"dates {statistics.mean(whole):.2f} ms a page (median {statistics.median(whole):.2f}, worst {whole[-1]:.2f})",
        f"of which found {statistics.mean(tally.find):.2f}, decided {statistics.mean(tally.decide):.2f}",
        f"parse {statistics.mean(tally.parse):.2f}",
        f"{statistics.mean(tally.candidates):.0f} candidates",
    ]
    if tally.dated:
        parts.append(f"day right {tally.right}/{tally.dated}")
    return "; ".join(parts)


def main() -> None:
    for name, pages in (("traps", traps()), ("frozen outlets", frozen()), ("real pages", real())):
        tally = Tally()
        measure(pages, tally)
        print(report(name, tally) if tally.find else f"{name}: none beside this checkout")
        if tally.find:
            dates, parse = map(statistics.mean, (map(sum, zip(tally.find, tally.decide, strict=True)), tally.parse))
            add_row(f"dates, {name}", dates, "ms a page", peer="the parse (lxml)", theirs=parse, more_is_better=False)


if __name__ == "__main__":
    main()
