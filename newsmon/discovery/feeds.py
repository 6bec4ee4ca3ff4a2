"""RSS, Atom and RDF, by feedparser behind a guard: bounded, without entities, one bad item costs itself alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from newsmon.discovery.links import Collector, Found, Frame
from newsmon.errors import ListingError
from newsmon.items import Listing, Role
from newsmon.text.clean import clean_markup

MAX_ENTRIES = 1000
MAX_DEPTH = 1000
"""Elements open at once within an item: feedparser takes seconds over 100,000 and gives nothing."""

_PROLOG_RE = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+", re.I | re.S)
_ROOT_RE = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|RDF)[\s>/]", re.I)
_HTML_RE = re.compile(r"<(?:html|head|body)[\s>]", re.I)
_DOCTYPE_RE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.I)
_DECLARATION_RE = re.compile(r"\A\s*<\?xml\b[^>]*>", re.I)
_ITEM_RE = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.I)
_CDATA_RE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_TAG_RE = re.compile(r"<(/?)[a-z][^<>]*?(/?)>", re.I)
_DC_DATE_RE = re.compile(r"<dc:date[\s>]", re.I)
_STAMP_RE = re.compile(r"<(?:atom:updated|dcterms:modified)[\s>]", re.I)


def is_feed(text: str) -> bool:
    """Whether a text is RSS, Atom or RDF; a few lines of a server's warnings before it are forgiven."""
    prolog = _PROLOG_RE.match(text)
    start = prolog.end() if prolog else 0
    if _ROOT_RE.match(text, start):
        return True
    root = _ROOT_RE.search(text, start, start + 4096)
    return bool(root) and not _HTML_RE.search(text, start, root.start() if root else start)


def parse_feed(text: str, frame: Frame) -> Listing:
    """The items of a feed. Raises: ListingError (not_a_feed, too_deep)."""
    if not is_feed(text):
        raise ListingError("not_a_feed", f"{frame.base_url}: neither RSS nor Atom; look at what the address serves")
    collector = Collector(frame, MAX_ENTRIES)
    text = _plain(text, collector)
    head, items = _split(text)
    if any(_depth(item) > MAX_DEPTH for item in (head, *items)):
        raise ListingError("too_deep", f"{frame.base_url}: elements lie more than {MAX_DEPTH} deep")
    if len(items) > MAX_ENTRIES:
        collector.problem("capped")
        text = head + "".join(items[:MAX_ENTRIES])
    for entry, role in _entries(text, head, items[:MAX_ENTRIES], collector):
        _add(entry, role, collector)
    return collector.listing()


def _plain(text: str, collector: Collector) -> str:
    """The text from its root on, without what XML forbids and without a document type (its entities can swell)."""
    cleaned = clean_markup(text)
    root = _ROOT_RE.search(cleaned)
    before = cleaned[: root.start()] if root else ""
    if re.sub(r"<[?!].*?>|\s|\]>", "", _DOCTYPE_RE.sub("", before), flags=re.S).strip("\ufeff"):
        collector.problem("ill_formed")
    return cleaned[len(before) :]


def _split(text: str) -> tuple[str, list[str]]:
    """What stands before the first item, and the items, each from its start to the next one's."""
    starts = [match.start() for match in _ITEM_RE.finditer(_CDATA_RE.sub(lambda m: " " * len(m[0]), text))]
    if not starts:
        return text, []
    return text[: starts[0]], [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _depth(text: str) -> int:
    if text.count("<") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for closing, empty in _TAG_RE.findall(_CDATA_RE.sub("", text)):
        depth += 0 if empty else -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _entries(text: str, head: str, items: list[str], collector: Collector) -> Iterator[tuple[dict[str, Any], Role]]:
    """The entries as feedparser reads them; where it fails over the whole, each item by itself."""
    whole = _parse(text)
    if whole is None or (whole["bozo"] and "capped" not in collector.problems):
        collector.problem("ill_formed")
    feeds = [whole] if whole is not None else [feed for item in items if (feed := _parse(head + item)) is not None]
    # feedparser gives dc:date, the date of publication in RDF and RSS, the name of Atom's date of the last change.
    is_dc = bool(_DC_DATE_RE.search(text)) and not _STAMP_RE.search(text)
    for feed in feeds:
        role: Role = "published" if is_dc and not feed["version"].startswith("atom") else "modified"
        for entry in feed["entries"]:
            yield entry, role


def _parse(text: str) -> dict[str, Any] | None:
    """What feedparser makes of it, or None where it raises.

    Bytes behind a stream, always: of a string, or of plain bytes, feedparser would open the file or address it names.
    """
    import feedparser  # a quarter of a second: only when a feed is read

    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        feed: dict[str, Any] = feedparser.parse(stream, resolve_relative_uris=False, sanitize_html=False)
    except Exception:  # it raises OverflowError, ValueError, UnicodeEncodeError, AssertionError… on bad items
        return None
    return feed


def _add(entry: dict[str, Any], updated_role: Role, collector: Collector) -> None:
    href = _href(entry)
    title = _text(entry, "title")
    if not href:
        if title:
            collector.problem("bad_link")
        return
    url = collector.address(href)
    if url is None:
        collector.problem("bad_link")
        return
    if collector.frame.is_declared(url) is False or not collector.frame.is_allowed(url):
        return
    date_raw, role = _text(entry, "published") or _text(entry, "created"), updated_role
    if date_raw:
        role = "published"
    collector.add(Found(url, title, date_raw or _text(entry, "updated"), role, _text(entry, "id")))


def _href(entry: dict[str, Any]) -> str | None:
    """The address of an entry: FeedBurner's original, the alternate link, the link, or a guid that is an address."""
    original = _text(entry, "feedburner_origlink")
    if original:
        return original
    links = dict.get(entry, "links") or ()
    pages = [
        link.get("href", "").strip()
        for link in links
        if link.get("rel", "alternate") == "alternate" and "html" in link.get("type", "text/html")
    ]
    href = next((page for page in pages if page), None) or _text(entry, "link")
    guid = _text(entry, "id")
    if not href and guid and dict.get(entry, "guidislink", True) and guid.lower().startswith(("http://", "https://")):
        return guid
    return href


def _text(entry: dict[str, Any], name: str) -> str | None:
    # dict.get: the entry's own `get` answers a missing date with another one, and warns.
    value = dict.get(entry, name)
    return value.strip() or None if isinstance(value, str) else None
