"""One spelling for matching: no markup, no accents, lower case, plain signs, single blanks."""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 500
"""Characters that are read; what is longer is prose, and only its beginning is looked at."""
_LONGEST_RAW = 4000
"""Characters before markup is taken off: a `<time>` may carry many attributes."""

_TAG_RE = re.compile(r"<!--.{0,1000}?-->|</?[a-zA-Z][^<>]{0,1000}>", re.S)
_MOJIBAKE_RE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u2013-\u2122\u0152-\u017e\u0192\u02c6\u02dc]")

_FOREIGN_RE = re.compile(r"[^\x00-\x7f]")
_PLAIN: dict[str, str] = {
    **dict.fromkeys("’‘ʼ′´‛", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    # combining accents, zero-width signs and marks of direction
    **dict.fromkeys(map(chr, range(0x300, 0x370)), ""),
    **dict.fromkeys(
        map(
            chr,
            (
                *range(0x200B, 0x2010),
                *range(0x202A, 0x202F),
                *range(0x2060, 0x2070),
                *range(0xFE00, 0xFE10),
                0xFEFF,
                0xAD,
            ),
        ),
        "",
    ),
}


_SIGNS = frozenset("©®°●¦\ufffd")
"""Symbols that mean something beside a date; icons and emoji do not."""


def _plain(m: re.Match[str]) -> str:
    sign = m[0]
    plain = _PLAIN.get(sign)
    if plain is None:
        return " " if unicodedata.category(sign) == "So" and sign not in _SIGNS else sign
    return plain


def _mend(text: str) -> str:
    """UTF-8 that was read as Latin-1 or Windows-1252 ("fÃ©vrier"), mended when all of it mends."""
    for charset in ("cp1252", "latin-1"):
        try:
            return text.encode(charset).decode("utf-8")
        except ValueError:
            continue
    return text


def strip_markup(text: str) -> str:
    """The text without tags and character references, which may be escaped twice in feeds."""
    text = text[:_LONGEST_RAW]
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    return _TAG_RE.sub(" ", text) if "<" in text else text


def fold(text: str) -> str:
    """The one spelling that every rule of this room matches; never stored."""
    text = strip_markup(text)
    if not text.isascii():
        if ("Ã" in text or "Â" in text) and _MOJIBAKE_RE.search(text):
            text = _mend(text)
        text = _FOREIGN_RE.sub(_plain, unicodedata.normalize("NFKD", text))
    return " ".join(text.lower().replace("`", "'").split())[:LONGEST]
