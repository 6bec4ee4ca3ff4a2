"""How the tests of this folder read a listing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsmon.discovery import parse_listing
from newsmon.items import Listing, ListingKind

FIXTURES = Path(__file__).parent / "fixtures"
MONTREAL = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def read(body: bytes | str, kind: ListingKind = "rss", base: str = "https://www.exemple.ca/", **rest: Any) -> Listing:
    data = body if isinstance(body, bytes) else body.encode()
    return parse_listing(data, kind=kind, base_url=base, **{"tz": MONTREAL, "now": NOW, **rest})


def read_file(name: str, kind: ListingKind = "rss", base: str = "https://www.exemple.ca/", **rest: Any) -> Listing:
    return read((FIXTURES / name).read_bytes(), kind, base, **rest)


def urls(listing: Listing) -> list[str]:
    return [link.url for link in listing.links]


def titles(listing: Listing) -> list[str | None]:
    return [link.title for link in listing.links]
