"""What classes and ids say of a place, and a name for it that is the same on every page of a theme."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

LONGEST = 200
_NAMED_TAGS = frozenset({"article", "main", "header", "footer", "aside", "nav", "body"})
_WORD_RE = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])|[0-9]+")
_CLASS_RE = re.compile(r"[A-Za-z_-]+\Z")
_VARYING_RE = re.compile(r"(?:category|tag|author|section|rubrique|format|status|type|postid|page|is|has|js|lang)-")
"""Classes that tell the article's section, author or kind: they differ between pages of one theme."""


def selector_of(element: HtmlElement) -> str:
    """A CSS path of tags and classes from the nearest named ancestor down; no class that varies or is numbered."""
    parts = [_step(element)]
    for ancestor in element.iterancestors():
        step = _step(ancestor)
        if "." in step or "#" in step or ancestor.tag in _NAMED_TAGS:
            parts.append(step)
            break
    return " ".join(reversed(parts))[:LONGEST]


def names_of(element: HtmlElement) -> str:
    """The element's class and id, as printed."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


@lru_cache(maxsize=4096)
def name_words(names: str) -> tuple[str, ...]:
    """The lower-case words of classes and an id: "td-related_Posts" gives td, related, posts."""
    return tuple(word.lower() for word in _WORD_RE.findall(names))


def class_words(element: HtmlElement) -> tuple[str, ...]:
    """The lower-case words of the element's class and id."""
    return name_words(names_of(element))


def _step(element: HtmlElement) -> str:
    return _stable(element.tag, element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=4096)
def _stable(tag: str, names: str, identity: str) -> str:
    classes = [c for c in names.split() if _CLASS_RE.match(c) and not _VARYING_RE.match(c)]
    if classes:
        return f"{tag}." + ".".join(classes[:2])
    return f"{tag}#{identity}" if _CLASS_RE.match(identity) else tag
