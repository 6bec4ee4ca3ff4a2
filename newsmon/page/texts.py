"""The text of an element as a reader sees it, and when two texts say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.html import HtmlElement

from newsmon.text.clean import clean_line

_OPENING = 40
"""Signs that mostly tell a text from another."""
_SKIPPED_TAGS = frozenset({"script", "style", "noscript", "template"})
_BLANKS = 20
"""Signs for each that a short text may have, markup being indented, up to which it is taken whole."""
_LONGEST = 100_000
"""Signs, blanks too, of an element whose text may be short."""
_TOLD_TAGS = (*sorted(_SKIPPED_TAGS), "br")
"""What a walk over the mere texts would not see."""


def key(text: str | None) -> str:
    """`text` without anything but its letters and digits, for comparing two prints of one headline."""
    return "".join(filter(str.isalnum, (text or "").casefold()))


def says(text: str, own: str) -> bool:
    """Whether `own` is the `key` of `text`, found without working it out where the first signs tell."""
    first = text[:1].casefold()
    if first.isalnum() and not own.startswith(first):
        return False
    return own.startswith(key(text[:_OPENING])) and key(text) == own


def whole_text(element: HtmlElement) -> str:
    """All the text in the element, as written, scripts too: "".join(element.itertext()) in a fifth of its time."""
    return str(etree.tostring(element, method="text", encoding=str, with_tail=False))


def text_content(element: HtmlElement) -> str:
    """The element's text on one line, without scripts, a blank for each break."""
    return clean_line("".join(_iter_shown_texts(element)) if _has_told(element) else whole_text(element))


def short_text(element: HtmlElement, most: int, *, between: str = "") -> str:
    """`text_content` where it has no more than `most` signs, else "". `between` parts its runs of text."""
    text = whole_text(element)
    if not text or len(text) > _LONGEST or text.isspace():
        return ""
    if between or len(text) > most * _BLANKS or _has_told(element):
        return _short_text_of(_iter_texts(element), most, between)
    if len(text) > most and len("".join(text.split())) > most:
        return ""
    text = clean_line(text)
    return text if len(text) <= most else ""


def _short_text_of(texts: Iterable[str], most: int, between: str) -> str:
    parts, length = [], 0
    for part in texts:
        length += len(part.strip())
        if length > most:
            return ""
        parts.append(part)
    text = clean_line(between.join(parts))
    return text if len(text) <= most else ""


def _has_told(element: HtmlElement) -> bool:
    if not len(element):
        return element.tag in _SKIPPED_TAGS
    return next(element.iter(*_TOLD_TAGS), None) is not None


def _iter_texts(element: HtmlElement) -> Iterator[str]:
    if not _has_told(element):
        texts: Iterator[str] = element.itertext()
        return texts
    return _iter_shown_texts(element)


def _iter_shown_texts(element: HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            if inner.tail and inner is not element:
                yield inner.tail
        elif inner.tag in _SKIPPED_TAGS:
            walk.skip_subtree()
        elif inner.tag == "br":
            yield " "
        elif inner.text:
            yield inner.text
