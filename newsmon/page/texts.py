"""The text of an element as a reader sees it, and when two texts say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from newsmon.text.clean import clean_line

_KEY_RE = re.compile(r"[\W_]+")
_OPENING = 40
"""Signs that mostly tell a text from another."""
_SKIPPED_TAGS = frozenset({"script", "style", "noscript", "template"})
_TOLD_TAGS = (*sorted(_SKIPPED_TAGS), "br")
"""What a walk over the mere texts would not see."""


def key(text: str | None) -> str:
    """`text` without anything but its letters and digits, for comparing two prints of one headline."""
    return _KEY_RE.sub("", (text or "").casefold())


def says(text: str, own: str) -> bool:
    """Whether `own` is the `key` of `text`, found without working it out where the first signs tell."""
    return own.startswith(key(text[:_OPENING])) and key(text) == own


def text_content(element: HtmlElement) -> str:
    """The element's text on one line, without scripts, a blank for each break."""
    return clean_line("".join(_iter_texts(element)))


def short_text(element: HtmlElement, most: int, *, between: str = "") -> str:
    """`text_content` where it has no more than `most` signs, else "". `between` parts its runs of text."""
    parts, length = [], 0
    for part in _iter_texts(element):
        length += len(part.strip())
        if length > most:
            return ""
        parts.append(part)
    text = clean_line(between.join(parts))
    return text if len(text) <= most else ""


def _has_told(element: HtmlElement) -> bool:
    # len() would count all children.
    if next(element.iterchildren(), None) is None:
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
