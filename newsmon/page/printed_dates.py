"""The dates that readers see on a page, and the stamps behind them, each with whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from newsmon.items import DateSource, DateString, Role
from newsmon.outlets import Layout
from newsmon.page.body import select
from newsmon.page.date_lines import Line, iter_lines, stamp_of, text_before, walk
from newsmon.page.date_places import Places
from newsmon.page.date_words import (
    DATE_RE,
    LABEL_RE,
    LONGEST_LINE,
    count_other_words,
    has_label_apart,
    is_byline,
    is_line,
    starts_with_label,
)
from newsmon.page.metadata import Metadata
from newsmon.page.selectors import class_words, selector_of
from newsmon.page.texts import key, says, text_content, whole_text
from newsmon.text.clean import clean_line

_DATE_WORDS = frozenset(
    {
        "date", "dates", "datetime", "timestamp", "time", "heure", "jour", "publication", "publie", "published",
        "pubdate", "posted", "dateline", "datestamp",
    }
)  # fmt: skip
_PUBLISHED_WORDS = frozenset(
    {"published", "publication", "publie", "pubdate", "posted", "created", "creation", "parution"}
)
_MODIFIED_WORDS = frozenset({"modified", "updated", "update", "updates", "maj", "modification", "modifie"})
_ITEMPROPS: dict[str, Role] = {
    "datepublished": "published", "datecreated": "published", "uploaddate": "published", "datemodified": "modified",
}  # fmt: skip
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_OWN_PLACES = ("", "end", "clock")


class PrintedDates:
    """One page's. `most` is how many dates of each place that is not the article's own are given."""

    def __init__(self, tree: HtmlElement, body: HtmlElement, metadata: Metadata, layout: Layout, *, most: int) -> None:
        self._layout = layout
        self._most = most
        self._headline = metadata.headline_element
        self._title = key(metadata.headline.value)
        self._walk = walk(body, self._headline)
        self._clocks = select(tree, layout.clock_css) if layout.clock_css else []
        self._dates = select(tree, layout.date_css) if layout.date_css else []
        self._seen = frozenset(node for element in (*self._clocks, *self._dates) for node in element.iter())
        self._places = Places(body, self._headline, self._walk)
        self._given: Counter[str] = Counter()

    def strings(self) -> list[DateString]:
        """Those by the headline first, then those below the text, then the others."""
        found = [*self._declared()]
        for at, element in self._walk.stamps:
            if element not in self._seen:
                found += self._stamp(at, element)
        lines: list[DateString] = []
        for line in iter_lines(self._walk, self._headline):
            if line.element not in self._seen:
                lines += self._line(line)
        found += _without_lists(lines)
        found.sort(key=lambda string: ("", "end").index(string.place) if string.place in ("", "end") else 2)
        return [*found, *self._opening(), *self._prose()]

    def _make(
        self, source: DateSource, element: HtmlElement, raw: str, role: Role | None, place: str
    ) -> Iterator[DateString]:
        if place not in _OWN_PLACES:
            self._given[place] += 1
            if self._given[place] > self._most:
                return
        yield DateString(source=source, selector=selector_of(element), raw=raw, role=role, place=place)

    # --- declared by the outlet

    def _declared(self) -> Iterator[DateString]:
        for element in self._clocks[: self._most]:
            if raw := _shown(element):
                yield DateString(source="header", selector=self._layout.clock_css, raw=raw, role="clock", place="clock")
        css = self._layout.date_css
        for element in self._dates[: self._most]:
            shown = _shown(element)
            role: Role = _role_of(element, shown) or "published"
            if stamp := stamp_of(element):
                yield DateString(source="time", selector=css, raw=stamp, role=role)
            if shown:
                yield DateString(source="label", selector=css, raw=shown, role=role)

    # --- <time datetime> and the like

    def _stamp(self, at: int, element: HtmlElement) -> Iterator[DateString]:
        prop = _ITEMPROPS.get((element.get("itemprop") or "").lower())
        raw = stamp_of(element) if prop or element.tag != "meta" else None
        if not raw:
            return
        source: DateSource = "meta" if element.tag == "meta" else "time"
        place = self._places.place(element, at)
        if place not in ("", "tail", "frame"):
            yield from self._make(source, element, raw, "event", place)
            return
        role = prop or _role_of(element, clean_line(whole_text(element)[:LONGEST_LINE]))
        if place == "frame":
            # No clock says that something was published.
            told: Role | None = "published" if role == "published" else "clock"
            place = "" if role == "published" else place
        elif place == "tail":
            told, place = (role, "end") if role else ("event", place)
        else:
            told = role
        yield from self._make(source, element, raw, told, place)

    # --- text

    def _line(self, line: Line) -> Iterator[DateString]:
        if says(line.raw, self._title) or line.block.tag == "title":
            return
        place = self._places.place(line.element, line.at)
        if line.labelled:
            yield from self._labelled(line, place)
        elif place == "frame":
            yield from self._make("header", line.element, line.raw, "clock", place)
        elif place == "" and self._is_date_line(line):
            role: Role | None = "modified" if _class_role(line.element) == "modified" else None
            yield from self._make("header", line.element, line.raw, role, place)
        else:
            yield from self._make("text", line.element, line.raw, "event", place or "prose")

    def _labelled(self, line: Line, place: str) -> Iterator[DateString]:
        if place == "frame" and not _says_published(line.raw):
            yield from self._make("header", line.element, line.raw, "clock", place)
            return
        if place not in ("", "tail", "frame") or not self._is_label_line(line, place):
            yield from self._make("text", line.element, line.raw, "event", place or "prose")
            return
        place = "end" if place == "tail" else ""
        yield from self._make("label", line.element, line.raw, None, place)
        if part := _modified_part(line.raw):
            yield from self._make("label", line.element, part, "modified", place)

    def _is_label_line(self, line: Line, place: str) -> bool:
        """Whether a line with a label says when the article was published, rather than when something in it was."""
        others = count_other_words(line.raw)
        plain = starts_with_label(line.raw) or self._is_marked(line)
        if place == "" and line.at < self._places.border(1):
            return others <= 14 and (plain or is_byline(line.raw) or has_label_apart(line.raw))
        return others <= 6 and plain

    def _is_date_line(self, line: Line) -> bool:
        """Whether a line without a label is a date and little else, where articles print theirs."""
        others = count_other_words(line.raw)
        marked = self._is_marked(line)
        if line.at >= self._places.border(1):
            # The first long run may be a deck: a date alone after it is still the article's.
            if line.block.tag in _HEADINGS:
                return False
            return others <= 12 if marked else others <= 1 and line.at < self._places.border(2)
        return others <= (12 if marked or is_byline(line.raw) else 5)

    def _is_marked(self, line: Line) -> bool:
        """Whether the class of the line's element says that it is a date."""
        node: HtmlElement | None = line.element
        while node is not None:
            if node.tag == "time" or _DATE_WORDS.intersection(class_words(node)):
                return True
            node = node.getparent() if node is not line.block else None
        return False

    def _opening(self) -> Iterator[DateString]:
        if self._walk.opening:
            yield DateString(source="header", selector="opening", raw=self._walk.opening)

    def _prose(self) -> Iterator[DateString]:
        for at, element, raw in self._walk.prose:
            if raw in self._walk.opening:
                continue
            place = self._places.place(element, at)
            place = "prose" if place in ("", "tail", "frame") else place
            yield from self._make("text", element, raw, "event", place)


def _without_lists(strings: list[DateString]) -> list[DateString]:
    """After the article, a place that shows several dates is a list of other articles."""
    places = Counter(s.selector for s in strings if s.place == "end" and s.role is None)
    return [
        DateString(source="text", selector=s.selector, raw=s.raw, role="event", place="related")
        if s.place == "end" and places[s.selector] > 1
        else s
        for s in strings
    ]


def _says_published(line: str) -> bool:
    return any(label["published"] for label in LABEL_RE.finditer(line))


def _modified_part(line: str) -> str | None:
    """The part of a line that tells the last change, when another part tells something else."""
    labels = list(LABEL_RE.finditer(line))
    for i, label in enumerate(labels):
        if label["modified"]:
            end = labels[i + 1].start() if i + 1 < len(labels) else len(line)
            part, rest = line[label.start() : end], line[: label.start()] + line[end:]
            if any(c.isdigit() for c in part) and is_line(rest):
                return part.strip(" |-–—•,;(")
    return None


def _shown(element: HtmlElement) -> str:
    return text_content(element)[:LONGEST_LINE]


def _role_of(element: HtmlElement, text: str) -> Role | None:
    """What the words in, of and before an element say that its date is."""
    if label := LABEL_RE.search(text):
        return "published" if label["published"] else "modified"
    before = text_before(element)
    labels = list(LABEL_RE.finditer(before))
    # "Publié le <time>17 janvier</time> <time>18 janvier</time>": the label is of the first.
    if labels and not DATE_RE.search(before, labels[-1].end()):
        return "published" if labels[-1]["published"] else "modified"
    return _class_role(element)


def _class_role(element: HtmlElement) -> Role | None:
    words = frozenset(class_words(element))
    # "entry-date updated" is how themes class the one date of an article that was never changed.
    if words & _PUBLISHED_WORDS or "pubdate" in element.attrib or {"entry", "date"} <= words:
        return "published"
    return "modified" if words & _MODIFIED_WORDS else None
