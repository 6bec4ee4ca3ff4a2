"""A listing in, links out: feeds, sitemaps, home and section pages, lineups in JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from newsmon.discovery.decoding import decode, inflate
from newsmon.discovery.links import Frame
from newsmon.errors import ListingError
from newsmon.items import Listing, ListingKind

__all__ = ["parse_listing"]


def parse_listing(
    body: bytes,
    *,
    kind: ListingKind,
    base_url: str,
    tz: ZoneInfo,
    now: datetime,
    content_type: str = "",
    article_re: str = "",
    allowed_domains: tuple[str, ...] = (),
) -> Listing:
    """The links of a listing in its own order, each address once: canonical, titled and dated as it says.

    `base_url` is where the listing was found after redirects; `tz` the outlet's zone, for dates that name none;
    `now` when it was fetched, for dates such as "hier à 19 h 45". Gzip is unpacked; a kind may be declared loosely
    (an index where a sitemap was, Atom where RSS was). `article_re` decides which addresses are articles, in any
    kind; without it the items of feeds, news sitemaps and lineups are, and in pages and sitemaps a generic rule
    tells. `allowed_domains` are the hosts whose links are taken; without it pages and sitemaps give their own site's.

    Nothing is fetched, no entity or external document is read, and time and memory are bounded: what is over the
    bounds is left out and `capped` is among the problems. A page without a link gives an empty listing.

    Raises: ListingError with the reason empty, not_a_feed, not_a_sitemap, not_html, parse_error, no_links or
    too_deep.
    """
    frame = Frame(base_url, tz, now, article_re, tuple(allowed_domains))
    plain, problem = inflate(body)
    text = decode(plain, content_type).strip("\ufeff\x00 \t\r\n")
    if not text:
        raise ListingError("empty", f"{base_url}: the answer is empty")
    listing = _read(text, kind, frame)
    if problem and problem not in listing.problems:
        return replace(listing, problems=(problem, *listing.problems))
    return listing


def _read(text: str, kind: ListingKind, frame: Frame) -> Listing:
    # Each reader with its parser only when one is needed: the command line must answer at once.
    if kind in ("rss", "atom"):
        from newsmon.discovery import feeds, lineups

        return lineups.parse_lineup(text, frame) if lineups.is_item_list(text) else feeds.parse_feed(text, frame)
    if kind in ("sitemap", "news_sitemap"):
        from newsmon.discovery import sitemaps

        return sitemaps.parse_sitemap(text, frame, kind)
    from newsmon.discovery import feeds, lineups, sections

    if feeds.is_feed(text):
        raise ListingError("not_html", f"{frame.base_url}: this is a feed; declare it as one")
    return lineups.parse_lineup(text, frame) if lineups.is_json(text) else sections.parse_section(text, frame)
