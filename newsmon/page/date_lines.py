"""One walk over a page's body: stamps, lines that may be a date, and where the prose begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from newsmon.page.date_words import (
    DIGIT_RE,
    FULL_DATE_RE,
    LABEL_ALONE_RE,
    LABEL_RE,
    LONGEST_LINE,
    OPENING_RE,
    STAMP_RE,
    is_line,
    is_part,
    is_spoken_alone,
)
from newsmon.text.clean import clean_line

INLINE_TAGS = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "ins",
        "label", "mark", "q", "s", "small", "span", "strong", "strike", "sub", "sup", "time", "tt", "u", "var",
        "relative-time", "time-ago", "local-time",
    }
)  # fmt: skip
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "svg", "math", "title", "option", "textarea"})
_STAMP_ATTRIBUTES = ("datetime", "content", "data-datetime", "data-timestamp", "data-time", "data-date", "title")
_BEFORE_MAX = 60
_PROSE_DATES = 4
_PROSE_RUNS = 12
_SPOKEN_MAX = 48
"""Signs of a run of text without a digit that may be a date: "hier soir", "Publié aujourd’hui"."""
_PIECES_MAX = 300
_has_digit = DIGIT_RE.search
_ITEMS = etree.XPath("descendant::text()[normalize-space(.)]|descendant::time|descendant::abbr|descendant::meta")
"""What is looked at, in document order: faster than a visit to every element."""


@dataclass(slots=True)
class Line:
    """A line that may be a date, or a stamp."""

    element: HtmlElement
    """The innermost element that bears it."""
    block: HtmlElement
    """The block-level element around it."""
    at: int
    """Its place in document order."""
    raw: str


@dataclass(slots=True)
class Walk:
    """What one walk over a body brings."""

    headline_at: int | None = None
    stamps: list[tuple[int, HtmlElement]] = field(default_factory=list)
    pieces: list[tuple[int, HtmlElement, str]] = field(default_factory=list)
    """Short runs of text that may be part of a date: order, the element whose text it is, the run."""
    prose_at: list[int] = field(default_factory=list)
    """Where the long runs of text after the headline stand, in order."""
    prose: list[tuple[int, HtmlElement, str]] = field(default_factory=list)
    """Dates inside long runs of text."""
    opening: str = ""
    """The date with which a wire story or a release opens."""


def walk(body: HtmlElement, headline: HtmlElement | None) -> Walk:
    """The page's text once, run by run: most runs are passed over after one look for a digit."""
    found = Walk()
    in_headline = frozenset(headline.iter()) if headline is not None else frozenset()
    items: Any = _ITEMS(body)
    for at, item in enumerate(items):
        if isinstance(item, HtmlElement):
            found.stamps.append((at, item))
        elif found.headline_at is None and item.getparent() in in_headline and not item.is_tail:
            found.headline_at = at
        elif _is_promising(item):
            parent = item.getparent()
            _take(found, at, parent.getparent() if item.is_tail else parent, str(item))
    return found


def _is_promising(text: str) -> bool:
    """Whether a run of text is long, or may be a part of a date."""
    if len(text) > LONGEST_LINE:
        return True
    return is_part(text) if _has_digit(text) else len(text) < _SPOKEN_MAX and is_spoken_alone(text)


def _take(found: Walk, at: int, element: HtmlElement, text: str) -> None:
    if element.tag in _SILENT_TAGS:
        return
    if len(text) > LONGEST_LINE and len(text := text.strip()) > LONGEST_LINE:
        _take_prose(found, at, element, text)
    else:
        found.pieces.append((at, element, text))


def _take_prose(found: Walk, at: int, element: HtmlElement, text: str) -> None:
    if found.headline_at is not None:
        if not found.prose_at and (m := OPENING_RE.match(text.lstrip("( \u00a0"))):
            found.opening = clean_line(m[0])
        found.prose_at.append(at)
    if len(found.prose) < _PROSE_DATES and len(found.prose_at) < _PROSE_RUNS and (m := FULL_DATE_RE.search(text)):
        found.prose.append((at, element, clean_line(m[0])))


# --- lines


def iter_lines(found: Walk, headline: HtmlElement | None) -> Iterator[Line]:
    """Each line that may hold a date, once. A line is what a reader sees as one: cut at blocks and line breaks."""
    seen: set[tuple[HtmlElement, str]] = set()
    runs: dict[HtmlElement, list[_Run]] = {}
    for at, owner, piece in found.pieces[:_PIECES_MAX]:
        block, top = _climb(owner)
        if block is headline or owner is headline:
            continue
        if block not in runs:
            runs[block] = _runs_of(block)
        text = " ".join(_run_with(runs[block], top, piece).split())
        if len(text) > LONGEST_LINE:
            block, text = owner, piece
        if not is_line(text):
            continue
        text = clean_line(text)
        if (block, text) not in seen:
            seen.add((block, text))
            if not LABEL_RE.search(text) and (label := _label_before(block)):
                text = f"{label} {text}"
            yield Line(owner, block, at, text)


def _climb(element: HtmlElement) -> tuple[HtmlElement, HtmlElement | None]:
    """The block-level element around `element`, and its child on the way there."""
    top = None
    while element.tag in INLINE_TAGS and element.getparent() is not None:
        top, element = element, element.getparent()
    return element, top


@dataclass(slots=True)
class _Run:
    """What stands between two line breaks or blocks."""

    parts: list[str]
    children: list[HtmlElement]

    @property
    def text(self) -> str:
        return "".join(self.parts)


def _runs_of(block: HtmlElement) -> list[_Run]:
    runs: list[_Run] = []
    parts: list[str] = [block.text or ""]
    children: list[HtmlElement] = []
    touches = False
    for child in block:
        tag = child.tag
        if tag in INLINE_TAGS:
            if touches:
                parts.append(" ")  # <span>Publié hier</span><span>Mis à jour à 8 h</span>
            children.append(child)
            parts += child.itertext()
        elif tag == "br" or tag not in ("img", "svg", "wbr", "meta", "script", "style", "noscript"):
            runs.append(_Run(parts, children))
            parts, children = [], []
        parts.append(child.tail or "")
        touches = tag in INLINE_TAGS and not child.tail
        if len(runs) > 200:
            break
    runs.append(_Run(parts, children))
    return runs


def _run_with(runs: list[_Run], top: HtmlElement | None, piece: str) -> str:
    if top is not None:
        run = next((run for run in runs if any(child is top for child in run.children)), None)
    else:
        run = next((run for run in runs if any(piece in part for part in run.parts)), None)
    return run.text if run else piece


def _label_before(block: HtmlElement) -> str | None:
    """A label that fills the element before: <dt>Publié le</dt><dd>17 janvier 2022</dd>."""
    before = block.getprevious()
    if before is None or not isinstance(before.tag, str) or len(before) > 3:
        return None
    text = clean_line("".join(before.itertext()))
    return text if 3 < len(text) <= 40 and LABEL_ALONE_RE.match(text) else None


# --- stamps


def stamp_of(element: HtmlElement) -> str | None:
    """The machine's form of the date that an element shows."""
    for name in _STAMP_ATTRIBUTES:
        value = element.get(name)
        if value and len(value) <= 60 and STAMP_RE.search(value.strip()):
            return clean_line(value)
    return None


def text_before(element: HtmlElement) -> str:
    """What stands before `element` on its line, the nearest sixty signs of it."""
    parts: list[str] = []
    length, node = 0, element
    while length < _BEFORE_MAX:
        before = node.getprevious()
        if before is None:
            parent = node.getparent()
            if parent is None:
                break
            parts.append(parent.text or "")
            if parent.tag not in INLINE_TAGS:
                parts.append(_label_before(parent) or "" if not "".join(parts).strip() else "")
                break
            node = parent
            continue
        parts.append(before.tail or "")
        if before.tag not in INLINE_TAGS:
            parts.append(_label_before(node) or "" if not "".join(parts).strip() else "")
            break
        parts.append("".join(before.itertext())[-_BEFORE_MAX:])
        length += len(parts[-1]) + len(parts[-2])
        node = before
    return clean_line("".join(reversed(parts)))[-_BEFORE_MAX:]
