"""The generic cleaner's first step: where on a page its article stands.

Prose earns, furniture costs; the stretch of blocks that earns most is where the article is, and the smallest element
that holds nearly all of its prose is its container.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass

from lxml.html import HtmlElement

from newsmon.page.blocks import Block
from newsmon.page.boilerplate import ends_article

CONTAINER_SHARE = 0.9
"""Of the stretch's prose, that the article's container must hold."""

LINKED = 0.6
"""Of a block's signs, in links."""
BOX_PROSE = 20
"""Words after a closing heading that tell that it closes nothing."""


@dataclass(slots=True)
class Stretch:
    """Where the article stands."""

    container: HtmlElement
    blocks: list[Block]
    """The container's, from the first after the headline to the last before what follows an article."""


def find_stretch(blocks: list[Block], headline: HtmlElement | None) -> Stretch | None:
    """The article's stretch of a page's `blocks`; None where there is no prose."""
    earned = [_earns(block) for block in blocks]
    start = _after_headline(blocks, earned, headline)
    first, end = _best_run(earned, start)
    if first == end:
        return None
    container = _container(blocks[first:end], earned)
    return Stretch(container, _inside(blocks, earned, container, start=start, last=end - 1))


def _earns(block: Block) -> float:
    """What a block adds to a stretch: its words when they are prose, a loss when they are links or a label."""
    if block.is_heading:
        return -2.0 if block.link_density < 0.5 else -12.0
    if block.is_boilerplate:
        return -10.0
    density = block.link_density
    if density > LINKED:
        return -8.0 - min(block.words, 20) * 0.5
    prose = block.ends_sentence
    if block.words >= 12 or (prose and block.words >= 5):
        return block.words * (1.0 - density) - (0 if prose else 6)
    return -5.0


def _after_headline(blocks: list[Block], earned: list[float], headline: HtmlElement | None) -> int:
    """The order of the first block after the headline, when most of the page's prose comes after it."""
    if headline is None:
        return 0
    parts = set(headline.iter())
    at = next((block.order for block in blocks if block.element in parts), None)
    if at is None:
        return 0
    before = sum(b.words for b in blocks[:at] if earned[b.order] > 0)
    after = sum(b.words for b in blocks[at + 1 :] if earned[b.order] > 0)
    return at + 1 if after >= before else 0


def _best_run(earned: list[float], start: int) -> tuple[int, int]:
    """Where the run from `start` on that earns most begins and ends (Kadane's maximum subarray)."""
    best, best_from, best_to = 0.0, 0, 0
    total, since = 0.0, start
    for i in range(start, len(earned)):
        if total <= 0:
            total, since = 0.0, i
        total += earned[i]
        if total > best:
            best, best_from, best_to = total, since, i + 1
    return best_from, best_to


def _container(stretch: list[Block], earned: list[float]) -> HtmlElement:
    """The deepest element that holds nearly all of the stretch's prose."""
    held: dict[HtmlElement, float] = defaultdict(float)
    total = 0.0
    for block in stretch:
        if (words := earned[block.order]) > 0:
            total += words
            held[block.element] += words
            for ancestor in block.element.iterancestors():
                held[ancestor] += words
    enough = [element for element, words in held.items() if words >= CONTAINER_SHARE * total]
    return max(enough, key=_depth)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _inside(blocks: list[Block], earned: list[float], container: HtmlElement, *, start: int, last: int) -> list[Block]:
    """The container's blocks from `start` on, to the heading of what follows the article."""
    chosen: list[Block] = []
    homes: set[HtmlElement | None] = set()
    for block in blocks[start:]:
        if block.element is not container and container not in block.element.iterancestors():
            continue
        if chosen and ends_article(block.text) and not _goes_on(blocks, earned, block, last=last, homes=homes):
            break
        chosen.append(block)
        if earned[block.order] > 0:
            homes.add(block.element.getparent())
    return chosen


def _goes_on(
    blocks: list[Block], earned: list[float], closing: Block, *, last: int, homes: set[HtmlElement | None]
) -> bool:
    """Whether prose of the article comes after a closing heading. `homes`: where the prose before it stands."""
    if closing.element.getparent() not in homes:
        # A box amid the text: after it, paragraphs stand where those before it do.
        total = 0.0
        for order in range(closing.order + 1, len(blocks)):
            if earned[order] > 0 and blocks[order].element.getparent() in homes:
                total += earned[order]
                if total > BOX_PROSE:
                    return True
    if closing.order > last:
        return False
    following = earned[closing.order + 1 : closing.order + 6]
    return (bool(following) and sum(following) >= 60) or _is_followed(blocks, closing, earned, homes)


def _is_followed(blocks: list[Block], closing: Block, earned: list[float], homes: set[HtmlElement | None]) -> bool:
    """Whether paragraphs stand in a row after the links that a closing heading announces: teasers never do."""
    rest = itertools.dropwhile(lambda block: block.link_density > LINKED, blocks[closing.order + 1 :])
    paragraphs = list(itertools.takewhile(lambda b: earned[b.order] > 0 and b.element.getparent() in homes, rest))
    return len(paragraphs) > 1 and sum(earned[block.order] for block in paragraphs) > BOX_PROSE
