"""The raw pages, kept as WARC: what was read can be read again."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from newsmon import __version__
from newsmon.errors import ConfigurationError
from newsmon.items import Page

FILE_BYTES = 2**30
"""A file that has reached this size is closed and the next one begun."""

OUTLET_HEADER = "X-Newsmon-Outlet"
ASKED_HEADER = "X-Newsmon-Asked"

LONGEST_PAGE = 8 * 2**20
"""Bytes of one page; one byte more is read, and the cleaner refuses it by name."""

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

# The body is kept as read, decompressed: these headers would describe another one.
_TRANSFER_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class WarcArchive:
    """Writes pages into WARC 1.1 files of one folder, a gzip member per record; a run has files of its own."""

    def __init__(self, folder: Path, *, run_id: int, started_at: datetime) -> None:
        """Raises: ConfigurationError when the folder cannot be made or written."""
        self._folder = folder
        self._stem = f"newsmon-{started_at:%Y%m%dT%H%M%SZ}-run{run_id}"
        self._number = 0
        self._file: IO[bytes] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise ConfigurationError(f"archive {folder}: {e.strerror}; name a folder that can be written") from None
        if not os.access(folder, os.W_OK):
            raise ConfigurationError(f"archive {folder}: not writable; name a folder that can be written")

    def write(self, page: Page) -> tuple[str, int, int, str]:
        """Append `page`: (file name within the folder, offset, length, payload digest)."""
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        out = self._open()
        offset = out.tell()
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        headers = [(k, v) for k, v in page.headers.items() if k not in _TRANSFER_HEADERS]
        headers.append(("content-length", str(len(page.body))))
        record = writer.create_warc_record(
            page.final_url,
            "response",
            payload=BytesIO(page.body),
            http_headers=StatusAndHeaders(f"{page.status} OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={
                "WARC-Date": page.fetched_at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z",
                OUTLET_HEADER: page.outlet or "-",
                ASKED_HEADER: page.url,
            },
        )
        writer.write_record(record)
        record.raw_stream.close()  # warcio puts a temporary file there and leaves it open
        out.flush()
        return Path(out.name).name, offset, out.tell() - offset, record.rec_headers.get_header("WARC-Payload-Digest")

    def _open(self) -> IO[bytes]:
        if self._file is not None and self._file.tell() >= FILE_BYTES:
            self.close()
        if self._file is None:
            self._number += 1
            self._file = open(self._folder / f"{self._stem}-{self._number:03}.warc.gz", "ab")  # noqa: SIM115
            self._begin(self._file)
        return self._file

    def _begin(self, out: IO[bytes]) -> None:
        """The record that says who wrote the file, for whoever finds it."""
        from warcio.warcwriter import WARCWriter

        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        said = {
            "software": f"newsmon/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": "pages as newsmon read them: bodies decompressed, headers that told otherwise left out",
            "robots": "obey",
        }
        record = writer.create_warcinfo_record(Path(out.name).name, said)
        writer.write_record(record)
        record.raw_stream.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def read_record(file: Path, offset: int, length: int) -> Page:
    """The page of one record of a WARC file.

    Raises: OSError; ValueError when there is no whole answer at that place.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with file.open("rb") as stream:
        stream.seek(offset)
        raw = stream.read(length)
    try:
        record = next(iter(ArchiveIterator(BytesIO(raw))), None)
        page = answer_page(record) if record is not None else None
    except (ArchiveLoadFailed, EOFError, UnicodeError) as e:
        raise ValueError(f"no whole record: {' '.join(str(e).split()) or type(e).__name__}") from None
    if record is None or page is None:
        raise ValueError("no answer of a page there")
    digest = base64.b32encode(hashlib.sha1(page.body, usedforsecurity=False).digest()).decode()
    if record.rec_headers.get_header("WARC-Payload-Digest") != f"sha1:{digest}":
        raise ValueError("its digest is not that of its page")
    return page


def answer_page(record: Any) -> Page | None:
    """The page of a warcio record, of newsmon's or of anybody's; None for what is no page: a picture, an error, a
    request, a revisit (which has no body of its own). The capture's date is its fetched_at.
    """
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    at = _instant(record.rec_headers.get_header("WARC-Date"))
    if not address.startswith(("http://", "https://")) or at is None:
        return None
    if record.rec_type == "response" and record.http_headers is not None:
        headers = {name.lower(): value for name, value in record.http_headers.headers}
        status = record.http_headers.get_statuscode()
    elif record.rec_type == "resource":
        headers, status = {"content-type": record.rec_headers.get_header("Content-Type") or ""}, "200"
    else:
        return None
    kind = headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if status != "200" or kind not in PAGE_TYPES:
        return None
    outlet = record.rec_headers.get_header(OUTLET_HEADER) or ""
    return Page(
        outlet="" if outlet == "-" else outlet,
        url=record.rec_headers.get_header(ASKED_HEADER) or address,
        final_url=address,
        body=record.content_stream().read(LONGEST_PAGE + 1),
        fetched_at=at,
        headers=headers,
    )


def _instant(stamp: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat((stamp or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
