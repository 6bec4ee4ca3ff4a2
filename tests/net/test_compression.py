"""Compressed bodies: whole, or refused with their reason."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.net.compression import decompress
from newsmon.net.outcomes import FetchFailure

PAGE = "<p>Le traversier restera à quai jusqu’à mercredi.</p>".encode() * 2000


def _raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


ENCODERS = [
    (b"gzip", gzip.compress),
    (b"x-gzip", gzip.compress),
    (b"deflate", zlib.compress),
    (b"deflate", _raw_deflate),
    (b"br", brotli.compress),
    (b"zstd", zstd.compress),
]


def _reason(data: bytes, encoding: bytes, max_bytes: int = 10**8) -> str:
    with pytest.raises(FetchFailure) as failure:
        decompress(data, encoding, max_bytes=max_bytes)
    return failure.value.reason


@pytest.mark.parametrize(("encoding", "encode"), ENCODERS)
def test_a_whole_body_comes_back(encoding, encode) -> None:
    assert decompress(encode(PAGE), encoding, max_bytes=len(PAGE)) == (PAGE, 0)
    assert decompress(encode(b""), encoding, max_bytes=10) == (b"", 0)


@pytest.mark.parametrize(("encoding", "encode"), ENCODERS)
def test_half_a_body_is_not_a_page(encoding, encode) -> None:
    data = encode(PAGE)
    assert _reason(data[: len(data) // 2], encoding) == "truncated_body"


@pytest.mark.parametrize(("encoding", "encode"), ENCODERS)
def test_a_bomb_is_stopped_at_the_bound(encoding, encode) -> None:
    assert _reason(encode(bytes(50 * 2**20)), encoding, max_bytes=2**20) == "too_large"


def test_gzip_members_follow_each_other_and_junk_after_them_is_harmless() -> None:
    two = gzip.compress(b"un ") + gzip.compress(b"deux")
    assert decompress(two + b"\0\0", b"gzip", max_bytes=99) == (b"un deux", 0)
    assert decompress(two + b"junk", b"gzip", max_bytes=99) == (b"un deux", 4)


def test_a_wrong_checksum_is_refused() -> None:
    data = bytearray(gzip.compress(PAGE))
    data[-6] ^= 0xFF
    assert _reason(bytes(data), b"gzip") == "bad_encoding"


@pytest.mark.parametrize("encoding", [b"gzip", b"br", b"zstd", b"foo"])
def test_what_is_not_so_encoded_is_refused(encoding: bytes) -> None:
    assert _reason(b"<html>plain</html>" * 20, encoding) == "bad_encoding"


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.sampled_from([b"gzip", b"deflate", b"br", b"zstd"]))
def test_any_bytes_end_in_a_body_or_a_reason(data: bytes, encoding: bytes) -> None:
    try:
        assert isinstance(decompress(data, encoding, max_bytes=1000)[0], bytes)
    except FetchFailure as failure:
        assert failure.reason in {"truncated_body", "bad_encoding", "too_large"}
