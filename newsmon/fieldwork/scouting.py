"""A site that nobody declared yet: its listings, a few of its articles, and the declaration that follows from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from protego import Protego

from newsmon.errors import ConfigurationError, ListingError, PageError
from newsmon.fieldwork.freezing import Frozen, freeze
from newsmon.fieldwork.looking import fetch_links, fetch_page
from newsmon.items import Link
from newsmon.net.fetch import Fetcher
from newsmon.net.outcomes import FetchFailure
from newsmon.outlets import AtomFeed, Declaration, Feed, NewsSitemap, Outlet, Section, Sitemap, Source
from newsmon.page.document import Document, parse_document
from newsmon.page.metadata import Metadata
from newsmon.text.clean import clean_line

LISTINGS = 8
"""Of a kind, that are tried."""
ARTICLES = 3
TRIES = 6
"""Pages asked in search of ARTICLES."""
_FEED_TYPES: dict[str, type[Feed | AtomFeed]] = {
    "application/rss+xml": Feed,
    "application/rdf+xml": Feed,
    "application/atom+xml": AtomFeed,
}
_FEED_LINK_RE = re.compile(r"(?:^|[/.])(?:rss|atom|feeds?|flux(?:-rss)?)(?:\.xml|\.php|/)?(?:\?[^#]*)?$", re.I)
_PLAIN_RE = re.compile(r"[^\w\s.,’()&-]")
_COMMENTS_RE = re.compile(r"comment", re.I)


@dataclass(slots=True, kw_only=True)
class Order:
    """What the user knows of the site; what is None is read from its home page."""

    slug: str
    home: str
    name: str | None = None
    region: str = "CA"
    timezone: str = "America/Toronto"
    root: Path
    """The checkout that is written to."""


@dataclass(slots=True)
class Scouted:
    """What was found."""

    declaration: Declaration
    listings: list[tuple[Source, int]] = field(default_factory=list)
    """Each with how many links it brings."""
    articles: list[Frozen] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def best(self) -> Frozen:
        """The article of which most was read."""
        return max(self.articles, key=lambda a: (sum(bool(v) for v in a.golden.values()), len(a.golden["body"])))


async def scout(fetcher: Fetcher, order: Order) -> Scouted:
    """Ask the home page, robots.txt, the listings that they name and a few articles.

    Raises: PageError for a home page that cannot be read.
    """
    page = await fetch_page(fetcher, order.home)
    home = parse_document(page.body, url=page.final_url, content_type=page.headers.get("content-type", ""))
    found = Scouted(_declaration(order, home))
    links = await _listings(fetcher, home, found)
    for link in links[:TRIES]:
        if len(found.articles) == ARTICLES:
            break
        try:
            article = await fetch_page(fetcher, link.url)
            found.articles.append(freeze(article, found.declaration, order.root))
        except PageError as e:
            found.problems.append(str(e) if link.url in str(e) else f"{link.url}: {e}")
    return found


def _declaration(order: Order, home: Document, sources: tuple[Source, ...] = ()) -> Declaration:
    host = urlsplit(home.url).hostname or ""
    metadata = Metadata(home)
    title = re.split(r"\s+[|–—-]\s+", metadata.title or "")[0]
    outlet = Outlet(
        name=clean_line(order.name or metadata.site_name or title or host),
        home=home.url,
        region=order.region,
        timezone=order.timezone,
        language=metadata.markup_language or "fr",
    )
    return Declaration(slug=order.slug, outlet=outlet, allowed_domains=(host.removeprefix("www."),), sources=sources)


# --- listings


async def _listings(fetcher: Fetcher, home: Document, found: Scouted) -> list[Link]:
    """Try what the site names: feeds, then sitemaps of news; an archive's sitemap, then the home page, without them."""
    sitemaps = [Sitemap(url) for url in await _sitemaps(fetcher, home.url)]
    links = await _try(fetcher, list(_feeds(home)), found)
    for url in sitemaps[:LISTINGS]:
        links += await _try(fetcher, [url], found)
    if any(isinstance(source, Feed | AtomFeed | NewsSitemap) for source, _ in found.listings):
        found.listings = [(source, n) for source, n in found.listings if not isinstance(source, Sitemap)]
    if not found.listings:
        links += await _try(fetcher, [Section(home.url)], found)
    sources = tuple(dict.fromkeys(source for source, _ in found.listings))
    known = found.declaration
    found.declaration = Declaration(
        slug=known.slug, outlet=known.outlet, allowed_domains=known.allowed_domains, sources=sources
    )
    domain = known.allowed_domains[0]
    return list({link.url: link for link in links if _is_on(link.url, domain)}.values())


async def _try(fetcher: Fetcher, sources: list[Source], found: Scouted) -> list[Link]:
    links: list[Link] = []
    for source in sources:
        try:
            listing, brought = await fetch_links(fetcher, source, found.declaration)
        except ListingError as e:
            found.problems.append(str(e) if source.url in str(e) else f"{source.url}: {e}")
            continue
        if listing not in [known for known, _ in found.listings]:
            found.listings.append((listing, len(brought)))
            links += brought
    return links


def _feeds(home: Document) -> Iterator[Source]:
    """The feeds that the home page names, those meant for machines first."""
    seen: set[str] = set()
    domain = (urlsplit(home.url).hostname or "").removeprefix("www.")
    for element in [*home.tree.iter("link"), *home.tree.iter("a")]:
        href = element.get("href") or ""
        kind: type[Feed | AtomFeed] | None = _FEED_TYPES.get((element.get("type") or "").strip().lower())
        if element.tag == "a":
            kind = Feed if _FEED_LINK_RE.search(href) and _is_on(urljoin(home.url, href), domain) else None
        elif "alternate" not in (element.get("rel") or "").lower().split():
            continue
        url = urljoin(home.url, href.strip())
        if not kind or url in seen or _COMMENTS_RE.search(url + (element.get("title") or "")):
            continue
        seen.add(url)
        if url.startswith(("http://", "https://")) and len(seen) <= LISTINGS:
            yield kind(url)


async def _sitemaps(fetcher: Fetcher, home: str) -> list[str]:
    """The sitemaps that robots.txt names."""
    try:
        answer = await fetcher.get(urljoin(home, "/robots.txt"), listing=True)
    except FetchFailure:
        return []
    said = Protego.parse(answer.body.decode("utf-8", "replace")).sitemaps
    return [url for url in dict.fromkeys(said) if url.startswith(("http://", "https://"))]


def _is_on(url: str, domain: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == domain or host.endswith("." + domain)


# --- the file


def spider_file(root: Path, slug: str) -> Path:
    """Where the declaration of `slug` goes. Raises: ConfigurationError when it is there already."""
    path = root / "spiders" / f"{slug}.py"
    if path.exists():
        raise ConfigurationError(f"{path} is there already; remove it, or use `newsmon freeze {slug}`")
    return path


def spider_source(declaration: Declaration, day: str) -> str:
    """The declaration as a module of spiders/."""
    outlet = declaration.outlet
    kinds = sorted({type(source).__name__ for source in declaration.sources} | {"Outlet"})
    said = {"home": outlet.home, "region": outlet.region, "timezone": outlet.timezone, "language": outlet.language}
    usual = {"timezone": "America/Toronto", "language": "fr"}
    told = [_quoted(outlet.name)] + [f"{k}={_quoted(v)}" for k, v in said.items() if usual.get(k) != v]
    name = "".join(word.capitalize() for word in declaration.slug.split("_"))
    lines = [
        f'"""{_PLAIN_RE.sub("", outlet.name)}: listings named by its own pages, seen {day}."""',
        "",
        f"from newsmon.outlets import {', '.join(kinds)}",
        "from newsmon.spider import OutletSpider",
        "",
        "",
        f"class {name}Spider(OutletSpider):",
        f"    name = {_quoted(declaration.slug)}",
        *_call("    outlet = Outlet", told),
        f"    allowed_domains = [{', '.join(map(_quoted, declaration.allowed_domains))}]",
        "    sources = [",
        *(f"        {type(source).__name__}({_quoted(source.url)})," for source in declaration.sources),
        "    ]",
        "",
    ]
    return "\n".join(lines)


def _call(opening: str, arguments: list[str]) -> list[str]:
    """A call on one line where it fits, else an argument a line: as the formatter would."""
    line = f"{opening}({', '.join(arguments)})"
    if len(line) <= 120:
        return [line]
    return [f"{opening}(", *(f"        {argument}," for argument in arguments), "    )"]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
