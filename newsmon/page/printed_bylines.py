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
_LONGEST = 160
"""Signs."""
_BOX_TAGS = frozenset({"div", "p", "li", "ul", "h2", "h3", "h4", "h5", "time", "section", "address", "dd", "dt"})


def iter_printed_bylines(metadata: Metadata) -> Iterator[str]:
    """Short lines near the headline that a class, a relation or their first words mark as a byline."""
    found = 0
    told = {key(name) for name in metadata.bylines if len(name.split()) > 1}
    for element in _around_headline(metadata):
        if found > 5:
            return
        # CSS sets boxes apart: <div>Une Telle</div><div>7 mars</div>.
        boxed = any(inner.tag in _BOX_TAGS for inner in element)
        text = short_text(element, _LONGEST, between=" " if boxed else "")
        if len(text) <= 4:
            continue
        own = key(text) if told else ""
        if any(name in own and name != own for name in told) and not text.endswith((".", "!", "?")):
            found += 1
            yield text
            continue
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if marked or _WORDS.intersection(class_words(element)) or BYLINE_RE.match(text):
            found += 1
            yield text


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
