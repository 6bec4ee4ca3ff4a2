"""How an import goes, on a terminal: a bar per file that is read, records and articles a second."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from newsmon.net.captures import Place

EVERY_S = 0.25


class ImportProgress:
    """Bytes done of all files, and what they bring."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._sizes = {file: file.stat().st_size for file in files}
        self._before: dict[Path, int] = {}
        self._records: dict[Path, tuple[int, int]] = {}
        self._pages = 0
        self._began = time.monotonic()
        self._shown = 0.0
        columns = (
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
        )  # fmt: skip
        self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bars.add_task("", total=sum(self._sizes.values()), note="")

    def __enter__(self) -> ImportProgress:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def page(self, done: int) -> None:
        self._pages = done
        self._show("")

    def file(self, file: Path, place: Place) -> None:
        for earlier in self._sizes:
            if earlier == file:
                break
            self._before[earlier] = self._sizes[earlier]
        self._before[file] = place.offset
        first, _ = self._records.get(file, (place.records, 0))
        self._records[file] = first, place.records
        self._show(file.name)

    def whole(self, file: Path, *, records: int, pages: int) -> None:
        """A file that a worker of a cluster has done; `records` and `pages` are of all of them."""
        self._before[file] = self._sizes[file]
        self._records = {file: (0, records)}
        self._pages, self._shown = pages, 0.0
        self._show(file.name)

    def _show(self, name: str) -> None:
        now = time.monotonic()
        if now - self._shown < EVERY_S:
            return
        self._shown, seconds = now, max(now - self._began, 0.001)
        records = sum(last - first for first, last in self._records.values())
        note = f"{records / seconds:,.0f} records/s, {self._pages / seconds:,.1f} pages/s, {self._pages:,} pages"
        self._bars.update(self._task, completed=sum(self._before.values()), note=note)
        if name:
            self._bars.update(self._task, description=name)
