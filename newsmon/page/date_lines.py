"""One walk over a page's body: stamps, lines that may be a date, and where the prose begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newsmon.page.date_words import (
    DIGIT_RE,
    FULL_DATE_RE,
    LABEL_ALONE_RE,
    LONGEST_LINE,
    OPENING_RE,
    STAMP_RE,
    has_label,
    is_line,
    is_part,
    is_spoken_alone,
)
from newsmon.page.texts import whole_text
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
_THIN_TAGS = frozenset({"img", "svg", "wbr", "meta", "script", "style", "noscript", "picture"})
"""Elements that stand in a line without parting it, and hold none of its text."""
_BEFORE_MAX = 60
_SIBLINGS_MAX = 24
"""Elements on either side of a run that are looked at for the rest of its line."""
_PROSE_DATES = 4
_PROSE_RUNS = 12
_PROSE_MAX = 20_000
"""Signs of a run of prose that are looked through for a date: no paragraph is longer."""
_SPOKEN_MAX = 48
"""Signs of a run of text without a digit that may be a date: "hier soir", "Publié aujourd’hui"."""
_PIECES_MAX = 300
_has_digit = DIGIT_RE.search
_STAMP_TAGS = frozenset({"time", "abbr", "meta"})


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
    labelled: bool
    """It holds a word for published or modified."""


@dataclass(slots=True)
class _Piece:
    """A run of text directly inside `element`; after its child `before`, or first."""

    at: int
    element: HtmlElement
    before: HtmlElement | None
    text: str


@dataclass(slots=True)
class Walk:
    """What one walk over a body brings."""

    headline_at: int | None = None
    stamps: list[tuple[int, HtmlElement]] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    """Short runs of text that may be part of a date."""
    prose_at: list[int] = field(default_factory=list)
    """Where the long runs of text after the headline stand, in order."""
    prose: list[tuple[int, HtmlElement, str]] = field(default_factory=list)
    """Dates inside long runs of text."""
    opening: str = ""
    """The date with which a wire story or a release opens."""


def walk(body: HtmlElement, headline: HtmlElement | None) -> Walk:
    """The page's text once, run by run: most runs are passed over after one look for a digit."""
    found = Walk()
    title = next((text for text in headline.itertext() if not text.isspace()), None) if headline is not None else None
    for at, (element, before, text) in enumerate(_iter_runs(body)):
        if text is None:
            if len(found.stamps) < _PIECES_MAX:
                found.stamps.append((at, element))
        elif text == title and found.headline_at is None and _is_within(element, headline):
            found.headline_at = at
        elif element.tag not in _SILENT_TAGS and _is_promising(text):
            _take(found, _Piece(at, element, before, text))
    return found


def _iter_runs(body: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement | None, str | None]]:
    """In document order: runs of text, each with its element and the child that it follows; stamps have no text."""
    inside: list[HtmlElement] = []
    for element in body.iter():
        parent = element.getparent()
        while inside and inside[-1] is not parent:
            ended = inside.pop()
            if (tail := ended.tail) and not tail.isspace():
                yield inside[-1], ended, tail
        inside.append(element)
        if element.tag in _STAMP_TAGS:
            yield element, None, None
        if element.tag not in _SILENT_TAGS and (text := element.text) and not text.isspace():
            yield element, None, text
    while len(inside) > 1:
        ended = inside.pop()
        if (tail := ended.tail) and not tail.isspace():
            yield inside[-1], ended, tail


def _is_within(element: HtmlElement, headline: HtmlElement | None) -> bool:
    return element is headline or any(ancestor is headline for ancestor in element.iterancestors())


def _is_promising(text: str) -> bool:
    """Whether a run of text is long, or may be a part of a date."""
    if len(text) > LONGEST_LINE:
        return True
    return is_part(text) if _has_digit(text) else len(text) < _SPOKEN_MAX and is_spoken_alone(text)


def _take(found: Walk, piece: _Piece) -> None:
    if len(piece.text) > LONGEST_LINE and len(text := piece.text.strip()) > LONGEST_LINE:
        _take_prose(found, piece.at, piece.element, text)
    elif len(found.pieces) < _PIECES_MAX:
        found.pieces.append(piece)


def _take_prose(found: Walk, at: int, element: HtmlElement, text: str) -> None:
    if found.headline_at is not None:
        if not found.prose_at and (m := OPENING_RE.match(text.lstrip("( \u00a0"))):
            found.opening = clean_line(m[0])
        found.prose_at.append(at)
    if len(found.prose) >= _PROSE_DATES or len(found.prose_at) >= _PROSE_RUNS:
        return
    if m := FULL_DATE_RE.search(text, 0, _PROSE_MAX):
        found.prose.append((at, element, clean_line(m[0])))


# --- lines


def iter_lines(found: Walk, headline: HtmlElement | None) -> Iterator[Line]:
    """Each line that may hold a date, once. A line is what a reader sees as one: cut at blocks and line breaks."""
    seen: set[tuple[HtmlElement, str]] = set()
    for piece in found.pieces:
        block, text = _line_around(piece)
        if block is headline:
            continue
        text = " ".join(text.split())
        if len(text) > LONGEST_LINE:
            block, text = piece.element, piece.text
        if (block, text) in seen or not is_line(text):
            continue
        seen.add((block, text))
        text = clean_line(text)
        labelled = has_label(text)
        if not labelled and (label := _label_before(block)):
            text, labelled = f"{label} {text}", True
        yield Line(piece.element, block, piece.at, text, labelled)


def _line_around(piece: _Piece) -> tuple[HtmlElement, str]:
    """The block-level element around a run of text, and what a reader sees on its line."""
    block, top = _climb(piece.element)
    if top is not None:
        parts = [*_leftwards(block, top.getprevious()), *_rightwards(top)]
    elif piece.before is not None:
        parts = [*_leftwards(block, piece.before, piece.text), *_rightwards(piece.before.getnext())]
    else:
        parts = [piece.text, *_rightwards(next(iter(block), None))]
    return block, "".join(parts)


def _leftwards(block: HtmlElement, node: HtmlElement | None, tail: str | None = None) -> list[str]:
    """What stands before on the line, in reading order: `node` and its tail, and so on to a block or a break."""
    parts: list[str] = []
    for _ in range(_SIBLINGS_MAX):
        if node is None:
            parts.append(block.text or "")
            break
        parts.append((node.tail if tail is None else tail) or " ")
        tail = None
        if node.tag in INLINE_TAGS:
            parts.append(whole_text(node))
        elif node.tag not in _THIN_TAGS:
            break
        node = node.getprevious()
    return parts[::-1]


def _rightwards(node: HtmlElement | None) -> list[str]:
    """What stands on the line from `node` on, to a block or a break."""
    parts: list[str] = []
    for _ in range(_SIBLINGS_MAX):
        if node is None or (node.tag not in INLINE_TAGS and node.tag not in _THIN_TAGS):
            break
        if node.tag in INLINE_TAGS:
            parts.append(whole_text(node))
        # <span>Publié hier</span><span>Mis à jour à 8 h</span>: CSS sets them apart.
        parts.append(node.tail or " ")
        node = node.getnext()
    return parts


def _label_before(block: HtmlElement) -> str | None:
    """A label that fills the element before: <dt>Publié le</dt><dd>17 janvier 2022</dd>."""
    before = block.getprevious()
    if before is None or not isinstance(before.tag, str) or len(before) > 3:
        return None
    text = clean_line(whole_text(before))
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
    block, top = _climb(element)
    if top is None:
        return _label_before(block) or ""
    inside = [] if top is element else _leftwards(element.getparent(), element.getprevious())
    text = clean_line("".join([*_leftwards(block, top.getprevious()), *inside]))
    return text[-_BEFORE_MAX:] or _label_before(block) or ""


def _climb(element: HtmlElement) -> tuple[HtmlElement, HtmlElement | None]:
    """The block-level element around `element`, and its child on the way there."""
    top = None
    while element.tag in INLINE_TAGS and (parent := element.getparent()) is not None:
        top, element = element, parent
    return element, top
