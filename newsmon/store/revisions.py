"""Telling an edit from what only looks like one."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Change = Literal["first", "text", "headline", "date", "cosmetic", "unchanged", "thin", "rejected"]

WORD_RE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class StoredText:
    headline: str | None
    deck: str | None
    body: str


def text_sha256(text: StoredText) -> str:
    """Of the words as printed; white space counts for nothing."""
    parts = (" ".join((part or "").split()) for part in (text.headline, text.deck, text.body))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def count_words(text: str) -> int:
    """As an editor counts: what stands between blanks and holds a letter or a digit."""
    words = text.split()
    return len(words) - sum(not (word[0].isalnum() or WORD_RE.search(word)) for word in words)


def compare(old: StoredText, new: StoredText) -> tuple[Change, int, int]:
    """The kind of change, words added, words removed. Moved or retyped signs and blanks are cosmetic."""
    if text_sha256(old) == text_sha256(new):
        return "unchanged", 0, 0
    before, after = _words(old), _words(new)
    if before == after:
        return "cosmetic", 0, 0
    added = sum((Counter(after) - Counter(before)).values())
    removed = sum((Counter(before) - Counter(after)).values())
    same_body = _words(StoredText(None, old.deck, old.body)) == _words(StoredText(None, new.deck, new.body))
    return ("headline" if same_body else "text"), added, removed


def _words(text: StoredText) -> list[str]:
    return WORD_RE.findall(" ".join(part or "" for part in (text.headline, text.deck, text.body)).casefold())
