"""Sitemaps, news sitemaps and their indexes.

Source: sitemaps.org/protocol; Google's news sitemap (schemas/sitemap-news/0.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from lxml import etree

from newsmon.discovery.articles import is_likely_article, is_marked, judge_address
from newsmon.discovery.feeds import is_feed, parse_feed
from newsmon.discovery.links import Collector, Found, Frame, site_of
from newsmon.errors import ListingError
from newsmon.items import Listing, ListingKind, Role
from newsmon.text.clean import clean_markup
from newsmon.text.urls import canonical_url, is_on

MAX_LINKS = 5000
"""Links kept of one sitemap: the latest."""
MAX_CHILDREN = 200
MAX_SCANNED = 60_000
"""Elements read of one sitemap; the protocol allows 50,000."""

_ROOT_RE = re.compile(r"<(?:[\w.-]+:)?(urlset|sitemapindex)(?=[\s>/])", re.I)
_CLOSE_RE = re.compile(r"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.I | re.S)
_BLOCK_END_RE = re.compile(r"</(?:[\w.-]+:)?(?:url|sitemap)\s*>", re.I)
_CDATA_OR_STRAY_RE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)", re.S
)
_ADDRESS_LINE_RE = re.compile(r"https?://\S+\Z", re.I)


@dataclass(slots=True)
class Block:
    """One <url> or <sitemap> element, its texts as printed."""

    name: str
    loc: str = ""
    lastmod: str = ""
    title: str = ""
    published: str = ""


def parse_sitemap(text: str, frame: Frame, kind: ListingKind) -> Listing:
    """The links of a sitemap, or the children of an index, the last changed first.

    A plain list of addresses and a feed are sitemaps too, by the protocol. Of a plain sitemap only the addresses
    that fit the outlet's article_re, or look like articles, are links; a news sitemap lists articles only.

    Raises: ListingError (not_a_sitemap).
    """
    root = _ROOT_RE.search(text[:100_000])
    if root is None:
        if is_feed(text):
            return parse_feed(text, frame)
        lines = [line.strip() for line in text.split("\n", MAX_SCANNED) if line.strip()]
        if not lines or not all(_ADDRESS_LINE_RE.match(line) for line in lines):
            raise ListingError("not_a_sitemap", f"{frame.base_url}: no sitemap; look at what the address serves")
        blocks: Iterator[Block] = iter([Block("url", loc=line) for line in lines])
        collector = Collector(frame, MAX_LINKS)
    else:
        collector = Collector(frame, MAX_LINKS)
        blocks = _blocks(text[root.start() :], collector)
    return _gather(blocks, collector, kind)


def _gather(blocks: Iterator[Block], collector: Collector, kind: ListingKind) -> Listing:
    urls: list[tuple[str, Block]] = []
    children: dict[str, str] = {}
    for number, block in enumerate(blocks):
        if number >= MAX_SCANNED:
            collector.problem("capped")
            break
        if block.name == "sitemap":
            _add_child(block, children, collector)
        else:
            url = collector.address(block.loc)
            if url is None:
                collector.problem("bad_link")
            elif collector.frame.is_allowed(url):
                urls.append((url, block))
    for url, block in _latest(_articles(urls, collector.frame, kind), collector):
        role: Role = "published" if block.published else "modified"
        collector.add(Found(url, block.title, block.published or block.lastmod, role))
    return collector.listing(_latest_children(children, collector))


def _articles(urls: list[tuple[str, Block]], frame: Frame, kind: ListingKind) -> list[tuple[str, Block]]:
    """Those that the outlet's article_re fits; without one, those of a news sitemap, or that look like articles."""
    if frame.article_re:
        return [one for one in urls if frame.is_declared(one[0])]
    verdicts = {url: judge_address(url) for url, _ in urls}
    if kind == "news_sitemap":
        return [one for one in urls if one[1].published or verdicts[one[0]] != "never"]
    marked = is_marked([url for url, verdict in verdicts.items() if verdict != "never"])

    def is_article(url: str, block: Block) -> bool:
        if block.published:
            return True
        return frame.is_home(url) and (verdicts[url] == "article" if marked else is_likely_article(url))

    return [one for one in urls if is_article(*one)]


def _latest(urls: list[tuple[str, Block]], collector: Collector) -> list[tuple[str, Block]]:
    """All of them in their own order, or the MAX_LINKS with the latest dates."""
    if len(urls) <= MAX_LINKS:
        return urls
    collector.problem("capped")
    dated = sorted(enumerate(urls), key=lambda one: one[1][1].published or one[1][1].lastmod, reverse=True)
    return [url for _, url in sorted(dated[:MAX_LINKS], key=lambda one: one[0])]


def _add_child(block: Block, children: dict[str, str], collector: Collector) -> None:
    """A child keeps its address as printed: what looks like tracking may be what it is asked with."""
    frame = collector.frame
    canonical = collector.address(block.loc)
    if canonical is None:
        collector.problem("bad_link")
    elif not (is_on(canonical, frame.allowed_domains) or site_of(canonical) == frame.site):
        collector.problem("offsite")
    elif canonical != canonical_url(frame.base_url):
        children.setdefault(urldefrag(urljoin(frame.base_url, block.loc))[0], block.lastmod)


def _latest_children(children: dict[str, str], collector: Collector) -> list[str]:
    ordered = sorted(children, key=lambda url: children[url], reverse=True)
    if len(ordered) > MAX_CHILDREN:
        collector.problem("capped")
    return ordered[:MAX_CHILDREN]


def _blocks(text: str, collector: Collector) -> Iterator[Block]:
    """The <url> and <sitemap> elements that are whole; what is cut off or broken is left out, and said."""
    if not _CLOSE_RE.search(text, max(len(text) - 2000, 0)):
        collector.problem("ill_formed")
        ends = list(_BLOCK_END_RE.finditer(text))
        text = text[: ends[-1].end()] if ends else ""
    mended = _CDATA_OR_STRAY_RE.sub(lambda m: "&amp;" if m[0] == "&" else m[0], clean_markup(text))
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for start in range(0, len(mended), 65_536):
        try:
            parser.feed(mended[start : start + 65_536].encode("utf-8", "replace"))
        except etree.XMLSyntaxError:
            collector.problem("ill_formed")
            break
        yield from _read_blocks(parser)
    if len(mended) != len(text) or parser.error_log:
        collector.problem("ill_formed")


def _read_blocks(parser: Any) -> Iterator[Block]:
    for _, element in parser.read_events():
        name = _name(element)
        if name not in ("url", "sitemap"):
            continue
        block = Block(name)
        for child in element:
            _fill(block, _name(child), child)
        yield block
        element.clear()  # a sitemap may be 50 MiB: what was read is let go
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]


def _fill(block: Block, name: str, child: etree._Element) -> None:
    text = (child.text or "").strip()
    if name == "loc" and not block.loc and "image" not in str(child.tag) and "video" not in str(child.tag):
        block.loc = text
    elif name == "lastmod":
        block.lastmod = text
    elif name == "news":
        for part in child:
            value = (part.text or "").strip()
            if _name(part) == "title":
                block.title = value
            elif _name(part) == "publication_date":
                block.published = value


def _name(element: etree._Element) -> str:
    """The local name, whether or not the prefix was declared."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
