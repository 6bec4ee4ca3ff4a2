"""JSON-LD: what a page says of itself to machines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

NODES_MAX = 500
DEPTH_MAX = 12
"""Of nodes within nodes; a page's own article is within the first few."""

ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
        "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "blogposting", "liveblogposting",
        "report", "satiricalarticle", "advertisercontentarticle", "scholarlyarticle", "socialmediaposting",
        "techarticle",
    }
)  # fmt: skip

_TRAILING_COMMA_RE = re.compile(r",\s*([}\]])")
_CONTROL_RE = re.compile(r"[\x00-\x1f]")


def find_nodes(tree: HtmlElement) -> list[dict[str, Any]]:
    """Every node with an @type, in document order; @graph and arrays flattened. What cannot be read is left out."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        for node in _nodes(_parsed(script.text or ""), 0):
            nodes.append(node)
            if len(nodes) >= NODES_MAX:
                return nodes
    return nodes


def _parsed(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if text.startswith("//<![CDATA["):
        text = text.removeprefix("//<![CDATA[").removesuffix("//]]>")
    for attempt in (text, _TRAILING_COMMA_RE.sub(r"\1", _CONTROL_RE.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEPTH_MAX:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)


def types_of(node: dict[str, Any]) -> set[str]:
    """Lower-case type names without their vocabulary's address."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str)}


def is_article(node: dict[str, Any]) -> bool:
    return bool(types_of(node) & ARTICLE_TYPES)


def text_of(value: Any) -> str:
    """A JSON-LD text, unescaped: some sites put HTML's references into it."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return html.unescape(value) if isinstance(value, str) else ""


def names_of(value: Any) -> list[str]:
    """The names of authors, publishers…: texts, objects with a name, or lists of these."""
    if isinstance(value, list):
        return [name for part in value[:20] for name in names_of(part)]
    name = text_of(value).strip()
    return [name] if name else []
