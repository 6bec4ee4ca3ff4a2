"""The table itself is whole: every row is there, has a check that exists, and the README counts them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.neighbours import neighbours
from tests.faults.table import ROWS, Table, elsewhere, rows

ROOT = Path(__file__).parents[2]


def _marked() -> set[int]:
    here = Path(__file__).parent
    text = "".join(path.read_text("utf-8") for path in here.glob("test_*.py"))
    marks = re.findall(r"mark\.fault\(([\d, ]+)\)", text)
    found = {int(number) for mark in marks for number in mark.split(",")}
    return (
        found
        | {number for one in neighbours() for number in one.rows}
        | {n for some in elsewhere().values() for n in some}
    )


def test_every_row_is_there_once_and_has_a_check() -> None:
    assert [row.number for row in rows()] == list(range(1, 85))
    assert _marked() == set(range(1, 85))
    assert {int(number) for number in ROWS["not_provoked"]} <= set(range(1, 85))


@pytest.mark.parametrize("test", elsewhere())
def test_a_check_in_another_room_exists(test: str) -> None:
    path, _, name = test.partition("::")
    assert (ROOT / path).is_file()
    assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8")


def test_a_failing_check_fails_its_row() -> None:
    table = Table()
    assert table.verdict(1) == "NONE" and not table.fine
    table.passed[1] += 1
    assert table.verdict(1) == "pass"
    table.failed[1].append("a test")
    assert table.verdict(1) == "FAIL"
    assert any("FAILED a test" in line for line in table.lines())


def test_the_readme_counts_the_rows() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"table of {len(list(rows()))} faults" in readme
