"""A page in, an article with its parts as printed out: the clean step."""

from __future__ import annotations

import hashlib
import re

from newsmon.errors import PageError
from newsmon.items import Article, Page
from newsmon.outlets import Declaration, Layout
from newsmon.page.blocks import Block
from newsmon.page.body import Body, find_body, select, select_first
from newsmon.page.document import Document, is_html, parse_text, read_text
from newsmon.page.metadata import DECK_MAX, Metadata
from newsmon.page.plaintext import read_plaintext
from newsmon.page.printed_bylines import BYLINE_RE, iter_printed_bylines
from newsmon.page.published import find_date_strings
from newsmon.page.selectors import class_words
from newsmon.page.texts import key, text_content
from newsmon.page.thin import find_thin
from newsmon.text.bylines import read_authors
from newsmon.text.datelines import Dateline, read_dateline
from newsmon.text.language import find_language
from newsmon.text.urls import canonical_url

_DECK_RE = re.compile(r"\bsub ?(?:head|heading|headline|title|titre)\b|\bsous titre\b")
_DECK_WORDS = frozenset(
    """
    chapo chapeau lead lede deck dek standfirst intro excerpt description subtitle summary soustitre
    """.split()
)


def read_page(page: Page, declaration: Declaration | None = None) -> Article:
    """Everything that a page says, before anything is interpreted. HTML or a plain-text dump of a page.

    Raises: PageError, with a reason of newsmon.items.REASONS.
    """
    content_type = page.headers.get("content-type", "")
    text, _, guessed = read_text(page.body, content_type)
    layouts = declaration.layouts if declaration else (Layout(),)
    if is_html(text):
        article = _read_html(page, text, layouts)
    else:
        article = read_plaintext(page, text)
    if guessed:
        article.counts["charset_guessed"] = 1
    if article.thin == "challenge":
        raise PageError("challenge", "the site asks whether a person reads it")
    if not article.headline:
        known = article.thin if article.thin != "thin" else None
        raise PageError(known or "no_headline", "no headline was found")
    if not article.body and not article.thin:
        raise PageError("no_body", "no text was found")
    article.body_sha256 = hashlib.sha256(page.body).hexdigest()
    return article


def find_address(body: bytes) -> str | None:
    """What a saved page says that its own address is: rel=canonical or og:url, when absolute."""
    for pattern in (rb"<link[^>]*rel=[\"']?canonical[^>]*>", rb"<meta[^>]*property=[\"']?og:url[^>]*>"):
        for tag in re.findall(pattern, body[: 2**20], re.I):
            if found := re.search(rb"(?:href|content)=[\"']?(https?://[^\"'\s>]+)", tag, re.I):
                return canonical_url(found[1].decode("utf-8", "replace"))
    return None


def _read_html(page: Page, text: str, layouts: tuple[Layout, ...]) -> Article:
    document = parse_text(text, url=page.final_url)
    layout = _layout(document, layouts)
    metadata = Metadata(document)
    # Before the body is found: what is stripped for its sake may hold the page's clock.
    date_strings = find_date_strings(document, layout, metadata)
    headline, headline_method = _headline(metadata, layout)
    bylines, byline_method = _bylines(metadata, layout)
    body = find_body(metadata, layout)
    deck, deck_method = _deck(metadata, layout, body)
    dateline = _take_dateline(body)
    paragraphs = "\n\n".join(body.paragraphs)
    language = find_language(paragraphs) or metadata.markup_language
    methods = {"headline": headline_method, "byline": byline_method, "body": body.method, "deck": deck_method}
    return Article(
        outlet=page.outlet,
        url=page.url,
        final_url=page.final_url,
        canonical_url=metadata.canonical,
        fetched_at=page.fetched_at,
        headline=headline or (page.link.title if page.link else None),
        deck=deck,
        byline_raw=bylines,
        dateline=dateline.place,
        dateline_raw=dateline.raw,
        body=paragraphs,
        captions=tuple(body.captions),
        tail_raw=tuple(body.tail),
        section=_declared(metadata, layout.section_css) or metadata.section,
        site_name=metadata.site_name,
        language=language,
        paywall=metadata.paywall,
        thin=find_thin(metadata, paragraphs, asked=page.url, reached=page.final_url),
        methods={name: method for name, method in methods.items() if method != "none"},
        date_strings=date_strings,
        counts=document.counts | ({"layout_missed": 1} if layout.body_css and body.method != "declared" else {}),
        link=page.link,
        link_kind=page.link_kind,
        status=page.status,
    )


def _layout(document: Document, layouts: tuple[Layout, ...]) -> Layout:
    """The newest layout whose body is on the page; today's when none is."""
    found = (one for one in layouts if one.body_css and select_first(document.tree, one.body_css) is not None)
    return next(found, layouts[0])


def _declared(metadata: Metadata, css: str) -> str | None:
    element = select_first(metadata.root, css) if css else None
    return (text_content(element) or None) if element is not None else None


def _headline(metadata: Metadata, layout: Layout) -> tuple[str | None, str]:
    if declared := _declared(metadata, layout.headline_css):
        return declared, "declared"
    return metadata.headline.value, metadata.headline.method


# --- bylines


def _bylines(metadata: Metadata, layout: Layout) -> tuple[tuple[str, ...], str]:
    """Every byline, best first, and where the first is from."""
    if layout.byline_css:
        declared = [text_content(element) for element in select(metadata.root, layout.byline_css)]
        if read_authors(found := tuple(dict.fromkeys(line for line in declared if line))):
            return found, "declared"
    told = metadata.bylines
    printed = list(dict.fromkeys(iter_printed_bylines(metadata)))
    method = "meta" if told else "generic" if printed else "none"
    return tuple(dict.fromkeys([*told, *printed])), method


# --- the deck


def _deck(metadata: Metadata, layout: Layout, body: Body) -> tuple[str | None, str]:
    """The chapeau: printed between headline and body, or told to machines and printed as a paragraph of its own."""
    if layout.deck_css and (declared := _declared(metadata, layout.deck_css)):
        _drop_from_body(body, declared)
        return declared, "declared"
    before = _before_body(metadata, body)
    # What holds the next paragraphs too is the body, whatever it is called: "body-description".
    after = body.blocks[body.first_order + 1 : body.first_order + 3]
    of_body = {ancestor for block in after for ancestor in block.element.iterancestors()}
    for block in [*before, *body.blocks[body.first_order : body.first_order + 1]]:
        element = block.element
        parent = element.getparent()
        words = class_words(element) + (class_words(parent) if parent is not None and parent not in of_body else ())
        marked = (
            _DECK_WORDS.intersection(words)
            or _DECK_RE.search(" ".join(words))
            or element.get("itemprop") == "description"
        )
        if marked and block.words > 5 and len(block.text) < DECK_MAX and not BYLINE_RE.match(block.text):
            _drop_from_body(body, block.text)
            return block.text, "generic"
    for told, method in metadata.descriptions:
        own = key(told)
        if body.stands_apart and key(body.paragraphs[0]) == own and len(body.paragraphs) > 2:
            return body.paragraphs.pop(0), method
        for block in before:
            printed = key(block.text)
            if block.words > 7 and len(own) > 30 and (printed.startswith(own[:40]) or own.startswith(printed)):
                return block.text, method
    return None, "none"


def _before_body(metadata: Metadata, body: Body) -> list[Block]:
    """The blocks just before the first paragraph, without the headline."""
    title = key(metadata.headline.value)
    return [b for b in body.blocks[max(0, body.first_order - 25) : body.first_order] if key(b.text) != title]


def _drop_from_body(body: Body, deck: str) -> None:
    own = key(deck)
    body.paragraphs = [p for i, p in enumerate(body.paragraphs) if i > 2 or key(p) != own]


def _take_dateline(body: Body) -> Dateline:
    """What stands before the first paragraph's text, taken off it."""
    found = read_dateline(body.paragraphs[0] if body.paragraphs else "")
    if found.text:
        body.paragraphs[0] = found.text
    return found
