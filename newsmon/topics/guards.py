"""Guards of names that are words too: Poutine, who has a capital and no article, and poutine, the dish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from newsmon.topics.compile import Guarded
from newsmon.topics.evaluate import View, has_near
from newsmon.topics.fold import Place, fold_words

Capital = Literal["yes", "unsure", "no"]

_BEFORE_RE = re.compile(r"[\w’'-]+\W*\Z")
_AFTER_RE = re.compile(r"\W*[\w’'-]+")
_REACH = 40
_QUIET = " \t\xa0\u202f’'"
"""Between two words of one sentence."""


def find_capital(source: str, start: int, end: int) -> Capital:
    """Whether a word has the capital of a name; unsure where its sentence, a quote or a line of capitals gives one."""
    surface = source[start:end]
    letter = next((character for character in surface if character.isalpha()), "")
    if not letter.isupper():
        return "no"
    before, after = source[max(0, start - _REACH) : start], source[end : end + _REACH]
    if len(surface) > 1 and surface.isupper() and _is_shouted(before, after):
        return "unsure"
    gap = before[len(before.rstrip(_QUIET + ",)-–—")) :]
    last = before.rstrip(_QUIET + ",)-–—")[-1:]
    dashed = any(dash in gap for dash in "–—") or (gap.strip(_QUIET) == "-" and gap[:1] in _QUIET)
    return "yes" if last.isalnum() and not dashed else "unsure"


def _is_shouted(before: str, after: str) -> bool:
    """Whether no word beside has a small letter."""
    words = [found[0] for found in (_BEFORE_RE.search(before), _AFTER_RE.match(after)) if found]
    letters = ["".join(filter(str.isalpha, word)) for word in words]
    return all(word.isupper() for word in letters if len(word) > 1)


def _has_neighbour(guarded: Guarded, view: View, place: Place) -> bool:
    """Whether a word stands beside the name that tells it is none."""
    words, (start, end) = view.folded.words, place
    before, after = words[max(0, start - _REACH) : start], words[end : end + _REACH]
    name = guarded.name
    return any(before.endswith(f" {fold_words(word)} ") for word in name.not_after) or any(
        after.startswith(f" {fold_words(word)} ") for word in name.not_before
    )


def find_names(guarded: Guarded, view: View, places: Iterable[Place]) -> list[Place]:
    """Those places of a guarded form that are the name."""
    company = view.places(guarded.company | {guarded.term})
    if not company and not guarded.not_with.isdisjoint(view.hits):
        return []
    free = (place for place in places if not _has_neighbour(guarded, view, place))
    return [place for place in free if _is_named(guarded, view, place, company)]


def _is_named(guarded: Guarded, view: View, place: Place, company: list[Place]) -> bool:
    capital = find_capital(view.folded.source, *view.folded.to_source(*place))
    match guarded.name.need:
        case "capital":
            return capital != "no"
        case "both":
            return capital != "no" and bool(company)
    beside = bool(company) if capital != "no" else has_near(view, place, company, guarded.name.within)
    return beside or (guarded.name.need == "either" and capital == "yes")
