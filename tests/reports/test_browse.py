"""`newsmon browse`: a real Datasette on the database, or the tools for PostgreSQL."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from newsmon.reports.browsing import fillable
from newsmon.reports.formats import as_json
from newsmon.reports.named import all_reports
from newsmon.reports.run import run_report
from newsmon.store.schema import open_ready
from tests.reports.newsroom import fill
from tests.store.conftest import Store


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('browse') / 'newsmon.db'}"


@pytest.fixture(scope="module")
def newsroom(url: str) -> Iterator[Store]:
    store = Store(open_ready(url))
    fill(store)
    yield store
    store.engine.dispose()


@pytest.fixture(scope="module")
def address(newsroom: Store, url: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "newsmon", "browse", "--port", str(port), "--lang", "en"],
        env={**os.environ, "NEWSMON_DATABASE_URL": url}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert (
            process.stdout
            and process.stdout.readline() == f"http://127.0.0.1:{port}/newsmon (Ctrl-C ends it)\n".encode()
        )
        _wait(f"http://127.0.0.1:{port}/-/versions.json", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=20)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "it ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"nothing answers at {url}")


def _asked(address: str, path: str, **query: str) -> Any:
    with urllib.request.urlopen(f"{address}/{path}?{urlencode(query)}", timeout=20) as answer:
        return json.load(answer)


def test_every_report_is_a_saved_query_with_the_same_rows(newsroom: Store, address: str) -> None:
    for report in all_reports():
        given = {"topic": "budgets"} if "topic" in report.parameters else {}
        rows = _asked(address, f"newsmon/{report.name}.json", _shape="array", **given)
        answer = json.loads(as_json(run_report(newsroom.engine, report, **given)))  # type: ignore[arg-type]
        assert len(rows) == len(answer), report.name
        for row, said in zip(rows, answer, strict=True):
            assert {k: v for k, v in row.items() if not k.endswith("_at")} == {
                k: v for k, v in said.items() if not k.endswith("_at")
            }


def test_views_have_facets_and_descriptions_and_tables_are_hidden(address: str) -> None:
    told = _asked(address, "newsmon.json")
    assert {view["name"] for view in told["views"]} >= {"v_article", "v_match", "v_topic"}
    assert all(table["hidden"] for table in told["tables"])
    facets = _asked(address, "newsmon/v_match.json", _size="0")["facet_results"]
    assert {"topic", "outlet", "level"} <= set(facets)
    with urllib.request.urlopen(f"{address}/newsmon/v_article", timeout=20) as answer:
        assert "the outlet&#39;s local calendar day" in answer.read().decode()


@pytest.mark.parametrize("sql", ["DELETE FROM article", "DROP VIEW v_article", "PRAGMA query_only = 0"])
def test_nothing_can_be_written(newsroom: Store, address: str, sql: str) -> None:
    before = newsroom.rows("SELECT count(*) FROM v_article")
    with pytest.raises(urllib.error.HTTPError) as refused:
        _asked(address, "newsmon.json", sql=sql)
    refused.value.close()
    assert refused.value.code == 400
    assert newsroom.rows("SELECT count(*) FROM v_article") == before


def test_what_is_left_empty_means_no_bound() -> None:
    assert fillable("a >= :since AND (:topic IS NULL OR t = :topic)") == (
        "a >= coalesce(nullif(:since, ''), '1000-01-01') AND (nullif(:topic, '') IS NULL OR t = nullif(:topic, ''))"
    )


def test_postgresql_has_its_own_tools(postgres_url: str, newsmon_on: Any) -> None:
    open_ready(postgres_url).dispose()
    done = newsmon_on(postgres_url, "browse")
    assert done.code == 0
    assert 'psql "postgresql://' in done.out.decode() and "+psycopg" not in done.out.decode()


def test_what_keeps_it_from_starting_is_one_line(
    newsroom: Store, url: str, newsmon_on: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert newsmon_on(url, "browse", "--port", str(port)).err == (
            f"newsmon: port {port} is taken; name another one with --port\n"
        )
    monkeypatch.setitem(sys.modules, "datasette", None)
    done = newsmon_on(url, "browse")
    assert (done.code, done.err) == (2, "newsmon: newsmon browse needs Datasette; run pip install 'newsmon[browse]'\n")
    assert "no database yet" in newsmon_on(f"sqlite:///{tmp_path / 'none.db'}", "browse").err
