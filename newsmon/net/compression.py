"""Compressed bodies, whole or refused: Scrapy hands over half a gzip as if it were the page."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator

import brotli
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Request, Response

from newsmon.net.outcomes import FetchFailure

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 2**16


def _gzip(data: bytes) -> Iterator[bytes]:
    """Members one after the other; what follows the last and is not a member is junk, and harmless."""
    while data[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(wbits=31)
        yield from _zlib_chunks(member, data)
        data = member.unused_data


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


DECODERS: dict[bytes, Callable[[bytes], Iterator[bytes]]] = {
    b"gzip": _gzip,
    b"x-gzip": _gzip,
    b"deflate": _deflate,
    b"br": _brotli,
    b"zstd": _zstd,
}


def decompress(data: bytes, encoding: bytes, *, max_bytes: int) -> bytes:
    """`data` decoded whole.

    Raises: FetchFailure truncated_body, too_large or bad_encoding (corrupt, a wrong checksum, an unknown encoding).
    """
    decoder = DECODERS.get(encoding)
    if decoder is None or (decoder is _gzip and data[:2] != b"\x1f\x8b"):
        raise FetchFailure("failed", "bad_encoding", f"Content-Encoding {encoding!r} cannot be decoded")
    body = bytearray()
    try:
        for chunk in decoder(data):
            body += chunk
            if max_bytes and len(body) > max_bytes:
                raise FetchFailure("failed", "too_large", f"more than {max_bytes} bytes once decompressed")
    except EOFError:
        raise FetchFailure("failed", "truncated_body", f"the {encoding.decode()} body ends too soon") from None
    except (zlib.error, brotli.error, zstd.ZstdError) as e:
        raise FetchFailure("failed", "bad_encoding", f"{encoding.decode()}: {e}") from None
    return bytes(body)


class CompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's, with bodies that are checked to be whole."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        encodings = [e.strip().lower() for h in response.headers.getlist("Content-Encoding") for e in h.split(b",")]
        max_bytes = request.meta.get("download_maxsize", self._max_size)
        body = response.body
        for encoding in reversed([e for e in encodings if e not in (b"", b"identity")]):
            body = decompress(body, encoding, max_bytes=max_bytes) if body else body
        if not encodings:
            return response
        del response.headers["Content-Encoding"]
        return response.replace(body=body)
