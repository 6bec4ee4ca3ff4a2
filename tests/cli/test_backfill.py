"""Past captures out of WARC files: those of declared outlets alone, at the dates of their captures, once."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.crawl.sites import ScriptedSite, declared

NOISE = b"<html><body><p>" + b"Somebody else's page. " * 200 + b"</p></body></html>"


def _page(number: int, extra: str = "") -> bytes:
    path = f"/nouvelles/2022/le-pont-est-ouvert-{number}/"
    return ScriptedSite(pages={path: f"Le pont est ouvert, acte {number}"}, texts={path: extra}).page(path).encode()


def _url(number: int) -> str:
    return f"https://www.essai.example/nouvelles/2022/le-pont-est-ouvert-{number}/"


def _warc(path: Path, records: Iterable[tuple[str, str, bytes]]) -> Path:
    """Records of (address, capture's date, body), a gzip member each."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, date, body in records:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": date}
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "outlets.toml").write_text(declared("essai", "https://www.essai.example"), "utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMON_")}
    return {**kept, "NEWSMON_DATABASE_URL": database_url, "NEWSMON_OUTLETS": str(tmp_path / "outlets.toml")}


def _import(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsmon", "import", "--only-declared", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)


def _rows(environment: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    engine = create_engine(environment["NEWSMON_DATABASE_URL"])
    try:
        with engine.connect() as conn:
            return [tuple(row) for row in conn.execute(text(sql))]
    finally:
        engine.dispose()


def test_declared_outlets_alone_come_in_with_their_capture_s_date(environment: dict[str, str], tmp_path: Path) -> None:
    file = _warc(
        tmp_path / "a.warc.gz",
        [
            ("https://ailleurs.example/nouvelles/2022/un-titre-1/", "2022-01-17T10:00:00Z", NOISE),
            (_url(1), "2022-01-17T10:00:00Z", _page(1)),
            ("https://pasessai.example/nouvelles/2022/un-titre-1/", "2022-01-17T10:00:00Z", NOISE),
            ("https://www.essai.example/", "2022-01-17T10:00:00Z", NOISE),
            (_url(2), "2022-01-18T03:30:00Z", _page(2)),
        ],
    )
    done = _import(environment, file)
    assert done.returncode == 0, done.stderr
    assert "2 pages read: 2 new" in done.stdout and "5 records looked at" in done.stdout
    seen = _rows(environment, "SELECT first_seen_at FROM article ORDER BY first_seen_at")
    assert [str(at)[:16] for (at,) in seen] == ["2022-01-17 10:00", "2022-01-18 03:30"]
    again = _import(environment, file)
    assert "0 pages read" in again.stdout and "1 files were done already" in again.stdout
    assert "2 unchanged" in _import(environment, "--again", file).stdout


def test_an_import_that_is_killed_goes_on_where_it_was(environment: dict[str, str], tmp_path: Path) -> None:
    records = [(_url(n), f"2022-01-17T10:00:{n % 60:02}Z", _page(n)) for n in range(600)]
    file = _warc(tmp_path / "long.warc.gz", records)
    command = [sys.executable, "-m", "newsmon", "import", "--only-declared", str(file)]
    first = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 90
    while not _noted(environment):
        assert first.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    (offset, records_done) = _noted(environment)[0]
    assert isinstance(offset, int) and 0 < offset < file.stat().st_size
    done = _import(environment, file)
    assert done.returncode == 0, done.stderr
    assert isinstance(records_done, int)
    assert f"{600 - records_done:,} records looked at" in done.stdout
    assert _rows(environment, "SELECT count(*), count(DISTINCT url), max(revision_seq) FROM article") == [(600, 600, 1)]


def _noted(environment: dict[str, str]) -> list[tuple[object, ...]]:
    try:
        return _rows(environment, "SELECT offset_bytes, records FROM imported_file WHERE finished_at IS NULL")
    except Exception:  # the table is not there yet
        return []


def test_a_torn_file_gives_what_is_whole(environment: dict[str, str], tmp_path: Path) -> None:
    file = _warc(tmp_path / "torn.warc.gz", [(_url(n), "2022-01-17T10:00:00Z", _page(n)) for n in range(3)])
    file.write_bytes(file.read_bytes()[:-120])
    done = _import(environment, file)
    assert "2 new" in done.stdout and "Traceback" not in done.stderr


def test_what_is_no_warc_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(_page(1))
    done = _import(environment, page)
    assert done.returncode == 2
    assert "no WARC file" in done.stderr and len(done.stderr.splitlines()) == 1


def test_captures_out_of_order_make_revisions_in_the_order_of_their_dates(
    environment: dict[str, str], tmp_path: Path
) -> None:
    edit = "La mairesse a corrigé son chiffre mardi matin : le pont fermera trois jours par mois, a-t-elle précisé."
    late = _warc(tmp_path / "1.warc.gz", [(_url(1), "2022-01-19T10:00:00Z", _page(1, edit))])
    early = _warc(tmp_path / "2.warc.gz", [(_url(1), "2022-01-17T10:00:00Z", _page(1))])
    done = _import(environment, late, early)
    assert done.returncode == 0, done.stderr
    rows = _rows(environment, "SELECT seq, seen_at, body FROM revision ORDER BY seq")
    assert [(seq, str(at)[:10], "corrigé" in str(body)) for seq, at, body in rows] == [
        (1, "2022-01-17", False),
        (2, "2022-01-19", True),
    ]
    (first, last) = _rows(environment, "SELECT first_seen_at, last_seen_at FROM article")[0]
    expected = datetime(2022, 1, 17, 10, tzinfo=UTC), datetime(2022, 1, 19, 10, tzinfo=UTC)
    assert (str(first)[:10], str(last)[:10]) == tuple(f"{at:%Y-%m-%d}" for at in expected)
