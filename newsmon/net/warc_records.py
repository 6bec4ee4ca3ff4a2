"""A WARC file as a stream of records, however it is compressed, and whether they are whole."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import IO, Any, cast

GZIP = b"\x1f\x8b"
LONGEST_LINE = 2**16
PIECE = 2**20


class TornFileError(Exception):
    """A WARC file that does not end with a whole record."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file}: torn or damaged: it does not end with a whole record; what came before is kept")


def open_warc(file: Path) -> IO[bytes]:
    """`file` as the readers want it: bare, or a gzip member per record.

    A file that is one gzip member as a whole, as `gzip file.warc` makes it, is decompressed on the way; places in it
    are those of its plain bytes. Raises: OSError.
    """
    stream = file.open("rb")
    if not _is_one_member(stream):
        stream.seek(0)
        return stream
    stream.close()
    return _inflated(file.open("rb"))


class _Inflated(io.RawIOBase):
    """Plain bytes up to where the file is torn: gzip's own reader drops the last of them with its EOFError."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._plain = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._plain.read1(len(buffer))
        except EOFError:
            return 0
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._plain.seek(offset, whence)

    def tell(self) -> int:
        return self._plain.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


def _inflated(stream: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], io.BufferedReader(_Inflated(stream)))


def _is_one_member(stream: IO[bytes]) -> bool:
    """Whether the first gzip member goes on after its first record."""
    if stream.read(2) != GZIP:
        return False
    stream.seek(0)
    member = _FirstMember(stream)
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_LINE and (piece := member.read(1024)):
        head += piece
    head, _, rest = head.partition(b"\r\n\r\n")
    left = _length(head.split(b"\r\n")) + len(b"\r\n\r\n") - len(rest)
    while left >= 0 and (piece := member.read(min(left + 1, PIECE))):
        left -= len(piece)
    return left < 0


class _FirstMember:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._inflate = zlib.decompressobj(31)

    def read(self, size: int) -> bytes:
        """Up to `size` plain bytes; empty at the member's end, and where it is torn."""
        while not self._inflate.eof:
            more = self._inflate.unconsumed_tail or self._stream.read(PIECE)
            try:
                piece = self._inflate.decompress(more, size)
            except zlib.error:
                return b""
            if piece or not more:
                return piece
        return b""


def whole_records(file: Path, offset: int = 0) -> tuple[int, bool]:
    """How many whole records follow from `offset`, where one begins, and whether nothing else does.

    Raises: OSError.
    """
    count = 0
    with open_warc(file) as stream:
        stream.seek(offset)
        start = stream.read(2)
        stream.seek(offset)
        plain = _inflated(stream) if start == GZIP else stream
        try:
            while (whole := _skip_record(plain)) is not None:
                if not whole:
                    return count, False
                count += 1
        except (zlib.error, gzip.BadGzipFile):
            return count, False
    return count, True


def _skip_record(stream: IO[bytes]) -> bool | None:
    """Whether a whole record follows; None at the end."""
    line = stream.readline(LONGEST_LINE)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(LONGEST_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        return False
    lines = []
    while (line := stream.readline(LONGEST_LINE)) not in (b"\r\n", b"\n"):
        if not line:
            return False
        lines.append(line)
    left = _length(lines)
    while left > 0:
        piece = stream.read(min(left, PIECE))
        if not piece:
            return False
        left -= len(piece)
    return True


def _length(lines: list[bytes]) -> int:
    for line in lines:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return 0
