"""The stored articles matched with the versions that wait, then one switch: views never show a half.

Batches of revisions in the order of their ids, each written in one transaction together with how far the versions
have come: killed at any moment, the next rescan goes on there. What is stored meanwhile is matched with the waiting
versions by whoever stores it (newsmon.topics.live).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from newsmon.store.engine import open_engine, transact
from newsmon.store.matches import Rescanned, Text, found, last_revision, texts, write_matches
from newsmon.store.topics import Followed, followed_topics, show, versions_of
from newsmon.topics.definition import Topic
from newsmon.topics.live import Known, runnable
from newsmon.topics.match import Matcher, compile_topics

BATCH = 400
"""Revisions of one transaction."""
FEW = 10 * BATCH
"""Revisions up to which worker processes are not worth their start."""


@dataclass(slots=True)
class Progress:
    """How far a rescan has come: of revision ids, for who waits; and which topics were switched."""

    done: int = 0
    total: int = 0
    waiting: tuple[str, ...] = ()
    """Slugs of the topics whose new version is not shown yet."""
    switched: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is matched, and as what it is kept."""

    topics: tuple[Topic, ...]
    versions: dict[str, int]
    """Slug to version id of those that wait; the others are there for their parts' sake."""


def rescan(
    engine: Engine,
    database: str,
    known: Known,
    *,
    slugs: Iterable[str] = (),
    workers: int | None = None,
    go_on: Callable[[], bool] = lambda: True,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Match the stored articles with the versions that wait (of the families of `slugs`, or all), and show them.

    `database` is the address that `engine` was opened with: worker processes, one for each core if not told
    otherwise, open it for themselves. `go_on` is asked between batches.
    Raises: DatabaseError.
    """
    progress, hands = Progress(), workers or os.cpu_count() or 1
    while True:
        with engine.connect() as conn:
            followed = _wanted(followed_topics(conn), known, set(slugs))
            job, start = _job(conn, followed, known)
            end = last_revision(conn)
        progress.waiting = tuple(t.slug for t in followed if t.pending_id)
        progress.done, progress.total = start, end
        try:
            if not job.versions or not _pass(engine, database, job, progress, hands, go_on, watch):
                return progress
        except BrokenProcessPool:  # one was killed, as for want of memory: this process does the rest by itself
            hands = 1
            continue
        if progress.done >= end:
            progress.switched += transact(engine, show, followed, now=datetime.now(UTC))
            progress.waiting = ()
            return progress
        # Not at the end: a file has changed meanwhile, and other versions wait.


def _wanted(followed: tuple[Followed, ...], known: Known, slugs: set[str]) -> list[Followed]:
    """The topics that wait, of the families of `slugs`: parents and parts are switched together."""
    parents = {topic.slug: topic.parent for topic in known.values()}

    def family(slug: str) -> str:
        while parents.get(slug):
            slug = parents[slug]
        return slug

    families = {family(slug) for slug in slugs}
    return [t for t in followed if t.pending_id and (not slugs or family(t.slug) in families)]


def _job(conn: Connection, wanted: list[Followed], known: Known) -> tuple[_Job, int]:
    """What is to be matched, and the last revision up to which all of it was."""
    targets = {t.target for t in followed_topics(conn) if t.target}
    rows = versions_of(conn, targets)
    topics = {topic.slug: topic for topic in runnable(rows.values(), known).values()}
    versions = {t.slug: t.pending_id for t in wanted if t.pending_id and t.slug in topics}
    needed: dict[str, Topic] = {}
    for slug in versions:
        while slug and slug not in needed:
            needed[slug] = topics[slug]
            slug = topics[slug].parent
    return _Job(tuple(needed.values()), versions), min((rows[id].scanned_to for id in versions.values()), default=0)


def _pass(
    engine: Engine,
    database: str,
    job: _Job,
    progress: Progress,
    workers: int,
    go_on: Callable[[], bool],
    watch: Callable[[Progress], None],
) -> bool:
    """Go through the revisions that are left; False when told to stop."""
    ranges = [(k, min(k + BATCH, progress.total)) for k in range(progress.done, progress.total, BATCH)]
    few = progress.total - progress.done <= FEW or workers < 2
    batches = _here(engine, job, ranges) if few else _by_workers(database, job, ranges, workers)
    try:
        for (_, upto), batch in zip(ranges, batches, strict=False):
            if not go_on():
                return False
            if not transact(engine, write_matches, list(job.versions.values()), batch, upto=upto):
                return True
            progress.done = upto
            watch(progress)
    finally:
        batches.close()
    return True


def _match(matcher: Matcher, versions: dict[str, int], batch: list[Text]) -> list[Rescanned]:
    return [
        Rescanned(
            one.revision_id, one.article_id, one.day,
            [
                found(versions[match.topic], match)
                for match in matcher.match(headline=one.headline, deck=one.deck, body=one.body, day=one.day)
                if match.topic in versions
            ],
        )
        for one in batch
    ]  # fmt: skip


Batches = Generator[list[Rescanned], None, None]
Range = tuple[int, int]


def _here(engine: Engine, job: _Job, ranges: list[Range]) -> Batches:
    matcher = compile_topics(job.topics)
    for after, upto in ranges:
        with engine.connect() as conn:
            batch = texts(conn, after, upto)
        yield _match(matcher, job.versions, batch)


def _by_workers(database: str, job: _Job, ranges: list[Range], workers: int) -> Batches:
    """The same, by processes that read and match while this one writes; a few batches ahead, not all."""
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_prepare, initargs=(database, job, os.getpid())
    )
    waiting: deque[Future[list[Rescanned]]] = deque()
    try:
        for one in ranges:
            waiting.append(pool.submit(_work, *one))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


class _Worker:
    engine: Engine
    matcher: Matcher
    versions: dict[str, int]


def _prepare(database: str, job: _Job, parent: int) -> None:
    # Ctrl-C and SIGTERM reach the whole group; the rescan's own process decides what to finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _Worker.engine = open_engine(database, read_only=True)
    _Worker.matcher, _Worker.versions = compile_topics(job.topics), job.versions


def _end_with(parent: int) -> None:
    """A rescan that was killed leaves no worker behind."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(after: int, upto: int) -> list[Rescanned]:
    with _Worker.engine.connect() as conn:
        batch = texts(conn, after, upto)
    return _match(_Worker.matcher, _Worker.versions, batch)
