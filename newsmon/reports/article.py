"""One stored article: what is known of it, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Boolean, Connection, Executable, Row, text

from newsmon.errors import ConfigurationError
from newsmon.reports.named import Report
from newsmon.reports.run import Answer
from newsmon.text.urls import canonical_url, url_key

DATES = (
    "SELECT chosen, role, source, raw, value, precision, reason, flags, selector FROM v_date"
    " WHERE article_id = :id ORDER BY chosen DESC, source, selector"
)
HISTORY = (
    "SELECT seq, seen_at, change, words_added, words_removed, modified_at, headline FROM v_revision"
    " WHERE article_id = :id ORDER BY seq"
)
EVENTS = "SELECT at, kind, status, url_before, url FROM v_article_event WHERE article_id = :id ORDER BY at, kind"
HEADINGS = {
    "chosen": ("retenue", "chosen"),
    "role": ("rôle", "role"),
    "source": ("lue dans", "read from"),
    "raw": ("telle qu’imprimée", "as printed"),
    "value": ("instant (UTC)", "instant (UTC)"),
    "precision": ("précision", "precision"),
    "reason": ("raison", "reason"),
    "flags": ("réserves", "flags"),
    "selector": ("endroit", "place"),
    "seq": ("révision", "revision"),
    "seen_at": ("vue le (UTC)", "seen (UTC)"),
    "change": ("changement", "change"),
    "words_added": ("mots ajoutés", "words added"),
    "words_removed": ("mots retirés", "words removed"),
    "modified_at": ("modification déclarée (UTC)", "owned change (UTC)"),
    "headline": ("titre", "headline"),
    "at": ("constaté le (UTC)", "found (UTC)"),
    "kind": ("ce qui est arrivé", "what happened"),
    "status": ("réponse HTTP", "HTTP status"),
    "url_before": ("adresse d’avant", "address before"),
    "url": ("adresse depuis", "address since"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A stored article, with who signs it and what it matches."""

    article: Row[Any]
    authors: tuple[str, ...]
    matches: tuple[Row[Any], ...]
    story: tuple[Row[Any], ...]
    """The other articles of its story, the earliest first, each with the words by which the story is known."""
    copies: tuple[Row[Any], ...]
    """The same text elsewhere, the most alike first."""


STORY = (
    "SELECT a.article_id, a.outlet, a.day, a.published_at, a.headline, s.words FROM v_story_article a"
    " JOIN v_story s ON s.story_id = a.story_id WHERE a.article_id <> :id AND a.story_id IN"
    " (SELECT story_id FROM v_story_article WHERE article_id = :id) ORDER BY a.day, a.published_at, a.article_id"
)
COPIES = (
    "SELECT other_id, other_outlet, other_headline, share, other_share, lag_hours FROM v_copy"
    " WHERE article_id = :id ORDER BY share DESC, other_id"
)


def find_article(conn: Connection, which: str) -> Found:
    """The article of an id, of an address that it has or had, in any spelling, or of its address's last words.

    Raises: ConfigurationError, also for words that name several articles.
    """
    article_id = int(which) if which.isascii() and which.isdigit() else _id_of(conn, which)
    row = conn.execute(text("SELECT * FROM v_article WHERE article_id = :id"), {"id": article_id}).first()
    if row is None:
        raise ConfigurationError(
            f"no article {which!r}; give the id, the address or its last words, as a report shows them"
        )
    authors = conn.scalars(text("SELECT author FROM v_author WHERE article_id = :id ORDER BY position"), {"id": row[0]})
    matches = conn.execute(text("SELECT * FROM v_match WHERE article_id = :id ORDER BY score DESC"), {"id": row[0]})
    story, copies = (tuple(conn.execute(text(query), {"id": row[0]})) for query in (STORY, COPIES))
    return Found(row, tuple(authors), tuple(matches), story, copies)


def _id_of(conn: Connection, url: str) -> int | None:
    keys = {url_key(address) for address in (url, canonical_url(url)) if address}
    for key in keys:
        query = text("SELECT article_id FROM article_address WHERE url_key = :key ORDER BY seen_at DESC LIMIT 1")
        found: int | None = conn.scalar(query, {"key": key})
        if found is not None:
            return found
    return _id_of_slug(conn, url)


def _id_of_slug(conn: Connection, slug: str) -> int | None:
    """The article whose address ends in /`slug`, with or without what comes after a dot."""
    literal = re.sub(r"([\\%_])", r"\\\1", slug)
    query = text(
        "SELECT id, canonical_url FROM article WHERE canonical_url LIKE :like ESCAPE '\\' ORDER BY id LIMIT 100"
    )
    rows = conn.execute(query, {"like": f"%/{literal}%"}).all() if "/" not in slug else []
    found = [row for row in rows if _slug_of(row.canonical_url).partition(".")[0] == slug.partition(".")[0]]
    if len(found) > 1:
        several = ", ".join(f"{row.id} ({row.canonical_url})" for row in found[:5])
        raise ConfigurationError(f"{slug!r} names {len(found)} articles: {several}; give the id")
    return found[0].id if found else None


def _slug_of(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def dates_of(conn: Connection, article_id: int) -> Answer:
    """Every date candidate, the chosen one first, each with why it won or lost."""
    return _answer(conn, text(DATES).columns(chosen=Boolean()), article_id)


def history_of(conn: Connection, article_id: int) -> Answer:
    """Every stored text, the first first."""
    return _answer(conn, text(HISTORY), article_id)


def events_of(conn: Connection, article_id: int) -> Answer:
    """When it was taken away, brought back, or moved to another address."""
    return _answer(conn, text(EVENTS), article_id)


def _answer(conn: Connection, statement: Executable, article_id: int) -> Answer:
    result = conn.execute(statement, {"id": article_id})
    report = Report(name="article", title=("", ""), question=("", ""), parameters=(), headings=HEADINGS, sql="")
    return Answer(report, tuple(result.keys()), [tuple(row) for row in result])
