"""Where on a page an element stands: by the article's headline, in the page's frame, among other articles."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from newsmon.page.date_lines import Walk
from newsmon.page.date_words import WEATHER_RE
from newsmon.page.selectors import name_words, names_of
from newsmon.page.texts import whole_text

_CLOCK = frozenset({"weather", "meteo", "clock", "horloge"})
_NAV = frozenset({"nav", "navbar", "navigation", "menu", "topbar", "topmenu", "masthead", "banner", "ticker"})
_ICON = frozenset(
    {
        "icon", "icons", "ico", "fa", "fas", "far", "fal", "fab", "glyphicon", "dashicons", "ion", "mdi", "bi",
    }
)  # fmt: skip
"""fa-clock and icon-calendar decorate publication dates."""
_CLOCK_RE = re.compile(
    r"data time|header date|current date|today date|todays date|date today|date du jour|date jour"
    r"|server time|edition jour|editionjour|top date|live date|date edition|date widget"
)
_HEADERS = frozenset({"header", "entete", "top"})
_OWN = frozenset(
    {
        "article", "entry", "post", "story", "content", "single", "headline", "title", "titre", "texte",
        "byline", "author", "auteur",
    }
)  # fmt: skip
_COMMENT = frozenset(
    {
        "comment", "comments", "commentaire", "commentaires", "commentlist", "disqus", "reply", "replies",
        "respond", "reactions",
    }
)  # fmt: skip
_RELATED = frozenset(
    {
        "related", "recommended", "recommendation", "recommendations", "similar", "similaires", "teaser",
        "teasers", "latest", "popular", "trending", "recirc", "recirculation", "carousel", "promo", "promos",
        "outbrain", "taboola", "newslist", "headlines", "suggestions", "suggested", "readmore", "playlist",
        "associated", "associes", "connexes",
    }
)  # fmt: skip
_RELATED_RE = re.compile(
    r"lire aussi|a lire|read more|read also|see also|most read|plus lus|plus lu|more from|en continu"
    r"|derniers articles|dernieres nouvelles|latest news|sur le meme|next post|previous post"
    r"|post navigation"
)
_ASIDE = frozenset({"sidebar", "widget", "widgets", "aside", "newsletter", "infolettre"})
_EVENT = frozenset({"event", "events", "evenement", "evenements", "agenda", "tribe"})
_CALENDAR = frozenset({"calendar", "calendrier"})
_CAPTION = frozenset({"caption", "captions", "legende", "figcaption", "credit", "credits"})
_VIDEO = frozenset({"video", "videos", "player", "audio", "podcast"})
_BYLINE = frozenset(
    {
        "author", "authors", "auteur", "auteurs", "byline", "meta", "info", "infos", "date", "signature",
    }
)  # fmt: skip
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_PERSON_ADDRESSES = ("auteur", "author", "journaliste", "/profil")
_NEAR_TEXT = 300
"""Signs that may stand above a headline and still belong to its article: a section, a kicker, a byline."""
_LINK_WORDS = 5
"""A link of more words is another article's headline."""
_HEADING_WORDS = 3
_LINKS_MAX = 8
_TEASER_DEPTH = 6
"""Elements between the date of another article and the box that shows it."""
_TEASER_MAX = 700
"""Signs of a box that shows one other article; a longer one holds more than that."""


class Places:
    """Tells the place of each date of a page; "" is by the article's own headline."""

    def __init__(self, body: HtmlElement, headline: HtmlElement | None, walk: Walk) -> None:
        self._body = body
        self._headline = headline
        self._walk = walk
        self._above = {headline, *headline.iterancestors()} if headline is not None else {body}
        self._frames = _wrappers(body)
        self._headline_at = walk.headline_at if walk.headline_at is not None else -1
        self._landmarks: dict[HtmlElement, str] = {}
        self._near: dict[HtmlElement, bool] = {}

    def place(self, element: HtmlElement, at: int) -> str:
        """Of newsmon.page.date_reasons.PLACES."""
        before = at < self._headline_at
        node, near = element, _TEASER_DEPTH
        while node is not None and node not in self._above:
            if node not in self._landmarks:
                self._landmarks[node] = self._landmark(node, before, near > 0)
            near -= 1
            if found := self._landmarks[node]:
                return found if found != "nav" else "frame" if before else "aside"
            node = node.getparent()
        if before:
            return "" if node is not None and self._is_by_headline(element, node) else "frame"
        return "tail" if at >= self.border(3) else ""

    def border(self, paragraph: int) -> int:
        """Where the article's n-th long run of text stands."""
        prose = self._walk.prose_at
        return prose[paragraph - 1] if len(prose) >= paragraph else 10**9 - 1

    # --- what an element between the date and the headline's own ancestors says

    def _landmark(self, node: HtmlElement, before: bool, near: bool) -> str:
        names = names_of(node)
        if found := _told_by_names(names, before) if names != " " else "":
            return found
        words = name_words(names)
        tag = node.tag
        if tag in ("figure", "figcaption"):
            return "caption"
        if tag == "header" and before:
            return "" if _OWN.intersection(words) else "nav"
        if tag == "nav" or node.get("role") in ("navigation", "banner"):
            return "nav"
        if tag in ("aside", "blockquote"):
            return "" if _BYLINE.intersection(words) else "aside" if tag == "aside" else "prose"
        if tag == "footer" or node.get("role") == "contentinfo":
            return "footer" if self._is_of_page(node) else ""
        return self._by_markup(node, near)

    def _by_markup(self, node: HtmlElement, near: bool) -> str:
        scope = (node.get("itemtype") or "").rsplit("/", 1)[-1].lower()
        if scope:
            if scope.endswith(("comment", "comments")):
                return "comment"
            if scope.endswith("event"):
                return "event"
            if scope in ("imageobject", "videoobject", "audioobject"):
                return "caption" if scope == "imageobject" else "video"
        return "related" if near and self._is_teaser(node) else ""

    def _is_teaser(self, node: HtmlElement) -> bool:
        """Whether the element shows another article: its headline is a link, or it is an article of its own."""
        tag = node.tag
        if tag == "article" and self._headline is not None:
            return True
        if tag == "a":
            return _count_words(node) > _LINK_WORDS + 3 and not _names_person(node)
        if tag not in ("li", "div", "section", "td", "tr", "dd", "p"):
            return False
        for link in islice(node.iter("a"), _LINKS_MAX):
            words = _count_words(link) if link.get("href") is not None else 0
            if words > (_HEADING_WORDS if _in_heading(link, node) else _LINK_WORDS if tag in ("li", "td") else 99):
                return not _names_person(link) and _is_small(node)
        return False

    def _is_of_page(self, footer: HtmlElement) -> bool:
        """A footer beside the article is the page's; one inside it is the article's."""
        parent = footer.getparent()
        while parent is not None and parent is not self._body:
            if parent.tag in ("article", "main") or _OWN.intersection(name_words(names_of(parent))):
                return False
            parent = parent.getparent()
        return True

    # --- above the headline

    def _is_by_headline(self, element: HtmlElement, shared: HtmlElement) -> bool:
        """Whether what stands above the headline belongs to its article: little stands between, no menu, no weather."""
        if shared in self._frames or self._headline is None:
            return False
        if shared not in self._near:
            self._near[shared] = self._has_little_above(shared)
        return self._near[shared]

    def _has_little_above(self, shared: HtmlElement) -> bool:
        parts: list[str] = []
        length = 0
        for node in shared.iter():
            if node is self._headline:
                break
            if node.tag in ("nav", "script", "style", "form"):
                if node.tag in ("nav", "form"):
                    return False
                continue
            for text in (node.text, node.tail if node not in self._above else None):
                if text and not text.isspace():
                    parts.append(text)
                    length += len(text.strip())
            if length > _NEAR_TEXT:
                return False
        return not WEATHER_RE.search(" ".join(parts))


@lru_cache(maxsize=4096)
def _told_by_names(names: str, before: bool) -> str:
    """The place that classes and an id tell, or ""; `before` the headline a header is the page's."""
    words = name_words(names)
    named, joined = frozenset(words), " ".join(words)
    if named & _COMMENT and not named & {"count", "number", "nombre"}:
        return "comment"
    if named & _CLOCK and not named & _ICON:
        return "frame"
    if named & _RELATED or _RELATED_RE.search(joined):
        return "related"
    if named & _EVENT and not named & _ICON:
        return "event"
    if named & _CAPTION:
        return "caption"
    return "" if named & _OWN else _told_by_weak_names(named, joined, before)


def _told_by_weak_names(named: frozenset[str], joined: str, before: bool) -> str:
    """Words that tell nothing beside those of an article: "article-header-date", "entry-footer"."""
    if _CLOCK_RE.search(joined):
        return "frame"
    if named & _CALENDAR and not named & _ICON:
        return "event"
    if named & _NAV or (before and named & _HEADERS):
        return "nav"
    if named & _ASIDE:
        return "aside"
    if named & _VIDEO:
        return "video"
    return "footer" if "footer" in named else ""


def _is_small(element: HtmlElement) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _TEASER_MAX:
            return False
    return True


def _wrappers(body: HtmlElement) -> set[HtmlElement]:
    """The body, and the boxes around all that is in it: what stands there beside a headline is the page's."""
    found = {body, body.getparent()}
    node = body
    while True:
        boxes = [child for child in node if child.tag not in ("script", "style", "noscript", "link", "template", "svg")]
        if len(boxes) != 1 or boxes[0].tag not in ("div", "section", "center", "form", "table", "tbody", "tr", "td"):
            return found
        node = boxes[0]
        found.add(node)


def _in_heading(link: HtmlElement, inside: HtmlElement) -> bool:
    node = link.getparent()
    while node is not None and node is not inside:
        if node.tag in _HEADINGS:
            return True
        node = node.getparent()
    return (node is not None and node.tag in _HEADINGS) or any(child.tag in _HEADINGS for child in link)


def _count_words(element: HtmlElement) -> int:
    return len(whole_text(element).split())


def _names_person(link: HtmlElement) -> bool:
    """Whether a link leads to who signs: "Voir tous les articles d'Une Telle"."""
    href = (link.get("href") or "").lower()
    return "author" in (link.get("rel") or "") or any(word in href for word in _PERSON_ADDRESSES)
