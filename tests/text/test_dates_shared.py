"""The gold set and the strings of real pages that lie beside the checkout."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newsmon.text.dates import read_date

DATA = Path(__file__).parents[2] / "../shared/data"
MONTREAL = ZoneInfo("America/Toronto")


def rows(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"no {name} in a folder `shared/data` beside the checkout")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def test_the_open_half_of_the_gold_set() -> None:
    wrong = []
    for row in rows("dates_open.jsonl"):
        tz = ZoneInfo(row["tz"])
        reading = read_date(row["text"], now=datetime.fromisoformat(row["now"]), tz=tz)
        want = datetime.fromisoformat(row["expect"]) if row["expect"] else None
        until = datetime.fromisoformat(row["expect_end"]) if row.get("expect_end") else None
        told = (reading.value, reading.precision, reading.until)
        if want and reading.value and row["kind"] == "relative" and row["precision"] in ("day", "month"):
            same = (reading.value.astimezone(tz).date(), reading.precision) == (want.date(), row["precision"])
        else:
            same = told == (want, row["precision"], until)
        if not same:
            wrong.append((row["id"], row["text"], row["expect"], told))
    assert wrong == []


def test_strings_of_real_pages() -> None:
    """Whole dates are read; slots, fragments and all that is not a date are refused or read as far as they go."""
    now = datetime(2026, 1, 1, tzinfo=MONTREAL)
    seen = {row["text"]: read_date(row["text"], now=now, tz=MONTREAL) for row in rows("real_strings.jsonl")}
    for row in rows("real_strings.jsonl"):
        reading = seen[row["text"]]
        bare_time = "h" in row["text"][:3]
        if row["kind"] == "date":
            assert (reading.value is None) == bare_time, row["text"]
        elif "il y a" not in row["text"]:
            assert reading.value is None, row["text"]
