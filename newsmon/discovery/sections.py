"""Home and section pages: which of the links of a page are its articles.

Without a declared article_re: an address with an article's mark (a day, a number) is one. A slug alone is one when
the page shows it as one: under a heading, with a picture or a date, in words that its address repeats, outside the
menus; and not on a site that marks its articles.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from newsmon.discovery.articles import judge_address
from newsmon.discovery.cards import HEADINGS, Cards, Element, attributes, find_card_date, find_title, within
from newsmon.discovery.links import Collector, Found, Frame
from newsmon.discovery.titles import likeness, slug_words, words
from newsmon.errors import ListingError
from newsmon.items import Listing
from newsmon.text.clean import clean_markup
from newsmon.text.urls import canonical_url

MAX_LINKS = 1000
MAX_ANCHORS = 5000

_MARKED = 5
_ENOUGH = 5
_ENOUGH_WHERE_MARKED = 7
_MARKUP_RE = re.compile(r"<(?:!doctype|html|head|body|div|a|p|ul|section|article|main|table|h[1-6])[\s>]", re.I)
_MOST_CARDS = 8
_MOST_ATTRIBUTES = 2000
_LONG_TAG_RE = re.compile(r"<([a-zA-Z][\w-]*)([^<>]{20000,})>")
_CHROME_RE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|footer|breadcrumb\w*|fil-d-?ariane|burger\w*|sitemap)(?:$|[\s_-])", re.I
)
_CARD_RE = re.compile(
    r"(?:^|[\s_-])(?:article|card|carte|story|nouvelle|news|post|entry|teaser|item|une|manchette|hentry|tile|bloc)"
    r"(?:$|[\s_-])",
    re.I,
)


@dataclass(slots=True)
class Candidate:
    """The links of a page to one address."""

    url: str
    anchors: list[Element] = field(default_factory=list)
    title: str | None = None
    date_raw: str | None = None
    is_change: bool = False


def parse_section(text: str, frame: Frame) -> Listing:
    """The articles that a page links to, in the page's order. Raises: ListingError (not_html, too_deep)."""
    if not _MARKUP_RE.search(text[:200_000]):
        raise ListingError("not_html", f"{frame.base_url}: neither a page nor JSON; look at what the address serves")
    root, is_cut = _parse(text, frame)
    collector = Collector(frame, MAX_LINKS)
    if is_cut:
        collector.problem("too_deep")
    candidates = _candidates(root, collector)
    if frame.article_re:
        chosen = [one for one in candidates if frame.is_declared(one.url)]
        _read_cards(chosen)
    else:
        chosen = _choose(candidates)
    for one in chosen:
        if not collector.add(Found(one.url, one.title, one.date_raw, "modified" if one.is_change else "published")):
            break
    return collector.listing()


def _parse(text: str, frame: Frame) -> tuple[Element, bool]:
    """The page's tree, and whether libxml2 gave up on what lies too deep."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    markup = _LONG_TAG_RE.sub(_without_attributes, clean_markup(text))
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.ParseError, ValueError):
        root = None
    if root is None:
        raise ListingError("not_html", f"{frame.base_url}: no markup that can be read")
    is_cut = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    if is_cut and next(root.iter("a"), None) is None:
        raise ListingError("too_deep", f"{frame.base_url}: elements lie more than 2048 deep")
    return root, is_cut


def _without_attributes(tag: re.Match[str]) -> str:
    """A tag of thousands of attributes takes libxml2 minutes; a long picture inside one does not."""
    return tag[0] if tag[2].count("=") < _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _candidates(root: Element, collector: Collector) -> list[Candidate]:
    """Every address on the listing's own site that the page links to, but for the page itself."""
    frame = collector.frame
    base = _base(root, frame)
    own = {canonical_url(href, base) for href in (frame.base_url, base, *_own_addresses(root))}
    language = (root.get("lang") or "")[:2].lower()
    found: dict[str, Candidate] = {}
    for anchor in islice(root.iter("a"), MAX_ANCHORS):
        href = anchor.get("href")
        if language and not (anchor.get("hreflang") or language).lower().startswith(language):
            continue
        url = collector.address(href, base) if href else None
        if url and url not in own and frame.is_home(url):
            found.setdefault(url, Candidate(url)).anchors.append(anchor)
    return list(found.values())


def _base(root: Element, frame: Frame) -> str:
    for element in root.iter("base"):
        if element.get("href"):
            return canonical_url(element.get("href", ""), frame.base_url) or frame.base_url
    return frame.base_url


def _own_addresses(root: Element) -> Iterator[str]:
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            yield element.get("href") or ""
    for element in root.iter("meta"):
        if element.get("property") == "og:url":
            yield element.get("content") or ""


def _choose(candidates: list[Candidate]) -> list[Candidate]:
    """The generic rule."""
    verdicts = {one.url: judge_address(one.url) for one in candidates}
    possible = [one for one in candidates if verdicts[one.url] != "never"]
    _read_cards(possible)
    parents = _parents(one.url for one in possible)
    shown = {one.url: _shown_as_article(one, parents) for one in possible if verdicts[one.url] == "maybe"}
    enough = _threshold(len(possible) - len(shown), sum(points >= _ENOUGH for points in shown.values()))
    chosen = [one for one in possible if shown.get(one.url, math.inf) >= enough and not _is_menu_entry(one)]
    _read_cards(chosen)
    return chosen


def _threshold(marked: int, unmarked: int) -> float:
    """What a slug must show on a page of so many marked and so many well-shown unmarked addresses."""
    if marked >= max(_MARKED, 3 * unmarked):
        return math.inf
    return _ENOUGH_WHERE_MARKED if marked >= max(_MARKED, unmarked) else _ENOUGH


def _is_menu_entry(one: Candidate) -> bool:
    """A number in the address of a theme's page, in a menu, does not make it an article; a headline there does."""
    return len(words(one.title or "")) < 4 and all(_in_chrome(anchor) for anchor in one.anchors)


def _read_cards(candidates: list[Candidate]) -> None:
    """Titles and dates; a card ends where another of the candidates begins."""
    cards = Cards((one.url, anchor) for one in candidates for anchor in one.anchors)
    for one in candidates:
        own = list(dict.fromkeys(cards.card_of(anchor) for anchor in one.anchors[:_MOST_CARDS]))
        one.title = find_title(one.anchors, own, one.url)
        for card in own:
            one.date_raw, role = find_card_date(card)
            one.is_change = role == "modified"
            if one.date_raw:
                break


def _shown_as_article(one: Candidate, parents: set[str]) -> int:
    """How much of what the page shows of a slug speaks for an article."""
    length = len(words(one.title or ""))
    slug = slug_words(one.url)
    points = 2 * any(_in_heading(anchor) for anchor in one.anchors)
    points += {4: 1, 3: 0}.get(length, 2 if length > 4 else -2)
    points += any(_in_card(anchor) for anchor in one.anchors)
    points += len(one.anchors) > 1 or any(
        any(element.tag == "img" for element in within(anchor)) for anchor in one.anchors
    )
    points += one.date_raw is not None
    points += len(slug) >= 4
    points += len(slug) >= 3 and likeness(one.title or "", one.url) >= 0.5
    points -= 3 * all(_in_chrome(anchor) for anchor in one.anchors)
    points -= 4 * (urlsplit(one.url).path.rstrip("/") in parents)
    return points


def _parents(urls: Iterable[str]) -> set[str]:
    """Every path that other addresses of the page lie below: a section's, not an article's."""
    parents: set[str] = set()
    for url in urls:
        path = urlsplit(url).path.rstrip("/")
        while "/" in path:
            path = path.rpartition("/")[0]
            parents.add(path)
    return parents


def _in_heading(anchor: Element) -> bool:
    around = islice(anchor.iterancestors(), 3)
    return any(element.tag in HEADINGS for element in (*around, *within(anchor)))


def _in_card(anchor: Element) -> bool:
    around = islice(anchor.iterancestors(), 5)
    return any(element.tag == "article" or bool(_CARD_RE.search(attributes(element))) for element in around)


def _in_chrome(anchor: Element) -> bool:
    around = islice(anchor.iterancestors(), 12)
    return any(
        element.tag in ("nav", "footer") or (element.tag != "body" and bool(_CHROME_RE.search(attributes(element))))
        for element in around
    )
