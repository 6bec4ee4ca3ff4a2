"""Comparing a term with the text as it is printed, for =Exact terms."""

from __future__ import annotations

import re
import unicodedata

from newsmon.topics.fold import Folded, Place

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})
_INVISIBLE_RE = re.compile("[\xad\u200b-\u200d\u2060\ufeff]")


def printed(text: str) -> str:
    """A text with one sort of apostrophe, hyphen and blank, composed, without what is invisible."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE_RE.sub("", text)).translate(_SAME).split())


def is_written(folded: Folded, place: Place, text: str) -> bool:
    """Whether the text at a place has the capitals and the accents of `text`."""
    start, end = folded.to_source(*place)
    return printed(folded.source[start:end]) == printed(text)
