"""What every string goes through before it is stored or parsed. Nothing here changes how a text is written."""

from __future__ import annotations

import re
from functools import lru_cache

# C0 but tab and line feed, DEL, C1, lone surrogates, non-characters: PostgreSQL refuses the first of them, terminals
# obey others. One range stands for all beyond the first plane: a class of many such signs costs a search for each.
_ODD_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U00010000-\U0010ffff]")
_ZERO_WIDTH_RE = re.compile("[\u200b\u2060\ufeff\xad]")
_REFERENCE_RE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|(\d+));?")  # without re.I: "&#" is then found at once
# The bytes that any odd sign but a few of the first plane has in UTF-8, and those few: for long texts.
_ODD_BYTES = bytes([*range(9), *range(11, 32), 0x7F, *range(0xF0, 0xF5)])
_FEW_ODD_RES = tuple(
    map(re.compile, (rb"\xc2[\x80-\x9f]", rb"\xed[\xa0-\xbf]", rb"\xef\xb7[\x90-\xaf]", rb"\xef\xbf[\xbe\xbf]"))
)
LONG = 200
"""Characters from which looking at a text's bytes is worth it."""
_AFTER_NO_BREAK = ";:!?»%$"
# A blank before ; : ! ? » and after « is French typography when it does not break.
_NO_BREAK_RE = re.compile(" ?([\u00a0\u202f]) ?")
_BREAKS_RE = re.compile(r"[ \t\n]+")


def clean_text(s: str) -> str:
    r"""`s` such that both engines store it: no control but \t and \n, no lone surrogate, no non-character.

    CR LF and CR become LF. Idempotent.
    """
    if s.isprintable() or (len(s) > LONG and _is_plain(s)):
        return s
    return _ODD_RE.sub(_odd, s.replace("\r\n", "\n").replace("\r", "\n"))


def _odd(match: re.Match[str]) -> str:
    sign = match[0]
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    # The last two of every plane are non-characters.
    return sign if sign > "\uffff" and ord(sign) & 0xFFFE != 0xFFFE else ""


def clean_line(s: str) -> str:
    """`s` on one line: runs of white space are one blank, zero-width signs are gone; French no-break blanks stay."""
    flat = s.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if flat.isprintable():
        # The only blank in it is U+0020.
        return " ".join(flat.split())
    s = _ZERO_WIDTH_RE.sub("", clean_text(s))
    if "\u00a0" not in s and "\u202f" not in s:
        return " ".join(s.split())
    kept = _NO_BREAK_RE.sub(_no_break, _BREAKS_RE.sub(" ", s))
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
    return _REFERENCE_RE.sub(_reference, s if _is_plain(s) else clean_text(s))


def _is_plain(s: str) -> bool:
    """Whether `clean_text` would leave `s` as it is; sure when it says so, and fast on a whole page."""
    data = s.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _ODD_BYTES)) != len(data):
        return False
    return not any(pattern.search(data) for pattern in _FEW_ODD_RES)


def _reference(match: re.Match[str]) -> str:
    digits = (match[1] or match[2]).lstrip("0")
    known = 0 < len(digits) < 8 and _is_character(int(digits, 16 if match[1] else 10))
    return match[0] if known else ""


@lru_cache(maxsize=4096)
def _is_character(number: int) -> bool:
    if number in (9, 10, 13) or (number < 0x110000 and clean_text(chr(number)) == chr(number)):
        return True
    # The parser of HTML reads 128 to 159 as windows-1252: those references are real characters.
    return 128 <= number <= 159
