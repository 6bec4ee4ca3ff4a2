"""The captures of a WARC file, for a backfill: millions of records, of which a few are wanted.

A record's address is looked at before anything of it is parsed. fastwarc reads (extra `backfill`); without it warcio
does, which is slower.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from newsmon.items import Page
from newsmon.net.archive import LONGEST_PAGE, PAGE_TYPES, answer_page
from newsmon.net.warc_records import TornFileError, open_warc, whole_records

PULSE = 1_000
"""Records between two signs of life where nothing is wanted."""

IS_FAST = importlib.util.find_spec("fastwarc") is not None


@dataclass(slots=True)
class Place:
    """How far the reading has come."""

    offset: int = 0
    """Where the record begins that is being read: a reading that starts here misses none and repeats one at most."""
    records: int = 0


def read_captures(file: Path, place: Place, is_wanted: Callable[[str], bool]) -> Iterator[Page | None]:
    """The captures at addresses that are wanted, from `place` on, which moves along; now and then None.

    A torn last record ends the file; TornFileError then says so, once all that came before it was given.
    Raises: OSError, TornFileError.
    """
    with open_warc(file) as stream:
        stream.seek(place.offset)
        reader = _read_fast if IS_FAST else _read_slowly
        for offset, url, record in reader(stream):
            place.offset = offset
            place.records += 1
            if is_wanted(url):
                page = _fast_page(url, record) if IS_FAST else answer_page(record)
                if page and page.body:
                    yield page
            elif place.records % PULSE == 0:
                yield None
    whole = whole_records(file, place.offset)[1]
    place.offset = file.stat().st_size
    if not whole:
        raise TornFileError(file)


def _read_fast(stream: Any) -> Iterator[tuple[int, str, Any]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
        yield record.stream_pos, record.headers.get("WARC-Target-URI") or "", record


def _fast_page(url: str, record: Any) -> Page | None:
    try:
        record.parse_http()
        headers = record.http_headers
        if headers is None or headers.status_code != 200 or (record.http_content_type or "text/html") not in PAGE_TYPES:
            return None
        length = min(record.content_length, LONGEST_PAGE + 1)
        body = record.reader.read(length)
    except (OSError, ValueError):
        return None
    # Of a torn record fastwarc gives what is there: half a page must not pass for the page.
    if len(body) < length or record.record_date is None:
        return None
    address, names = url.strip("<>"), {name.lower(): value for name, value in headers.items()}
    if "chunked" in names.get("transfer-encoding", "").lower():
        body = _joined(body)
    if coding := names.get("content-encoding", "identity").strip().lower().replace("identity", ""):
        body = _decoded(body, coding)
    at = record.record_date.astimezone(UTC)
    return Page(outlet="", url=address, final_url=address, fetched_at=at, headers=names, body=body)


def _joined(body: bytes) -> bytes:
    """Chunks put together; some archives keep the header, and the body as it was joined already."""
    from warcio.bufferedreaders import ChunkedDataReader

    return bytes(ChunkedDataReader(BytesIO(body)).read(LONGEST_PAGE + 1))


def _decoded(body: bytes, coding: str) -> bytes:
    """Empty for what is not whole: the cleaner refuses it by name."""
    # Here and not above: it brings Scrapy, and captures are rarely kept compressed.
    from newsmon.net.compression import decompress
    from newsmon.net.outcomes import FetchFailure

    try:
        return decompress(body, coding.encode(), max_bytes=LONGEST_PAGE)[0]
    except FetchFailure:
        return b""


def _read_slowly(stream: Any) -> Iterator[tuple[int, str, Any]]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    iterator = ArchiveIterator(stream, no_record_parse=False)
    try:
        for record in iterator:
            if record.rec_type == "response":
                yield iterator.get_record_offset(), record.rec_headers.get_header("WARC-Target-URI") or "", record
    except (ArchiveLoadFailed, EOFError):
        return
