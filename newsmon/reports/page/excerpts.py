"""The sentence that put an article into a topic, with its words marked; two headlines, with what changed marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from newsmon.reports.output import plain

LONGEST = 340
"""Characters of a sentence that are shown; around the marked words when it is longer."""
LONGEST_HEADLINE = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end], and what it counts."""

    start: int
    end: int
    weight: float = 1.0


Pieces = tuple[Piece, ...]

# A sentence ends at its sign, with what closes it, where a blank and a capital follow; not after an initial or "M.".
_END_RE = re.compile(
    r"(?<![\s.(’'][A-ZÀ-Ý])(?<!\A[A-ZÀ-Ý])(?<!\b(?:Mm|Dr|Me|St|no|Ms|Mr))(?:[.!?…]+[»”\"’)\]]*|\s»)\s+(?=[«“\"(\[—–-]?\s?[A-ZÀ-Ý0-9])|\n\s*\n"
)


def pieces(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> Pieces:
    """text[start:end] in pieces, the spans marked; overlapping ones count as one."""
    end = len(text) if end is None else end
    found, at = [], start
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        first, last = max(span.start, at), min(span.end, end)
        if first >= last:
            continue
        found += [Piece(plain(text[at:first])), Piece(plain(text[first:last]), True)]
        at = last
    found.append(Piece(plain(text[at:end])))
    return tuple(piece for piece in found if piece.text)


def headline(text: str, spans: Iterable[Span] = ()) -> Pieces:
    """The headline in pieces, cut where no newspaper would print it whole."""
    shown = pieces(text, spans, 0, min(len(text), LONGEST_HEADLINE))
    return (*shown, Piece(" …")) if len(text) > LONGEST_HEADLINE else shown


def excerpt(text: str, spans: Sequence[Span]) -> Pieces:
    """The sentence whose spans weigh most, the first of equals; nothing without spans."""
    if not spans:
        return ()
    sentences = list(_sentences(text))

    def weight(sentence: tuple[int, int]) -> float:
        return sum(span.weight for span in spans if sentence[0] <= span.start < sentence[1])

    start, end = max(sentences, key=lambda s: (weight(s), -s[0]))
    if end - start <= LONGEST:
        return pieces(text, spans, start, end)
    return _cut(text, spans, start, end)


def _cut(text: str, spans: Sequence[Span], start: int, end: int) -> Pieces:
    """A long sentence around its first mark, at blanks."""
    mark = min((span.start for span in spans if start <= span.start < end), default=start)
    first = max(start, mark - LONGEST // 3)
    last = min(end, first + LONGEST)
    if first > start:
        first = text.find(" ", first, mark) + 1 or first
    if last < end:
        last = max(text.rfind(" ", mark, last), mark + 1)
    shown = pieces(text, spans, first, last)
    before = (Piece("… "),) if first > start else ()
    return (*before, *shown, *((Piece(" …"),) if last < end else ()))


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _END_RE.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


_WORD_RE = re.compile(r"\w+|\s+|[^\w\s]")


def changed(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both headlines in pieces; marked is what the other one has not."""
    old, new = (_WORD_RE.findall(text[:LONGEST_HEADLINE]) for text in (before, after))
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append(Piece(plain("".join(old[i:j])), tag != "equal"))
        right.append(Piece(plain("".join(new[k:m])), tag != "equal"))
    return tuple(p for p in left if p.text), tuple(p for p in right if p.text)
