"""The same text in several outlets, and stories: kept for the articles that came or changed, or found anew for all.

An article that is written, or dated anew, is put in a queue (text_waiting) by the database itself, in the same
transaction; who compares it takes it out in theirs. So nothing need be said of what a run touched, a run that was
killed is made good by the next one, and a run without news looks at nothing. Every step is a function of what is
stored, not of the order in which it came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, or_, select, text

from newsmon.store.engine import transact
from newsmon.store.models import (
    Article,
    Revision,
    Story,
    StoryArticle,
    StoryLink,
    TextCopy,
    TextMark,
    TextSketch,
    TextWaiting,
)  # fmt: skip
from newsmon.text.fingerprints import marks_of, runs_of, telling_words
from newsmon.text.stories import WINDOW_DAYS, Link, Told, common_words, iter_groups, iter_links

BATCH = 2000
"""Articles in one transaction: a killed run loses no more."""
COPY_DAYS = 30
"""Between a text and its republication, at most."""
COMMON_MARKS = 2
"""Marks that a pair shares before its texts are read."""
MOST_HOLDERS = 40
"""Articles that have a mark: in more of them it is a notice's or a template's, and tells nothing. When it becomes rarer
again, the next rebuild counts it again."""
COPY_SHARE = 0.6
"""Of the shorter text, found in the other one: less is quotation, or background."""
COPY_RUNS = 25
"""Runs of words in common, at least: shorter pieces are notices and formulas."""
CHUNK = 500
"""Keys in one statement."""

_LOCK = 7310577382525465452


def refresh(engine: Engine, watch: Callable[[int], None] = lambda done: None) -> int:
    """Compare every article that is new, edited or dated anew; returns how many. `watch(done)` after each batch.

    Raises: DatabaseError.
    """
    done = 0
    while n := transact(engine, _refresh_batch):
        done += n
        watch(done)
    return done


def rebuild(engine: Engine, watch: Callable[[int], None] = lambda done: None) -> int:
    """Forget every comparison and make all of them anew. Killed half-way, the next run goes on.

    Raises: DatabaseError.
    """
    transact(engine, _forget)
    return refresh(engine, watch)


def _forget(conn: Connection) -> None:
    _alone(conn)
    for table in (StoryArticle, Story, StoryLink, TextCopy, TextMark, TextSketch, TextWaiting):
        conn.execute(delete(table))
    conn.execute(insert(TextWaiting).from_select(["article_id", "day"], select(Article.id, Article.day)))


def _refresh_batch(conn: Connection) -> int:
    _alone(conn)
    waiting = _waiting(conn)
    if not waiting:
        return 0
    days = {row.day for row in waiting} | {row.old_day for row in waiting}
    _sketch(conn, waiting)
    _find_copies(conn, [row.id for row in waiting])
    _find_stories(conn, {day for day in days if day})
    return len(waiting)


def _alone(conn: Connection) -> None:
    """PostgreSQL: two processes do not compare at once (SQLite has one writer anyway)."""
    if conn.dialect.name == "postgresql":
        conn.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def _waiting(conn: Connection) -> list[Row[Any]]:
    """The earliest articles first, so that a batch is of few days. They are taken out of the queue."""
    first = select(TextWaiting.id, TextWaiting.article_id).order_by(TextWaiting.day, TextWaiting.id).limit(BATCH)
    queued = conn.execute(first).all()
    # Out before they are read: what another one stores of them from now on is a row of its own, and stays.
    for some in _chunks(row.id for row in queued):
        conn.execute(delete(TextWaiting).where(TextWaiting.id.in_(some)))
    query = (
        select(Article.id, Article.day, Article.published_at, Article.published_precision)
        .add_columns(Revision.id.label("revision_id"), Revision.headline, Revision.deck, Revision.body)
        .add_columns(TextSketch.day.label("old_day"))
        .join(Revision, and_(Revision.article_id == Article.id, Revision.seq == Article.revision_seq))
        .outerjoin(TextSketch, TextSketch.article_id == Article.id)
    )
    rows: list[Row[Any]] = []
    for some in _chunks(sorted({row.article_id for row in queued})):
        rows += conn.execute(query.where(Article.id.in_(some)))
    return rows


def _sketch(conn: Connection, rows: Sequence[Row[Any]]) -> None:
    ids = [row.id for row in rows]
    for some in _chunks(ids):
        conn.execute(delete(TextSketch).where(TextSketch.article_id.in_(some)))
        conn.execute(delete(TextMark).where(TextMark.article_id.in_(some)))
    sketches = [
        {
            "article_id": row.id, "revision_id": row.revision_id, "day": row.day, "published_at": row.published_at,
            "published_s": _seconds(row.published_at),
            "words": " ".join(telling_words(row.headline, row.deck, row.body)),
        }
        for row in rows
    ]  # fmt: skip
    conn.execute(insert(TextSketch), sketches)
    marks = [{"mark": mark, "article_id": row.id} for row in rows for mark in marks_of(row.body)]
    if marks:
        conn.execute(insert(TextMark), marks)


def _seconds(at: datetime | None) -> int | None:
    return int(at.timestamp()) if at else None


def _find_copies(conn: Connection, changed: list[int]) -> None:
    ids = sorted({*changed, *_crowded_by(conn, changed)})
    for some in _chunks(ids):
        conn.execute(delete(TextCopy).where(or_(TextCopy.article_id.in_(some), TextCopy.other_id.in_(some))))
    pairs = sorted({tuple(sorted(pair)) for some in _chunks(ids) for pair in _candidates(conn, some)})
    runs: dict[int, set[str]] = {}
    rows = []
    for a, b in pairs:
        for id in (a, b):
            if id not in runs:
                runs[id] = runs_of(_body(conn, id))
        common = len(runs[a] & runs[b])
        shares = common / len(runs[a]), common / len(runs[b])
        if common >= COPY_RUNS and max(shares) >= COPY_SHARE:
            share, other = (round(value, 3) for value in shares)
            rows.append({"article_id": a, "other_id": b, "share": share, "other_share": other})
            rows.append({"article_id": b, "other_id": a, "share": other, "other_share": share})
    if rows:
        conn.execute(insert(TextCopy), rows)


def _crowded_by(conn: Connection, ids: list[int]) -> set[int]:
    """The articles with a mark that came to be in too many of them by the given ones: it told something before."""
    added: Counter[int] = Counter()
    crowded: list[int] = []
    for some in _chunks(ids):
        query = select(TextMark.mark, func.count()).where(TextMark.article_id.in_(some)).group_by(TextMark.mark)
        added.update(dict(conn.execute(query).all()))
    for marks in _chunks(sorted(added)):
        query = select(TextMark.mark, func.count()).where(TextMark.mark.in_(marks)).group_by(TextMark.mark)
        for mark, n in conn.execute(query.having(func.count() > MOST_HOLDERS)):
            if n - added[mark] <= MOST_HOLDERS:
                crowded.append(mark)
    holders: set[int] = set()
    for marks in _chunks(crowded):
        holders.update(conn.scalars(select(TextMark.article_id).where(TextMark.mark.in_(marks))))
    return holders


def _candidates(conn: Connection, ids: list[int]) -> Iterator[tuple[int, int]]:
    """Articles of other outlets, some days away at most, that share marks with the given ones."""
    shared: Counter[tuple[int, int]] = Counter()
    given = set(ids)
    for holders in _holders(conn, ids).values():
        shared.update((a, b) for a in holders if a in given for b in holders if a != b)
    pairs = [pair for pair, n in shared.items() if n >= COMMON_MARKS]
    about = _abouts(conn, sorted({id for pair in pairs for id in pair}))
    for a, b in ((about[a], about[b]) for a, b in pairs):
        if a.outlet_id != b.outlet_id and a.day and b.day and abs((a.day - b.day).days) <= COPY_DAYS:
            yield a.id, b.id


def _holders(conn: Connection, ids: list[int]) -> dict[int, list[int]]:
    """The marks of the given articles that tell something and that another article has: mark to all that have it."""
    given = select(TextMark.mark).where(TextMark.article_id.in_(ids))
    telling = (
        select(TextMark.mark)
        .where(TextMark.mark.in_(given))
        .group_by(TextMark.mark)
        .having(func.count().between(2, MOST_HOLDERS))
    )
    holders: dict[int, list[int]] = defaultdict(list)
    for marks in _chunks(conn.scalars(telling)):
        query = select(TextMark.mark, TextMark.article_id).where(TextMark.mark.in_(marks))
        for row in conn.execute(query.order_by(TextMark.mark, TextMark.article_id)):
            holders[row.mark].append(row.article_id)
    return holders


def _body(conn: Connection, article_id: int) -> str:
    query = (
        select(Revision.body)
        .join(Article, and_(Article.id == Revision.article_id, Article.revision_seq == Revision.seq))
        .where(Article.id == article_id)
    )
    return conn.execute(query).scalar_one()


def _find_stories(conn: Connection, days: set[date]) -> None:
    """The links of the days whose articles changed, then the stories that the changed links touch."""
    window = range(-WINDOW_DAYS, WINDOW_DAYS + 1)
    changed: set[int] = set()
    told: dict[date, list[Told]] = {}
    for day in sorted({day + timedelta(days=i) for day in days for i in window}):
        for near in (day + timedelta(days=i) for i in window):
            if near not in told:
                told[near] = _told(conn, near)
        around = {i: told[day + timedelta(days=i)] for i in window}
        followers = [one for i in range(1, WINDOW_DAYS + 1) for one in around[i]]
        every = [one for i in window for one in around[i]]
        links = {(link.article_id, link.other_id): link for link in iter_links(around[0], followers, every)}
        changed |= _keep_links(conn, day, links)
        told.pop(day - timedelta(days=WINDOW_DAYS), None)
    _regroup(conn, changed)


def _told(conn: Connection, day: date) -> list[Told]:
    query = select(TextSketch.article_id, TextSketch.words).where(TextSketch.day == day).order_by(TextSketch.article_id)
    return [Told(row.article_id, tuple(row.words.split())) for row in conn.execute(query)]


def _keep_links(conn: Connection, day: date, links: dict[tuple[int, int], Link]) -> set[int]:
    """The day's links are these; returns the articles whose links are not as before."""
    columns = (StoryLink.article_id, StoryLink.other_id, StoryLink.likeness, StoryLink.words)
    old = {(r.article_id, r.other_id): Link(*r) for r in conn.execute(select(*columns).where(StoryLink.day == day))}
    lost = [pair for pair, link in old.items() if links.get(pair) != link]
    new = [link for pair, link in links.items() if old.get(pair) != link]
    for a, b in lost:
        conn.execute(delete(StoryLink).where(StoryLink.article_id == a, StoryLink.other_id == b))
    for link in new:  # an article that moved to another day leaves its link under the old one
        conn.execute(
            delete(StoryLink).where(StoryLink.article_id == link.article_id, StoryLink.other_id == link.other_id)
        )
    if new:
        fields = ("article_id", "other_id", "likeness", "words")
        conn.execute(insert(StoryLink), [{"day": day} | {f: getattr(link, f) for f in fields} for link in new])
    return {id for pair in lost for id in pair} | {id for link in new for id in (link.article_id, link.other_id)}


def _regroup(conn: Connection, changed: set[int]) -> None:
    """Make anew the stories of the `changed` articles and of all that are linked with them, however far."""
    links = _linked(conn, changed)
    touched = sorted(changed | {id for link in links for id in (link.article_id, link.other_id)})
    for some in _chunks(touched):
        stories = list(conn.scalars(select(StoryArticle.story_id).where(StoryArticle.article_id.in_(some)).distinct()))
        conn.execute(delete(StoryArticle).where(StoryArticle.story_id.in_(stories)))
        conn.execute(delete(Story).where(Story.id.in_(stories)))
    about = _abouts(conn, touched)
    of: dict[int, list[Link]] = {}
    for link in links:
        of.setdefault(link.article_id, []).append(link)
    stories_, members = [], []
    for ids in iter_groups(links):
        outlets = {about[id].outlet_id for id in ids}
        if len(outlets) > 1:
            inside = [link for id in ids for link in of.get(id, ()) if link.other_id in ids]
            days = [about[id].day for id in ids]
            stories_.append(
                {
                    "id": ids[0], "first_day": min(days), "last_day": max(days), "articles": len(ids),
                    "outlets": len(outlets), "words": common_words(inside),
                }
            )  # fmt: skip
            members += [{"article_id": id, "story_id": ids[0]} for id in ids]
    if stories_:
        conn.execute(insert(Story), stories_)
        conn.execute(insert(StoryArticle), members)


def _linked(conn: Connection, seeds: set[int]) -> list[Link]:
    """Every link that can be reached from `seeds`."""
    found: dict[tuple[int, int], Link] = {}
    seen, front = set(seeds), sorted(seeds)
    columns = (StoryLink.article_id, StoryLink.other_id, StoryLink.likeness, StoryLink.words)
    while front:
        reached: set[int] = set()
        for some in _chunks(front):
            for side in (StoryLink.article_id, StoryLink.other_id):
                for row in conn.execute(select(*columns).where(side.in_(some))):
                    found[row.article_id, row.other_id] = Link(*row)
                    reached |= {row.article_id, row.other_id}
        front = sorted(reached - seen)
        seen |= reached
    return list(found.values())


def _abouts(conn: Connection, ids: list[int]) -> dict[int, Row[Any]]:
    query = select(Article.id, Article.outlet_id, Article.day)
    rows: list[Row[Any]] = []
    for some in _chunks(ids):
        rows += conn.execute(query.where(Article.id.in_(some)))
    return {row.id: row for row in rows}


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    every = list(ids)
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]
