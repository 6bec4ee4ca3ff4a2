"""The bylines that readers see: short lines near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from newsmon.page.blocks import is_about_article, is_boilerplate
from newsmon.page.metadata import Metadata
from newsmon.page.selectors import class_words
from newsmon.page.texts import key, short_text

_WORDS = frozenset(
    """
    byline bylines author authors auteur auteurs signature journaliste writer contributor
    """.split()
)
BYLINE_RE = re.compile(
    r"^(?:un\s+(?:texte|article|reportage)\s+de|par|by|texte\s*:|propos\s+recueillis\s+par"
    r"|publi[ée]e?\s+le\s+[^.]{6,40}\bpar)\s+\S",
    re.I,
)
_OPENING_RE = re.compile(r"un|par|by|texte|propos|publi", re.I)
_LONGEST = 160
"""Signs."""
_BOX_TAGS = frozenset({"div", "p", "li", "ul", "h2", "h3", "h4", "h5", "time", "section", "address", "dd", "dt"})


def iter_printed_bylines(metadata: Metadata) -> Iterator[str]:
    """Short lines near the headline that a class, a relation or their first words mark as a byline."""
    found = 0
    told = {key(name): _first_word(name) for name in metadata.bylines if len(name.split()) > 1}
    for element in _around_headline(metadata):
        if found > 5:
            return
        text = short_text(element, _LONGEST)
        if len(text) <= 4 or not _may_be_byline(element, text, told):
            continue
        if any(inner.tag in _BOX_TAGS for inner in element):
            # CSS sets boxes apart: <div>Une Telle</div><div>7 mars</div>.
            text = short_text(element, _LONGEST, between=" ")
        if text and (BYLINE_RE.match(text) or _is_marked(element) or _is_with_name(text, told)):
            found += 1
            yield text


def _may_be_byline(element: HtmlElement, text: str, told: dict[str, str]) -> bool:
    """Whether a look at the element's boxes is worth it."""
    return _OPENING_RE.match(text) is not None or _is_marked(element) or _is_with_name(text, told)


def _is_marked(element: HtmlElement) -> bool:
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    return not _WORDS.isdisjoint(class_words(element))


def _first_word(name: str) -> str:
    found = re.search(r"\w+", name)
    return found[0].casefold() if found else ""


def _is_with_name(text: str, told: dict[str, str]) -> bool:
    """Whether a name stands in a label beside other words. `told`: the `key` of each name to its first word."""
    if text.endswith((".", "!", "?")):
        return False
    folded = text.casefold()
    if not any(word in folded for word in told.values()):
        return False
    own = key(text)
    return any(name in own and name != own for name in told)


def _around_headline(metadata: Metadata) -> Iterator[HtmlElement]:
    """Elements of the headline's surroundings, in document order: what follows it first, then what stands above."""
    headline = metadata.headline_element
    if headline is None:
        yield from list(metadata.root.iter("p", "div", "span", "a", "address"))[:400]
        return
    for element in headline.itersiblings():
        yield from _small(element)
    for step, ancestor in enumerate(headline.iterancestors()):
        if ancestor.tag in ("body", "html") or step > 4:
            break
        for element in ancestor.itersiblings():
            yield from _small(element)


def _small(element: HtmlElement) -> Iterator[HtmlElement]:
    if not isinstance(element.tag, str) or element.tag in ("aside", "nav", "footer"):
        return
    if not is_boilerplate(element) or is_about_article(element):
        for seen, inner in enumerate(
            element.iter(
                "p", "div", "span", "a", "address", "li", "dd", "strong", "em", "b", "i", "small", "font", "h3", "h4"
            )
        ):
            if seen > 150:
                return
            yield inner
