"""From the bytes of a listing to its text: gzip taken off, bounded, and decoded as well as can be."""

from __future__ import annotations

import codecs
import re
import zlib

MAX_BYTES = 52_428_800
"""What is read of a listing, unpacked: the bound of the sitemaps' protocol (50 MiB)."""

_XML_ENCODING_RE = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META_CHARSET_RE = re.compile(rb"""<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_HEADER_CHARSET_RE = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that pages print for what is windows-1252 in fact (WHATWG Encoding Standard, 4.2).
_LATIN_1 = {"iso8859-1", "ascii", "cp1252"}
# UTF-7 hides markup from every reader but itself; the others are Python's own, not the web's.
_REFUSED = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


def inflate(body: bytes) -> tuple[bytes, str | None]:
    """The bytes without their gzip, MAX_BYTES at most, and what is wrong with them (`ill_formed`, `capped`)."""
    if not body.startswith(b"\x1f\x8b"):
        return (body, None) if len(body) <= MAX_BYTES else (body[:MAX_BYTES], "capped")
    unpacker = zlib.decompressobj(31)
    try:
        plain = unpacker.decompress(body, MAX_BYTES)
    except zlib.error:
        return _salvage(body), "ill_formed"
    if unpacker.eof:
        return plain, None
    return plain, "capped" if len(plain) >= MAX_BYTES else "ill_formed"


def _salvage(body: bytes) -> bytes:
    """What can be unpacked before the damage."""
    unpacker, plain = zlib.decompressobj(31), bytearray()
    try:
        for start in range(0, len(body), 512):
            plain += unpacker.decompress(body[start : start + 512], MAX_BYTES - len(plain))
            if len(plain) >= MAX_BYTES:
                break
    except zlib.error:
        pass
    return bytes(plain)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of XML, HTML or JSON: by its byte order mark, as UTF-8 where it is, then as it says it is.

    A byte that does not fit in UTF-8 is read as windows-1252, so that one odd byte costs no other letter.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if body[:2] in (b"<\x00", b"\x00<"):
        return body.decode("utf-16-le" if body[:1] == b"<" else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(body, content_type)
    if declared:
        try:
            return body.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass
    return body.decode("utf-8", _CP1252_BYTES)


def _declared(body: bytes, content_type: str) -> str | None:
    """The encoding that the header, the XML declaration or a meta names; None for UTF-8, Latin-1 and nonsense."""
    head = body[:4096]
    in_header = _HEADER_CHARSET_RE.search(content_type)
    in_body = _XML_ENCODING_RE.search(head) or _META_CHARSET_RE.search(head)
    labels = [in_header[1]] if in_header else []
    labels += [in_body[1].decode("ascii")] if in_body else []
    for label in labels:
        try:
            found = codecs.lookup(label)
        except (LookupError, ValueError):
            continue
        if found.name in _LATIN_1 or found.name == "utf-8":
            return None
        if found._is_text_encoding and found.name not in _REFUSED:
            return found.name
    return None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(bytes((byte,)).decode("cp1252", "replace") for byte in bad), error.end


_CP1252_BYTES = "newsmon-cp1252"
codecs.register_error(_CP1252_BYTES, _as_cp1252)
