"""What is due: listings to ask, articles to look at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from sqlalchemy import Connection, or_, select, update

from newsmon.items import ListingKind, Outcome
from newsmon.outlets import Declaration
from newsmon.store.engine import insert
from newsmon.store.events import mark_gone, mark_moved, mark_restored
from newsmon.store.identity import other_address
from newsmon.store.ladder import next_visit
from newsmon.store.links import count_pending
from newsmon.store.models import Article, Feed, Outlet

SHORTEST, FIRST, LONGEST = timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=24)
"""Between two polls of one listing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A listing that is due, and what makes asking it cheap."""

    id: int
    url: str
    kind: ListingKind
    etag: str | None
    last_modified: str | None
    body_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """An article that is due for another look."""

    article_id: int
    url: str
    etag: str | None
    last_modified: str | None


def sync_outlet(conn: Connection, declaration: Declaration) -> int:
    """Write what is declared of an outlet and of its listings; returns its id."""
    outlet = declaration.outlet
    columns = {
        "name": outlet.name,
        "home": outlet.home or None,
        "owner": outlet.owner or None,
        "region": outlet.region,
        "timezone": outlet.timezone,
        "language": outlet.language,
        "active": True,
    }
    query = select(Outlet.id, *(getattr(Outlet, name) for name in columns)).where(Outlet.slug == declaration.slug)
    known = conn.execute(query).first()
    if known is None:
        conn.execute(insert(conn, Outlet).values(slug=declaration.slug, **columns).on_conflict_do_nothing())
        known = conn.execute(query).one()
    outlet_id = int(known.id)
    if tuple(known[1:]) != tuple(columns.values()):
        conn.execute(update(Outlet).where(Outlet.id == outlet_id).values(**columns))
    _sync_feeds(conn, outlet_id, declaration)
    return outlet_id


def _sync_feeds(conn: Connection, outlet_id: int, declaration: Declaration) -> None:
    known = set(conn.scalars(select(Feed.url).where(Feed.outlet_id == outlet_id)))
    declared = {source.url: source.kind for source in declaration.sources}
    new = [{"outlet_id": outlet_id, "url": u, "kind": k} for u, k in declared.items() if u not in known]
    if new:
        conn.execute(insert(conn, Feed).on_conflict_do_nothing(), new)
    active = Feed.url.in_(list(declared))
    conn.execute(update(Feed).where(Feed.outlet_id == outlet_id, Feed.active != active).values(active=active))


def due_feeds(conn: Connection, outlet_id: int, *, now: datetime, everything: bool = False) -> list[FeedState]:
    """The listings to ask now; with `everything` those that are not due too, but for those under Retry-After."""
    query = select(Feed).where(
        Feed.outlet_id == outlet_id, Feed.active, or_(Feed.not_before.is_(None), Feed.not_before <= now)
    )
    if not everything:
        query = query.where(or_(Feed.next_poll_at.is_(None), Feed.next_poll_at <= now))
    return [
        FeedState(
            id=row.id,
            url=row.url,
            kind=row.kind,
            etag=row.etag,
            last_modified=row.last_modified,
            body_sha256=row.body_sha256,
        )
        for row in conn.execute(query.order_by(Feed.id))
    ]


def is_paused(conn: Connection, outlet_id: int, *, now: datetime) -> bool:
    """Whether the site asked to be left alone until later than `now`."""
    return bool(conn.scalar(select(Outlet.id).where(Outlet.id == outlet_id, Outlet.not_before > now)))


def due_outlets(conn: Connection, declarations: Sequence[Declaration], *, now: datetime) -> set[str]:
    """The slugs of those where a visit would ask anything; all of them are written as they are declared."""
    # In one order, so that two runs never wait for each other.
    ids = {one.slug: sync_outlet(conn, one) for one in sorted(declarations, key=attrgetter("slug"))}
    return {slug for slug, outlet_id in ids.items() if is_due(conn, outlet_id, now=now)}


def is_due(conn: Connection, outlet_id: int, *, now: datetime) -> bool:
    """Whether a visit would ask anything."""
    return not is_paused(conn, outlet_id, now=now) and bool(
        due_feeds(conn, outlet_id, now=now)
        or count_pending(conn, outlet_id, now=now)
        or due_revisits(conn, outlet_id, now=now, limit=1)
    )


def save_poll(
    conn: Connection,
    feed_id: int,
    *,
    now: datetime,
    outcome: Outcome,
    etag: str | None = None,
    last_modified: str | None = None,
    body_sha256: str | None = None,
    links: int = 0,
    new_links: int = 0,
    not_before: datetime | None = None,
) -> None:
    """What a poll told of a listing, and when it is asked next."""
    row = conn.execute(select(Feed).where(Feed.id == feed_id)).one()
    values: dict[str, object] = {"polled_at": now, "not_before": not_before}
    if outcome in ("failed", "blocked"):
        values["fail_streak"] = row.fail_streak + 1
        interval = min(FIRST * 2 ** min(row.fail_streak, 10), LONGEST)
    else:
        values["fail_streak"] = 0
        interval = timedelta(seconds=row.interval_s)
        if row.polled_at is not None:
            # At the first poll everything is new, which tells nothing of the listing's pace.
            interval = next_interval(interval, links=links, new_links=new_links)
        values["interval_s"] = int(interval.total_seconds())
    if outcome in ("ok", "partial"):
        values |= {"etag": etag, "last_modified": last_modified, "body_sha256": body_sha256}
        if new_links:
            values["changed_at"] = now
    values["next_poll_at"] = max(now + interval, not_before or now)
    conn.execute(update(Feed).where(Feed.id == feed_id).values(**values))


def next_interval(interval: timedelta, *, links: int, new_links: int) -> timedelta:
    """Longer where a poll brought nothing, shorter where it brought much: a listing must not overflow.

    Where all was new, some may have gone by unseen. Where little was, a listing that is asked less often than a new
    one comes back towards that pace: about every second poll then brings something.
    """
    if not new_links:
        interval = interval * 3 / 2
    elif new_links >= links:
        interval = interval / 4
    elif new_links * 3 > links:
        interval = interval / 2
    elif interval > FIRST:
        interval = max(interval * 2 / 3, FIRST)
    return min(max(interval, SHORTEST), LONGEST)


def pause_outlet(conn: Connection, outlet_id: int, until: datetime) -> None:
    """The site asked to be left alone: its listings and its pages wait, in the next run too."""
    outlet_waits = or_(Outlet.not_before.is_(None), Outlet.not_before < until)
    conn.execute(update(Outlet).where(Outlet.id == outlet_id, outlet_waits).values(not_before=until))
    waits = or_(Feed.not_before.is_(None), Feed.not_before < until)
    conn.execute(update(Feed).where(Feed.outlet_id == outlet_id, waits).values(not_before=until))


# --- articles


def due_revisits(
    conn: Connection, outlet_id: int, *, now: datetime, limit: int, everything: bool = False
) -> list[Revisit]:
    """The articles to look at again, the most overdue first; with `everything` all that are young enough."""
    query = select(Article.id, Article.url, Article.etag, Article.last_modified).where(
        Article.outlet_id == outlet_id, Article.next_visit_at.is_not(None)
    )
    if not everything:
        query = query.where(Article.next_visit_at <= now)
    return [
        Revisit(article_id=row.id, url=row.url, etag=row.etag, last_modified=row.last_modified)
        for row in conn.execute(query.order_by(Article.next_visit_at).limit(limit))
    ]


def mark_seen(conn: Connection, article_id: int, *, now: datetime) -> None:
    """Looked at again, and unchanged."""
    row = conn.execute(select(Article).where(Article.id == article_id)).one()
    mark_restored(conn, article_id, at=now)
    visit = next_visit(row.first_seen_at, row.published_at, now=now)
    conn.execute(update(Article).where(Article.id == article_id).values(last_seen_at=now, next_visit_at=visit))


def mark_missed(
    conn: Connection, article_id: int, *, now: datetime, gone_status: int | None = None, led_to: str | None = None
) -> None:
    """The look failed; with `gone_status` (404, 410, or 301 and where it led) the article is gone, and stays as read.

    An article that was found at another address since is not gone: that is its address from now on.
    """
    row = conn.execute(select(Article).where(Article.id == article_id)).one()
    visit = next_visit(row.first_seen_at, row.published_at, now=now)
    conn.execute(update(Article).where(Article.id == article_id).values(next_visit_at=visit))
    if not gone_status:
        return
    if elsewhere := other_address(conn, article_id, since=row.last_seen_at):
        mark_moved(conn, article_id, at=now, url=elsewhere)
    else:
        mark_gone(conn, article_id, at=now, status=gone_status, url=led_to)
