"""The section that a page prints: a kicker, a category, or in a breadcrumb, "Accueil › Politique › Le titre..."."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from newsmon.page.texts import short_text, text_content, whole_text

_HOME_RE = re.compile(r"^(?:vous\s+[êe]tes\s+ici\s*:?\s*)?(?:page\s+d.)?(?:accueil|home)\b[\s>›»/|·•]*", re.I)
_CUT_RE = re.compile(r"\s*(?:\.\.\.|…)\s*\Z")
_KEY_RE = re.compile(r"[\W_]+")
_START = r"\s*+(?:vous|page|accueil|home)"
_MAYBE_START_RE = re.compile(_START, re.I)
_START_RE = re.compile(rf"{_START}\b", re.I)
LONGEST = 300
_ITEMS = 12
"""Children of a breadcrumb; what has more is a menu."""
_KICKER_RE = re.compile(r"entry-category|kicker|rubri|surtitre|article-?section", re.I)
_KICKER_MAX = 39


def find_trail_section(tree: HtmlElement, headline: str) -> str | None:
    """From the breadcrumb, told by what it says: it starts at the home page."""
    for element in tree.iter("nav", "ol", "ul", "p", "div"):
        if len(element) >= _ITEMS or not _may_be_trail(element):
            continue
        items = [text_content(child) for child in element if child.tag == "li"]
        text = short_text(element, LONGEST) and (" › ".join(items) if items else text_content(element))
        if is_trail(text) and (section := section_of(text, headline)):
            return section
    return None


def find_kicker(tree: HtmlElement) -> str | None:
    """The label above a headline, told by its class."""
    for element in tree.iter("a", "span", "p", "div", "li"):
        classes = element.get("class")
        if classes and _is_kicker(classes) and len(text := short_text(element, _KICKER_MAX)) > 2:
            return text
    return None


def find_category(headline: HtmlElement | None) -> str | None:
    """The category that the article's own link names, rel="category", in the element that holds the headline."""
    for holder in headline.iterancestors("header", "article") if headline is not None else ():
        for link in holder.iter("a"):
            if "category" in (link.get("rel") or "").split() and len(text := short_text(link, _KICKER_MAX)) > 2:
                return text
        if holder.tag != "header":
            return None
    return None


@lru_cache(maxsize=4096)
def _is_kicker(classes: str) -> bool:
    return _KICKER_RE.search(classes) is not None


def _may_be_trail(element: HtmlElement) -> bool:
    """Whether an element's text may open a trail: a look at the first of it."""
    own = element.text
    if own and not own.isspace():
        return _START_RE.match(own) is not None
    if not _MAYBE_START_RE.match(whole_text(element)):
        return False
    # What follows may stand in an element of its own: "Accueil" then "Politique".
    return _START_RE.match(next(text for text in element.itertext() if not text.isspace())) is not None


def is_trail(line: str) -> bool:
    """Whether a line starts at the home page."""
    return len(line) < LONGEST and _HOME_RE.match(line) is not None


def section_of(trail: str, headline: str) -> str | None:
    """What stands in a trail between the home page and the headline, or the part of it that was printed."""
    rest = _HOME_RE.sub("", trail)
    cut = repeated_at(rest, headline)
    section = (rest if cut is None else rest[:cut]).strip(" >›»/|·•")
    parts = [part.strip() for part in re.split(r"[>›»/|·•]", section) if part.strip()]
    section = parts[-1] if parts else ""
    return section if 2 < len(section) < 40 else None


def repeated_at(trail: str, headline: str) -> int | None:
    """Where in a trail the headline, or the first part of it, begins."""
    bare = _CUT_RE.sub("", trail)
    own = _KEY_RE.sub("", headline.casefold())
    for match in re.finditer(r"\S+", bare):
        rest = _KEY_RE.sub("", bare[match.start() :].casefold())
        if len(rest) > 15 and own.startswith(rest):
            return match.start()
    return None
