"""What differs between two texts: paragraph by paragraph, then word by word inside those that changed.

Two texts are told apart by what they say: white space, the way in which quotes, apostrophes and dashes are typed, a
date line and an advertisement's label say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Words = tuple[str, ...]
"""What one printed word says: its letters and digits, folded, and the signs that change a meaning."""

WORD_RE = re.compile(r"(?<!\S)[^\s\w]*+\w\S*")
"""As an editor counts: what stands between blanks and holds a letter or a digit."""

# A sign before or after a number says something, and so does a question mark; a quote or a comma is typography.
_SAYS_RE = re.compile(r"(?<!\S)[+-](?=\d)|[%$€£?]|\w+")
_DASHES_RE = re.compile(r"[\u2010-\u2015\u2212]")
_DIGIT_GROUPS_RE = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl"})

_AD_RE = re.compile(
    r"(?:[\W_]*(?:publicité|annonce|advertisement|contenu commandité|la suite (?:de l.article )?(?:se trouve )?"
    r"(?:après|sous|ci-dessous) (?:la|cette) publicité|(?:l.article|le texte) continue (?:après|sous) la publicité|"
    r"lire la suite(?: après la publicité)?|partager|fin de la publicité)[\W_]*)+\Z",
    re.I,
)
_LABELS = frozenset(
    """
    publié publiée publie parution paru parue mis mise jour modifié modifiée modification dernière corrigé
    actualisé actualisée updated published posted modified
    """.split()
)
_TIMES = frozenset(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv fév févr avr juil sept oct
    nov déc lundi mardi mercredi jeudi vendredi samedi dimanche january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    h hr heure heures min minute minutes am pm a p m he hne hae ha hna est edt et ast adt utc gmt
    le la à de du en ligne il y aujourd hui hier ce cette ce matin soir et il at on the ago last date heure
    1er er jours jour semaine semaines
    """.split()
)
_LONGEST_DATE_LINE = 24
"""Words."""


def says(text: str) -> Words:
    """The words of a text, one after the other, as they are compared."""
    return tuple(_SAYS_RE.findall(_folded(text)))


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", _DIGIT_GROUPS_RE.sub("", text)).casefold()
    return _DASHES_RE.sub("-", text).translate(_LIGATURES)


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is a date line ("Mis à jour le 3 mars à 14 h 05") or an advertisement's label."""
    if len(paragraph) > 200:
        return False
    if _AD_RE.match(paragraph):
        return True
    words = re.findall(r"[^\W\d_]+", paragraph.casefold())
    if not re.search(r"\d", paragraph) or len(words) > _LONGEST_DATE_LINE:
        return False
    labelled = any(word in _LABELS for word in words)
    timed = bool(re.search(r"\d\s*(?:h\b|:\d\d)", paragraph))
    return (labelled or timed) and all(word in _LABELS or word in _TIMES for word in words)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs that say something."""
    return [part for part in re.split(r"\n\s*\n", text) if part.strip() and not is_furniture(part.strip())]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are in both texts, in the first only (removed) or in the second only (added)."""

    kind: str
    """same, removed, added."""
    text: str
    """As printed."""
    words: int


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph of either text, in reading order."""

    kind: str
    """same, removed, added, changed."""
    stretches: tuple[Stretch, ...]


def diff(old: str, new: str) -> list[ParagraphChange]:
    """What became of each paragraph. A paragraph that moved is removed in one place and added in another."""
    before, after = paragraphs_of(old), paragraphs_of(new)
    changes: list[ParagraphChange] = []
    for tag, i, j, k, m in _opcodes([says(p) for p in before], [says(p) for p in after]):
        if tag == "equal":
            changes += [_whole("same", paragraph) for paragraph in after[k:m]]
        else:
            changes += _replaced(before[i:j], after[k:m])
    return changes


def count_changes(changes: Sequence[ParagraphChange]) -> tuple[int, int]:
    """Words added, words removed."""
    stretches = [stretch for change in changes for stretch in change.stretches]
    return tuple(sum(s.words for s in stretches if s.kind == kind) for kind in ("added", "removed"))  # type: ignore[return-value]


def _whole(kind: str, paragraph: str) -> ParagraphChange:
    return ParagraphChange(kind, (Stretch(kind, paragraph, len(WORD_RE.findall(paragraph))),))


ALIKE = 0.5
"""Share of common words, of both, from which two paragraphs are one that changed."""
WINDOW = 20
"""Paragraphs that are looked through for the one that a new one comes from."""


def _replaced(before: list[str], after: list[str]) -> Iterator[ParagraphChange]:
    """Paragraphs in place of others: each new one beside the old one that it comes from, in their order."""
    bags = [Counter(says(paragraph)) for paragraph in before]
    start = 0
    for paragraph in after:
        bag = Counter(says(paragraph))
        near = range(start, min(start + WINDOW, len(before)))
        twin = next((n for n in near if _likeness(bags[n], bag) >= ALIKE), None)
        if twin is None:
            yield _whole("added", paragraph)
            continue
        yield from (_whole("removed", gone) for gone in before[start:twin])
        yield ParagraphChange("changed", tuple(_stretches(before[twin], paragraph)))
        start = twin + 1
    yield from (_whole("removed", gone) for gone in before[start:])


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    return 2 * (old & new).total() / ((old.total() + new.total()) or 1)


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    before, after = _printed_words(old), _printed_words(new)
    for tag, i, j, k, m in _opcodes([says(w) for w in before], [says(w) for w in after]):
        if tag == "equal":
            yield _stretch("same", after[k:m])
            continue
        if i < j:
            yield _stretch("removed", before[i:j])
        if k < m:
            yield _stretch("added", after[k:m])


def _printed_words(text: str) -> list[str]:
    """Words as an editor counts them; signs that stand alone go with the word before them."""
    words: list[str] = []
    # A blank between the digits of one number parts no words; U+0000, which no text holds, stands for it meanwhile.
    for piece in _DIGIT_GROUPS_RE.sub("\x00", text).split():
        if words and not WORD_RE.search(piece):
            words[-1] += " " + piece
        else:
            words.append(piece.replace("\x00", "\u202f"))
    return words


def _stretch(kind: str, words: list[str]) -> Stretch:
    return Stretch(kind, " ".join(words), sum(bool(WORD_RE.search(word)) for word in words))


Opcode = tuple[str, int, int, int, int]
MOST_PAIRS = 250_000
"""Of words: a larger stretch is first cut where a word stands once on either side."""


def _opcodes(before: Sequence[Words], after: Sequence[Words]) -> list[Opcode]:
    """As SequenceMatcher.get_opcodes, in bounded time: what has no landmark and is too large is replaced whole."""
    codes: list[Opcode] = []
    i = k = 0
    for j, m in [*_landmarks(before, after), (len(before), len(after))]:
        if (j - i) * (m - k) <= MOST_PAIRS:
            matcher = SequenceMatcher(None, before[i:j], after[k:m], autojunk=False)
            codes += [(tag, i + a, i + b, k + c, k + d) for tag, a, b, c, d in matcher.get_opcodes()]
        else:
            codes.append(("replace", i, j, k, m))
        i, k = j, m
    return codes


def _landmarks(before: Sequence[Words], after: Sequence[Words]) -> list[tuple[int, int]]:
    """The places of words that stand once in either text, in the same order in both; none where nothing need be cut.

    Source: the patience diff of Bram Cohen.
    """
    if len(before) * len(after) <= MOST_PAIRS:
        return []
    once = {word for word, n in Counter(after).items() if n == 1}
    there = {word: place for place, word in enumerate(after) if word in once}
    counts = Counter(before)
    pairs = [(place, there[word]) for place, word in enumerate(before) if counts[word] == 1 and word in there]
    return _longest_rise(pairs)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, which rise in the first number, that rises in the second too."""
    ends: list[int] = []
    last: list[int] = []
    previous: list[int | None] = []
    for n, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        previous.append(last[at - 1] if at else None)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [n]
    rise: list[tuple[int, int]] = []
    step = last[-1] if last else None
    while step is not None:
        rise.append(pairs[step])
        step = previous[step]
    return rise[::-1]
