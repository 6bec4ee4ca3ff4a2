"""The raw pages, kept as WARC: what was read can be read again."""

from __future__ import annotations

import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsmon.errors import ConfigurationError
from newsmon.items import Page

FILE_BYTES = 2**30
"""A file that has reached this size is closed and the next one begun."""

OUTLET_HEADER = "X-Newsmon-Outlet"

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
                "WARC-Date": f"{page.fetched_at:%Y-%m-%dT%H:%M:%SZ}",
                OUTLET_HEADER: page.outlet or "-",
                "X-Newsmon-Asked": page.url,
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
        return self._file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
