"""The article's text: found by the outlet's own selectors or by the generic cleaner, in paragraphs, captions apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newsmon.items import Caption
from newsmon.outlets import Layout
from newsmon.page.blocks import BLOCK_TAGS, Block, Blocks, find_blocks
from newsmon.page.boilerplate import is_byline_or_date
from newsmon.page.breadcrumbs import is_trail
from newsmon.page.metadata import Metadata
from newsmon.page.paragraphs import choose_paragraphs, without_link_boxes, without_pull_quotes, without_refrains
from newsmon.page.stretch import find_stretch
from newsmon.page.texts import key, says, text_content
from newsmon.text.bylines import is_attribution_line, split_credit
from newsmon.text.clean import clean_line

_PHOTO_CREDIT_RE = re.compile(r"[(\[][^()\[\]/]{3,40}/[^()\[\]/]{2,40}[)\]]\s*\Z")
_LABEL_SIGNS = len("Crédit photo : ")
_CUT_MIN = 15
"""Letters of a headline that is cut off."""
_TRAIL_SIGNS_RE = re.compile(r"[›>]|\A[^«]*»")
_ATTRIBUTION_WORDS = 30
"""A last line of more is prose."""


@dataclass(slots=True)
class Body:
    """The article's text in paragraphs, and what was found beside it."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Lines that tell where the text came from."""
    method: str = "none"
    container: HtmlElement | None = None
    blocks: list[Block] = field(default_factory=list)
    """All that was read of the page."""
    first_order: int = 0
    """Of the first paragraph among them."""
    stands_apart: bool = False
    """Whether the first paragraph is printed otherwise than the next: a deck, where it is told to be one."""


def find_body(metadata: Metadata, layout: Layout | None = None) -> Body:
    """The body by the outlet's own selectors, else by the generic cleaner, each checked against JSON-LD."""
    if layout and layout.body_css:
        container = select_first(metadata.root, layout.body_css)
        if container is not None:
            strip(metadata.root, layout.strip_css)
            found = find_blocks(_around(container, metadata), keep=frozenset([container]))
            inside = [b for b in found.blocks if b.element is container or container in b.element.iterancestors()]
            body = _finished(inside, found, metadata, container)
            if sum(len(p) for p in body.paragraphs) > 80:
                body.method = "declared"
                return body
    if layout:
        strip(metadata.root, layout.strip_css)
    return _generic(metadata)


def _around(container: HtmlElement, metadata: Metadata) -> HtmlElement:
    """The smallest element that holds body and headline: decks and captions stand there too."""
    headline = metadata.headline_element
    above = set(headline.iterancestors()) if headline is not None else set()
    return next((e for e in container.iterancestors() if e in above and e.tag != "html"), container)


def select_first(root: HtmlElement, css: str) -> HtmlElement | None:
    """The first element of `root` that fits; None also when the selector cannot be used."""
    found = select(root, css)
    return found[0] if found else None


def select(root: HtmlElement, css: str) -> list[HtmlElement]:
    try:
        found = CSSSelector(css, translator="html")(root)
    except SelectorError:
        return []
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


def strip(root: HtmlElement, selectors: tuple[str, ...]) -> None:
    """Take what never belongs to the body out of the tree; the text after it stays."""
    for css in selectors:
        for element in select(root, css):
            if element.getparent() is not None:
                element.drop_tree()


def _generic(metadata: Metadata) -> Body:
    root = metadata.root.find("body")
    if root is None:
        root = metadata.root
    headline = metadata.headline_element
    found = find_blocks(root, keep=frozenset([headline] if headline is not None else []))
    stretch = find_stretch(found.blocks, headline)
    if stretch is None:
        return Body()
    body = _finished(stretch.blocks, found, metadata, stretch.container)
    body.method = "generic"
    return body


# --- from blocks to paragraphs


def _finished(blocks: list[Block], found: Blocks, metadata: Metadata, container: HtmlElement) -> Body:
    body = Body(container=container)
    headline = key(metadata.headline.value)
    kept = [b for b in without_link_boxes(blocks) if not _is_repeated(b, headline) and not _is_furniture(b)]
    pictured = {b.order for b in kept if _is_plain_caption(b)}
    captions = [split_credit(b.text) for b in kept if b.order in pictured]
    kept = choose_paragraphs(without_pull_quotes(without_refrains([b for b in kept if b.order not in pictured])))
    while kept and kept[-1].words < _ATTRIBUTION_WORDS and is_attribution_line(kept[-1].text):
        body.tail.insert(0, kept.pop().text)
    body.paragraphs = [b.text for b in kept]
    body.first_order = kept[0].order if kept else 0
    body.stands_apart = len(kept) > 1 and _print_of(kept[0]) != _print_of(kept[1])
    body.blocks = found.blocks
    body.captions = [*_captions(found.captions, container), *captions]
    return body


def _is_repeated(block: Block, headline: str) -> bool:
    """Whether a block says nothing, or the headline again: whole, cut off with "…", or below the sections' names."""
    text = block.text
    if says(text, "") or (headline and says(text, headline)):
        return True
    if text.endswith(("…", "...")) and len(own := key(text)) > _CUT_MIN and headline.startswith(own):
        return True
    return is_trail(text) and _TRAIL_SIGNS_RE.search(text) is not None


def _is_furniture(block: Block) -> bool:
    if block.is_boilerplate or is_byline_or_date(block.text):
        return True
    return block.link_density > 0.8 and block.words < 25 and not block.ends_sentence


def _is_plain_caption(block: Block) -> bool:
    """A caption that no markup marks: it closes with a photographer and an agency, "(Nom/Agence)"."""
    return block.words < 80 and not block.is_heading and _PHOTO_CREDIT_RE.search(block.text) is not None


def _print_of(block: Block) -> tuple[object, ...]:
    """How a block is printed: its tag and classes, where it stands, whether it is bold."""
    element = block.element
    bold = any(len(text_content(b)) >= 0.9 * len(block.text) for b in element.iter("b", "strong", "em"))
    return element.tag, element.get("class"), element.getparent(), bold


def _captions(elements: list[HtmlElement], container: HtmlElement) -> list[Caption]:
    captions: dict[str, Caption] = {}
    for element in elements:
        # A gallery is a figure of figures.
        for inner in element.iter("figcaption") if element.tag == "figure" else (element,):
            text = _caption_text(inner)
            if 3 < len(text) < 1500:
                captions.setdefault(key(text), _captioned(inner, text))
    return list(captions.values())


def _captioned(element: HtmlElement, text: str) -> Caption:
    """The caption; its credit may stand in an element of its own, before the words: <span>Photo: Nom</span> Le pont."""
    for child in element.iterchildren("span", "em", "i", "small", "cite", "strong", "b"):
        own = split_credit(text_content(child))
        if own.credit and len(own.text) - len(own.credit) <= _LABEL_SIGNS:
            return Caption(text=text, credit=own.credit)
    return split_credit(text)


def _caption_text(element: HtmlElement) -> str:
    """On one line; what stands in boxes of their own (the words, then the credit) stays apart."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not any(child.tag in BLOCK_TAGS for child in children):
        return text_content(element)
    parts = (f"{text_content(child)} {child.tail or ''}" for child in children)
    return clean_line(" ".join([element.text or "", *parts]))
