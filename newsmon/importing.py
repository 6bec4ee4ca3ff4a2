"""Saved pages and WARC files, through the steps of a crawl, into the database."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsmon.backfill import Backfill
from newsmon.clock import now_utc
from newsmon.errors import ConfigurationError, PageError
from newsmon.follow_up import FollowUp, follow_up
from newsmon.items import Article, DateHabits, Page
from newsmon.learning import learn_dates
from newsmon.net.archive import LONGEST_PAGE, answer_page
from newsmon.net.captures import Place
from newsmon.net.warc_records import TornFileError, open_warc, whole_records
from newsmon.outlets import Declaration, undeclared
from newsmon.page.article import find_address
from newsmon.page.reading import read_whole
from newsmon.registry import all_declarations, declaration_for, find_declaration
from newsmon.running import BATCH, Run
from newsmon.store import frontier, habits
from newsmon.store.runs import FetchRow


@dataclass(slots=True, kw_only=True)
class Order:
    """What to bring in. `url`, `outlet` and `fetched_at` speak of every saved page; a WARC knows its own."""

    files: Sequence[Path]
    url: str | None = None
    outlet: str | None = None
    fetched_at: datetime | None = None
    """Default: the time at which the file was last written."""
    only_declared: bool = False
    """WARC files, of which the articles of declared outlets are taken; an import that was killed goes on."""
    again: bool = False
    """Read what is known to be done, too."""
    arguments: str = ""
    join: int | None = None
    """A run of another process to take part in."""


def import_files(
    order: Order,
    *,
    watch: Callable[[int], None] = lambda done: None,
    watch_file: Callable[[Path, Place], None] = lambda file, place: None,
) -> tuple[Run, FollowUp, int]:
    """Bring `order.files` in: the run, what came after its articles, and its exit code.

    `watch(pages done)` is called after each page, `watch_file` now and then while a backfill reads.
    Raises: ConfigurationError, DatabaseError.
    """
    named = find_declaration(order.outlet) if order.outlet else None
    check_files(order)
    run = Run(kind="import", arguments=order.arguments, join=order.join)
    try:
        if order.only_declared:
            pages = Backfill(run, again=order.again, watch=watch_file).pages(order.files)
        else:
            pages = _pages(order, run)
        Importer(run, named, watch).bring_in(pages)
        after = follow_up(run)
    finally:
        code = run.finish()
    return run, after, code


def check_files(order: Order) -> None:
    """Raises: ConfigurationError for what is not there, or not what it should be."""
    for file in order.files:
        if not file.is_file():
            raise ConfigurationError(f"{file}: no such file; name a saved page or a WARC file")
        if file.name.lower().endswith((".warc", ".warc.gz")) and not _is_warc(file):
            raise ConfigurationError(f"{file}: no WARC file, for all its name; is it whole, was it downloaded?")
        if order.only_declared and not _is_warc(file):
            raise ConfigurationError(f"{file}: no WARC file; --only-declared takes WARC files alone")


AHEAD = 16
"""Pages that each worker has before it: it cleans on while a batch is stored."""


@dataclass(frozen=True, slots=True)
class _Outlet:
    """An outlet of which an article came in."""

    id: int
    tz: ZoneInfo


class Importer:
    """Keeps every core cleaning, and stores in the order of the files."""

    def __init__(self, run: Run, named: Declaration | None, watch: Callable[[int], None]) -> None:
        self._run = run
        self._named = named
        self._watch = watch
        self._habits: dict[str, DateHabits] = {}
        self._outlets: dict[str, _Outlet] = {}
        self._batch: list[Article] = []
        self._done = 0

    def bring_in(self, pages: Iterable[Page | Callable[[], None]]) -> None:
        """Read, date, attribute, label and store `pages`; one that fails costs itself alone.

        A callable among them is called once all that came before it is stored.
        """
        waiting: deque[tuple[Page, Declaration, Any] | Callable[[], None]] = deque()
        for page in pages:
            while waiting and (callable(waiting[0]) or len(waiting) > AHEAD * self._run.workers.count):
                self._take_next(waiting)
            if callable(page):
                waiting.append(page)
                continue
            declaration = self._declaration(page)
            if declaration is None or not _is_wanted(page, declaration):
                self._run.tally(page.outlet or "-").counts["skipped"] += 1
                continue
            page.outlet = declaration.slug
            reading = self._run.workers.submit(read_whole, page, declaration, self._habits_of(declaration.slug))
            waiting.append((page, declaration, reading))
        while waiting:
            self._take_next(waiting)
        self._store()
        self._learn()

    def _take_next(self, waiting: deque[tuple[Page, Declaration, Any] | Callable[[], None]]) -> None:
        first = waiting.popleft()
        if callable(first):
            self._store()
            first()
        else:
            self._take(*first)

    def _declaration(self, page: Page) -> Declaration | None:
        if self._named:
            return self._named
        if page.url.startswith("urn:"):
            raise ConfigurationError(
                f"{page.headers['x-file']}: it does not say where it is from; add --outlet SLUG or --url URL"
            )
        if page.outlet in all_declarations():
            return find_declaration(page.outlet)
        return declaration_for(page.url) or (
            None if page.headers.get("x-warc") else undeclared(page.url, prefix="site")
        )

    def _take(self, page: Page, declaration: Declaration, future: Any) -> None:
        tally = self._run.tally(declaration.slug)
        tally.fetched += 1
        try:
            article: Article = future.result()
        except PageError as e:
            self._refuse(page, e)
        except Exception as e:
            self._refuse(page, self._run.workers.failure(e))
        else:
            self._sync(declaration)
            self._batch.append(self._run.live.label(article))
            if len(self._batch) >= BATCH:
                self._store()
        self._done += 1
        self._watch(self._done)

    def _habits_of(self, slug: str) -> DateHabits:
        if slug not in self._habits:
            self._habits[slug] = self._run.write_now(habits.habits_of, slug)
        return self._habits[slug]

    def _sync(self, declaration: Declaration) -> None:
        if declaration.slug not in self._outlets:
            outlet_id = self._run.write_now(frontier.sync_outlet, declaration)
            self._outlets[declaration.slug] = _Outlet(outlet_id, declaration.tz)

    def _learn(self) -> None:
        """What the articles that came in teach of their outlets' dates holds from the next run on."""
        for slug, known in self._outlets.items():
            if self._run.tally(slug).stored:
                self._run.write_now(learn_dates, known.id, tz=known.tz, now=now_utc())

    def _refuse(self, page: Page, error: PageError) -> None:
        self._run.tally(page.outlet).refuse(error.reason, f"{page.headers.get('x-file', page.url)}: {error}")
        self._log(page.outlet, page.url, "partial", error.reason, len(page.body))

    def _store(self) -> None:
        batch, self._batch = self._batch, []
        if not batch:
            return
        for article, saved in zip(batch, self._run.save_now(batch), strict=True):
            self._run.tally(article.outlet).count_saved(saved)
            refused = saved.change in ("thin", "rejected")
            self._log(article.outlet, article.url, "partial" if refused else "ok", saved.reason if refused else None, 0)
        self._run.write_log_now()

    def _log(self, slug: str, url: str, outcome: Any, reason: str | None, size: int) -> None:
        self._run.log(
            FetchRow(
                slug=slug, url=url, at=now_utc(), outcome=outcome, reason=reason,
                status=200, bytes=size, elapsed_ms=0, tries=1,
            )
        )  # fmt: skip


def _is_wanted(page: Page, declaration: Declaration) -> bool:
    """A record of a WARC may be a home page or a picture: only addresses of articles are read."""
    if not page.headers.get("x-warc") or not declaration.article_re:
        return True
    return bool(re.search(declaration.article_re, page.url))


def _pages(order: Order, run: Run) -> Iterator[Page]:
    for file in order.files:
        if _is_warc(file):
            try:
                yield from warc_pages(file)
            except TornFileError as e:
                run.tally("-").refuse("torn", str(e))
        else:
            yield saved_page(file, url=order.url, fetched_at=order.fetched_at)


def _is_warc(file: Path) -> bool:
    with file.open("rb") as f:
        start = f.read(8)
    if start[:2] == b"\x1f\x8b":
        with gzip.open(file) as f:
            try:
                start = f.read(8)
            except (OSError, EOFError, zlib.error):
                return False
    return start.startswith(b"WARC/")


def saved_page(file: Path, *, url: str | None, fetched_at: datetime | None) -> Page:
    """A page saved as HTML or as plain text. Its address: `url`, what the page says of itself, or a hash of it."""
    with file.open("rb") as f:
        body = f.read(LONGEST_PAGE + 1)
    address = url or find_address(body) or f"urn:sha256:{hashlib.sha256(body).hexdigest()}"
    return Page(
        outlet="",
        url=address,
        final_url=address,
        body=body,
        fetched_at=fetched_at or datetime.fromtimestamp(file.stat().st_mtime, UTC),
        headers={"x-file": str(file)},
    )


def warc_pages(file: Path) -> Iterator[Page]:
    """The HTML answers of a WARC file; the capture's date is their fetched_at. A torn last record is left out.

    Raises: TornFileError at the end of a file that has one.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count, whole = whole_records(file)
    with open_warc(file) as stream:
        try:
            for record in islice(ArchiveIterator(stream), count):
                if page := _record_page(record, file):
                    yield page
        except (ArchiveLoadFailed, EOFError, OSError):
            whole = False
    if not whole:
        raise TornFileError(file)


def _record_page(record: Any, file: Path) -> Page | None:
    page = answer_page(record)
    if page is not None:
        page.headers |= {"x-warc": file.name, "x-file": f"{file}: {page.final_url}"}
    return page
