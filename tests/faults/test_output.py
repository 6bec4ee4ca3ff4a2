"""What is printed, logged or asked: nothing that a stranger wrote steers a terminal, breaks a line or reaches SQL."""

from __future__ import annotations

import io
import logging
import unicodedata

import pytest
from sqlalchemy import Engine

from newsmon.logs import OneLine, tame, visible
from newsmon.net.outcomes import FetchFailure
from newsmon.reports.named import find_report
from newsmon.reports.output import as_table, cell
from newsmon.reports.run import run_report
from newsmon.text.clean import clean_line
from tests.store.conftest import Store
from tests.store.making import made

STEERING = [
    "\x1b]0;possédé\x07",
    "\x1b[2J\x1b[1;1H",
    "a\nnewsmon: tout va bien",
    "a\r\nb",
    "\x9b31m",
    "\u202egnirts\u202c",
    "a\u2028b",
    "\x00",
]


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def _is_plain(text: str) -> bool:
    return not any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in text) and "\u202e" not in text


@pytest.mark.fault(72)
@pytest.mark.parametrize("text", STEERING)
def test_a_log_line_is_one_line_and_plain(text: str) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    tame([handler], form="%(levelname)s: %(message)s", dates="")
    handler.emit(logging.makeLogRecord({"levelname": "WARNING", "msg": "page %s", "args": (text,)}))
    assert _is_plain(out.getvalue().removesuffix("\n"))
    assert visible("Été à Saint-Jérôme – « oui »") == "Été à Saint-Jérôme – « oui »"


@pytest.mark.fault(72)
def test_a_traceback_keeps_its_lines_and_nothing_else() -> None:
    try:
        raise ValueError("un\x1b[2Jdeux")
    except ValueError as e:
        shown = OneLine("%(message)s").format(
            logging.makeLogRecord({"msg": "x", "exc_info": (type(e), e, e.__traceback__)})
        )
    assert "\x1b" not in shown and shown.count("\n") > 2


@pytest.mark.fault(72)
@pytest.mark.parametrize("text", STEERING)
def test_what_a_server_said_is_one_plain_line(text: str) -> None:
    assert _is_plain(FetchFailure("failed", "bad_http", text).detail.replace("\u202e", ""))


@pytest.mark.fault(72, 73)
@pytest.mark.parametrize("text", [*STEERING, "z\u200b\u200d\u2066w", "﷽" * 50, "Z̴̡̛͎͓͖͚͍͎̲̓̃̽͌̕͠" * 20])
def test_a_headline_keeps_to_its_line_of_a_table(store: Store, text: str) -> None:
    store.save(made(headline=f"Conseil {text}"))
    answer = run_report(store.engine, find_report("articles", None))
    table = as_table(answer, "fr", width=None)
    assert len(table.splitlines()) == 2
    assert _is_plain(table.replace("\n", ""))
    assert cell(f"a{text}b", "fr").startswith("a")
    assert clean_line(text) == clean_line(clean_line(text))


@pytest.mark.fault(70)
@pytest.mark.parametrize(
    "text", ["'; DROP TABLE article; --", "%' OR '1'='1", "a_b%c", "\\'; SELECT 1", '"; --', "{0}", ":topic", "$1"]
)
def test_sql_in_a_text_is_a_text(store: Store, text: str) -> None:
    store.save(made(headline=text))
    assert store.rows("select headline from v_article where headline = :text", text=clean_line(text)) == [
        (clean_line(text),)
    ]
    assert store.rows("select count(*) from article") == [(1,)]
