"""Stored texts read in batches, and the matches of a rescan written in batches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from newsmon.items import Span, TopicMatch
from newsmon.store.models import Article, MatchSpan, Revision, Topic, TopicVersion
from newsmon.store.models import TopicMatch as MatchRow
from newsmon.store.rows import why


class Text(NamedTuple):
    """The current text of an article."""

    revision_id: int
    article_id: int
    day: date | None
    headline: str | None
    deck: str | None
    body: str


class Found(NamedTuple):
    """A match as rows: plain values, that go quickly from one process to another."""

    version_id: int
    level: str
    score: float
    why: str
    spans: list[tuple[Any, ...]]
    """Each with the columns of SPAN."""


class Rescanned(NamedTuple):
    """A text, the day that it was matched with, and what was found."""

    revision_id: int
    article_id: int
    day: date | None
    matches: list[Found]


SPAN = tuple(f.name for f in fields(Span))
_values = attrgetter(*SPAN)


def found(version_id: int, match: TopicMatch) -> Found:
    return Found(version_id, match.level, match.score, why(match), list(map(_values, match.spans)))


def last_revision(conn: Connection) -> int:
    """Its id; 0 when none is stored."""
    return conn.scalar(select(func.max(Revision.id))) or 0


_TEXT = Revision.id, Revision.article_id, Article.day, Revision.headline, Revision.deck, Revision.body
_CURRENT = and_(Revision.article_id == Article.id, Revision.seq == Article.revision_seq)
_TEXTS = select(*_TEXT).join(Article, _CURRENT)


def texts(conn: Connection, after: int, upto: int, *, since: date | None = None) -> list[Text]:
    """The current texts among the revisions after < id <= upto; of days from `since` on."""
    query = _TEXTS.where(Revision.id > after, Revision.id <= upto).order_by(Revision.id)
    if since:
        query = query.where(Article.day >= since)
    return [Text(*row) for row in conn.execute(query)]


def texts_of(conn: Connection, articles: Collection[int], *, step: int = 500) -> Iterator[Text]:
    """The current texts of these articles, in the order given."""
    ids = list(articles)
    for k in range(0, len(ids), step):
        part = ids[k : k + step]
        query = _TEXTS.where(Article.id.in_(part))
        found = {row.article_id: Text(*row) for row in conn.execute(query)}
        yield from (found[id] for id in part if id in found)


def revision_of(conn: Connection, article_id: int, seq: int) -> Text | None:
    """A stored text of an article, current or not."""
    query = select(*_TEXT).join(Article, Article.id == Revision.article_id)
    query = query.where(Article.id == article_id, Revision.seq == seq)
    row = conn.execute(query).first()
    return Text(*row) if row else None


def write_matches(conn: Connection, pending: Collection[int], batch: Sequence[Rescanned], *, upto: int) -> bool:
    """Write what a rescan found in the revisions up to `upto`, in the place of what was there.

    `pending` are the ids of the versions that it was for. False, and nothing written, when they are not all waiting
    any more. A text whose article was stored again meanwhile is left as that has it.
    """
    waiting = select(Topic.pending_id).where(Topic.pending_id.in_(pending)).with_for_update(read=True)
    if len(conn.scalars(waiting).all()) < len(pending):
        return False
    ids = [one.revision_id for one in batch]
    query = select(Revision.id, Article.day).join(Article, _CURRENT).where(Revision.id.in_(ids))
    days = {row.id: row.day for row in conn.execute(query)}
    still = [one for one in batch if one.revision_id in days and days[one.revision_id] == one.day]
    mine = MatchRow.topic_version_id.in_(pending), MatchRow.revision_id.in_([one.revision_id for one in still])
    conn.execute(delete(MatchRow).where(*mine))
    _insert(conn, [(one, match) for one in still for match in one.matches])
    conn.execute(update(TopicVersion).where(TopicVersion.id.in_(pending)).values(scanned_to=upto))
    return True


def _insert(conn: Connection, matches: list[tuple[Rescanned, Found]]) -> None:
    if not matches:
        return
    rows = [
        {
            "topic_version_id": match.version_id, "article_id": one.article_id, "revision_id": one.revision_id,
            "level": match.level, "score": match.score, "why": match.why,
        }
        for one, match in matches
    ]  # fmt: skip
    statement = insert(MatchRow).returning(MatchRow.id, sort_by_parameter_order=True)
    ids = conn.scalars(statement, rows).all()
    spans = [
        {"match_id": id, "position": position, **dict(zip(SPAN, values, strict=True))}
        for id, (_, match) in zip(ids, matches, strict=True)
        for position, values in enumerate(match.spans)
    ]
    if spans:
        conn.execute(insert(MatchSpan), spans)
