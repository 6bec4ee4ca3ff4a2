"""`newsmon report` as a user calls it."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from newsmon.environment import PROJECT_ROOT
from newsmon.reports.named import all_reports
from newsmon.reports.run import run_report
from newsmon.store.models import Base
from newsmon.topics import load_topics
from newsmon.topics.live import sync_files
from tests.reports.conftest import Command
from tests.store.conftest import Store
from tests.store.making import AT, made, match

HEADER = "-- title: Le mien | Mine\n-- question: Combien ? | How many?\n"


@pytest.fixture
def filled(store: Store) -> Store:
    store.save(made(1, matches=[match()]), made(2, published_at=None, published_source=None, day_basis="clock"))
    return store


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "markdown", "parquet"])
def test_data_are_clean_and_the_note_is_beside_them(filled: Store, newsmon: Command, tmp_path: Path, form: str) -> None:
    done = newsmon("report", "articles", "--format", form)
    assert done.code == 0 and done.out
    assert done.err.startswith("articles: Articles sans date de parution connue\u00a0: 1 sur 2 (50\u00a0%)")
    path = tmp_path / "x"
    again = newsmon("report", "articles", "--format", form, "-o", str(path))
    assert (again.out, path.read_bytes()) == (b"", done.out)


def test_a_table_has_the_note_under_it(filled: Store, newsmon: Command) -> None:
    done = newsmon("report", "attention", "--topic", "budgets", "--dated-only")
    assert done.err == ""
    assert done.out.decode().splitlines()[-1].endswith("0 sur 1 (0\u00a0%), rien à signaler.")


def test_parquet_holds_the_rows(filled: Store, newsmon: Command) -> None:
    done = newsmon("report", "articles", "--format", "parquet", "--lang", "en")
    assert [row["outlet"] for row in pq.read_table(io.BytesIO(done.out)).to_pylist()] == ["essai", "essai"]


def test_parquet_without_its_library_is_one_line(
    filled: Store, newsmon: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = newsmon("report", "articles", "--format", "parquet")
    assert (done.code, done.err) == (
        2, "newsmon: --format parquet needs pyarrow; run pip install 'newsmon[parquet]'\n",
    )  # fmt: skip


def test_the_language_may_stand_before_the_name(filled: Store, newsmon: Command) -> None:
    assert newsmon("report", "--lang", "en", "articles").out == newsmon("report", "articles", "--lang", "en").out


def test_a_report_s_help_has_its_question_its_columns_and_no_option_that_it_refuses(newsmon: Command) -> None:
    told = newsmon("report", "undated", "--help").out.decode()
    assert "Which articles have no sure date" in told and "day: not after" in told
    assert "--since" in told and "--topic" not in told and "--dated-only" not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("articles", "--separator", ";"), "--separator is of --format csv"),
        (("articles", "-o", "/nowhere/x.csv"), "cannot be written"),
        (("articles", "--format", "xls"), "parquet"),
        (("articles", "--limit", "3"), "report articles takes no --limit"),
    ],
)
def test_what_cannot_be_asked_is_said(filled: Store, newsmon: Command, arguments: tuple[str, ...], said: str) -> None:
    done = newsmon("report", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_user_s_report_stands_beside_ours_and_may_replace_one(
    filled: Store, newsmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSMON_REPORTS", str(tmp_path))
    sql = "-- parameters: since, limit\nSELECT count(*) AS n FROM v_article WHERE day >= :since LIMIT :limit;\n"
    (tmp_path / "mien.sql").write_text(HEADER + "-- column n: nombre | number\n" + sql)
    (tmp_path / "undated.sql").write_text("\ufeff" + HEADER + sql, "utf-8")
    assert newsmon("report", "mien", "--format", "csv").out.decode("utf-8-sig") == "nombre\r\n2\r\n"
    assert newsmon("report", "undated", "--since", "2030-01-01", "--format", "jsonl").out == b'{"n": 0}\n'
    assert "How many?" in newsmon("report", "--lang", "en").out.decode()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a", "-- title: x\n", "the header has no `-- question:` line"),
        ("a", HEADER + "-- parameters: depuis\nSELECT :depuis", "unknown parameter 'depuis'; there is topic, since"),
        ("a", HEADER + "-- parameters: since\nSELECT 1", "the SQL has no :since"),
        ("a", HEADER + "-- parameters:\nSELECT :since", "does not name 'since'"),
        ("a", HEADER + "-- parameters:\nSELECT 1; SELECT 2", "a.sql: keep one statement"),
        ("page", HEADER + "-- parameters:\nSELECT 1", "`newsmon report page` is taken"),
    ],
)
def test_a_user_s_report_that_is_ill_written_is_named(
    newsmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    monkeypatch.setenv("NEWSMON_REPORTS", str(tmp_path))
    (tmp_path / f"{name}.sql").write_text(text)
    done = newsmon("report", "a" if name == "a" else "articles")
    assert done.code == 2 and len(done.err.splitlines()) == 1
    assert said in done.err


def test_a_user_s_report_that_is_no_text_is_named(
    newsmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSMON_REPORTS", str(tmp_path))
    (tmp_path / "a.sql").write_bytes(b"-- title: \xe9t\xe9\n")
    assert "save it as UTF-8" in newsmon("report", "a").err


def test_every_report_of_ours_answers_on_both_engines_with_the_columns_of_its_header(filled: Store) -> None:
    for report in all_reports():
        named = tuple(report.headings)
        topics = ["budgets"] if "topic" in report.parameters else []
        for topic in [*topics, *([None] if report.any_topic or not topics else [])]:
            assert run_report(filled.engine, report, topic=topic).columns == named, report.name
        assert all(french and english for french, english in report.headings.values())


def test_no_report_of_ours_reads_a_table() -> None:
    """Views are the promise; tables may change."""
    for report in all_reports():
        read = re.findall(r"\b(?:from|join)\s+(\w+)", report.sql, re.IGNORECASE)
        assert read and not set(read) & set(Base.metadata.tables), report.name


def test_the_report_of_the_documents_answers(
    filled: Store, newsmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sql,) = re.findall(r"```sql\n(.*?)```", (PROJECT_ROOT / "docs" / "reports.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "signatures.sql").write_text(sql, "utf-8")
    monkeypatch.setenv("NEWSMON_REPORTS", str(tmp_path))
    done = newsmon("report", "signatures", "--topic", "budgets", "--limit", "1", "--format", "csv")
    assert done.out.decode("utf-8-sig") == "signature,articles\r\nLa Presse Canadienne,1\r\n"


def test_a_topic_that_waits_for_its_first_scan_is_said_and_then_answered(
    store: Store, newsmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(made(1))
    (tmp_path / "mairie.toml").write_text('slug = "mairie"\nname = "Mairie"\nrequire = [["budget"]]\n', "utf-8")
    monkeypatch.setenv("NEWSMON_TOPICS", str(tmp_path))
    for _ in ("its file alone is there", "a run has read it, and matched nothing yet"):
        for arguments in (("report", "attention"), ("feed",), ("report", "page", "-o", str(tmp_path / "p.html"))):
            topic = ("mairie",) if arguments == ("feed",) else ("--topic", "mairie")
            done = newsmon(*arguments, *topic)
            assert done.code == 2 and "run `newsmon topics rescan`" in done.err and done.err.count("\n") == 1, done.err
        store.do(sync_files, load_topics(tmp_path), now=AT)
    assert "'mairies'" in newsmon("report", "attention", "--topic", "mairies").err
    assert newsmon("topics", "rescan").code == 0
    assert b"2022-01-17" in newsmon("report", "attention", "--topic", "mairie", "--format", "csv").out
