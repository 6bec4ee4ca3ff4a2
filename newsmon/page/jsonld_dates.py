"""The dates that JSON-LD states, each with whose it is: the article that this page is, a photo, another article…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from newsmon.items import DateString, Role
from newsmon.page.document import Document
from newsmon.page.jsonld import is_article, text_of, types_of
from newsmon.page.metadata import Metadata
from newsmon.page.texts import key
from newsmon.text.clean import clean_line

_FIELDS: tuple[tuple[str, Role], ...] = (
    ("datePublished", "published"), ("uploadDate", "published"), ("dateCreated", "published"),
    ("dateModified", "modified"),
)  # fmt: skip
_PAGES = frozenset({"webpage", "itempage", "newspage", "medicalwebpage", "aboutpage", "collectionpage"})
_PLACES = {
    "imageobject": "caption", "photograph": "caption", "image": "caption",
    "videoobject": "video", "audioobject": "video", "clip": "video", "mediaobject": "video", "podcastepisode": "video",
    "comment": "comment", "usercomments": "comment", "answer": "comment", "review": "comment",
    "event": "event", "newsevent": "event", "broadcastevent": "event", "musicevent": "event", "sportsevent": "event",
}  # fmt: skip
_INNER = ("image", "video", "audio", "associatedMedia", "comment", "review", "hasPart", "liveBlogUpdate", "about")
"""Fields of a node whose own nodes may bear dates that are not the article's."""
_INNER_MAX = 6
_SAME_START = 24
"""Signs: headlines are cut short, or lengthened with a subtitle."""


def find_jsonld_dates(document: Document, metadata: Metadata) -> list[DateString]:
    """Every date of the page's JSON-LD: the article's own first."""
    if not document.jsonld:
        return []
    page = _Page(document, metadata)
    own = page.own_nodes()
    created = not any(node.get(field) for node in own for field in ("datePublished", "uploadDate"))
    strings = [string for node in own for string in _dates_of(node, "", created=created)]
    for node in document.jsonld:
        if not any(node is other for other in own):
            strings += _dates_of(node, _place_of(node))
    for node in own:
        strings += _inner_dates(node)
    return strings


def _place_of(node: dict[str, Any]) -> str:
    place = next((_PLACES[name] for name in types_of(node) if name in _PLACES), None)
    return place or ("related" if is_article(node) else "other")


def _dates_of(node: dict[str, Any], place: str, *, created: bool = True) -> Iterator[DateString]:
    kinds = node.get("@type")
    kind = next((k for k in kinds if isinstance(k, str)), "") if isinstance(kinds, list) else str(kinds)
    kind = kind.rsplit("/", 1)[-1][:60]
    for field, role in _FIELDS:
        raw = _raw(node.get(field))
        if not raw:
            continue
        # The draft's creation comes before the publication, and tells it only where nothing else does.
        told: Role = "event" if place else "bound" if field == "dateCreated" and not created else role
        yield DateString(source="jsonld", selector=f"{kind}.{field}", raw=raw, role=told, place=place)


def _raw(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if abs(value) < 1e15 else ""
    return clean_line(text_of(value))[:200]


def _inner_dates(node: dict[str, Any]) -> Iterator[DateString]:
    found = 0
    for field in _INNER:
        value = node.get(field)
        for inner in value if isinstance(value, list) else [value]:
            if not isinstance(inner, dict) or "@type" not in inner:
                continue
            place = "update" if field == "liveBlogUpdate" else _place_of(inner)
            for string in _dates_of(inner, place):
                yield string
                found += 1
                if found >= _INNER_MAX:
                    return


class _Page:
    """What tells the page's own node from the others: its addresses and its headline."""

    def __init__(self, document: Document, metadata: Metadata) -> None:
        self._nodes = document.jsonld
        self._base = document.url
        self._metadata = metadata
        titles = (metadata.headline.value, metadata.meta("og:title"), metadata.title)
        self._titles = {key(title) for title in titles if title} - {""}

    @cached_property
    def _addresses(self) -> set[str]:
        addresses = (self._base, self._metadata.canonical, self._metadata.meta("og:url"))
        return {_address_key(address, self._base) for address in addresses if address} - {""}

    def own_nodes(self) -> list[dict[str, Any]]:
        """The article's node, then the page's; one that has nothing to tell whose it is counts when it is alone."""
        articles = [node for node in self._nodes if is_article(node)]
        own = [node for node in articles if self._is_own(node)]
        if not own:
            own = [node for node in articles if not self._is_of_another(node)][:1]
        if not own and len(articles) == 1 and not self._has_other_address(articles[0]):
            own = articles
        pages = [node for node in self._nodes if types_of(node) & _PAGES and not self._has_other_address(node)]
        others = [] if own or pages else [n for n in self._nodes if self._is_own(n) and _place_of(n) != "caption"]
        return own + pages + others

    def _is_own(self, node: dict[str, Any]) -> bool:
        if any(self._same_title(title) for title in self._titles_of(node)):
            return True
        return bool(self._addresses_of(node) & self._addresses)

    def _is_of_another(self, node: dict[str, Any]) -> bool:
        return bool(self._titles_of(node)) or self._has_other_address(node)

    def _has_other_address(self, node: dict[str, Any]) -> bool:
        addresses = self._addresses_of(node)
        return bool(addresses) and bool(self._addresses) and not addresses & self._addresses

    def _titles_of(self, node: dict[str, Any]) -> set[str]:
        return {key(text_of(node.get("headline"))), key(text_of(node.get("name")))} - {""}

    def _same_title(self, title: str) -> bool:
        if title in self._titles:
            return True
        start = title[:_SAME_START]
        return len(start) == _SAME_START and any(own.startswith(start) for own in self._titles)

    def _addresses_of(self, node: dict[str, Any]) -> set[str]:
        main = node.get("mainEntityOfPage")
        values = [node.get("url"), node.get("@id"), main]
        if isinstance(main, dict):
            values += [main.get("@id"), main.get("url")]
        return {_address_key(value, self._base) for value in values if isinstance(value, str)} - {""}


def _address_key(address: str, base: str) -> str:
    """Host and path without what varies between prints of one address; "" for what tells no page."""
    address = address.strip()
    if not address or address.startswith(("#", "urn:", "_:")):
        return ""
    try:
        parts = urlsplit(urljoin(base, address))
    except ValueError:
        return ""
    path = re.sub(r"(?:/amp|/index)?(?:\.(?:html?|php|amp))?/*\Z", "", parts.path.lower())
    host = re.sub(r"\A(?:www|m|amp|mobile)\d?\.", "", (parts.hostname or "").lower())
    return f"{host}{path}?{parts.query}" if path and host else ""
