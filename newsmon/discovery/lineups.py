"""Lists of articles in JSON: Radio-Canada's lineup service in both of its shapes, and others of their kind.

An entry is an object with a title and an address of a page, standing in a list. What lies inside an entry (related
stories, the programme of a segment, pictures) is not the list's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from newsmon.discovery.articles import judge_address
from newsmon.discovery.links import Collector, Found, Frame
from newsmon.errors import ListingError
from newsmon.items import Listing, Role

MAX_ENTRIES = 1000
MAX_DEPTH = 12

_TITLES = ("title", "headline", "shareableTitle", "shortTitle")
# canonicalWebLink is Radio-Canada's (2021 and 2022); the others are what feeds in JSON call it.
_PAGES = ("canonicalWebLink", "canonical_url", "canonicalUrl", "webUrl", "permalink", "external_url", "link", "url")
_PUBLISHED = (
    "publishedFirstTimeAt", "datePublished", "date_published", "publishedAt", "published_at", "firstPublished",
    "publicationDate", "publication_date", "publishDate", "pubDate", "published", "broadcastedFirstTimeAt", "date",
)  # fmt: skip
# Radio-Canada's publishedLastTimeAt moves with every change: it is no date of publication.
_MODIFIED = (
    "publishedLastTimeAt", "dateModified", "date_modified", "modifiedAt", "updatedAt", "updated_at", "lastUpdated",
    "updated", "modified",
)  # fmt: skip
_BLOCKS = ("items", "contentItemSummaries", "articles", "stories", "entries", "results")
_IDS = ("guid", "globalId", "id", "uuid")


def is_json(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def parse_lineup(text: str, frame: Frame) -> Listing:
    """The entries of a list in JSON. Raises: ListingError (parse_error, no_links)."""
    collector = Collector(frame, MAX_ENTRIES)
    data = _load(text, frame)
    for entry in _entries(data, in_list=False, depth=0):
        if not _add(entry, collector):
            break
    if not len(collector) and not collector.problems:
        raise ListingError("no_links", f"{frame.base_url}: JSON without one titled link; is it a list of articles?")
    return collector.listing()


def is_item_list(text: str) -> bool:
    """Whether a text is the items of an RSS feed as a program wrote them in JSON: a list of title, link, pubDate."""
    if text.lstrip("\ufeff \t\r\n")[:1] != "[":
        return False
    try:
        items = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return bool(items) and all(isinstance(item, dict) and {"title", "link", "pubDate"} <= item.keys() for item in items)


def _load(text: str, frame: Frame) -> Any:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise ListingError("parse_error", f"{frame.base_url}: the JSON is broken or cut") from None


def _entries(node: Any, *, in_list: bool, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, list):
        for element in node:
            yield from _entries(element, in_list=True, depth=depth + 1)
    elif isinstance(node, dict):
        if in_list and _is_entry(node):
            yield node
            return
        for value in node.values():
            if isinstance(value, (dict, list)):
                yield from _entries(value, in_list=in_list, depth=depth + 1)


def _is_entry(node: dict[str, Any]) -> bool:
    """A title and a place for an address, be it empty; a block of entries with a title of its own is none."""
    return bool(_title(node)) and any(name in node for name in _PAGES) and not any(name in node for name in _BLOCKS)


def _title(entry: dict[str, Any]) -> str | None:
    return next((entry[name] for name in _TITLES if isinstance(entry.get(name), str) and entry[name].strip()), None)


def _add(entry: dict[str, Any], collector: Collector) -> bool:
    """False when there is room for no more."""
    name, href = _page(entry)
    if not href:
        return True
    url = collector.address(href)
    if url is None:
        collector.problem("bad_link")
        return True
    frame = collector.frame
    declared = frame.is_declared(url)
    date_raw, role = _date(entry)
    if declared is False or not frame.is_allowed(url):
        return True
    # "url" stands in menus and pictures too: there a date must confirm it, or the address.
    if declared is None and name in ("url", "link") and not date_raw and judge_address(url) != "article":
        return True
    return collector.add(Found(url, _title(entry), date_raw, role, _id(entry)))


def _page(entry: dict[str, Any]) -> tuple[str, str | None]:
    for name in _PAGES:
        value = entry.get(name)
        if isinstance(value, dict):
            value = value.get("href")
        if isinstance(value, str) and value.strip():
            return name, value.strip()
    return "", None


def _date(entry: dict[str, Any]) -> tuple[str | None, Role]:
    roles: tuple[tuple[tuple[str, ...], Role], ...] = ((_PUBLISHED, "published"), (_MODIFIED, "modified"))
    for names, role in roles:
        for name in names:
            value = entry.get(name)
            if isinstance(value, str) and value.strip():
                return value, role
    return None, "published"


def _id(entry: dict[str, Any]) -> str | None:
    value = next((entry[name] for name in _IDS if isinstance(entry.get(name), (str, int))), None)
    return str(value) if value is not None and not isinstance(value, bool) else None
