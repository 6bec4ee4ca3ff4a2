"""One article folded, and the terms of all topics found in it in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

from newsmon.topics.compile import Checked, Compiled, Simple
from newsmon.topics.crosslinks import find_zone
from newsmon.topics.evaluate import View
from newsmon.topics.fold import Place, fold
from newsmon.topics.guards import find_names
from newsmon.topics.surface import is_written
from newsmon.topics.zones import Zones

PARTED = "\n\n"
_Places = defaultdict[int, list[Place]]


class Scan:
    """The terms that one article has.

    Most articles fit no topic: which terms are there (`present`) is known at once, where they are (`view`) only
    when somebody asks.
    """

    def __init__(self, compiled: Compiled, headline: str, deck: str, body: str) -> None:
        self.body_start = len(headline) + len(deck) + 2 * len(PARTED)
        self.folded = fold(PARTED.join((headline, deck, body)))
        headline_end = self.folded.from_source(len(headline))
        self.ends = headline_end, self.folded.from_source(self.body_start - len(PARTED))
        self._compiled = compiled
        self._simple: list[tuple[int, Simple]] = []
        self._hits: _Places = defaultdict(list)
        self._guarded: _Places = defaultdict(list)
        self._crosslinks: list[Place] = []
        self._view: View | None = None
        self.present = self._scan()

    def _scan(self) -> set[int]:
        raw = list(self._compiled.automaton.iter(self.folded.words))
        self._simple = [one for one in raw if one[1].__class__ is tuple]
        if len(self._simple) < len(raw):
            for last, found in raw:
                if found.__class__ is not tuple:
                    self._look_again(last, found)
        if self._guarded or self._crosslinks:
            return self._see_to_names()
        present = {number for _, found in self._simple for number in found[2]}
        present.update(self._hits)
        return present

    def _look_again(self, last: int, found: Checked) -> None:
        """Take a phrase that no break divides, a prefix with the rest of its word, a term as it is printed."""
        end = self.folded.words.index(" ", last + 1) if found.prefix else last
        start = last + 1 - found.letters if found.prefix else last - found.letters
        if found.phrase and "," in self.folded.breaks[start:end]:
            return
        place = start, end
        for number in found.plain:
            self._hits[number].append(place)
        for number, text in found.exact:
            if is_written(self.folded, place, text):
                self._hits[number].append(place)
        for k, text in found.guarded:
            if not text or is_written(self.folded, place, text):
                self._guarded[k].append(place)
        for reach in found.openers if start >= self.ends[1] else ():
            zone = find_zone(self.folded.source, *self.folded.to_source(*place), reach)
            if zone:
                self._crosslinks.append((self.folded.from_source(zone[0]), self.folded.from_source(zone[1])))

    def view(self, wanted: Set[int]) -> View:
        """The article with the places of the terms wanted (of all, where guards or cross-links had to be seen to)."""
        if self._view is None:
            self._place_words(wanted)
            self._view = View(self.folded, self.ends, self._hits)
        return self._view

    def _see_to_names(self) -> set[int]:
        """Find what is a name and what stands in a cross-link; the terms that are there after that."""
        self._place_words(None)
        if self._crosslinks:
            zones = Zones(self._crosslinks)
            self._hits, self._guarded = _outside(self._hits, zones), _outside(self._guarded, zones)
        self._add_names()
        self._view = View(self.folded, self.ends, self._hits)
        return set(self._hits)

    def _place_words(self, wanted: Set[int] | None) -> None:
        words, hits = self.folded.words, self._hits
        for last, (letters, prefix, numbers) in self._simple:
            if wanted is None or not wanted.isdisjoint(numbers):
                place = (last + 1 - letters, words.index(" ", last + 1)) if prefix else (last - letters, last)
                for number in numbers:
                    hits[number].append(place)

    def _add_names(self) -> None:
        before = View(self.folded, self.ends, self._hits)
        named = {}
        for k, places in self._guarded.items():
            guarded = self._compiled.vocabulary.guarded[k]
            named[guarded.term] = find_names(guarded, before, places)
        for number, places in named.items():
            if places:
                self._hits[number] = sorted({*self._hits.get(number, ()), *places})


def _outside(hits: _Places, zones: Zones) -> _Places:
    kept: _Places = defaultdict(list)
    for number, places in hits.items():
        free = [place for place in places if not zones.hold(place[0])]
        if free:
            kept[number] = free
    return kept
