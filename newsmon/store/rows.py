"""An article as rows: what each table keeps of it, without the keys that the database gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from newsmon.items import Article as Item
from newsmon.items import Span, TopicMatch
from newsmon.store.ladder import next_visit
from newsmon.store.revisions import StoredText, words_and_sha256
from newsmon.text.urls import url_key

Row = dict[str, Any]

FIELDS = {"headline": "titre", "deck": "chapeau", "body": "texte"}


def article_row(item: Item, outlet_id: int, *, now: datetime) -> Row:
    """A new article."""
    return {
        "outlet_id": outlet_id,
        "url_key": url_key(item.canonical_url),
        "url": item.url,
        "canonical_url": item.canonical_url,
        "guid": item.link.guid if item.link else None,
        "first_seen_at": item.fetched_at,
        "revision_seq": 1,
        **seen_columns(item, item.fetched_at, now=now),
    }


def seen_columns(item: Item, first_seen_at: datetime, *, now: datetime) -> Row:
    """What the latest look at the page says, whatever became of its text."""
    return {
        "section": item.section,
        "language": item.language,
        "last_seen_at": item.fetched_at,
        "next_visit_at": next_visit(first_seen_at, item.published_at, now=now),
        # Another look asks for what changed since this one.
        "etag": item.etag,
        "last_modified": item.last_modified,
        **date_columns(item),
        "modified_at": item.modified_at,
        "paywall": item.paywall,
        "origin": item.attribution.kind if item.attribution else None,
    }


def date_columns(item: Item) -> Row:
    return {
        "published_at": item.published_at,
        "published_precision": item.published_precision,
        "published_source": item.published_source,
        **day_columns(item.day, item.day_basis),
    }


def day_columns(day: date | None, basis: str) -> Row:
    """The day, and what SQL would need date arithmetic for."""
    week = day.isocalendar() if day else None
    return {
        "day": day,
        "iso_week": f"{week.year}-W{week.week:02}" if week else None,
        "month": f"{day:%Y-%m}" if day else None,
        "day_basis": basis,
    }


def revision_row(item: Item, seq: int, change: str, *, run_id: int, added: int = 0, removed: int = 0) -> Row:
    """The text of `item` as revision `seq`; the first one adds all its words."""
    words, sha256 = words_and_sha256(StoredText(item.headline, item.deck, item.body))
    return {
        "run_id": run_id,
        "seq": seq,
        "seen_at": item.fetched_at,
        "headline": item.headline,
        "deck": item.deck,
        "body": item.body,
        "words": words,
        "text_sha256": sha256,
        "methods": item.methods,
        "change": change,
        "words_added": words if change == "first" else added,
        "words_removed": removed,
        "modified_at": item.modified_at,
    }


def date_rows(item: Item) -> list[Row]:
    return [
        {
            "role": candidate.role, "source": candidate.source, "selector": candidate.selector, "raw": candidate.raw,
            "value": candidate.value, "precision": candidate.precision, "chosen": candidate.chosen,
            "reason": candidate.reason, "flags": " ".join(candidate.flags),
        }
        for candidate in item.dates
    ]  # fmt: skip


def caption_rows(item: Item) -> list[Row]:
    return numbered([{"text": caption.text, "credit": caption.credit} for caption in item.captions])


def attribution_rows(item: Item) -> list[Row]:
    said = item.attribution
    return [{f.name: getattr(said, f.name) for f in fields(said)}] if said else []


def archive_rows(item: Item) -> list[Row]:
    if item.archived_as is None:
        return []
    file, offset, length, digest = item.archived_as
    return [{"file": file, "offset": offset, "length": length, "digest": digest, "fetched_at": item.fetched_at}]


def match_rows(item: Item, versions: Mapping[str, int]) -> list[Row]:
    return [
        {
            "topic_version_id": versions[match.topic],
            "level": match.level,
            "score": match.score,
            "why": why(match),
        }
        for match in item.matches
    ]


_SPAN = tuple(f.name for f in fields(Span))


def span_rows(match: TopicMatch) -> list[Row]:
    return numbered([{name: getattr(span, name) for name in _SPAN} for span in match.spans])


def why(match: TopicMatch) -> str:
    """The words that made a match, each once, by field: "titre : Ukraine ; texte : invasion, Moscou"."""
    words: dict[str, dict[str, None]] = {}
    for span in match.spans:
        words.setdefault(FIELDS[span.field], {})[" ".join(span.surface.split())] = None
    return " ; ".join(f"{field} : {', '.join(surfaces)}" for field, surfaces in words.items())


def numbered(rows: list[Row]) -> list[Row]:
    return [{"position": position, **row} for position, row in enumerate(rows)]
