"""What a page shows around a link: its title and its date, within the card that is this link's alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from newsmon.discovery.titles import clean_title, is_headline, likeness, slug_words, words
from newsmon.items import Role
from newsmon.text.clean import clean_line

Element = etree._Element

MAX_CLIMB = 12
"""Ancestors looked at from a link."""
MAX_IN_CARD = 400
"""Elements looked at in a card or a link."""
MAX_ANCHORS = 8
"""Links to one address whose words are read."""

ONLY_IF_ALIKE = 2
"""The tier of texts that are a title only when the address says so: a picture's alt, one block of a wrapped card."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | {"p", "div", "li", "ul", "ol", "br", "article", "section", "figure", "figcaption", "header", "td"}
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "time", "button", "iframe", "video", "audio"})
_CARD_ENDS = frozenset({"body", "html", "main"})
_TITLE_CLASS_RE = re.compile(r"(?:^|[\s_-])(?:title|titre|headline|heading|manchette|hed)(?:$|[\s_-])", re.I)
_KICKER_CLASS_RE = re.compile(
    r"(?:sur|sup|sub|sous|pre)[_-]?(?:title|titre|head)|kicker|strapline|eyebrow|label|badge|categor|section-name"
    r"|overline|chapeau|(?:^|[\s_-])(?:tags?|deck|dek|lock(?:ed)?)(?:$|[\s_-])|(?:summary|excerpt|author)(?!s?[_-]?titl)"
    r"|auteur|byline|credit|commandit|sponsor|sr-only|visually-?hidden|screen-reader|comment",
    re.I,
)
_DATE_CLASS_RE = re.compile(
    r"(?:^|[\s_-])(?:dates?|datetime|time|heure|hour|publi\w*|posted|timestamp|moment|ago|temps|modified|updated"
    r"|maj)(?:$|[\s_-])|dateline",
    re.I,
)
_CHANGED_RE = re.compile(r"modif|updat|(?:^|[\s_-])maj(?:$|[\s_-])|mise?[\s-][aà][\s-]jour", re.I)
_DATE_TEXT_RE = re.compile(r"\d|\bhier\b|aujourd|\bil y a\b", re.I)
_DATE_ATTRIBUTES = ("datetime", "data-time", "data-date", "data-datetime", "data-published", "data-timestamp")
_STAMP_RE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")
_SCRIPT_DATE_RE = re.compile(
    r"""["']((?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?Z|\s?[+-]\d\d:?\d\d)?)["']"""
)


def attributes(element: Element) -> str:
    """Class and id, as one string to look words up in."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def text_of(element: Element, *, skip_kickers: bool = False) -> str:
    """The visible text on one line: a block's edge parts words; scripts, times and buttons say nothing."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walker, 2 * MAX_IN_CARD):
        if event == "start":
            parts.append(" " if node.tag in _BLOCKS else "")
            if node is not element and _is_silent(node, skip_kickers):
                walker.skip_subtree()
            else:
                parts.append(node.text or "")
        else:
            parts.append(" " if node.tag in _BLOCKS else "")
            parts.append(node.tail or "" if node is not element else "")
    return clean_line("".join(parts))


def _is_silent(node: Element, skip_kickers: bool) -> bool:
    return node.tag in _SILENT or (skip_kickers and bool(_KICKER_CLASS_RE.search(attributes(node))))


def within(element: Element) -> Iterator[Element]:
    """The element and what it holds, as far as it is worth looking."""
    return islice(element.iter(), MAX_IN_CARD)


class Cards:
    """The cards of a page: how far up from a link everything still belongs to that link alone."""

    def __init__(self, anchors: Iterable[tuple[str, Element]]) -> None:
        self._below: dict[Element, set[str]] = {}
        for key, anchor in anchors:
            for ancestor in _climb(anchor):
                self._below.setdefault(ancestor, set()).add(key)

    def card_of(self, anchor: Element) -> Element:
        card = anchor
        for ancestor in _climb(anchor):
            if card.tag in ("article", "li") or ancestor.tag in _CARD_ENDS or len(self._below[ancestor]) > 1:
                break
            card = ancestor
        return card


def _climb(anchor: Element) -> Iterator[Element]:
    return islice(anchor.iterancestors(), MAX_CLIMB)


def find_title(anchors: list[Element], cards: Iterable[Element], url: str) -> str | None:
    """The best title that the links to one address, and the cards they stand in, offer. None: only labels."""
    best: tuple[float, str] | None = None
    for tier, text in (*_of_anchors(anchors[:MAX_ANCHORS]), *_of_cards(cards, anchors)):
        title = clean_title(text)
        if title is None or not is_headline(title):
            continue
        close = likeness(title, url)
        if close < 0.5 and (tier == ONLY_IF_ALIKE or (len(words(title)) < 3 and len(slug_words(url)) > 3)):
            continue
        worth = tier + 4 * close - (1 if title.endswith(("...", "…")) else 0)
        if best is None or worth > best[0]:
            best = (worth, title)
    return best[1] if best else None


def _of_anchors(anchors: list[Element]) -> Iterator[tuple[int, str]]:
    for anchor in anchors:
        yield from _inside(anchor)
        around = [anchor, *islice(anchor.iterancestors(), 2)]
        text = text_of(anchor, skip_kickers=True) or text_of(anchor)
        if any(element.tag in HEADINGS for element in around):
            yield 6, text
        elif any(_is_titled(element) for element in around[:2]):
            yield 5, text
        elif len(text) <= 250:
            yield (1 if any(child.tag in _BLOCKS for child in within(anchor)) else 3), text
        for name in ("title", "aria-label"):
            yield ONLY_IF_ALIKE, anchor.get(name) or ""


def _inside(anchor: Element) -> Iterator[tuple[int, str]]:
    for element in within(anchor):
        if element is anchor:
            continue
        if element.tag == "img":
            yield ONLY_IF_ALIKE, element.get("alt") or ""
        elif "headline" in (element.get("itemprop") or "").split():
            yield 7, text_of(element, skip_kickers=True)
        elif element.tag in HEADINGS:
            yield (1 if _KICKER_CLASS_RE.search(attributes(element)) else 6), text_of(element, skip_kickers=True)
        elif _is_titled(element):
            yield 5, text_of(element, skip_kickers=True)
        elif element.tag in _BLOCKS or element.tag in ("span", "strong", "b"):
            yield ONLY_IF_ALIKE, text_of(element)


def _of_cards(cards: Iterable[Element], anchors: list[Element]) -> Iterator[tuple[int, str]]:
    """Headings of the card that are no link of their own."""
    own = set(anchors)
    for card in cards:
        for element in within(card):
            if element.tag in HEADINGS and own.issuperset(_links_of(element)):
                yield 4, text_of(element, skip_kickers=True)


def _links_of(heading: Element) -> Iterator[Element]:
    around = islice(heading.iterancestors(), MAX_CLIMB)
    return (element for element in (*within(heading), *around) if element.tag == "a")


def _is_titled(element: Element) -> bool:
    names = attributes(element)
    return bool(_TITLE_CLASS_RE.search(names)) and not _KICKER_CLASS_RE.search(names)


def find_card_date(card: Element) -> tuple[str | None, Role]:
    """The date that a card shows, as printed, machine-readable first; and whether it is the last change's."""
    found: list[tuple[int, Element, str, Role]] = []
    for element in within(card):
        rank, raw = _date_in(element)
        if raw:
            found.append((rank, element, raw, _role(element)))
    following = card.getnext()
    if not found and following is not None and following.tag == "script":
        match = _SCRIPT_DATE_RE.search(following.text or "")
        return (match[1], "published") if match else (None, "published")
    outer = {ancestor for _, element, _, _ in found for ancestor in element.iterancestors()}
    inner = [one for one in found if one[1] not in outer or one[0] <= 1]
    inner.sort(key=lambda one: (one[3] == "modified", one[0]))
    return (inner[0][2], inner[0][3]) if inner else (None, "published")


def _role(element: Element) -> Role:
    text = "".join(str(part) for part in islice(element.itertext(), 5)) if element.tag == "time" else ""
    named = f"{attributes(element)} {element.get('itemprop') or ''} {text[:80]}"
    return "modified" if _CHANGED_RE.search(named) else "published"


def _date_in(element: Element) -> tuple[int, str | None]:
    """How sure it is (0 best) that an element is a date, and the date as printed."""
    named = element.get("itemprop") or ""
    is_date = element.tag == "time" or named.startswith("date")
    for name in (*_DATE_ATTRIBUTES, *(("content",) if is_date else ())):
        value = clean_line(element.get(name) or "")
        if _STAMP_RE.match(value):
            return (1 if name.startswith("data-") else 0), value
    if element.tag == "script":
        match = _SCRIPT_DATE_RE.search(element.text or "")
        return (2, match[1]) if match else (2, None)
    if is_date or _DATE_CLASS_RE.search(attributes(element)):
        text = clean_line(" ".join(str(part) for part in islice(element.itertext(), MAX_IN_CARD)))
        if len(text) <= 80 and _DATE_TEXT_RE.search(text):
            return 3, text
    return 3, None
