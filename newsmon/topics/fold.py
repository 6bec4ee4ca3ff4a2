"""Folding French text for matching, with the way back to every character of the text as stored.

Folded: small letters without accents, œ as oe, soft hyphens and zero-width characters gone, elisions and
hyphens apart (`l’Ukraine` is `l ukraine`, `cessez-le-feu` is `cessez le feu`), inclusive endings joined
(`étudiant·e·s` is `etudiants`). A mark of punctuation, a dash between blanks and a blank line keep the words
on their two sides apart: no phrase reaches across them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

_LETTERS = "àâäáãåāçćčéèêëēėęíîïìīłñńóôöòõōøśšúûüùūýÿźżžÀÂÄÁÃÅÇČÉÈÊËÍÎÏÌŁÑÓÔÖÒÕØŠÚÛÜÙÝŸŽ"
_BLANKS = " \t\r\f\v\xa0\u2007\u2009\u202f"
_APOSTROPHES = "'’‘ʼ′`´"
_HYPHENS = "-‐‑‒–−"
_DOTS = ".·•‧∙"
_MARKS = "«»“”„…—€£°©®™§¶†×÷¡¿‹›"
_SPECIALS = "œŒæÆß\xad\u200b\u200c\u200d\u2060\ufeff\u0300\u0301\u0302\u0303\u0308\u0327"
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"})

_SPECIAL = "\x01"
"""Stands for a character whose fold is not one ASCII character; what it was is read in the source."""
_BREAK = ","
_OUTSIDE = 255
"""The byte of a character outside the table."""


def _first_fold(character: str) -> str:
    """What a character of the table is in the first pass: one ASCII character, so that no position moves."""
    if character == "\n" or (character.isascii() and character.isalnum()):
        return character.lower()
    for group, stands in ((_BLANKS, " "), (_APOSTROPHES, " "), (_HYPHENS, "-"), (_DOTS, "."), (_SPECIALS, _SPECIAL)):
        if character in group:
            return stands
    if character in _LETTERS:
        return unicodedata.normalize("NFKD", character.lower())[0].translate(_STROKED)
    return character if character in "()" else _BREAK


def _make_tables() -> tuple[str, bytes]:
    """The decoding table of a one-byte encoding for French pages, and the first fold of each byte."""
    every = _LETTERS + _BLANKS + _APOSTROPHES + _HYPHENS + _DOTS + _MARKS + _SPECIALS
    table = ["\0", "\n", *map(chr, range(32, 127))]  # a fast encoding map wants NUL first
    table += [c for c in dict.fromkeys(every) if c not in table]
    unused = _OUTSIDE - len(table)
    folds = "".join(map(_first_fold, table)) + _BREAK * unused + _SPECIAL
    return "".join(table) + "\ufffe" * (unused + 1), folds.encode("ascii")


def _encode_outside(error: UnicodeError) -> tuple[bytes, int]:
    """Codec error handler: one byte for each character outside the table."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return bytes([_OUTSIDE]) * (error.end - error.start), error.end


_TABLE, _FOLDS = _make_tables()
_ENCODING = codecs.charmap_build(_TABLE)
codecs.register_error("newsmon.fold", _encode_outside)

_BLANK_LINE_RE = re.compile(r"\n[ \n]*\n")
_SPECIAL_RE = re.compile(_SPECIAL)
_RUN_RE = re.compile("  +")
_ENDINGS = "(?:[lnrtsfv]?es?|i?eres?|t?r?ices?|euses?|eures?|ives?|ches?|e?sses?|ales?|elles?|i?ennes?|onnes?|aux|x|s)"
_INCLUSIVE_RES = (
    re.compile(rf"\.(?<=[a-z]{{2}}\.){_ENDINGS}(?:[.-]s)?(?![a-z0-9])"),
    re.compile(rf"\((?<=[a-z]{{2}}\(){_ENDINGS}\)s?(?![a-z0-9])"),
    re.compile(rf"-(?<=[a-z]{{2}}-)(?:{_ENDINGS}-s|e)(?![a-z0-9])"),
)
"""étudiant·e·s, étudiant.e.s, étudiant(e)s, étudiant-e-s."""
_ACRONYM_RE = re.compile(r"\.(?<=[a-z]\.)(?<![a-z0-9][a-z]\.)[a-z](?:\.[a-z])+\.?(?![a-z0-9])")
"""O.T.A.N., from its first stop on."""
_SEPARATORS = str.maketrans({"-": " ", ".": _BREAK, "(": _BREAK, ")": _BREAK})


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """The fold of a special, of any length; "" for what has no width."""
    spread = unicodedata.normalize("NFKD", character.lower())
    out = []
    for part in spread.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").translate(_STROKED).lower():
        if part.isalnum():
            out.append(part)
        elif unicodedata.category(part) not in ("Mn", "Me", "Cf"):
            out.append(" " if part.isspace() else _BREAK)
    return "".join(out)


Place = tuple[int, int]
"""Start and end of a term found, in the folded words."""
Edit = tuple[int, int, str]
"""Start and end in the first pass, and the fold that takes their place."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded. `words` has letters, digits and blanks only; positions in it lead back to `source`."""

    source: str
    words: str
    """Begins and ends with a blank; every word stands between two blanks."""
    breaks: str
    """As `words`, with a comma where a phrase must not reach across."""
    _folded: list[int] = field(repr=False)
    _stored: list[int] = field(repr=False)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of `source` that words[start:end] came from; `start` < `end`, both at word edges."""
        start, last = start - 1, end - 2  # the blank in front is not in the source
        folded, stored = self._folded, self._stored
        if len(folded) == 1:
            return start, last + 1
        k = bisect_right(folded, start) - 1
        if k == bisect_right(folded, last) - 1 and not k % 2:  # no edit inside: the common case
            moved = stored[k] - folded[k]
            return start + moved, last + 1 + moved
        return self._at(start)[0], self._at(last)[1]

    def from_source(self, position: int) -> int:
        """Where in `words` the stored position is; the end of an edit for a position inside one."""
        k = bisect_right(self._stored, position) - 1
        if k % 2:
            return self._folded[k + 1] + 1
        return self._folded[k] + position - self._stored[k] + 1

    def _at(self, position: int) -> tuple[int, int]:
        """The stored characters that one folded character came from."""
        k = bisect_right(self._folded, position) - 1
        stored, offset = self._stored[k], position - self._folded[k]
        if k % 2:  # inside an edit: all of it
            return stored, self._stored[k + 1]
        return stored + offset, stored + offset + 1


def _special_edits(first: str, source: str) -> list[Edit]:
    edits: list[Edit] = []
    for found in _SPECIAL_RE.finditer(first):
        at = found.start()
        folded = _fold_character(source[at])
        joins = not folded and unicodedata.category(source[at]) in ("Mn", "Me") and at > 0
        if joins and edits and edits[-1][1] == at:  # a combining mark belongs to the letter before it
            edits[-1] = (edits[-1][0], at + 1, edits[-1][2])
        elif joins and first[at - 1].isalnum():
            edits.append((at - 1, at + 1, first[at - 1]))
        else:
            edits.append((at, at + 1, folded))
    return edits


def _find_edits(first: str, parted: str, source: str) -> list[Edit]:
    """Stretches of the first pass whose fold has another length, in order, none reaching into another."""
    edits = _special_edits(first, source) if _SPECIAL in first else []
    for pattern in _INCLUSIVE_RES:
        for found in pattern.finditer(first):
            ending = source[found.start() + 1 : found.end()]
            if ending.islower():
                plural = "s" if ending.rstrip(")").endswith(("s", "x")) else ""
                edits.append((found.start() - 1, found.end(), first[found.start() - 1] + plural))
    for found in _ACRONYM_RE.finditer(first):
        start, end = found.start() - 1, found.end()
        if source[start:end].isupper():
            edits.append((start, end, first[start:end].replace(".", "")))
    if "  " in parted:
        edits += [(*found.span(), " ") for found in _RUN_RE.finditer(parted)]
    edits.sort()
    apart: list[Edit] = []
    for edit in edits:
        if not apart or edit[0] >= apart[-1][1]:
            apart.append(edit)
    return apart


def _first_pass(text: str) -> str:
    encoded, _ = codecs.charmap_encode(text, "newsmon.fold", _ENCODING)
    first = encoded.translate(_FOLDS).decode("ascii")
    if "\n " in first:
        first = _BLANK_LINE_RE.sub(lambda found: _BREAK * len(found[0]), first)
    return first.replace("\n\n", ",,").replace("\n", " ").replace(" - ", " , ")


def fold(text: str) -> Folded:
    """Fold `text`, which may hold any character at all, lone surrogates too."""
    first = _first_pass(text)
    parted = first.translate(_SEPARATORS)
    edits = _find_edits(first, parted, text)
    pieces: list[str] = []
    folded, stored = [0], [0]
    at = position = 0
    for start, end, replacement in edits:
        pieces += parted[at:start], replacement
        position += start - at
        folded += position, position + len(replacement)
        stored += start, end
        position += len(replacement)
        at = end
    if edits:
        parted = "".join([*pieces, parted[at:]])
    breaks = f" {parted} "
    return Folded(text, breaks.replace(_BREAK, " "), breaks, folded, stored)


@lru_cache(maxsize=65536)
def fold_words(text: str) -> str:
    """The words of `text` folded, one blank between two: what a term is compared by."""
    return " ".join(fold(text).words.split())
