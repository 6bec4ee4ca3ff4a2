"""Telling an edit from what only looks like one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import filterfalse
from typing import Literal

from newsmon.text.differences import WORD_RE, count_changes, diff, paragraphs_of, says

Change = Literal["first", "text", "headline", "date", "cosmetic", "unchanged", "thin", "rejected"]


@dataclass(frozen=True, slots=True)
class StoredText:
    headline: str | None
    deck: str | None
    body: str

    def whole(self) -> str:
        """Its parts as paragraphs."""
        return "\n\n".join(part for part in (self.headline, self.deck, self.body) if part)


def text_sha256(text: StoredText) -> str:
    """Of the words as printed; white space counts for nothing."""
    return _sha256(*((part or "").split() for part in (text.headline, text.deck, text.body)))


def _sha256(*parts: list[str]) -> str:
    return hashlib.sha256("\n".join(map(" ".join, parts)).encode("utf-8", "replace")).hexdigest()


def count_words(text: str) -> int:
    """As an editor counts: what stands between blanks and holds a letter or a digit."""
    return _count(text.split())


def _count(words: list[str]) -> int:
    # Nearly every word is letters and digits alone, which is seen without a step of Python's for each.
    return len(words) - sum(not WORD_RE.search(word) for word in filterfalse(str.isalnum, words))


def words_and_sha256(text: StoredText) -> tuple[int, str]:
    """count_words of the body and text_sha256, the body parted once."""
    headline, deck, body = ((part or "").split() for part in (text.headline, text.deck, text.body))
    return _count(body), _sha256(headline, deck, body)


def compare(old: StoredText, new: StoredText) -> tuple[Change, int, int]:
    """The kind of change, words added, words removed, the headline's and the deck's among them.

    Signs and blanks that are typed otherwise, date lines and labels of advertisements are cosmetic. Words that moved
    to another place count on both sides.
    """
    if text_sha256(old) == text_sha256(new):
        return "unchanged", 0, 0
    same_headline = says(old.headline or "") == says(new.headline or "")
    same_text = _told(old) == _told(new)
    if same_headline and same_text:
        return "cosmetic", 0, 0
    parts = [(old.headline, new.headline), (old.deck, new.deck), (old.body, new.body)]
    counts = [count_changes(diff(before or "", after or "")) for before, after in parts]
    added, removed = (sum(column) for column in zip(*counts, strict=True))
    return ("headline" if same_text else "text"), added, removed


def _told(text: StoredText) -> list[str]:
    """The words of deck and body: a paragraph that is cut in two tells the same."""
    whole = "\n\n".join(part for part in (text.deck, text.body) if part)
    return [word for paragraph in paragraphs_of(whole) for word in says(paragraph)]


SHINGLE = 3
"""Words."""
SAME_WORK = 0.3
"""Share of the shorter text's shingles that the other has, from which both are one work at two times."""


def is_same_work(old: StoredText, new: StoredText) -> bool:
    """Whether two texts read like two states of one article. Unrelated ones share hardly three words in a row."""
    before, after = _shingles(old), _shingles(new)
    shorter = min(len(before), len(after))
    return bool(shorter) and len(before & after) >= SAME_WORK * shorter


def _shingles(text: StoredText) -> set[tuple[str, ...]]:
    words = says(text.whole())
    return {words[n : n + SHINGLE] for n in range(max(1, len(words) - SHINGLE + 1))} if words else set()
