"""The generic cleaner: which blocks of a page are its article.

Prose earns, furniture costs; the stretch of blocks that earns most is where the article is, and the smallest element
that holds nearly all of its prose is its container. Within it, what is a list of links, an invitation or a caption is
left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newsmon.items import Caption
from newsmon.outlets import Layout
from newsmon.page.blocks import BLOCK_TAGS, Block, Blocks, find_blocks
from newsmon.page.boilerplate import ends_article, is_boilerplate_line, is_byline_or_date
from newsmon.page.metadata import Metadata, key, text_content
from newsmon.text.bylines import is_attribution_line, split_credit
from newsmon.text.clean import clean_line

_SENTENCE_END_RE = re.compile(r"[.!?…:»\"”)]\W*\Z")
_PHOTO_CREDIT_RE = re.compile(r"[(\[][^()\[\]/]{3,40}/[^()\[\]/]{2,40}[)\]]\s*\Z")
MAIN_PARENT_SHARE = 0.12
"""Of the article's prose, that stands in one kind of place."""
REFRAIN = 3
"""Times that a line stands in an article, from which on it is no part of it."""
REFRAIN_WORDS = 8
CONTAINER_SHARE = 0.9
"""Of the stretch's prose, that the article's container must hold."""


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


# --- the generic cleaner


def _generic(metadata: Metadata) -> Body:
    root = metadata.root.find("body")
    if root is None:
        root = metadata.root
    headline = metadata.headline_element
    found = find_blocks(root, keep=frozenset([headline] if headline is not None else []))
    blocks = found.blocks
    start = _after_headline(blocks, headline)
    stretch = _best_stretch(blocks, start)
    if not stretch:
        return Body()
    container = _container(stretch)
    inside = _inside(blocks, container, stretch, start)
    body = _finished(inside, found, metadata, container)
    body.method = "generic"
    return body


def _after_headline(blocks: list[Block], headline: HtmlElement | None) -> int:
    """The order of the first block after the headline, when most of the page's prose comes after it."""
    if headline is None:
        return 0
    at = next((b.order for b in blocks if b.element is headline or headline in b.element.iterancestors()), None)
    if at is None:
        return 0
    before = sum(b.words for b in blocks[:at] if _earns(b) > 0)
    after = sum(b.words for b in blocks[at + 1 :] if _earns(b) > 0)
    return at + 1 if after >= before else 0


def _earns(block: Block) -> float:
    """What a block adds to a stretch: its words when they are prose, a loss when they are links or a label."""
    if block.is_heading:
        return -2.0 if block.link_density < 0.5 else -12.0
    if is_boilerplate_line(block.text):
        return -10.0
    density = block.link_density
    if density > 0.6:
        return -8.0 - min(block.words, 20) * 0.5
    prose = bool(_SENTENCE_END_RE.search(block.text))
    if block.words >= 12 or (prose and block.words >= 5):
        return block.words * (1.0 - density) - (0 if prose else 6)
    return -5.0


def _best_stretch(blocks: list[Block], start: int) -> list[Block]:
    """The run of blocks whose earnings are largest (Kadane's maximum subarray)."""
    best, best_from, best_to = 0.0, 0, -1
    total, since = 0.0, start
    for i in range(start, len(blocks)):
        if total <= 0:
            total, since = 0.0, i
        total += _earns(blocks[i])
        if total > best:
            best, best_from, best_to = total, since, i
    return blocks[best_from : best_to + 1]


def _container(stretch: list[Block]) -> HtmlElement:
    """The deepest element that holds nearly all of the stretch's prose."""
    held: dict[HtmlElement, float] = defaultdict(float)
    total = 0.0
    for block in stretch:
        earned = max(0.0, _earns(block))
        total += earned
        if earned:
            held[block.element] += earned
            for ancestor in block.element.iterancestors():
                held[ancestor] += earned
    enough = [e for e, earned in held.items() if earned >= CONTAINER_SHARE * total]
    return max(enough, key=_depth)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _inside(blocks: list[Block], container: HtmlElement, stretch: list[Block], start: int) -> list[Block]:
    """The container's blocks, from the first after the headline to the last before what follows an article."""
    chosen: list[Block] = []
    last = stretch[-1].order
    for block in blocks[start:]:
        if block.element is not container and container not in block.element.iterancestors():
            continue
        if ends_article(block.text) and chosen and _follows_list(blocks, block.order, last):
            break
        chosen.append(block)
    return chosen


def _follows_list(blocks: list[Block], order: int, last: int) -> bool:
    """Whether what comes after a closing heading is no prose of the article."""
    after = blocks[order + 1 : order + 6]
    return order > last or not after or sum(_earns(b) for b in after) < 60


# --- from blocks to paragraphs


def _finished(blocks: list[Block], found: Blocks, metadata: Metadata, container: HtmlElement) -> Body:
    body = Body(container=container)
    headline = key(metadata.headline.value)
    kept = [b for b in blocks if not _is_repeated(b, headline) and not _is_furniture(b)]
    pictured = [b for b in kept if _is_plain_caption(b)]
    kept = [b for b in kept if b not in pictured]
    kept = _without_refrains(kept)
    kept = _without_teasers(_without_link_lists(kept))
    kept = _without_outer_labels(_within_main_parents(kept))
    while kept and is_attribution_line(kept[-1].text) and kept[-1].words < 30:
        body.tail.insert(0, kept.pop().text)
    body.paragraphs = [b.text for b in kept]
    body.first_order = kept[0].order if kept else 0
    body.stands_apart = len(kept) > 1 and _print_of(kept[0]) != _print_of(kept[1])
    body.blocks = found.blocks
    body.captions = _captions(found.captions, container)
    body.captions += [split_credit(b.text) for b in pictured]
    return body


def _print_of(block: Block) -> tuple[object, ...]:
    """How a block is printed: its tag and classes, where it stands, whether it is bold."""
    element = block.element
    bold = any(len(text_content(b)) >= 0.9 * len(block.text) for b in element.iter("b", "strong", "em"))
    return element.tag, element.get("class"), element.getparent(), bold


def _without_refrains(blocks: list[Block]) -> list[Block]:
    """Without the lines that come again and again: buttons, names of galleries, calls to a video."""
    times = Counter(key(b.text) for b in blocks if b.words <= REFRAIN_WORDS)
    return [b for b in blocks if b.words > REFRAIN_WORDS or times[key(b.text)] < REFRAIN]


def _is_plain_caption(block: Block) -> bool:
    """A caption that no markup marks: it closes with a photographer and an agency, "(Nom/Agence)"."""
    return block.words < 80 and not block.is_heading and _PHOTO_CREDIT_RE.search(block.text) is not None


def _without_teasers(blocks: list[Block]) -> list[Block]:
    """Without linked headings of other articles and the lines under them."""
    kept: list[Block] = []
    under = False
    for block in blocks:
        if block.is_heading:
            under = block.link_density > 0.8 and block.words > 3
        if under and (block.is_heading or block.words < 60):
            continue
        under = False
        kept.append(block)
    return kept


def _within_main_parents(blocks: list[Block]) -> list[Block]:
    """From the first to the last block that stands where the article's prose stands: what surrounds it is furniture."""
    weights: dict[tuple[str, ...], int] = defaultdict(int)
    for block in blocks:
        if _is_prose(block):
            weights[_place(block)] += block.words
    total = sum(weights.values())
    main = {place for place, words in weights.items() if words >= MAIN_PARENT_SHARE * total}
    inside = [i for i, block in enumerate(blocks) if _place(block) in main and _is_prose(block)]
    if not inside:
        return blocks
    first, last = inside[0], inside[-1]
    after = [b for b in blocks[last + 1 :] if _place(b) in main or is_attribution_line(b.text)]
    return [*_leading(blocks[:first]), *blocks[first : last + 1], *after]


def _leading(blocks: list[Block]) -> list[Block]:
    """Of what stands before the main prose: paragraphs, and a heading just before it."""
    return [b for i, b in enumerate(blocks) if _is_prose(b) or (b.is_heading and b.words > 3 and i == len(blocks) - 1)]


def _place(block: Block) -> tuple[str, ...]:
    """The kind of place that a block stands in: its parent's tag and classes."""
    element = block.element
    parent = element.getparent() if block.tag not in ("div", "section", "article", "td") else element
    if block.tag == "li" and parent is not None and parent.getparent() is not None:
        parent = parent.getparent()
    return (parent.tag, *sorted((parent.get("class") or "").split())) if parent is not None else ()


def _is_repeated(block: Block, headline: str) -> bool:
    own = key(block.text)
    return not own or (bool(headline) and own == headline)


def _is_furniture(block: Block) -> bool:
    if is_boilerplate_line(block.text) or is_byline_or_date(block.text):
        return True
    return block.link_density > 0.8 and block.words < 25 and not _SENTENCE_END_RE.search(block.text)


def _without_link_lists(blocks: list[Block]) -> list[Block]:
    """Without runs of links that a heading or a label announces."""
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        announces = following is not None and following.tag == "li" and following.link_density > 0.6
        if block.tag == "li" and block.link_density > 0.6:
            continue
        if announces and block.words < 8:
            continue
        kept.append(block)
    return kept


def _without_outer_labels(blocks: list[Block]) -> list[Block]:
    """Without the short labels (byline, date, section, counters) before the first and after the last prose."""
    prose = [i for i, b in enumerate(blocks) if _is_prose(b)]
    if not prose:
        return blocks
    first, last = prose[0], prose[-1]
    head = [b for b in blocks[:first] if b.is_heading and b.words > 3 and b.link_density < 0.3][-1:]
    tail = [b for b in blocks[last + 1 :] if is_attribution_line(b.text) or _closes(b)]
    return head * (first > 0 and head[-1:] == blocks[first - 1 : first]) + blocks[first : last + 1] + tail


def _is_prose(block: Block) -> bool:
    if block.is_heading or block.link_density > 0.5:
        return False
    return block.words >= 12 or (block.words >= 4 and bool(_SENTENCE_END_RE.search(block.text)))


def _closes(block: Block) -> bool:
    """A last short line in the article's own markup: a signature, a closing word."""
    return block.tag in ("p", "blockquote") and block.link_density < 0.3 and 0 < block.words < 12


def _captions(elements: list[HtmlElement], container: HtmlElement) -> list[Caption]:
    captions: dict[str, Caption] = {}
    for element in elements:
        inner = element.find(".//figcaption") if element.tag == "figure" else element
        if inner is None:
            continue
        text = _caption_text(inner)
        if 3 < len(text) < 1500:
            captions.setdefault(key(text), split_credit(text))
    return list(captions.values())


def _caption_text(element: HtmlElement) -> str:
    """On one line; what stands in boxes of their own (the words, then the credit) stays apart."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not any(child.tag in BLOCK_TAGS for child in children):
        return text_content(element)
    parts = (f"{text_content(child)} {child.tail or ''}" for child in children)
    return clean_line(" ".join([element.text or "", *parts]))
