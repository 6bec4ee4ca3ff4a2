"""Compressed bodies, whole or refused: Scrapy hands over half a gzip as if it were the page."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Generator, Iterator

import brotli
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Request, Response

from newsmon.net.outcomes import FetchFailure

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 2**16


def _gzip(data: bytes) -> Generator[bytes, None, int]:
    """Members one after the other; what follows the last and is not a member is junk, and harmless: how much."""
    while data[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(wbits=31)
        yield from _zlib_chunks(member, data)
        data = member.unused_data
    return len(data.strip(b"\0"))


def _deflate(data: bytes) -> Iterator[bytes]:
    try:
        zlib.decompressobj().decompress(data[:CHUNK], CHUNK)
        stream = zlib.decompressobj()
    except zlib.error:
        stream = zlib.decompressobj(wbits=-15)  # raw deflate, as some servers send it
    yield from _zlib_chunks(stream, data)


def _zlib_chunks(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while not stream.eof:
        chunk = stream.decompress(data, CHUNK)
        data = stream.unconsumed_tail
        if not chunk and not data and not stream.eof:
            raise EOFError
        yield chunk


def _brotli(data: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    chunk = stream.process(data, output_buffer_limit=CHUNK)
    while chunk or not stream.is_finished():
        if not chunk:
            raise EOFError
        yield chunk
        chunk = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=CHUNK)


def _zstd(data: bytes) -> Iterator[bytes]:
    stream = zstd.ZstdDecompressor()
    while not stream.eof:
        chunk = stream.decompress(data, CHUNK)
        data = b""
        if not chunk and stream.needs_input:
            raise EOFError
        yield chunk


Decoder = Callable[[bytes], Iterator[bytes]]

DECODERS: dict[bytes, Decoder] = {
    b"gzip": _gzip,
    b"x-gzip": _gzip,
    b"deflate": _deflate,
    b"br": _brotli,
    b"zstd": _zstd,
}


TRAILING_JUNK = "trailing_junk"
"""The flag of a response whose gzip is followed by something else."""


def decompress(data: bytes, encoding: bytes, *, max_bytes: int) -> tuple[bytes, int]:
    """`data` decoded whole, and how many bytes of junk follow it.

    Raises: FetchFailure truncated_body, too_large or bad_encoding (corrupt, a wrong checksum, an unknown encoding).
    """
    decoder = DECODERS.get(encoding)
    if decoder is None or (decoder is _gzip and data[:2] != b"\x1f\x8b"):
        raise FetchFailure("failed", "bad_encoding", f"Content-Encoding {encoding!r} cannot be decoded")
    body = bytearray()
    try:
        chunks = decoder(data)
        while True:
            body += next(chunks)
            if max_bytes and len(body) > max_bytes:
                raise FetchFailure("failed", "too_large", f"more than {max_bytes} bytes once decompressed")
    except StopIteration as end:
        return bytes(body), end.value or 0
    except EOFError:
        raise FetchFailure("failed", "truncated_body", f"the {encoding.decode()} body ends too soon") from None
    except (zlib.error, brotli.error, zstd.ZstdError) as e:
        raise FetchFailure("failed", "bad_encoding", f"{encoding.decode()}: {e}") from None


class CompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's, with bodies that are checked to be whole."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        encodings = [e.strip().lower() for h in response.headers.getlist("Content-Encoding") for e in h.split(b",")]
        max_bytes = request.meta.get("download_maxsize", self._max_size)
        body = response.body
        flags = list(response.flags)
        for encoding in reversed([e for e in encodings if e not in (b"", b"identity")] if body else []):
            body, junk = decompress(body, encoding, max_bytes=max_bytes)
            flags += [TRAILING_JUNK] if junk else []
        if not encodings:
            return response
        del response.headers["Content-Encoding"]
        return response.replace(body=body, flags=flags)
