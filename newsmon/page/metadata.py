"""Headline, deck, bylines, section and the like: what machines are told, checked against what is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newsmon.page.breadcrumbs import find_category, find_kicker, find_trail_section
from newsmon.page.document import Document
from newsmon.page.jsonld import is_article, names_of, text_of, types_of
from newsmon.page.texts import key, short_text, text_content, whole_text
from newsmon.text.clean import clean_line
from newsmon.text.urls import canonical_url

HEADLINE_MAX = 400
DECK_MAX = 1200
CONTENT_MAX = 20_000
"""Signs of a <title> or <meta> that are read."""

# What stands between a headline and a site's name in <title> and og:title. Never a hyphen inside a word.
_TITLE_SEPARATOR_RE = re.compile(r"\s+[|–—•·»‹›:-]\s+|\s*\|\s*")


@dataclass(slots=True)
class Choice:
    """A value and the method that gave it."""

    value: str | None
    method: str


class Metadata:
    """A page's own words about itself; each property is worked out once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._tree = document.tree
        self.root: HtmlElement = document.tree

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Lower-case meta name, property or itemprop to its contents, in order."""
        found: dict[str, list[str]] = {}
        for meta in self._tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop")
            content = meta.get("content") or meta.get("value")
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), []).append(content.strip()[:CONTENT_MAX])
        return found

    def meta(self, *names: str) -> str | None:
        """The first content of the first of `names` that the page has."""
        for name in names:
            for content in self.metas.get(name, ()):
                if line := clean_line(content):
                    return line
        return None

    @cached_property
    def article(self) -> dict[str, Any]:
        """The JSON-LD node of the article that this page is; {} when there is none."""
        nodes = [node for node in self._document.jsonld if is_article(node)]
        if not nodes:
            return {}
        printed = {key(short_text(h1, HEADLINE_MAX)) for h1 in self._tree.iter("h1")} | {key(self.meta("og:title"))}
        own = [node for node in nodes if key(text_of(node.get("headline") or node.get("name"))) in printed - {""}]
        return own[0] if own else nodes[0]

    @cached_property
    def site_name(self) -> str | None:
        publisher = names_of(self.article.get("publisher"))
        return self.meta("og:site_name", "application-name") or (clean_line(publisher[0]) if publisher else None)

    @cached_property
    def canonical(self) -> str:
        """The page's own address for itself, when it is on the same host; else the address reached."""
        here = canonical_url(self._document.url) or self._document.url
        said = next(
            (e.get("href") for e in self._tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None
        )
        for address in (said, self.meta("og:url")):
            resolved = canonical_url(urljoin(here, address)) if address else None
            if resolved and (here.startswith("urn:") or _host(resolved) == _host(here)) and _path(resolved) != "/":
                return resolved
        return here

    # --- the headline

    @cached_property
    def headline_element(self) -> HtmlElement | None:
        """The visible headline: the <h1> that machines are told of, else the first long one, else the largest title."""
        said = {key(text) for text in self._told_headlines if text} - {""}
        headings = [(h, text) for h, text in self._titled("h1") if len(text) > 2 and not _is_hidden(h)]
        for heading, text in headings:
            if key(text) in said:
                return heading
        for heading, text in [*headings, *self._titled("h2", "h3")]:
            own = key(text)
            if len(own) > 12 and any(other.startswith(own) or (len(other) > 12 and other in own) for other in said):
                return heading
        first = headings[0][0] if headings else None
        return next((heading for heading, text in headings if len(text.split()) > 2), first)

    def _titled(self, *tags: str) -> list[tuple[HtmlElement, str]]:
        """Elements that are short enough for a headline, each with its text."""
        texts = ((element, short_text(element, HEADLINE_MAX)) for element in self._tree.iter(*tags))
        return [(element, text) for element, text in texts if text]

    @cached_property
    def _told_headlines(self) -> list[str]:
        node = self.article
        titles = [text_of(node.get("headline")), text_of(node.get("name"))]
        titles += [self.meta("og:title") or "", self.meta("twitter:title") or "", self.title or ""]
        return [self.without_site_name(title) for title in map(clean_line, titles) if title]

    @cached_property
    def title(self) -> str | None:
        title = next(self._tree.iter("title"), None)
        return clean_line(whole_text(title)[:CONTENT_MAX]) or None if title is not None else None

    def without_site_name(self, title: str) -> str:
        """`title` without the name of the site, or of a section, that follows or opens it."""
        site = key(self.site_name)
        parts = _TITLE_SEPARATOR_RE.split(title)
        if len(parts) < 2:
            return title
        host = _host(self._document.url).removeprefix("www.").rsplit(".", 1)[0].replace("-", "").replace(".", "")
        names = {name for name in (site, host) if len(name) > 2}
        while len(parts) > 1 and _is_site(parts[-1], names):
            title = title[: title.rindex(parts[-1])].rstrip(" \u00a0|–—•·»‹›:-")
            parts.pop()
        if len(parts) > 1 and _is_site(parts[0], names):
            title = title[title.index(parts[0]) + len(parts[0]) :].lstrip(" \u00a0|–—•·»‹›:-")
        return title

    @cached_property
    def headline(self) -> Choice:
        element = self.headline_element
        printed = text_content(element) if element is not None else ""
        told = self._told_headlines
        if printed:
            keys = {key(t) for t in told}
            if key(printed) in keys or not told:
                return Choice(printed, "h1")
            # An h1 that names the site or the section: the title that machines are told is the headline.
            if not any(key(printed) in k or k in key(printed) for k in keys if k):
                best = next((t for t in told if len(t) > len(printed)), None)
                if len(printed.split()) <= 3 and best:
                    return Choice(best[:HEADLINE_MAX], "meta")
            return Choice(printed, "h1")
        if told:
            return Choice(told[0][:HEADLINE_MAX], "jsonld" if self.article else "meta")
        return Choice(None, "none")

    # --- the rest

    @cached_property
    def descriptions(self) -> list[tuple[str, str]]:
        """What machines are told that it is about, with the method, best first."""
        told = [(text_of(self.article.get("description")), "jsonld"), (self.meta("og:description") or "", "meta")]
        told += [(self.meta("description", "twitter:description") or "", "meta")]
        return [(clean_line(text)[:DECK_MAX], method) for text, method in told if len(clean_line(text)) > 20]

    @cached_property
    def bylines(self) -> list[str]:
        """Every author that machines are told of, JSON-LD first."""
        found = [clean_line(name) for name in names_of(self.article.get("author"))]
        found += [clean_line(name) for name in names_of(self.article.get("creator"))]
        for name in (
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
        ):
            found += [clean_line(content) for content in self.metas.get(name, ())]
        return [name for name in dict.fromkeys(found) if name and "://" not in name and len(name) < 200]

    @cached_property
    def section(self) -> str | None:
        told = text_of(self.article.get("articleSection")) or self.meta("article:section", "section") or ""
        if told:
            return clean_line(told.split(",")[0])
        trail = find_trail_section(self._tree, self.headline.value or "")
        return trail or find_kicker(self._tree) or find_category(self.headline_element)

    @cached_property
    def markup_language(self) -> str | None:
        """ISO 639-1, as the markup says."""
        told = self._tree.get("lang") or self._tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        told = told or text_of(self.article.get("inLanguage")) or self.meta("og:locale", "content-language", "language")
        match = re.match(r"[a-zA-Z]{2,3}(?=$|[-_ ])", told or "")
        return match[0].lower() if match else None

    @cached_property
    def paywall(self) -> bool:
        free = self.article.get("isAccessibleForFree")
        if isinstance(free, str):
            free = free.strip().lower() not in ("false", "faux", "0")
        locked = self.meta("article:content_tier", "content_tier") in ("locked", "metered")
        return free is False or locked

    @cached_property
    def is_error_page(self) -> bool:
        return bool({"errorpage"} & {t for node in self._document.jsonld for t in types_of(node)})


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    classes = (element.get("class") or "").lower()
    return (
        "display:none" in style
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or re.search(r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader|hidden)(?:$|[\s_-])", classes) is not None
    )


def _is_site(part: str, names: set[str]) -> bool:
    own = key(part)
    return bool(own) and any(own == name or (len(own) > 3 and (own in name or name in own)) for name in names)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]
