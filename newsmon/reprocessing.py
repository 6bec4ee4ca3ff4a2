"""The archive read again: every kept page goes through today's cleaner, dates and topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from newsmon import __version__
from newsmon.clock import now_utc
from newsmon.errors import ConfigurationError, PageError
from newsmon.items import Article
from newsmon.net.archive import read_record
from newsmon.outlets import Declaration
from newsmon.page.reading import read_whole
from newsmon.registry import find_declaration
from newsmon.running import BATCH, Run
from newsmon.store import frontier, habits, links, rollups
from newsmon.store.articles import NO_ARTICLE
from newsmon.store.models import Outlet
from newsmon.store.models import Run as RunRow
from newsmon.store.reread import Look, looks, reread
from newsmon.store.storable import storable


@dataclass(slots=True, kw_only=True)
class Order:
    """What to read again."""

    archive: Path
    outlet: str | None = None
    since: date | None = None
    dry_run: bool = False
    """Say what would change, and change nothing: only the run has its row."""

    @property
    def arguments(self) -> str:
        """What makes two orders the same one: a killed one is taken up where it was."""
        parts = [f"--outlet {self.outlet}"] if self.outlet else []
        parts += [f"--since {self.since}"] if self.since else []
        return " ".join(["reprocess", *parts, *(["--dry-run"] if self.dry_run else [])])


@dataclass(slots=True)
class Account:
    """What came of it."""

    pages: int = 0
    changed: int = 0
    fields: dict[str, Counter[str]] = field(default_factory=dict)
    """By outlet: how many pages each field changed on."""
    problems: Counter[str] = field(default_factory=Counter)
    """Pages that cannot be read, by reason; what is stored of them stays."""
    first_problem: str = ""
    resumed: bool = False

    def blame(self, reason: str, where: str) -> None:
        self.problems[reason] += 1
        self.first_problem = self.first_problem or f"{reason}: {where}"


def reprocess(order: Order, *, watch: Callable[[int], None] = lambda done: None) -> tuple[Run, int, Account]:
    """Read the archive again: the run, its exit code and what came of it. Raises: ConfigurationError, DatabaseError."""
    if order.outlet:
        find_declaration(order.outlet)
    if not order.archive.is_dir():
        raise ConfigurationError(f"{order.archive}: no such folder; name the one that `newsmon crawl --archive` wrote")
    run = Run(kind="reprocess", arguments=order.arguments)
    reader = _Reader(run, order, watch)
    try:
        reader.read()
    finally:
        code = run.finish()
    return run, code or int(bool(reader.account.problems)), reader.account


class _Reader:
    def __init__(self, run: Run, order: Order, watch: Callable[[int], None]) -> None:
        self._run = run
        self._order = order
        self._watch = watch
        self._outlets: dict[str, tuple[int, Declaration, Any]] = {}
        self.account = Account()

    def read(self) -> None:
        after = left_at(self._run.engine, self._run.run_id, self._order.arguments)
        self.account.resumed = after > 0
        while batch := self._next(after):
            self._write(batch, [self._read(look) for look in self._submitted(batch)])
            after = batch[-1].archive_id

    def _next(self, after: int) -> list[Look]:
        order = self._order
        return self._run.write_now(looks, after=after, outlet=order.outlet, since=order.since, limit=BATCH)

    def _submitted(self, batch: list[Look]) -> Iterator[tuple[Look, Any]]:
        """Every page of a batch is with the workers before the first is waited for."""
        waiting: list[tuple[Look, Any]] = []
        for look in batch:
            try:
                page = read_record(self._order.archive / look.file, look.offset, look.length)
            except (OSError, ValueError) as e:
                self.account.blame("archive", f"{look.file} at {look.offset}: {e}")
                waiting.append((look, None))
                continue
            page.outlet = look.outlet
            outlet_id, declaration, known = self._outlet(look.outlet)
            said = self._run.write_now(links.link_of, outlet_id, look.url)
            page.link_kind, page.link = said or (None, None)
            waiting.append((look, (page, self._run.workers.submit(read_whole, page, declaration, known))))
        yield from waiting

    def _read(self, submitted: tuple[Look, Any]) -> Article | None:
        look, work = submitted
        self.account.pages += 1
        self._watch(self.account.pages)
        if work is None:
            return None
        try:
            article: Article = work[1].result()
        except PageError as e:
            self.account.blame(e.reason, look.url)
            return None
        except Exception as e:
            self.account.blame(self._run.workers.failure(e).reason, look.url)
            return None
        if article.thin in NO_ARTICLE or not article.body:
            self.account.blame(article.thin or "no_body", look.url)
            return None
        return self._run.live.label(article)

    def _outlet(self, slug: str) -> tuple[int, Declaration, Any]:
        if slug not in self._outlets:
            declaration = find_declaration(slug)
            outlet_id = self._run.write_now(frontier.sync_outlet, declaration)
            self._outlets[slug] = outlet_id, declaration, self._run.write_now(habits.date_habits, outlet_id)
        return self._outlets[slug]

    def _write(self, batch: list[Look], articles: list[Article | None]) -> None:
        """One transaction with the place that was reached: killed after it, the next run begins behind it."""
        said = self._run.write_now(self._write_batch, batch, articles)
        for look, changed in said:
            self.account.changed += 1
            self.account.fields.setdefault(look.outlet, Counter()).update(changed)

    def _write_batch(
        self, conn: Connection, batch: list[Look], articles: list[Article | None]
    ) -> list[tuple[Look, list[str]]]:
        said, days = [], set()
        self._run.keep_labels(conn, (article for article in articles if article is not None))
        rollups.hold_outlets(conn, Outlet.slug.in_({look.outlet for look in batch}))
        scratch = conn.begin_nested()
        for look, article in zip(batch, articles, strict=True):
            if article is not None:
                item = storable(article)
                changed, touched = reread(conn, look.revision_id, item, self._run.live.versions, now=now_utc())
                days |= touched
                if changed:
                    said.append((look, changed))
        rollups.recount(conn, days)
        if self._order.dry_run:
            scratch.rollback()
        else:
            scratch.commit()
        place = {"upto": batch[-1].archive_id}
        conn.execute(update(RunRow).where(RunRow.id == self._run.run_id).values(counts=place))
        return said


def left_at(engine: Engine, run_id: int, arguments: str) -> int:
    """How far the last run of this order came, if it was killed and this is the same program; else 0."""
    query = select(RunRow).where(RunRow.kind == "reprocess", RunRow.arguments == arguments, RunRow.id < run_id)
    with engine.connect() as conn:
        last = conn.execute(query.order_by(RunRow.id.desc()).limit(1)).first()
    if last is None or last.status not in ("died", "stopped") or last.version != __version__:
        return 0
    return int(last.counts.get("upto", 0))
