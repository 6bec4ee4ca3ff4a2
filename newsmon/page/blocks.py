"""A page's text as blocks in reading order: one walk over the tree, nothing is copied."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from newsmon.page.boilerplate import is_boilerplate_line
from newsmon.page.selectors import name_words, names_of
from newsmon.text.clean import clean_line

SKIPPED_TAGS = frozenset(
    """
    script style noscript template svg math iframe object embed canvas audio video select option button form
    input textarea nav footer aside menu dialog head map area applet
    """.split()
)
_PARTING_TAGS = SKIPPED_TAGS - {"script", "style", "noscript", "template", "svg", "math"}
"""An icon stands amid a sentence."""
BLOCK_TAGS = frozenset(
    """
    address article blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6
    header hgroup hr html li main ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)
_NAMED_TAGS = BLOCK_TAGS | {"span"}
"""Elements whose class tells whether they are furniture."""
_CAPTION_TAGS = ("div", "span", "p", "dd")
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

LONGEST = 500_000
"""Signs of a block that are read: a paragraph has some hundred, a page without any markup is a book at most."""

SKIPPED_WORDS = frozenset(
    """
    related recommended recommendation recommendations share sharing sharebar sharer social socials newsletter
    infolettre comment comments commentaires commenting disqus promo promos promotion sidebar breadcrumb
    breadcrumbs crumb crumbs tags taglist cookie cookies consent gdpr advert advertisement advertising ads pub
    publicite sponsor sponsored popular trending subscribe subscription subscriptions signup footer nav navbar
    navigation menu pagination pager toolbar modal popup overlay tooltip rating playlist readmore teaser teasers recirc
    recirculation outbrain taboola skip toc tools utility utilities weather meteo donate donation dons partage
    partager follow copyright similar alire tweet instagram carousel slideshow diaporama lightbox poll polls sondage
    """.split()
)
SKIPPED_PHRASES = (
    "lire aussi", "most read", "plus lus", "plus lu", "read more", "read also", "author bio", "about author",
    "author box",
    "see also", "a lire", "more from", "sur le meme", "latest news", "derniers articles", "sign up", "log in",
    "post meta", "entry meta", "article tags", "tag list", "visually hidden", "sr only", "screen reader", "back to top",
    "next post", "previous post", "jp relatedposts", "en continu", "print only",
)  # fmt: skip
KEPT_WORDS = frozenset(["body", "content", "texte", "text", "main", "story", "article"])
_SENTENCE_ENDS = frozenset('.!?…:»"”)')
_END_SIGNS = 200
"""Signs of a block's end that are looked at."""
CAPTION_WORDS = frozenset(
    """
    caption captions legende figcaption credit credits photocredit imagecredit wp-caption
    """.split()
)
_GALLERY_WORDS = frozenset({"gallery", "galerie"})


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two block-level borders."""

    text: str
    tag: str
    """Of the innermost block-level element: p, li, h2…"""
    element: HtmlElement
    """That element."""
    link_chars: int = 0
    """Signs of `text` that lie inside links."""
    words: int = 0
    order: int = 0
    _said: bool | None = None

    @property
    def is_boilerplate(self) -> bool:
        """Whether the text is a line that newspapers print around their articles."""
        if self._said is None:
            self._said = is_boilerplate_line(self.text)
        return self._said

    @property
    def ends_sentence(self) -> bool:
        """Whether the last sign but blanks and the like closes a sentence, a quotation or a bracket."""
        for sign in reversed(self.text[-_END_SIGNS:]):
            if sign in _SENTENCE_ENDS:
                return True
            if sign.isalnum() or sign == "_":
                return False
        return False

    @property
    def link_density(self) -> float:
        return self.link_chars / max(1, len(self.text))

    @property
    def is_heading(self) -> bool:
        return self.tag in HEADING_TAGS


@dataclass(slots=True)
class Blocks:
    """The blocks of a page, with what the walk kept apart."""

    blocks: list[Block] = field(default_factory=list)
    captions: list[HtmlElement] = field(default_factory=list)
    """Elements that hold a picture's caption."""


def is_boilerplate(element: HtmlElement) -> bool:
    """Whether class, id or role say that the element is furniture of the page."""
    if element.get("role") in ("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "menu"):
        return True
    if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
        return True
    return _is_furniture(names_of(element))


def is_about_article(element: HtmlElement) -> bool:
    """Whether an element is WordPress's line of date and byline: no part of a body, and where a byline stands."""
    joined = " ".join(name_words(names_of(element)))
    return "entry meta" in joined or "post meta" in joined


def _names_who_is_quoted(element: HtmlElement) -> bool:
    """Whether a footer is that of a quotation, and no page's."""
    parent = element.getparent()
    return element.tag == "footer" and parent is not None and parent.tag == "blockquote"


@lru_cache(maxsize=4096)
def _is_furniture(names: str) -> bool:
    words = name_words(names)
    if not words:
        return False
    if any(word in SKIPPED_WORDS for word in words):
        return not KEPT_WORDS.intersection(words) or len(SKIPPED_WORDS.intersection(words)) > 1
    joined = " ".join(words)
    return any(phrase in joined for phrase in SKIPPED_PHRASES)


@lru_cache(maxsize=4096)
def _is_captioned(names: str) -> bool:
    return not CAPTION_WORDS.isdisjoint(name_words(names))


@lru_cache(maxsize=4096)
def _is_gallery(names: str) -> bool:
    return not _GALLERY_WORDS.isdisjoint(name_words(names))


def find_blocks(root: HtmlElement, *, keep: frozenset[HtmlElement] | None = None) -> Blocks:
    """The blocks below `root`. Elements in `keep` (the headline, the body's container) are never furniture."""
    return _Walk(root, keep or frozenset()).blocks


class _Walk:
    def __init__(self, root: HtmlElement, keep: frozenset[HtmlElement]) -> None:
        self.blocks = Blocks()
        self._keep = keep
        self._parts: list[str] = []
        self._link_chars = 0
        self._links = 0
        self._breaks = 0
        self._owners: list[HtmlElement] = [root]
        self._kept_above = self._ancestors(keep)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element is not root and self._skips(element):
                    walk.skip_subtree()
                    self._closed_over(element)
                    continue
                self._start(element)
            else:
                self._end(element, is_root=element is root)
        self._flush()

    @staticmethod
    def _ancestors(keep: frozenset[HtmlElement]) -> set[HtmlElement]:
        found = set(keep)
        for element in keep:
            found.update(element.iterancestors())
        return found

    def _skips(self, element: HtmlElement) -> bool:
        tag = element.tag
        if not isinstance(tag, str):
            return True
        if element in self._kept_above:
            return False
        if tag in SKIPPED_TAGS:
            return not _names_who_is_quoted(element)
        if tag not in _NAMED_TAGS:
            return False
        # A figure may hold a quotation or a table: only what illustrates is kept apart.
        if self._is_caption(element) and next(element.iter("blockquote", "table"), None) is None:
            self.blocks.captions.append(element)
            return True
        if _is_gallery(names_of(element)) and element.find(".//p") is None:
            self.blocks.captions += [
                inner for inner in element.iter("figure", *_CAPTION_TAGS) if self._is_caption(inner)
            ]
            return True
        return is_boilerplate(element)

    @staticmethod
    def _is_caption(element: HtmlElement) -> bool:
        tag = element.tag
        if tag == "figure" or tag == "figcaption":
            return True
        return tag in _CAPTION_TAGS and _is_captioned(names_of(element))

    def _closed_over(self, element: HtmlElement) -> None:
        """A skipped element still parts the text around it when it is a block."""
        if element.tag in BLOCK_TAGS or element.tag in _PARTING_TAGS:
            self._flush()

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            self._flush()
            self._owners.append(element)
        elif tag == "br":
            self._breaks += 1
            if self._breaks == 2:
                self._flush()
            self._parts.append("\n")
        elif tag == "a":
            self._links += 1
        self._add(element.text)

    def _end(self, element: HtmlElement, *, is_root: bool) -> None:
        if element.tag in BLOCK_TAGS and self._owners[-1] is element:
            self._flush()
            self._owners.pop()
        elif element.tag == "a" and self._links:
            self._links -= 1
        if not is_root:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if text.isspace():
            if self._parts:
                self._parts.append(text)
            return
        self._breaks = 0
        self._parts.append(text)
        if self._links:
            self._link_chars += len(text.strip())

    def _flush(self) -> None:
        links, self._link_chars = self._link_chars, 0
        self._breaks = 0
        if not self._parts:
            return
        text = clean_line("".join(self._parts)[:LONGEST])
        self._parts.clear()
        if text:
            owner = self._owners[-1]
            block = Block(text, owner.tag, owner, links, len(text.split()), len(self.blocks.blocks))
            self.blocks.blocks.append(block)
