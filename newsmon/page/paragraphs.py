"""The generic cleaner's second step: which blocks of an article's container are its paragraphs.

Lists of links, teasers, labels, refrains and what stands elsewhere than the article's prose are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice

from lxml.html import HtmlElement

from newsmon.page.blocks import Block
from newsmon.page.boilerplate import is_correction
from newsmon.page.selectors import class_words
from newsmon.page.texts import key, short_text
from newsmon.text.bylines import is_attribution_line

MAIN_PARENT_SHARE = 0.12
"""Of the article's prose, that stands in one kind of place."""
LINKED = 0.6
"""Of a block's signs, in links."""
PULLED_MIN = 4
"""Words of a quotation that is repeated."""
PULLED_MAX = 50
"""Quotations in boxes; a page of more is a collection of them."""
_SPEAKER_MAX = 80
"""Signs that a box has besides its quotation."""
_QUOTE_WORDS = frozenset({"pullquote", "quote", "citation", "exergue", "blockquote"})
REFRAIN = 3
"""Times that a line stands in an article, from which on it is no part of it."""
REFRAIN_WORDS = 8


def choose_paragraphs(blocks: list[Block]) -> list[Block]:
    """Those of `blocks` that a reader would call the article's, in their order."""
    kept = _without_teasers(_without_link_lists(blocks))
    return _without_outer_labels(_within_main_parents(kept))


def without_link_boxes(blocks: list[Block]) -> list[Block]:
    """Without the boxes amid an article that hold links and what announces them."""
    if not any(block.link_density > LINKED for block in blocks):
        return blocks
    prose: dict[HtmlElement | None, int] = defaultdict(int)
    for block in blocks:
        if _is_prose(block):
            prose[block.element.getparent()] += block.words
    total = sum(prose.values())
    homes = {e for e, words in prose.items() if e is not None and words >= MAIN_PARENT_SHARE * total}
    above = homes.union(*(home.iterancestors() for home in homes))
    boxes: dict[HtmlElement, list[Block]] = defaultdict(list)
    for block in blocks:
        boxes[_box(block.element, above)].append(block)
    gone = {block.order for box in boxes.values() if _is_link_box(box) for block in box}
    return [block for block in blocks if block.order not in gone]


def _box(element: HtmlElement, above: set[HtmlElement]) -> HtmlElement:
    """The largest element around `element` that holds none of the article's prose."""
    parent = element.getparent()
    while parent is not None and parent not in above:
        element, parent = parent, parent.getparent()
    return element


def _is_link_box(blocks: list[Block]) -> bool:
    others = [block for block in blocks if block.link_density <= LINKED]
    links = len(blocks) - len(others)
    if links < 1 or len(blocks) < 2 or any(_is_prose(block) for block in others):
        return False
    return links > 1 or all(block.words < 8 for block in others)


def without_pull_quotes(blocks: list[Block]) -> list[Block]:
    """Without the quotations set large that stand in the text, too."""
    boxes = {b.order: box for b in blocks if b.words >= PULLED_MIN and (box := _quotation_box(b)) is not None}
    if not 0 < len(boxes) <= PULLED_MAX:
        return blocks
    texts = {block.order: key(block.text) for block in blocks}
    gone = {
        box
        for order, box in boxes.items()
        if short_text(box, len(own := texts[order]) * 2 + _SPEAKER_MAX)
        and any(own in text for other, text in texts.items() if other != order)
    }
    # Who is quoted may stand below, in the box.
    return [block for block in blocks if not gone.intersection(_near(block))] if gone else blocks


def _near(block: Block) -> tuple[HtmlElement, ...]:
    return (block.element, *islice(block.element.iterancestors(), 2))


def _quotation_box(block: Block) -> HtmlElement | None:
    """The box for quotations that a block stands in."""
    if block.is_heading:
        return None
    return next((e for e in _near(block) if e.tag == "blockquote" or not _QUOTE_WORDS.isdisjoint(class_words(e))), None)


def without_refrains(blocks: list[Block]) -> list[Block]:
    """Without the lines that come again and again: buttons, names of galleries, calls to a video."""
    times = Counter(key(b.text) for b in blocks if b.words <= REFRAIN_WORDS)
    return [b for b in blocks if b.words > REFRAIN_WORDS or times[key(b.text)] < REFRAIN]


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
    after = [b for b in blocks[last + 1 :] if _place(b) in main or _tells_of_article(b)]
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
    tail = [b for b in blocks[last + 1 :] if _closes(b) or _tells_of_article(b)]
    return head * (first > 0 and head[-1:] == blocks[first - 1 : first]) + blocks[first : last + 1] + tail


def _is_prose(block: Block) -> bool:
    if block.is_heading or block.link_density > 0.5:
        return False
    return block.words >= 12 or (block.words >= 4 and block.ends_sentence)


def _tells_of_article(block: Block) -> bool:
    """Whether a block below the prose tells where it is from, or what in it was corrected."""
    return is_correction(block.text) or is_attribution_line(block.text)


def _closes(block: Block) -> bool:
    """A last short line in the article's own markup: a signature, a closing word."""
    return block.tag in ("p", "blockquote") and block.link_density < 0.3 and 0 < block.words < 12
