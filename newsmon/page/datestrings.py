"""Every string of a page that may be a date, with the place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from newsmon.items import DateSource, DateString, Role
from newsmon.outlets import Layout
from newsmon.page.blocks import class_words
from newsmon.page.body import select
from newsmon.page.date_lines import Line, Walk, iter_lines, stamp_of, text_before, walk
from newsmon.page.date_metas import find_meta_dates
from newsmon.page.date_places import Places
from newsmon.page.date_words import (
    DATE_RE,
    LABEL_RE,
    LINE_RE,
    LONGEST_LINE,
    count_other_words,
    has_label_apart,
    is_byline,
    starts_with_label,
)
from newsmon.page.document import Document
from newsmon.page.jsonld_dates import find_jsonld_dates
from newsmon.page.metadata import Metadata, key, text_content
from newsmon.text.clean import clean_line
from newsmon.text.urls import find_url_day

STRINGS_MAX = 60
ELSEWHERE_MAX = 3
"""Dates kept of each place that is not the article's own: enough to show that they were seen and why they lost."""

_DATE_WORDS = frozenset(
    {
        "date", "dates", "datetime", "timestamp", "time", "heure", "jour", "publication", "publie", "published",
        "pubdate", "posted", "dateline", "datestamp",
    }
)  # fmt: skip
_PUBLISHED_WORDS = frozenset(
    {
        "published", "publication", "publie", "pubdate", "posted", "created", "creation", "parution",
    }
)  # fmt: skip
_MODIFIED_WORDS = frozenset({"modified", "updated", "update", "updates", "maj", "modification", "modifie"})
_ITEMPROPS: dict[str, Role] = {
    "datepublished": "published", "datecreated": "published", "uploaddate": "published", "datemodified": "modified",
}  # fmt: skip
_NAMED_TAGS = ("article", "main", "header", "footer", "aside", "nav", "body")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_CLASS_RE = re.compile(r"[A-Za-z_-][A-Za-z_-]*\Z")
_VARYING_RE = re.compile(r"(?:category|tag|author|section|rubrique|format|status|type|postid|page|is|has|js|lang)-")
"""Classes that tell the article's section, author or kind: they differ between pages of one theme."""


def find_date_strings(document: Document, layout: Layout, metadata: Metadata | None = None) -> tuple[DateString, ...]:
    """Every candidate, the most trusted place first, each (place, text) once.

    `metadata`, when it is at hand, saves the cost of making it again.
    """
    metadata = metadata or Metadata(document)
    strings: list[DateString] = [*find_jsonld_dates(document, metadata), *find_meta_dates(document.tree)]
    body = document.tree.find("body")
    if body is not None:
        strings += _Visible(document, body, metadata, layout).strings()
    if day := find_url_day(document.url):
        strings.append(DateString(source="url", selector="url", raw=day.isoformat(), role="published"))
    return _kept(strings)


def _kept(strings: Iterable[DateString]) -> tuple[DateString, ...]:
    found: dict[tuple[str, str, str], DateString] = {}
    elsewhere: Counter[str] = Counter()
    for string in strings:
        identity = (string.source, string.selector, string.raw)
        if identity in found or len(found) >= STRINGS_MAX:
            continue
        if string.place not in ("", "end"):
            elsewhere[string.place] += 1
            if elsewhere[string.place] > ELSEWHERE_MAX:
                continue
        found[identity] = string
    return tuple(found.values())


class _Visible:
    """What readers see, and the stamps behind it."""

    def __init__(self, document: Document, body: HtmlElement, metadata: Metadata, layout: Layout) -> None:
        self._headline = metadata.headline_element
        self._title = key(metadata.headline.value)
        self._tree = document.tree
        self._layout = layout
        self._walk: Walk = walk(body, self._headline)
        self._clocks = select(document.tree, layout.clock_css) if layout.clock_css else []
        self._places = Places(body, self._headline, self._walk, self._clocks)

    def strings(self) -> list[DateString]:
        declared = [*self._declared()]
        stamps = [string for at, element in self._walk.stamps for string in self._stamp(at, element)]
        lines = [string for line in iter_lines(self._walk, self._headline) for string in self._line(line)]
        found = declared + stamps + _without_lists(lines)
        found.sort(key=lambda string: ("", "end").index(string.place) if string.place in ("", "end") else 2)
        return [*found, *self._opening(), *self._prose()]

    # --- declared by the outlet

    def _declared(self) -> Iterator[DateString]:
        for element in self._clocks[:3]:
            if raw := _shown(element):
                yield DateString(source="header", selector=self._layout.clock_css, raw=raw, role="clock", place="clock")
        for element in select(self._tree, self._layout.date_css)[:3] if self._layout.date_css else ():
            css, stamp = self._layout.date_css, stamp_of(element)
            role: Role = _role_of(element, _shown(element)) or "published"
            if stamp:
                yield DateString(source="time", selector=css, raw=stamp, role=role)
            if raw := _shown(element):
                yield DateString(source="label", selector=css, raw=raw, role=role)

    # --- <time datetime> and the like

    def _stamp(self, at: int, element: HtmlElement) -> Iterator[DateString]:
        prop = _ITEMPROPS.get((element.get("itemprop") or "").lower())
        if element.tag == "meta" and not prop:
            return
        raw = stamp_of(element)
        if not raw:
            return
        source: DateSource = "meta" if element.tag == "meta" else "time"
        place = self._places.place(element, at)
        role = prop or _role_of(element, clean_line("".join(element.itertext())[:LONGEST_LINE]))
        if place == "frame" and role is None:
            yield DateString(source=source, selector=selector_of(element), raw=raw, role="clock", place=place)
            return
        if (place == "tail" and role) or (place == "frame" and role == "published"):
            told_at = "" if place == "frame" else "end"
            yield DateString(source=source, selector=selector_of(element), raw=raw, role=role, place=told_at)
            return
        told: Role | None = "event" if place else role
        yield DateString(source=source, selector=selector_of(element), raw=raw, role=told, place=place)

    # --- text

    def _line(self, line: Line) -> Iterator[DateString]:
        if key(line.raw) == self._title or line.block.tag == "title":
            return
        labelled = LABEL_RE.search(line.raw)
        place = self._places.place(line.element, line.at)
        if not labelled:
            yield self._unlabelled(line, place)
            return
        if not self._is_label_line(line, place):
            place = place or "prose"
        elif place == "frame" and labelled["published"]:
            # No clock says that something was published.
            place = ""
        selector = selector_of(line.element)
        if place == "frame":
            yield DateString(source="header", selector=selector, raw=line.raw, role="clock", place=place)
        elif place in ("", "tail"):
            place = place and "end"
            yield DateString(source="label", selector=selector, raw=line.raw, place=place)
            if part := _modified_part(line.raw):
                yield DateString(source="label", selector=selector, raw=part, role="modified", place=place)
        else:
            yield DateString(source="text", selector=selector, raw=line.raw, role="event", place=place)

    def _is_label_line(self, line: Line, place: str) -> bool:
        """Whether a line with a label says when the article was published, rather than when something in it was."""
        others = count_other_words(line.raw)
        plain = starts_with_label(line.raw) or self._is_marked(line)
        if place == "" and line.at < self._places.border(1):
            return others <= 14 and (plain or is_byline(line.raw) or has_label_apart(line.raw))
        return others <= 6 and plain

    def _unlabelled(self, line: Line, place: str) -> DateString:
        selector = selector_of(line.element)
        if place == "frame":
            return DateString(source="header", selector=selector, raw=line.raw, role="clock", place=place)
        if place == "" and not self._is_date_line(line):
            place = "prose"
        if place:
            return DateString(source="text", selector=selector, raw=line.raw, role="event", place=place)
        role: Role | None = "modified" if _class_role(line.element) == "modified" else None
        return DateString(source="header", selector=selector, raw=line.raw, role=role)

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
            place = self._places.place(element, at)
            place = "prose" if place in ("", "tail", "frame") else place
            yield DateString(source="text", selector=selector_of(element), raw=raw, role="event", place=place)


def _without_lists(strings: list[DateString]) -> list[DateString]:
    """After the article, a place that shows several dates is a list of other articles."""
    places = Counter(s.selector for s in strings if s.place == "end" and s.role is None)
    return [
        DateString(source="text", selector=s.selector, raw=s.raw, role="event", place="related")
        if s.place == "end" and places[s.selector] > 1
        else s
        for s in strings
    ]


def _modified_part(line: str) -> str | None:
    """The part of a line that tells the last change, when another part tells something else."""
    labels = list(LABEL_RE.finditer(line))
    for i, label in enumerate(labels):
        if label["modified"]:
            end = labels[i + 1].start() if i + 1 < len(labels) else len(line)
            part, rest = line[label.start() : end], line[: label.start()] + line[end:]
            if any(c.isdigit() for c in part) and LINE_RE.search(rest):
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


def selector_of(element: HtmlElement) -> str:
    """A CSS path of tags and classes up to the nearest named ancestor: the same on every page of a theme."""
    parts = [_step(element)]
    for ancestor in element.iterancestors():
        step = _step(ancestor)
        if "." in step or "#" in step or ancestor.tag in _NAMED_TAGS:
            parts.append(step)
            break
    return " ".join(reversed(parts))[:200]


def _step(element: HtmlElement) -> str:
    classes = [c for c in (element.get("class") or "").split() if _CLASS_RE.match(c) and not _VARYING_RE.match(c)]
    identity = (element.get("id") or "") if not classes else ""
    name = f"#{identity}" if _CLASS_RE.match(identity) else ""
    return f"{element.tag}{name}" + "".join(f".{c}" for c in classes[:2])
