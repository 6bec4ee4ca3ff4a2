"""The table of faults, and what came of each row: `python -m tests.faults`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROWS = tomllib.loads(Path(__file__).with_name("rows.toml").read_text("utf-8"))
SECTIONS = "ABCDEFG"


@dataclass(frozen=True)
class Row:
    number: int
    section: str
    fault: str
    expected: str
    way: str
    not_provoked: str | None
    """What of it no machine of ours shows, and why."""


def rows() -> Iterator[Row]:
    for section in SECTIONS:
        for number, fault, expected, way in ROWS[section]["rows"]:
            yield Row(number, section, fault, expected, way, ROWS["not_provoked"].get(str(number)))


def elsewhere() -> dict[str, set[int]]:
    """Test (or file of tests) to the rows that it checks."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, tests in ROWS["elsewhere"].items():
        for test in tests:
            found[test].add(int(number))
    return found


def rows_of(item: pytest.Item) -> set[int]:
    """The rows that a test checks."""
    numbers = {number for mark in item.iter_markers("fault") for number in mark.args}
    name = item.nodeid.partition("[")[0]
    known = elsewhere()
    return numbers | known.get(name, set()) | known.get(name.partition("::")[0], set())


class Table:
    """A pytest plugin: keeps the tests of the table, and what came of each row."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = {}
        self.passed: dict[int, int] = defaultdict(int)
        self.failed: dict[int, list[str]] = defaultdict(list)
        self.skipped: dict[int, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        for item in items:
            self._rows[item.nodeid] = rows_of(item)
        config.hook.pytest_deselected(items=[item for item in items if not self._rows[item.nodeid]])
        items[:] = [item for item in items if self._rows[item.nodeid]]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for number in self._rows.get(report.nodeid, ()):
            if report.failed:
                self.failed[number].append(report.nodeid)
            elif report.skipped:
                why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
                self.skipped[number].append(why)
            elif report.when == "call":
                self.passed[number] += 1

    def lines(self) -> Iterator[str]:
        """A line for each row, then the count."""
        for row in rows():
            if row.section != getattr(self, "_section", None):
                self._section = row.section
                yield f"\n{row.section}. {ROWS[row.section]['title']}"
            yield f"{row.number:3} {self.verdict(row.number):4} {self.passed[row.number]:3} checks  {row.fault}"
            yield f"{'':20}-> {row.expected}"
            for test in dict.fromkeys(self.failed[row.number]):
                yield f"{'':20}FAILED {test}"
            for why in dict.fromkeys(self.skipped[row.number]):
                yield f"{'':20}skipped: {why}"
            if row.not_provoked:
                yield f"{'':20}not provoked here: {row.not_provoked}"
        verdicts = [self.verdict(row.number) for row in rows()]
        yield f"\n{verdicts.count('pass')} of {len(verdicts)} rows pass"

    def verdict(self, number: int) -> str:
        if self.failed[number]:
            return "FAIL"
        return "pass" if self.passed[number] else "NONE"

    @property
    def fine(self) -> bool:
        return all(self.verdict(row.number) == "pass" for row in rows())
