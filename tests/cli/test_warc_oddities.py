"""WARC files as others write them, and as they should not be: read, or refused with one line; never silently nothing."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from newsmon.errors import ConfigurationError
from newsmon.importing import Order, check_files
from tests.crawl.sites import ScriptedSite, declared

HTML = b"Content-Type: text/html; charset=utf-8\r\n"


def _url(number: int) -> str:
    return f"https://www.essai.example/nouvelles/2022/le-pont-est-ouvert-{number}/"


def _page(number: int) -> bytes:
    path = f"/nouvelles/2022/le-pont-est-ouvert-{number}/"
    return ScriptedSite(pages={path: f"Le pont est ouvert à l’été, acte {number}"}).page(path).encode()


def _record(number: int, body: bytes, *, headers: bytes = HTML, start: bytes = b"HTTP/1.1 200 OK", kind: str = "response") -> bytes:  # fmt: skip
    block = start + b"\r\n" + headers + b"\r\n" + body
    said = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {_url(number)}\r\nWARC-Date: 2022-01-17T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return said.encode() + block + b"\r\n\r\n"


def _info() -> bytes:
    return (
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2022-01-17T10:00:00Z\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"
    )


def _chunked(body: bytes) -> bytes:
    pieces = [body[n : n + 700] for n in range(0, len(body), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@dataclass
class Imports:
    folder: Path

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMON_")}
        (self.folder / "outlets.toml").write_text(declared("essai", "https://www.essai.example"), "utf-8")
        return subprocess.run(
            [sys.executable, "-m", "newsmon", "import", *map(str, arguments)],
            env={**kept, "NEWSMON_DATABASE_URL": self.url, "NEWSMON_OUTLETS": str(self.folder / "outlets.toml")},
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'n.db'}"

    def headlines(self) -> list[str]:
        engine = create_engine(self.url)
        try:
            with engine.connect() as conn:
                return [str(row[0]) for row in conn.execute(text("SELECT headline FROM v_article ORDER BY url"))]
        finally:
            engine.dispose()


@pytest.fixture
def imports(tmp_path: Path) -> Imports:
    return Imports(tmp_path)


BOTH = pytest.mark.parametrize("how", [[], ["--only-declared"]], ids=["all", "only-declared"])


def _titles(*numbers: int) -> list[str]:
    return [f"Le pont est ouvert à l’été, acte {n}" for n in numbers]


@BOTH
def test_a_file_that_is_one_gzip_member_is_read(imports: Imports, how: list[str], tmp_path: Path) -> None:
    file = tmp_path / "one.warc.gz"
    file.write_bytes(gzip.compress(_info() + b"".join(_record(n, _page(n)) for n in (1, 2, 3))))
    done = imports(*how, file)
    assert done.returncode == 0, done.stderr
    assert "3 new" in done.stdout and imports.headlines() == _titles(1, 2, 3)


@BOTH
def test_every_coding_of_an_answer_is_read(imports: Imports, how: list[str], tmp_path: Path) -> None:
    file = tmp_path / "odd.warc"
    latin = _page(5).decode().replace("’", "'").replace("utf-8", "iso-8859-1").encode("latin-1")
    chunked, zipped = b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n"
    records = [
        _record(1, _chunked(_page(1)), headers=HTML + chunked),
        _record(2, gzip.compress(_page(2)), headers=HTML + zipped),
        _record(3, _chunked(gzip.compress(_page(3))), headers=HTML + zipped + chunked),
        _record(4, _page(4), start=b"HTTP/1.0 200 OK"),
        _record(5, latin, headers=b"Content-Type: text/html; charset=iso-8859-1\r\n"),
        _record(6, b"", kind="revisit"),
        _record(7, _page(7), headers=HTML + chunked),  # joined by its archive, which kept the header
    ]
    file.write_bytes(_info() + b"".join(records))
    done = imports(*how, file)
    assert done.returncode == 0, done.stderr
    assert imports.headlines() == [*_titles(1, 2, 3, 4), "Le pont est ouvert à l'été, acte 5", *_titles(7)]


@BOTH
@pytest.mark.parametrize("form", ["plain", "members", "one"])
def test_what_came_before_a_torn_record_is_kept_and_the_loss_is_said(
    imports: Imports, how: list[str], form: str, tmp_path: Path
) -> None:
    records = [_record(n, _page(n)) for n in (1, 2, 3)]
    whole = {
        "plain": b"".join(records),
        "members": b"".join(gzip.compress(record) for record in records),
        "one": gzip.compress(b"".join(records), 0),
    }[form]
    file = tmp_path / ("torn.warc" if form == "plain" else "torn.warc.gz")
    file.write_bytes(whole[:-200])
    done = imports(*how, file)
    assert done.returncode == 1
    assert "torn.warc" in done.stderr and "what came before is kept" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert imports.headlines() == _titles(1, 2)


@pytest.mark.parametrize("declared_alone", [False, True])
@pytest.mark.parametrize("content", [b"", b"Ceci n'est pas un WARC.", b"\x1f\x8bgarbage", gzip.compress(b"rien")])
def test_what_is_no_warc_is_refused(content: bytes, declared_alone: bool, tmp_path: Path) -> None:
    file = tmp_path / "nothing.warc.gz"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match="no WARC file, for all its name"):
        check_files(Order(files=[file], only_declared=declared_alone))


def test_an_empty_file_ends_with_2_and_one_line(imports: Imports, tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").touch()
    done = imports(tmp_path / "empty.warc.gz")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
