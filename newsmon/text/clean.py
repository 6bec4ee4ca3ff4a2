"""What every string goes through before it is stored or parsed. Nothing here changes how a text is written."""

from __future__ import annotations

import re
from functools import lru_cache

# C0 but tab and line feed, DEL, C1, non-characters: PostgreSQL refuses the first of them, terminals obey others.
_ODD_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]+")
_LONE_RE = re.compile("[\ud800-\udfff]")
# One range stands for all beyond the first plane: a class of their many non-characters costs a search for each sign.
_BEYOND_RE = re.compile("[\U00010000-\U0010ffff]+")
_ZERO_WIDTH_RE = re.compile("[\u200b\u2060\ufeff\xad]")
_REFERENCE_RE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|(\d+));?")  # without re.I: "&#" is then found at once
# What any odd sign has in UTF-8: one of these bytes, or one of these patterns, whose first byte is looked for first.
_ODD_BYTES = bytes([*range(9), *range(11, 32), 0x7F])
_ODD_PATTERNS = tuple(
    (pattern[:1], re.compile(pattern, re.S))
    for pattern in (
        b"\xc2[\x80-\x9f]", b"\xed[\xa0-\xbf]", b"\xef\xb7[\x90-\xaf]", b"\xef\xbf[\xbe\xbf]",
        *(bytes([first]) + b"[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]" for first in range(0xF0, 0xF5)),
    )
)  # fmt: skip
# References to control characters, halves of pairs, and numbers beyond the last character.
_ODD_DECIMAL = (
    r"(?=[0-9])0*+(?:[1-8]?|1[124-9]|2[0-9]|3[01]|127|55[3-9][0-9]{2}|56[0-9]{3}|57[0-2][0-9]{2}|6553[45]"
    r"|1[2-9][0-9]{5}|[2-9][0-9]{6}|[1-9][0-9]{7,}+)(?![0-9])"
)
_HEX = "[0-9a-fA-F]"
_ODD_HEX = (
    rf"[xX](?={_HEX})0*+(?:[1-8bBcCeEfF]?|1{_HEX}|7[fF]|[dD][89a-fA-F]{_HEX}{{2}}|[fF]{{3}}[eEfF]"
    rf"|[2-9a-fA-F]{_HEX}{{5}}|[1-9a-fA-F]{_HEX}{{6,}}+)(?!{_HEX})"
)
_ODD_REFERENCE = rf"&#(?:{_ODD_DECIMAL}|{_ODD_HEX});?"
# A run of them at once: a page may hold a million. "&#" comes first, so that it is found at once.
_ODD_REFERENCES_RE = re.compile(rf"{_ODD_REFERENCE}(?:{_ODD_REFERENCE})*+")
LONG = 200
"""Characters from which looking at a text's bytes is worth it."""
_AFTER_NO_BREAK = ";:!?»%$"
# A blank before ; : ! ? » and after « is French typography when it does not break.
_NO_BREAK_RE = re.compile(" ?([\u00a0\u202f]) ?")


def clean_text(s: str) -> str:
    r"""`s` such that both engines store it: no control but \t and \n, no lone surrogate, no non-character.

    CR LF and CR become LF. Idempotent.
    """
    if s.isprintable() or (len(s) > LONG and _is_plain(s)):
        return s
    s = _ODD_RE.sub("", s.replace("\r\n", "\n").replace("\r", "\n"))
    return _BEYOND_RE.sub(_beyond, _LONE_RE.sub("\ufffd", s))


def _beyond(match: re.Match[str]) -> str:
    signs = match[0]
    # The last two of every plane are non-characters.
    return signs if signs.isprintable() else "".join(sign for sign in signs if ord(sign) & 0xFFFE != 0xFFFE)


def clean_line(s: str) -> str:
    """`s` on one line: runs of white space are one blank, zero-width signs are gone; French no-break blanks stay."""
    flat = s.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if flat.isprintable():
        # The only blank in it is U+0020.
        return " ".join(flat.split())
    if "\u00a0" not in flat and "\u202f" not in flat:
        return " ".join(_ZERO_WIDTH_RE.sub("", clean_text(flat)).split())
    if not flat.replace("\u00a0", "").replace("\u202f", "").isprintable():
        flat = _ZERO_WIDTH_RE.sub("", clean_text(flat))
    while "  " in flat:
        flat = flat.replace("  ", " ")
    kept = _NO_BREAK_RE.sub(_no_break, flat)
    return " ".join(kept.split()).replace("\x00", "\u00a0").replace("\x01", "\u202f").strip()


def _no_break(match: re.Match[str]) -> str:
    """A sign that stands for the blank while the others are folded."""
    s, start, stop = match.string, match.start(), match.end()
    before = s[start - 1] if start else " "
    if before == "«" or (s[stop : stop + 1] in _AFTER_NO_BREAK and stop < len(s) and not before.isspace()):
        return "\x00" if match[1] == "\u00a0" else "\x01"
    return " "


def clean_markup(s: str) -> str:
    """`s` without what makes an HTML parser lose a page: control characters, references to what is no character."""
    if "\r" in s:
        s = s.replace("\r\n", "\n").replace("\r", "\n")
    s = _ODD_REFERENCES_RE.sub("", s if _is_plain(s) else clean_text(s))
    odd = {reference for reference in {m[0] for m in _REFERENCE_RE.finditer(s)} if not _is_known(reference)}
    return _REFERENCE_RE.sub(lambda m: "" if m[0] in odd else m[0], s) if odd else s


def _is_plain(s: str) -> bool:
    """Whether `clean_text` would leave `s` as it is; sure when it says so, and fast on a whole page."""
    data = s.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _ODD_BYTES)) != len(data):
        return False
    return not any(first in data and pattern.search(data) for first, pattern in _ODD_PATTERNS)


def _is_known(reference: str) -> bool:
    """Whether "&#8217;" or "&#x2019" stands for a character."""
    digits, base = reference[2:].rstrip(";"), 10
    if digits[0] in "xX":
        digits, base = digits[1:], 16
    digits = digits.lstrip("0")
    return 0 < len(digits) < 8 and _is_character(int(digits, base))


@lru_cache(maxsize=4096)
def _is_character(number: int) -> bool:
    if number in (9, 10, 13) or (number < 0x110000 and clean_text(chr(number)) == chr(number)):
        return True
    # The parser of HTML reads 128 to 159 as windows-1252: those references are real characters.
    return 128 <= number <= 159
