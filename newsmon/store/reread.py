"""A stored look at a page, read again by a better reader: the revision stays the outlet's, its text becomes truer.

What newsmon reads better is no edit: no revision is added, the one of that look is written anew and says when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, update

from newsmon.items import Article as Item
from newsmon.store import rows
from newsmon.store.details import LISTING_SOURCES, author_ids, author_rows
from newsmon.store.engine import insert, inserted_id
from newsmon.store.models import (
    Archive,
    Article,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Author,
    Caption,
    MatchSpan,
    Outlet,
    Revision,
    TopicMatch,
)
from newsmon.store.revisions import StoredText, compare

TEXT = ("headline", "deck", "body")
DATE = ("published_at", "published_precision", "published_source", "modified_at", "day", "day_basis")
REST = ("section", "language", "paywall", "origin")


@dataclass(frozen=True, slots=True)
class Look:
    """A revision whose raw page is kept."""

    archive_id: int
    outlet: str
    revision_id: int
    file: str
    offset: int
    length: int
    url: str


def looks(
    conn: Connection, *, after: int = 0, outlet: str | None = None, since: date | None = None, limit: int = 200
) -> list[Look]:
    """The next ones, in the order in which they were kept; of articles of days from `since` on."""
    query = (
        select(Archive.id, Outlet.slug, Revision.id, Archive.file, Archive.offset, Archive.length, Article.url)
        .join(Article, Article.id == Archive.article_id)
        .join(Outlet, Outlet.id == Article.outlet_id)
        .join(Revision, and_(Revision.article_id == Article.id, Revision.seq == _seq_of_look()))
        .where(Archive.id > after)
        .order_by(Archive.id)
        .limit(limit)
    )
    if outlet:
        query = query.where(Outlet.slug == outlet)
    if since:
        query = query.where(Article.day >= since)
    return [Look(*row) for row in conn.execute(query)]


def _seq_of_look() -> Any:
    """A look that brought a text has the time of its revision."""
    mine = select(Revision.seq).where(Revision.article_id == Archive.article_id, Revision.seen_at == Archive.fetched_at)
    return mine.limit(1).correlate(Archive).scalar_subquery()


def count_looks(conn: Connection, *, after: int = 0) -> int:
    return conn.scalar(select(func.count()).where(Archive.id > after)) or 0


def reread(
    conn: Connection, revision_id: int, item: Item, versions: Mapping[str, int], *, now: datetime
) -> tuple[list[str], set[tuple[int, date]]]:
    """Write what `item`, read anew from the page of that revision, says; the fields that differ, and the days touched.

    Of a revision that is not the current one only the text is written: the rest is said of the current look.
    """
    old = conn.execute(
        select(Revision, Article.outlet_id, Article.revision_seq, *(getattr(Article, name) for name in (*DATE, *REST)))
        .add_columns(Revision.modified_at.label("then_modified_at"))
        .join(Article, Article.id == Revision.article_id)
        .where(Revision.id == revision_id)
    ).one()
    changed = [name for name in TEXT if (getattr(old, name) or "") != (getattr(item, name) or "")]
    if changed:
        _write_text(conn, old, item, now)
    if old.seq != old.revision_seq:
        return changed, set()
    changed += _write_article(conn, old, item)
    changed += _write_details(conn, old.article_id, item)
    changed += _write_matches(conn, old.article_id, revision_id, item, versions)
    days = {(old.outlet_id, day) for day in (old.day, item.day) if day} if changed else set()
    return changed, days


def _write_text(conn: Connection, old: Any, item: Item, now: datetime) -> None:
    row = rows.revision_row(item, old.seq, old.change, run_id=old.run_id)
    kept = ("headline", "deck", "body", "words", "text_sha256", "methods")
    values = {name: row[name] for name in kept} | {"reread_at": now}
    conn.execute(update(Revision).where(Revision.id == old.id).values(**values))
    _compare_again(conn, old.article_id, old.seq)
    _compare_again(conn, old.article_id, old.seq + 1)


def _compare_again(conn: Connection, article_id: int, seq: int) -> None:
    """What a revision changed, now that it or the one before is read better; nothing any more: it was no edit."""
    both = select(Revision).where(Revision.article_id == article_id, Revision.seq.in_((seq - 1, seq)))
    found = {row.seq: row for row in conn.execute(both)}
    if seq not in found:
        return
    if seq - 1 not in found:
        values: dict[str, Any] = {"words_added": found[seq].words}
    else:
        texts = [StoredText(found[n].headline, found[n].deck, found[n].body) for n in (seq - 1, seq)]
        change, added, removed = compare(*texts)
        real = change in ("text", "headline")
        values = {"change": change if real else "reread", "words_added": added, "words_removed": removed}
    conn.execute(update(Revision).where(Revision.id == found[seq].id).values(**values))


def _write_article(conn: Connection, old: Any, item: Item) -> list[str]:
    new = rows.seen_columns(item, item.fetched_at, now=item.fetched_at)
    names: tuple[str, ...] = (*DATE, *REST)
    if item.published_at is None and old.published_source in LISTING_SOURCES:
        names = REST  # the listing's word on the publication still holds where the page has none
    changed = [name for name in names if getattr(old, name) != new[name]]
    if changed:
        values = {name: new[name] for name in names}
        if "day" in names:
            values |= rows.day_columns(item.day, item.day_basis)
        conn.execute(update(Article).where(Article.id == old.article_id).values(**values))
    return changed


def _write_details(conn: Connection, article_id: int, item: Item) -> list[str]:
    """Dates, captions, signatures and attribution; which of them differ."""
    authors = author_ids(conn, ((a.name, a.kind) for a in item.authors))
    changed = []
    for name, table, made in (
        ("dates", ArticleDate, rows.date_rows(item)),
        ("captions", Caption, rows.caption_rows(item)),
        ("authors", ArticleAuthor, author_rows(item, authors)),
        ("attribution", Attribution, rows.attribution_rows(item)),
    ):
        mine = [table.article_id == article_id]
        if table is ArticleDate and item.link is None:
            mine.append(ArticleDate.source.not_in(LISTING_SOURCES))
        columns = [c for c in table.__table__.columns if c.key not in ("id", "article_id")]
        there = [dict(row._mapping) for row in conn.execute(select(*columns).where(*mine))]
        wanted = [{c.key: row.get(c.key) for c in columns} for row in made]
        if sorted(map(repr, there)) != sorted(map(repr, wanted)):
            conn.execute(delete(table).where(*mine))
            if made:
                conn.execute(insert(conn, table), [{"article_id": article_id, **row} for row in made])
            changed.append(name)
    if "authors" in changed:
        signs = select(ArticleAuthor.author_id).where(ArticleAuthor.author_id == Author.id).exists()
        conn.execute(delete(Author).where(~signs))
    return changed


def _write_matches(
    conn: Connection, article_id: int, revision_id: int, item: Item, versions: Mapping[str, int]
) -> list[str]:
    mine = (TopicMatch.revision_id == revision_id, TopicMatch.topic_version_id.in_(list(versions.values())))
    before = select(TopicMatch.topic_version_id, TopicMatch.level, TopicMatch.score, TopicMatch.why).where(*mine)
    there = sorted(tuple(row) for row in conn.execute(before))
    made = rows.match_rows(item, versions)
    conn.execute(delete(TopicMatch).where(*mine))
    for match, row in zip(item.matches, made, strict=True):
        match_id = inserted_id(conn, TopicMatch, {"article_id": article_id, "revision_id": revision_id, **row})
        if match.spans:
            conn.execute(insert(conn, MatchSpan), [{"match_id": match_id, **span} for span in rows.span_rows(match)])
    now = sorted((row["topic_version_id"], row["level"], row["score"], row["why"]) for row in made)
    return ["topics"] if now != there else []
