"""What an outlet's declaration still gets from its live pages, beside what the outlet used to give."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsmon.environment import PROJECT_ROOT, database_url
from newsmon.errors import ListingError, PageError
from newsmon.fieldwork.freezing import FOLDER
from newsmon.fieldwork.looking import fetch_links, fetch_page
from newsmon.items import Article
from newsmon.net.fetch import Fetcher
from newsmon.outlets import Declaration
from newsmon.page.reading import read_whole
from newsmon.page.thin import WORDS_MIN
from newsmon.reports.named import Report
from newsmon.reports.run import Answer
from newsmon.store.schema import stored_rows

FIELDS = ("headline", "deck", "authors", "day", "section", "body")
USUAL = 0.8
"""Share of an outlet's articles that have a field, from which on its absence is a loss."""
STORED = 50
"""Of an outlet's last articles, that tell what it used to give."""
STORED_MIN = 5
"""Fewer tell less than the golden pages."""
SHRUNK = 1 / 3
"""Of the usual number of words, below which bodies are lost."""
LISTINGS = 3
"""Of an outlet, that are asked in search of articles."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Which fields a set of an outlet's articles has."""

    count: int
    shares: dict[str, float]
    words: int
    """Of the median body."""
    source: str
    """database, golden pages, nothing."""


@dataclass(slots=True)
class Check:
    """One outlet looked at."""

    slug: str
    usual: Sample
    now: Sample | None = None
    problems: list[str] = field(default_factory=list)
    """What could not be asked or read, a line each."""

    @property
    def lost(self) -> list[str]:
        """The fields that the outlet used to give and that no page looked at has; "everything" when none was read."""
        if self.now is None or not self.now.count:
            return ["everything"]
        lost = [name for name in FIELDS if self.usual.shares.get(name, 0) >= USUAL and not self.now.shares[name]]
        shrunk = self.usual.source == "database" and self.now.words < SHRUNK * self.usual.words
        return lost + (["body"] if shrunk and "body" not in lost else [])


async def check_outlet(fetcher: Fetcher, declaration: Declaration, *, count: int) -> Check:
    """Ask a listing of the outlet and `count` of its articles."""
    check = Check(declaration.slug, usual_of(declaration.slug))
    rows = []
    for link in (await _links(fetcher, declaration, check))[:count]:
        try:
            rows.append(_row(read_whole(await fetch_page(fetcher, link), declaration)))
        except PageError as e:
            check.problems.append(str(e) if link in str(e) else f"{link}: {e.reason}: {e}")
    check.now = _sample(rows, "live pages")
    return check


async def _links(fetcher: Fetcher, declaration: Declaration, check: Check) -> list[str]:
    for source in declaration.sources[:LISTINGS]:
        try:
            _, links = await fetch_links(fetcher, source, declaration)
        except ListingError as e:
            check.problems.append(str(e) if source.url in str(e) else f"{source.url}: {e.reason}: {e}")
        else:
            return [link.url for link in links]
    return []


def _row(article: Article) -> dict[str, Any]:
    words = len(article.body.split())
    return {
        "headline": article.headline,
        "deck": article.deck,
        "authors": article.authors,
        "day": article.day_basis == "published",
        "section": article.section,
        "words": words,
        "body": words >= WORDS_MIN and article.thin in (None, "paywall"),
    }


def _sample(rows: Iterable[dict[str, Any]], source: str) -> Sample:
    rows = list(rows)
    shares = {name: sum(bool(row[name]) for row in rows) / len(rows) for name in FIELDS} if rows else {}
    words = round(statistics.median(row["words"] for row in rows)) if rows else 0
    return Sample(len(rows), shares, words, source)


# --- what it used to give


def usual_of(slug: str) -> Sample:
    """What the outlet's last stored articles have, or without enough of them its golden pages.

    Raises: DatabaseError.
    """
    stored = _sample(_stored(slug), "database")
    if stored.count >= STORED_MIN:
        return stored
    golden = _sample(map(_golden_row, sorted((PROJECT_ROOT / FOLDER / slug).glob("*.json"))), "golden pages")
    return golden if golden.count else Sample(0, {}, 0, "nothing")


def _golden_row(path: Any) -> dict[str, Any]:
    golden = json.loads(path.read_text("utf-8"))
    words = sum(len(paragraph.split()) for paragraph in golden["body"])
    return {**golden, "day": golden["day_basis"] == "published", "words": words}


_LAST_ARTICLES = """
SELECT v.headline, v.deck, v.section, v.words, v.day_basis,
       (SELECT count(*) FROM v_author s WHERE s.article_id = v.article_id) AS authors
FROM v_article v WHERE v.outlet = :slug ORDER BY v.first_seen_at DESC, v.article_id DESC LIMIT :count
"""


def _stored(slug: str) -> list[dict[str, Any]]:
    rows = stored_rows(database_url(), _LAST_ARTICLES, slug=slug, count=STORED)
    return [{**row._mapping, "day": row.day_basis == "published", "body": row.words >= WORDS_MIN} for row in rows]


# --- the account


def as_answer(checks: Sequence[Check]) -> Answer:
    """A row an outlet: of each field how many of the pages looked at have it, and what was lost."""
    columns = ("outlet", "pages", *FIELDS[:-1], "words", "usual_words", "usual_from", "lost")
    headings = {name: (name, name.replace("_", " ")) for name in columns}
    report = Report(name="outlets-check", title=("", ""), question=("", ""), parameters=(), headings=headings, sql="")
    return Answer(report, columns, [_account(check) for check in checks])


def _account(check: Check) -> tuple[Any, ...]:
    now = check.now or Sample(0, {}, 0, "")
    had = [f"{round(now.shares[name] * now.count)}/{now.count}" if now.count else None for name in FIELDS[:-1]]
    usual = check.usual
    known = (usual.words or None, f"{usual.count} {usual.source}" if usual.count else usual.source)
    return (check.slug, now.count, *had, now.words if now.count else None, *known, ", ".join(check.lost) or None)
