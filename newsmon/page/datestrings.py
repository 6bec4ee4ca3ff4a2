"""Every string of a page that may be a date, with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from newsmon.items import DateString, Role
from newsmon.outlets import Layout
from newsmon.page.blocks import class_words
from newsmon.page.body import select
from newsmon.page.document import Document
from newsmon.page.jsonld import is_article, text_of, types_of
from newsmon.page.metadata import Metadata, key, text_content
from newsmon.text.clean import clean_line
from newsmon.text.urls import find_url_day

STRINGS_MAX = 60
LONGEST = 140
"""Signs of a visible string that may still be a date with its label."""

META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published",
    "dc.date.created", "dc.date.issued", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publishtime", "publish-date", "publish_date",
    "pubdate", "publication_date", "publicationdate", "published_time", "article_date_original", "original-publish-date",
    "cxenseparse:publishtime", "citation_publication_date", "citation_date", "date", "article.published", "displaydate",
    "shareaholic:article_published_time", "bt:pubdate", "rnews:datepublished", "ptime", "dateposted", "created",
    "date_published", "dc:created", "dcsext.articlefirstpublished",
)  # fmt: skip
META_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "article:modified", "dc.date.modified",
    "dcterms.modified", "lastmodified", "last-modified", "lastmod", "modified_time", "article.updated", "updated_time",
    "revision_date", "utime", "shareaholic:article_modified_time",
)  # fmt: skip

_HINT_RE = re.compile(
    r"\d{1,2}\s*(?:er|h|:|/|-)\s*\d|\d{4}|\b(?:hier|aujourd|avant-hier|yesterday|today)\b|\b\d+\s*(?:min|heures?|hours?|jours?|days?)\b|"
    r"\d\s+(?:jan|f[ée]v|mar|avr|mai|jui|ao[uû]|sep|oct|nov|d[ée]c|feb|apr|may|jun|jul|aug|dec)",
    re.I,
)
_CLOCK_WORDS = frozenset("clock horloge weather meteo".split())
_CLOCK_RE = re.compile(
    r"data time|header date|current date|date header|today date|date du jour|datejour|header day|top date|date today|server time"
)
_OTHERS_WORDS = frozenset(
    "comment comments commentaires related recommended similar sidebar widget teaser teasers card cards promo carousel latest "
    "popular trending footer recirc listing headlines newslist module nav menu".split()
)
_DATE_WORDS = frozenset(
    "date dates published publication publie pubdate time datetime timestamp posted byline meta dateline heure".split()
)
_MODIFIED_WORDS = frozenset("modified updated update maj modification".split())
_EVENT_WORDS = frozenset("event evenement agenda calendar calendrier when".split())


def find_date_strings(document: Document, layout: Layout) -> tuple[DateString, ...]:
    """Every candidate in the order in which its place is trusted, each (place, text) once."""
    metadata = Metadata(document)
    found: dict[tuple[str, str], DateString] = {}
    sources = (_jsonld(document, metadata), _metas(metadata), _declared(document, layout), _visible(document, metadata))
    for strings in sources:
        for string in strings:
            if len(found) < STRINGS_MAX:
                found.setdefault((string.selector, string.raw), string)
    if day := find_url_day(document.url):
        found["url", day.isoformat()] = DateString(source="url", selector="url", raw=day.isoformat(), role="published")
    return tuple(found.values())


# --- what machines are told


def _jsonld(document: Document, metadata: Metadata) -> Iterator[DateString]:
    own = metadata.article
    page_types = {"webpage", "newsarticle", "itempage"}
    for node in document.jsonld:
        types = types_of(node)
        name = next((t for t in node["@type"]), "") if isinstance(node["@type"], list) else str(node["@type"])
        mine = (
            node is own
            or (not own and bool(types & page_types))
            or (bool(types & {"webpage"}) and not _is_of_another(node, document))
        )
        for field, role in (
            ("datePublished", "published"),
            ("dateCreated", "published"),
            ("uploadDate", "published"),
            ("dateModified", "modified"),
        ):
            raw = clean_line(text_of(node.get(field)))
            if not raw:
                continue
            if field in ("dateCreated", "uploadDate") and (not mine or node.get("datePublished")):
                mine_here = False
            else:
                mine_here = mine
            selector = f"{name}.{field}"
            yield DateString(source="jsonld", selector=selector, raw=raw[:200], role=_role(role, mine_here))


def _role(role: str, mine: bool) -> Role:
    return role if mine else "event"  # type: ignore[return-value]


def _is_of_another(node: dict[str, Any], document: Document) -> bool:
    return is_article(node) and node.get("url") not in (None, document.url)


def _metas(metadata: Metadata) -> Iterator[DateString]:
    for names, role in ((META_PUBLISHED, "published"), (META_MODIFIED, "modified")):
        for name in names:
            for content in metadata.metas.get(name, ()):
                yield DateString(source="meta", selector=f"meta[{name}]", raw=clean_line(content)[:200], role=role)  # type: ignore[arg-type]


def _declared(document: Document, layout: Layout) -> Iterator[DateString]:
    for css, role in ((layout.clock_css, "clock"), (layout.date_css, None)):
        for element in select(document.tree, css)[:3] if css else ():
            raw = clean_line(element.get("datetime") or "") or text_content(element)
            if raw:
                source = "header" if role == "clock" else "time" if element.get("datetime") else "label"
                yield DateString(source=source, selector=css, raw=raw[:LONGEST], role=role)  # type: ignore[arg-type]


# --- what readers see


def _visible(document: Document, metadata: Metadata) -> Iterator[DateString]:
    body = document.tree.find("body")
    if body is None:
        return
    place = _Places(body, metadata)
    for element in body.iter(
        "time",
        "abbr",
        "span",
        "div",
        "p",
        "small",
        "em",
        "i",
        "b",
        "strong",
        "li",
        "td",
        "a",
        "font",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dd",
        "address",
        "header",
    ):
        stamp = (
            element.get("datetime")
            or (element.get("title") if element.tag == "abbr" else None)
            or element.get("data-time")
        )
        if element.get("itemprop") in ("datePublished", "dateModified", "dateCreated"):
            stamp = stamp or element.get("content")
        if stamp:
            yield from place.stamped(element, clean_line(stamp)[:200])
        elif element.tag != "time" and not _has_own_text(element):
            continue
        text = _short_text(element)
        if text and _HINT_RE.search(text):
            yield from place.printed(element, text, stamped=bool(stamp))


def _has_own_text(element: HtmlElement) -> bool:
    if element.text and any(c.isalnum() for c in element.text):
        return True
    return any(child.tail and any(c.isdigit() for c in child.tail) for child in element)


def _short_text(element: HtmlElement) -> str | None:
    """The element's text when it is short enough to be a date line."""
    length = 0
    parts = []
    for part in element.itertext():
        length += len(part.strip())
        if length > LONGEST:
            return None
        parts.append(part)
    return clean_line(" ".join(parts))


class _Places:
    """Where on the page an element stands: around the headline, in the page's frame, among other articles."""

    def __init__(self, body: HtmlElement, metadata: Metadata) -> None:
        self._headline = metadata.headline_element
        self._title = key(metadata.headline.value)
        self._order = {element: i for i, element in enumerate(body.iter())}
        self._at = self._order.get(self._headline, 0) if self._headline is not None else 0
        self._above = set(self._headline.iterancestors()) if self._headline is not None else set()
        self._prose = self._third_paragraph(body)

    def _third_paragraph(self, body: HtmlElement) -> int:
        """The order of the article's third long paragraph: dates after it are of something else."""
        seen = 0
        for paragraph in body.iter("p"):
            at = self._order[paragraph]
            if at > self._at and len("".join(paragraph.itertext()).split()) > 20:
                seen += 1
                if seen == 3:
                    return at
        return len(self._order)

    def stamped(self, element: HtmlElement, raw: str) -> Iterator[DateString]:
        place = self._place(element)
        prop = element.get("itemprop") or ""
        words = set(class_words(element))
        role: Role | None = None
        if place == "clock":
            role = "clock"
        elif place == "other":
            role = "event"
        elif prop == "dateModified" or words & _MODIFIED_WORDS and not words & {"published"}:
            role = "modified"
        elif prop in ("datePublished", "dateCreated") or place == "near":
            role = self._label_role(element) or "published"
        source = "header" if place == "clock" else "time"
        yield DateString(source=source, selector=selector_of(element), raw=raw, role=role or "event")

    def _label_role(self, element: HtmlElement) -> Role | None:
        """What the words before a stamp say: "Mis à jour le <time>"."""
        before = (
            (element.text or "")
            + " "
            + ((element.getprevious().tail if element.getprevious() is not None else element.getparent().text) or "")
        )
        return "modified" if re.search(r"\b(?:mis(?:e)? [àa] jour|modifi|updated|actualis)", before, re.I) else None

    def printed(self, element: HtmlElement, text: str, *, stamped: bool) -> Iterator[DateString]:
        if key(text) == self._title or (element.tag == "a" and not class_words(element) and len(text) > 60):
            return
        place = self._place(element)
        if place == "clock":
            yield DateString(source="header", selector=selector_of(element), raw=text, role="clock")
        elif place == "near" and (self._order[element] < self._prose):
            labelled = re.match(
                r"\W*(?:publi|mis|modifi|mise|posted|updated|published|dernière|first|par\b|le\b|date|créé|by\b)",
                text,
                re.I,
            )
            role: Role | None = "modified" if set(class_words(element)) & _MODIFIED_WORDS else None
            yield DateString(
                source="label" if labelled else "time" if stamped else "header",
                selector=selector_of(element),
                raw=text,
                role=role,
            )
        elif place == "other" and _DATE_WORDS.intersection(class_words(element)):
            yield DateString(source="text", selector=selector_of(element), raw=text, role="event")

    def _place(self, element: HtmlElement) -> str:
        """clock: in the page's frame; near: around the headline; other: elsewhere."""
        before = self._order.get(element, 0) < self._at
        for ancestor in (element, *element.iterancestors()):
            if ancestor in self._above:
                break
            words = class_words(ancestor)
            joined = " ".join(words)
            if _CLOCK_WORDS.intersection(words) or _CLOCK_RE.search(joined):
                return "clock"
            if _OTHERS_WORDS.intersection(words) or _EVENT_WORDS.intersection(words):
                return "clock" if before and words and {"nav", "menu"}.intersection(words) else "other"
            if ancestor.tag in ("nav", "header") and before:
                return "clock"
            if ancestor.tag in ("aside", "footer", "nav", "blockquote"):
                return "other"
        if self._headline is None or not before:
            return "near" if self._order.get(element, 0) < self._prose else "other"
        return "near" if self._shares_block(element) else "clock"

    def _shares_block(self, element: HtmlElement) -> bool:
        """Whether an element above the headline belongs to the article: within three steps of the headline."""
        steps = 0
        for ancestor in element.iterancestors():
            steps += 1
            if ancestor in self._above and ancestor.tag not in ("body", "html"):
                inner = self._headline
                up = 0
                while inner is not None and inner is not ancestor:
                    inner, up = inner.getparent(), up + 1
                return up <= 4 and steps <= 5
        return False


def selector_of(element: HtmlElement) -> str:
    """Tag and classes of the element and of its nearest named ancestor: the same on every page of a theme."""
    parts: list[str] = []
    for ancestor in (element, *element.iterancestors()):
        name = ancestor.tag
        if ancestor.get("id") and not any(c.isdigit() for c in ancestor.get("id")):
            name += "#" + ancestor.get("id").split()[0]
        classes = [c for c in (ancestor.get("class") or "").split() if not any(d.isdigit() for d in c)][:2]
        name += "".join("." + c for c in classes)
        parts.insert(0, name)
        if (
            ("." in name or "#" in name)
            and len(parts) > 1
            or len(parts) == 3
            or ancestor.tag in ("body", "article", "main")
        ):
            break
    return " > ".join(parts)[:200]
