"""What passes from room to room: links, pages, articles and what is known of them.

Every `_at` is timezone-aware UTC. Every text has been through newsmon.text.clean: no control
characters, no lone surrogates. Nothing here reads a clock, a file or a network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

ListingKind = Literal["rss", "atom", "news_sitemap", "sitemap", "section"]
Precision = Literal["second", "minute", "hour", "day", "month"]
Role = Literal["published", "modified", "clock", "event", "bound"]
DateSource = Literal[
    "jsonld", "meta", "time", "feed", "news_sitemap", "section", "label", "header", "url", "lastmod", "text"
]
DayBasis = Literal["published", "clock", "first_seen", "unknown"]
Level = Literal["primary", "secondary"]
Outcome = Literal["ok", "not_modified", "partial", "blocked", "failed"]

REASONS: frozenset[str] = frozenset(
    {
        # failed: transport
        "timeout", "dns", "tls", "connection", "data_loss", "bad_http", "bad_encoding", "bad_redirect",
        "redirect_loop", "too_large", "truncated_body", "empty", "http_status", "rate_limited", "gone",
        "unexpected_304",
        # blocked: policy
        "robots", "robots_unreachable", "crawl_delay", "private_address", "scheme", "offsite", "deferred",
        # failed or partial: content
        "not_html", "not_a_feed", "not_a_sitemap", "no_links", "ill_formed", "capped", "bad_link",
        "challenge", "consent", "login", "paywall", "not_found_page", "thin", "no_headline", "no_body", "too_deep",
        "parse_timeout", "parse_crash", "parse_error", "duplicate", "moved",
        # the machine
        "store", "stopped", "memory", "internal",
    }
)  # fmt: skip
"""The closed list of reasons that an outcome may give; rows in SQL hold nothing else."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Link:
    """One article as a listing shows it."""

    url: str
    """Canonical https address, without tracking."""
    title: str | None = None
    date_raw: str | None = None
    """The listing's own date, as printed."""
    published_at: datetime | None = None
    """`date_raw` read in the outlet's zone; None when it is missing or not a date."""
    precision: Precision | None = None
    role: Role = "published"
    """`modified` where the listing tells the last change only (sitemap lastmod, Atom updated)."""
    guid: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Listing:
    """What one listing brings: links in its own order, each address once."""

    links: tuple[Link, ...] = ()
    children: tuple[str, ...] = ()
    """Addresses of further sitemaps, for a sitemap index."""
    problems: tuple[str, ...] = ()
    """Of REASONS: the listing was read, but not whole (`ill_formed`, `capped`, `bad_link`)."""


@dataclass(slots=True, kw_only=True)
class Page:
    """One fetched page, whole, before anything is read from it."""

    outlet: str
    """Slug of the outlet; "" for a page of an unknown site."""
    url: str
    """The address asked."""
    final_url: str
    """The address reached after redirects."""
    body: bytes
    fetched_at: datetime
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    """Lower-case names."""
    link: Link | None = None
    """What the listing said of it."""
    link_kind: ListingKind | None = None
    elapsed_ms: int = 0
    archived_as: tuple[str, int, int, str] | None = None
    """WARC file, offset, length and digest."""


@dataclass(slots=True, kw_only=True, frozen=True)
class DateString:
    """A string on a page, in its address or in its listing that may be a date, not yet read."""

    source: DateSource
    selector: str
    """Where it stood: a JSON-LD path, a meta name, a CSS path; stable between pages of one theme."""
    raw: str
    role: Role | None = None
    """What its place says it is; None when only its own words can tell."""
    zone: str | None = None
    """IANA zone that the place implies (e.g. "UTC" for a known server clock); None: the outlet's."""
    place: str = ""
    """Whose it is, of newsmon.page.date_reasons.PLACES: "" the article's own, "comment", "related", "frame"…"""


@dataclass(slots=True, kw_only=True)
class DateCandidate:
    """A date string that was read, with its part in the decision."""

    role: Role | None
    source: DateSource
    selector: str
    raw: str
    value: datetime | None
    """UTC; None when the string is not a date."""
    precision: Precision | None
    chosen: bool = False
    reason: str = ""
    """Why it was chosen, refined or refused: a stable English phrase, a row in SQL."""
    flags: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True, frozen=True)
class Caption:
    """A picture's caption, with the credit as printed inside or beside it."""

    text: str
    credit: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Author:
    """Who signs. An agency that signs is an author of kind agency."""

    name: str
    kind: Literal["person", "agency"] = "person"
    role: str | None = None
    """Function as printed: "collaboration spéciale", "envoyée spéciale à Kiev"."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Attribution:
    """Where the text came from."""

    kind: Literal["original", "wire", "mixed", "republished"]
    agency: str | None = None
    """Canonical agency name, e.g. "La Presse Canadienne"."""
    source_name: str | None = None
    source_host: str | None = None
    raw: str | None = None
    where_found: str | None = None
    """byline, dateline, tail (the last lines), deck, canonical (the address that the page gives as its own)."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Span:
    """A stretch of text that made a topic match: text[start:end] == surface, always."""

    field: Literal["headline", "deck", "body"]
    start: int
    end: int
    surface: str
    term: str
    clause: str
    weight: float


@dataclass(slots=True, kw_only=True, frozen=True)
class TopicMatch:
    """One topic that fits one text, and why."""

    topic: str
    level: Level
    score: float
    spans: tuple[Span, ...]


@dataclass(slots=True, kw_only=True, frozen=True)
class DateHabits:
    """What was learned of an outlet's dates from its earlier pages."""

    clock_selectors: frozenset[str] = frozenset()
    """Selectors that showed the same text on two articles: clocks."""
    constants: frozenset[tuple[str, str]] = frozenset()
    """(selector, raw) that stand on many articles: the template's, not the article's."""
    local_as_utc: bool = False
    """The site's meta and JSON-LD stamp local time as +00:00, proven on three articles."""


@dataclass(slots=True, kw_only=True)
class Article:
    """A page read: its parts as printed by `clean`, the rest filled by the later steps."""

    # clean
    outlet: str
    url: str
    final_url: str
    canonical_url: str
    fetched_at: datetime
    headline: str | None = None
    deck: str | None = None
    byline_raw: tuple[str, ...] = ()
    """Every byline as printed or stated (JSON-LD, meta), best first."""
    dateline: str | None = None
    """A place: "OTTAWA"."""
    dateline_raw: str | None = None
    """All that stood before the text, as printed: "OTTAWA (La Presse Canadienne) —"."""
    body: str = ""
    """Paragraphs parted by one blank line; subheads are paragraphs; quotes and lists are paragraphs."""
    captions: tuple[Caption, ...] = ()
    tail_raw: tuple[str, ...] = ()
    """Lines taken off the ends of the body that tell where the text came from ("Source : www.cbc.ca")."""
    section: str | None = None
    site_name: str | None = None
    language: str | None = None
    """ISO 639-1, e.g. "fr"; from the markup, checked against the text."""
    paywall: bool = False
    thin: str | None = None
    """A reason of REASONS when the page is not a whole article (consent, login, paywall, not_found_page, thin)."""
    methods: dict[str, str] = field(default_factory=dict)
    """Field name to the method that gave it: jsonld, meta, declared, generic, listing…"""
    date_strings: tuple[DateString, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    """Silent repairs, by name: `charset_guessed`, `page_cut`, `dates/clock_rejected`."""
    link: Link | None = None
    link_kind: ListingKind | None = None
    status: int = 200
    body_sha256: str = ""
    """Of the page's bytes."""
    archived_as: tuple[str, int, int, str] | None = None
    """WARC file, offset, length and digest of the raw page."""
    etag: str | None = None
    last_modified: str | None = None
    """Both as the site sent them: another look may ask for what changed since."""
    # dates
    dates: list[DateCandidate] = field(default_factory=list)
    published_at: datetime | None = None
    """None when unknown: the crawl's time is never a publication date."""
    published_precision: Precision | None = None
    published_source: DateSource | None = None
    modified_at: datetime | None = None
    day: date | None = None
    """The outlet's local calendar day."""
    day_basis: DayBasis = "unknown"
    # attribution
    authors: tuple[Author, ...] = ()
    attribution: Attribution | None = None
    # topics
    matches: tuple[TopicMatch, ...] = ()
