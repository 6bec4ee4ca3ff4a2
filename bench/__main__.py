"""Everything that is measured, one bench after the other, and one table of it: `make bench`, `make soak`.

`python -m bench` runs every module but the long ones and writes RESULTS.md, anew after each of them; names run those,
and the rows of the others stay, with their day. `--long` runs the long ones alone. Exit 1 when a bound is not held or a
module failed.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench._rows import VARIABLE, Row, read_rows

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
LIBRARIES = ("scrapy", "sqlalchemy", "lxml", "psycopg", "fastwarc", "distributed")
FIRST = ("crawl", "backfill", "pages", "store", "rescan", "page", "dates", "topics")
"""The order of the table: what is asked for most comes first, the others by name. Whatever ends it, these are there."""
SIZES = {"rescan": ("100000", "--kills", "0"), "stories": ("20000",)}
"""What a module is called with, so that all of them take less than half an hour on two cores."""
LONG_SIZES = {"rescan": ("--kills-only",)}
"""Modules of both kinds, and what the long ones call them with."""
COLUMNS = ("bench", "what", "unit", "newsmon", "peer", "its figure", "ratio", "bound", "", "measured")


def modules(*, long: bool) -> list[str]:
    """The names of the bench modules, the long ones or the others."""
    paths = [path for path in sorted(HERE.glob("*.py")) if not path.stem.startswith("_")]
    found = [path.stem for path in paths if long == bool(re.search(r"^LONG = True$", path.read_text("utf-8"), re.M))]
    if long:
        return [*found, *LONG_SIZES]
    return sorted(found, key=order)


def tells(name: str) -> bool:
    """Whether a module has rows for the table: another only prints."""
    return "add_row(" in (HERE / f"{name}.py").read_text("utf-8")


def order(name: str) -> tuple[int, str]:
    """What is asked for most comes first."""
    return FIRST.index(name) if name in FIRST else len(FIRST), name


def run(name: str, rows: Path, sizes: Sequence[str] = ()) -> int:
    """One module in a process of its own: what one imports does not weigh on the next."""
    print(f"== bench.{' '.join((name, *sizes))}", flush=True)
    environment = {**os.environ, VARIABLE: str(rows)}
    return subprocess.run([sys.executable, "-m", f"bench.{name}", *sizes], env=environment).returncode


Cells = tuple[str, ...]
"""A line of the table."""


def cells(name: str, row: Row) -> Cells:
    theirs = "" if row.theirs is None else number(row.theirs)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    held, today = "" if row.held else "missed", f"{datetime.now(UTC):%Y-%m-%d}"
    return name, row.what, row.unit, number(row.ours), row.peer, theirs, ratio, bound(row), held, today


def kept(names: Sequence[str]) -> list[Cells]:
    """What the file has of modules other than `names`."""
    lines = (line.strip("|").split("|") for line in _lines(RESULTS) if line.startswith("| "))
    found = [tuple(cell.strip() for cell in line) for line in lines if len(line) == len(COLUMNS)]
    return [line for line in found if line != COLUMNS and line[0] not in names]


def bound(row: Row) -> str:
    parts = (("ratio ≥", row.floor), ("≤", row.at_most), ("≥", row.at_least))
    return ", ".join(f"{sign} {number(value)}" for sign, value in parts if value is not None)


def number(value: float) -> str:
    """Three figures that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(rows: Sequence[Cells]) -> Iterator[str]:
    """Markdown, its columns aligned so that a terminal shows it well."""
    lines = [COLUMNS, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    for i, line in enumerate(lines):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        if i == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def machine() -> str:
    name = next(
        (line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = next((int(line.split()[1]) for line in _lines(Path("/proc/meminfo")) if line.startswith("MemTotal")), 0)
    return f"{os.cpu_count()} × {name}, {memory / 2**20:.0f} GiB, {platform.system()} {platform.release()}"


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def versions() -> str:
    found = [f"newsmon {version('newsmon')}", f"Python {platform.python_version()}"]
    for library in LIBRARIES:
        try:
            found.append(f"{library} {version(library)}")
        except ImportError:
            continue
    return ", ".join(found)


def page(lines: Sequence[str], failed: Sequence[str], missing: Sequence[str]) -> str:
    text = [
        "# What was measured",
        "",
        f"Written by `make bench`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {machine()}.",
        f"{versions()}.",
        "A ratio is 1 for equal and more for better; each comes from one run of its module. README.md says how.",
        "",
        *lines,
        *([f"\nNot measured in full, because the module failed: {', '.join(failed)}."] if failed else []),
        *([f"\nNot measured yet: {', '.join(missing)}."] if missing else []),
    ]
    return "\n".join(text) + "\n"


def write(text: str) -> None:
    """All at once: whenever this is ended, the file is whole."""
    new = RESULTS.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.replace(RESULTS)


def main(arguments: Sequence[str]) -> int:
    long = "--long" in arguments
    names = [a for a in arguments if a != "--long"] or modules(long=long)
    sizes = LONG_SIZES if long else SIZES
    rows: list[Cells] = []
    failed: list[str] = []
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for position, name in enumerate(names, 1):
            file, began = Path(folder) / f"{name}.jsonl", time.monotonic()
            code = run(name, file, sizes.get(name, ()))
            new = read_rows(file)
            rows += [cells(name, row) for row in new]
            missed += sum(not row.held for row in new)
            # A module that tells of a missed bound in its rows has not failed.
            if code and all(row.held for row in new):
                failed.append(name)
            print(f"== bench.{name}: {time.monotonic() - began:.0f} s", flush=True)
            if not long:
                known = [*rows, *kept(names[:position])]
                missing = sorted({*filter(tells, modules(long=False))} - {line[0] for line in known} - {*failed})
                write(page(list(table(sorted(known, key=lambda line: order(line[0])))), failed, missing))
    print("\n" + "\n".join(table(rows)))
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    if not long:
        print(f"\nwritten to {RESULTS.relative_to(HERE.parent)}")
    return int(bool(failed) or missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
