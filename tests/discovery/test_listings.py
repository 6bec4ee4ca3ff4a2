"""Any bytes give a listing or a ListingError; and real listings give every link they hold, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.errors import ListingError
from newsmon.items import REASONS, ListingKind
from newsmon.text.urls import canonical_url
from tests.discovery.reading import FIXTURES, read, urls

KINDS = st.sampled_from(get_args(ListingKind))
LISTINGS = Path(__file__).parents[2] / "../shared/data/listings"
MANIFEST = LISTINGS / "manifest.json"

PIECES = [
    "<rss><channel>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "<feed>",
    "<entry>",
    "</entry>",
    "<urlset>",
    "<url>",
    "<loc>",
    "</loc>",
    "</url>",
    "<sitemapindex>",
    "<sitemap>",
    "<lastmod>",
    "<html><body>",
    "<div>",
    '<a href="',
    '">',
    "</a>",
    "<h2>",
    "</h2>",
    "<li>",
    "<article>",
    '<time datetime="',
    "<base href='",
    "http://[bad",
    "https://e.ca/2025/06/27/un-titre",
    "//e.ca/a/12345/b-c",
    "?p=12345",
    "#x",
    "2026-11-20",
    "hier",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE r [",
    "]>",
    "<!ENTITY a 'b'>",
    "&a;",
    "&#xD800;",
    "&#0;",
    "&",
    "\x00",
    "\ufffe",
    "é",
    '{"items": [',
    "]}",
    '{"title": "a b", "url": "',
    '"}',
    ",",
    "[",
    "{",
    '"',
    "<!--",
    "-->",
    "<?xml version='1.0' encoding='utf-7'?>",
]


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)), KINDS)
def test_any_bytes_give_a_listing_or_say_why_not(body: bytes | str, kind: ListingKind) -> None:
    data = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    try:
        listing = read(data, kind)
    except ListingError as e:
        assert e.reason in REASONS
        return
    assert set(listing.problems) <= REASONS
    assert len(set(urls(listing))) == len(listing.links)
    for link in listing.links:
        assert canonical_url(link.url) == link.url


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())), st.data())
def test_a_listing_damaged_anywhere_never_crashes(name: str, data: st.DataObject) -> None:
    body = (FIXTURES / name).read_bytes()
    start = data.draw(st.integers(0, len(body)))
    damage = data.draw(st.one_of(st.binary(max_size=8), st.sampled_from(PIECES).map(str.encode)))
    end = data.draw(st.sampled_from([start, start + 1, start + 50, len(body)]))
    try:
        read(body[:start] + damage + body[end:], data.draw(KINDS))
    except ListingError as e:
        assert e.reason in REASONS


def _real() -> list[Any]:
    if not MANIFEST.exists():
        reason = "no shared listings beside the checkout: real listings lie outside the repository"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason), id="none")]
    return [pytest.param(entry, id=entry["file"]) for entry in json.loads(MANIFEST.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("entry", _real())
def test_a_real_listing_gives_every_link_once_and_nothing_else(entry: dict[str, Any]) -> None:
    kind: ListingKind = "section" if entry["kind"].startswith(("section", "article")) else "rss"
    listing = read((LISTINGS / entry["file"]).read_bytes(), kind, entry["url"].split()[0])
    expected = {canonical_url(link) for link in entry["links"] if link}
    assert len(set(urls(listing))) == len(listing.links)
    assert expected - set(urls(listing)) == set()
    assert set(urls(listing)) - expected == set()
    assert sum(link.title is None for link in listing.links) <= 1  # excerpts end in the middle of a card
    dated = [link for link in listing.links if link.date_raw]
    assert [link.date_raw for link in dated if link.published_at is None] == []
