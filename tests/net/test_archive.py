"""Archived pages are read again by two WARC readers that are not ours."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastwarcIterator
from warcio.archiveiterator import ArchiveIterator

from newsmon.errors import ConfigurationError
from newsmon.items import Page
from newsmon.net.archive import WarcArchive

AT = datetime(2022, 3, 5, 18, 10, tzinfo=UTC)


def _page(number: int) -> Page:
    url = f"https://exemple.ca/nouvelle/{number}/"
    return Page(
        outlet="radio_fleuve",
        url=url,
        final_url=url,
        body=f"<h1>Trêve n° {number}</h1>".encode(),
        fetched_at=AT,
        headers={"content-type": "text/html; charset=utf-8", "content-encoding": "br", "content-length": "3"},
    )


def _archive(folder: Path) -> list[tuple[str, int, int, str]]:
    archive = WarcArchive(folder, run_id=7, started_at=AT)
    places = [archive.write(_page(number)) for number in range(3)]
    archive.close()
    return places


def test_warcio_reads_every_page_with_its_address_date_and_body(tmp_path: Path) -> None:
    (name, *_), *_ = _archive(tmp_path)
    with (tmp_path / name).open("rb") as stream:
        read = [
            (
                record.rec_headers.get_header("WARC-Target-URI"),
                record.rec_headers.get_header("WARC-Date"),
                record.http_headers.get_header("content-type"),
                record.content_stream().read().decode(),
            )
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        ]
    assert read == [
        (
            f"https://exemple.ca/nouvelle/{number}/",
            "2022-03-05T18:10:00Z",
            "text/html; charset=utf-8",
            f"<h1>Trêve n° {number}</h1>",
        )
        for number in range(3)
    ]


def test_fastwarc_reads_one_record_at_its_offset_and_its_digest_is_right(tmp_path: Path) -> None:
    name, offset, length, digest = _archive(tmp_path)[1]
    record_bytes = (tmp_path / name).read_bytes()[offset : offset + length]
    record = next(iter(FastwarcIterator(BytesIO(record_bytes), parse_http=True)))
    assert record.headers["WARC-Target-URI"] == "https://exemple.ca/nouvelle/1/"
    assert record.headers["WARC-Payload-Digest"] == digest
    assert record.verify_payload_digest() is True
    assert record.reader.read().decode() == "<h1>Trêve n° 1</h1>"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match=r"archive .*name a folder that can be written"):
        WarcArchive(tmp_path / "file" / "inside", run_id=1, started_at=AT)
