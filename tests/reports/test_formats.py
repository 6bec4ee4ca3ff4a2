"""Answers as files: what a spreadsheet, a program or a reader of Markdown makes of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest

from newsmon.reports.formats import FORMULA_STARTS, as_bytes, as_csv, as_json, as_markdown, defused
from newsmon.reports.named import Report, find_report
from newsmon.reports.run import Answer, run_report
from tests.reports.payloads import ELEMENTS, FORMULAS
from tests.store.conftest import Store
from tests.store.making import made, match

AT = datetime(2022, 1, 18, 14, 0, 5, 123456, tzinfo=UTC)


def _answer(columns: str, *rows: tuple[Any, ...]) -> Answer:
    names = tuple(columns.split())
    headings = {name: (f"{name} (é)", name) for name in names}
    report = Report(
        name="x", title=("Essai", "Test"), question=("Quoi ?", "What?"), parameters=(), headings=headings, sql=""
    )
    return Answer(report, names, list(rows))


MIXED = _answer(
    "headline n share day seen_at chosen", ("Été à L’Île", 3, -0.5, date(2022, 1, 18), AT, True), (None,) * 6
)


def _cells(text: str, separator: str) -> Iterator[str]:
    """As a spreadsheet that splits at `separator` reads it, whatever the file was written with."""
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        yield from row


@pytest.mark.parametrize("written", [",", ";"])
@pytest.mark.parametrize("read", [",", ";", "\t"])
def test_no_text_is_a_formula_in_any_spreadsheet(written: Any, read: str) -> None:
    answer = _answer("headline outlet", *((f"{payload}", f"x {payload}") for payload in FORMULAS))
    live = [
        c
        for c in _cells(as_csv(answer, "fr", separator=written), read)
        if c.lstrip(" \t\r\n\0")[:1] in set(FORMULA_STARTS)
    ]
    assert live == []


def test_a_formula_is_a_text_with_an_apostrophe_and_other_texts_are_untouched() -> None:
    assert [defused(text) for text in ("=1+1", "  @x", "a;=b", "Sous zéro : -5 °C", "x = y", "1-2", "")] == [
        "'=1+1", "'  @x", "a;'=b", "Sous zéro : -5 °C", "x = y", "1-2", "",
    ]  # fmt: skip


@pytest.mark.parametrize("payload", FORMULAS)
def test_defusing_takes_nothing_away_and_happens_once(payload: str) -> None:
    assert defused(payload).replace("'", "") == payload.replace("'", "")
    assert defused(defused(payload)) == defused(payload)


def test_csv_has_numbers_days_and_accents_as_a_spreadsheet_wants_them() -> None:
    data = as_bytes(MIXED, "csv", "fr")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n") == [
        "headline (é),n (é),share (é),day (é),seen_at (é),chosen (é)",
        "Été à L’Île,3,-0.5,2022-01-18,2022-01-18 14:00:05,oui",
        ",,,,,",
        "",
    ]
    french = as_bytes(MIXED, "csv", "fr", separator=";").decode("utf-8-sig").split("\r\n")
    assert french[1] == "Été à L’Île;3;-0,5;2022-01-18;2022-01-18 14:00:05;oui"


def test_json_and_its_lines_are_unaltered() -> None:
    answer = _answer("headline n", *((payload, 1) for payload in (*FORMULAS, *ELEMENTS)))
    rows = json.loads(as_json(answer))
    assert [row["headline"] for row in rows] == [*FORMULAS, *ELEMENTS]
    lines = as_bytes(answer, "jsonl", "fr").decode().splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert json.loads(as_json(MIXED))[0]["seen_at"] == "2022-01-18T14:00:05.123456+00:00"


def test_an_empty_answer_is_an_empty_file_of_its_form() -> None:
    empty = _answer("headline n")
    assert as_bytes(empty, "jsonl", "fr") == b""
    assert json.loads(as_bytes(empty, "json", "fr")) == []
    assert len(as_bytes(empty, "markdown", "fr").splitlines()) == 2
    assert pq.read_table(io.BytesIO(as_bytes(empty, "parquet", "fr"))).schema.names == ["headline", "n"]


def test_markdown_makes_of_a_stranger_s_text_nothing_but_text() -> None:
    from markdown_it import MarkdownIt

    payloads = (*FORMULAS, *ELEMENTS)
    answer = _answer("headline url", *((payload, "https://essai.example/a_b_c?x=1") for payload in payloads))
    tokens = MarkdownIt("commonmark").enable("table").parse(as_markdown(answer, "fr"))
    inline = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special", "link_open", "link_close"}
    links = {str(child.attrs["href"]) for child in inline if child.type == "link_open"}
    assert links == {"https://essai.example/a_b_c?x=1"}
    assert sum(token.type == "tr_open" for token in tokens) == len(payloads) + 1
    assert sum(token.type == "td_open" for token in tokens) == 2 * len(payloads)


def test_parquet_has_the_types_that_the_views_promise() -> None:
    table = pq.read_table(io.BytesIO(as_bytes(MIXED, "parquet", "en")))
    assert [str(field.type) for field in table.schema] == [
        "string", "int64", "double", "date32[day]", "timestamp[us, tz=UTC]", "bool",
    ]  # fmt: skip
    assert table.to_pylist()[0] == dict(zip(MIXED.columns, MIXED.rows[0], strict=True))
    assert table.schema.metadata[b"title"] == b"Test" and table.schema.metadata[b"n"] == b"n"


def test_parquet_takes_a_name_that_a_user_s_report_gives_to_something_else() -> None:
    odd = _answer("day n reason score", ("lundi", "beaucoup", None, Decimal("1.5")))
    table = pq.read_table(io.BytesIO(as_bytes(odd, "parquet", "fr")))
    assert table.to_pylist() == [{"day": "lundi", "n": "beaucoup", "reason": None, "score": 1.5}]


def test_both_engines_give_one_file(store: Store) -> None:
    store.save(made(1, matches=[match()]), made(2, published_at=None, published_source=None, day_basis="clock"))
    answer = run_report(store.engine, find_report("attention"), topic="budgets")
    assert as_csv(answer, "en").splitlines() == [
        'day,outlet,articles,of which about it,of which day uncertain,outlet\'s output,"share, %"',
        "2022-01-17,essai,1,1,0,2,50.0",
    ]
    assert json.loads(as_json(answer)) == [
        {"day": "2022-01-17", "outlet": "essai", "n": 1, "n_primary": 1, "n_undated": 0, "outlet_n": 2, "share": 50.0}
    ]
