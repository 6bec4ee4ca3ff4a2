"""Past captures of the declared outlets, out of WARC files such as Common Crawl's CC-NEWS.

Most records are of other sites: an address is looked at before its record is parsed. How far each file has come is in
the database; killed and called again, an import goes on there.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from newsmon.clock import now_utc
from newsmon.errors import ConfigurationError
from newsmon.items import Page
from newsmon.net.captures import Place, read_captures
from newsmon.net.warc_records import TornFileError
from newsmon.outlets import Declaration
from newsmon.registry import all_declarations
from newsmon.running import Run
from newsmon.store import imports

NOTE_S, NOTE_PAGES = 5.0, 500
"""Between two notes of how far a file has come."""
HOSTS = 200_000
"""Host names whose outlet is remembered."""


class Sieve:
    """Tells at once whether an address is an article's of a declared outlet."""

    def __init__(self) -> None:
        self._hosts: dict[str, Declaration | None] = {}
        self._domains: dict[str, Declaration] = {}
        self._patterns: dict[str, re.Pattern[str] | None] = {}
        for slug, declaration in all_declarations().items():
            self._patterns[slug] = re.compile(declaration.article_re) if declaration.article_re else None
            for domain in declaration.allowed_domains or (declaration.outlet.domain,):
                if domain:  # an outlet need not have a home
                    self._domains.setdefault(domain, declaration)

    def is_wanted(self, url: str) -> bool:
        return self.find(url) is not None

    def find(self, url: str) -> Declaration | None:
        """The outlet whose article it is; None for every other address."""
        host = url.partition("://")[2].partition("/")[0]
        try:
            declaration = self._hosts[host]
        except KeyError:
            declaration = self._remember(host)
        if declaration is None:
            return None
        pattern = self._patterns.get(declaration.slug)
        if pattern:
            return declaration if pattern.search(url.strip("<>")) else None
        return declaration if urlsplit(url.strip("<>")).path.strip("/") else None

    def _remember(self, host: str) -> Declaration | None:
        """The outlet with the longest domain that the host is on, as newsmon.registry has it, but at once."""
        if len(self._hosts) >= HOSTS:
            self._hosts.clear()
        name = host.rpartition("@")[2].partition(":")[0].rstrip(">").lower()
        while name and name not in self._domains:
            name = name.partition(".")[2]
        self._hosts[host] = self._domains.get(name)
        return self._hosts[host]


class Backfill:
    """Reads one file after the other, with notes in the stream of how far it has come."""

    def __init__(self, run: Run, *, again: bool, watch: Callable[[Path, Place], None]) -> None:
        self._run = run
        self._again = again
        self._watch = watch
        self._sieve = Sieve()
        self._declarations = list(all_declarations().values())

    def pages(self, files: Iterable[Path]) -> Iterator[Page | Callable[[], None]]:
        """The wanted captures; a callable among them is to be called once all before it is stored.

        Raises: ConfigurationError for a file that cannot be read.
        """
        for file in files:
            try:
                key = imports.file_key(file, self._declarations)
                known = None if self._again else self._run.write_now(imports.find_progress, key)
                if known and known.is_finished:
                    self._run.tally("-").counts["files_known"] += 1
                    continue
                yield from self._file(file, key, Place(known.offset_bytes, known.records) if known else Place())
            except OSError as e:
                raise ConfigurationError(f"{file}: {e.strerror or e}; name a WARC file that can be read") from None

    def _file(self, file: Path, key: str, place: Place) -> Iterator[Page | Callable[[], None]]:
        before, noted, pages = place.records, time.monotonic(), 0
        for page in self._captures(file, place):
            if pages >= NOTE_PAGES or time.monotonic() - noted > NOTE_S:
                # Up to the record that is in hand, and without it.
                yield partial(self._note, key, file, place.offset, place.records - 1, False)
                noted, pages = time.monotonic(), 0
            if page and (declaration := self._sieve.find(page.url)):
                pages += 1
                page.outlet = declaration.slug
                page.headers |= {"x-warc": file.name, "x-file": f"{file}: {page.url}"}
                yield page
            self._watch(file, place)
        self._run.tally("-").counts["records"] += place.records - before
        yield partial(self._note, key, file, place.offset, place.records, True)

    def _captures(self, file: Path, place: Place) -> Iterator[Page | None]:
        try:
            yield from read_captures(file, place, self._sieve.is_wanted)
        except TornFileError as e:
            self._run.tally("-").refuse("torn", str(e))

    def _note(self, key: str, file: Path, offset: int, records: int, finished: bool) -> None:
        self._run.write_now(
            imports.keep_progress, key, file, offset=offset, records=records, run_id=self._run.run_id, now=now_utc(),
            finished=finished,
        )  # fmt: skip
