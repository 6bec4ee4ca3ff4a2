"""Pages that are no article: consent, login, robot checks, error pages under 200, the stub before a paywall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newsmon.page.metadata import Metadata
from newsmon.page.thin_words import (
    CHALLENGE_TEXT,
    CHALLENGE_TITLES,
    CONSENT_TEXT,
    CONSENT_TITLES,
    LOGIN_TITLES,
    NOT_FOUND_TEXT,
    NOT_FOUND_TITLES,
    PAYWALL_TEXT,
)
from newsmon.text.agencies import fold

WORDS_MAX = 120
"""Longer bodies are articles, but for what a title says outright."""
WORDS_MIN = 25
"""Shorter ones are no article, but for a brief that says it is one."""
BRIEF_MIN = 8
"""Words of a brief."""
_AROUND = " .!?…:;|/–—-«»\"'"
_TEXT_MAX = 20_000
"""Signs of a page of a few words that are read for what it is."""
_AFTER_BODY = 2500
"""Signs after the beginning of a body's end in which a paywall speaks."""

_CONSENT_PATH_RE = re.compile(
    r"/(?:consent|cookies?|privacy-?gate|gdpr|age-?(?:gate|check|verification))(?:[/.]|$)", re.I
)
_LOGIN_PATH_RE = re.compile(
    r"/(?:login|log-in|signin|sign-in|connexion|auth|oauth2?|sso|mon-compte|account)(?:[/.]|$)", re.I
)
_UNSEEN = frozenset({"script", "style", "noscript", "title"})
_MENUS = ("nav", "footer")
_SLUG_RE = re.compile(r"\d{4}|[^/]+-[^/]+-[^/]+")
_SENTENCE_END_RE = re.compile(r"[.!?…»”\")]\s*\Z")


def find_thin(metadata: Metadata, body: str, *, asked: str, reached: str) -> str | None:
    """Why a page with this `body` is not a whole article: a reason of REASONS; None when it is one.

    `asked` and `reached`: its address before and after redirects.
    """
    words = len(body.split())
    told = {metadata.headline.value, metadata.without_site_name(metadata.title or "")}
    titles = [fold(title).strip(_AROUND) for title in told if title]
    if metadata.is_error_page or _was_led_away(asked, reached) or _is_titled(titles, NOT_FOUND_TITLES):
        return "not_found_page"
    if words > WORDS_MAX:
        return None
    if gate := _gate(titles, urlsplit(reached).path):
        return gate
    if metadata.paywall or PAYWALL_TEXT.search(fold(_near(metadata, body))):
        return "paywall"
    if words >= WORDS_MIN or _is_brief(metadata, body):
        return None
    return _stub(fold(" ".join(_shown_texts(metadata.root))[:_TEXT_MAX]))


def _is_titled(titles: list[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(title) for title in titles)


def _was_led_away(asked: str, reached: str) -> bool:
    """Whether a redirect led from an article up to the home page or a section: the article is gone."""
    before, after = (urlsplit(url).path.rstrip("/") for url in (asked, reached))
    if not before.startswith(f"{after}/") or re.search(r"\d", after):
        return False
    return _SLUG_RE.search(before.removeprefix(after)) is not None


def _gate(titles: list[str], path: str) -> str | None:
    """What stands between the reader and the article."""
    if _is_titled(titles, CHALLENGE_TITLES):
        return "challenge"
    if _CONSENT_PATH_RE.search(path) or _is_titled(titles, CONSENT_TITLES):
        return "consent"
    return "login" if _LOGIN_PATH_RE.search(path) or _is_titled(titles, LOGIN_TITLES) else None


def _stub(text: str) -> str:
    """What a page of a few words is, by those words."""
    if CHALLENGE_TEXT.search(text):
        return "challenge"
    if NOT_FOUND_TEXT.search(text):
        return "not_found_page"
    return "consent" if CONSENT_TEXT.search(text) else "thin"


def _is_brief(metadata: Metadata, body: str) -> bool:
    """Whether the page calls itself an article, and its few words are a whole sentence."""
    own = bool(metadata.article) or metadata.meta("og:type") == "article"
    return own and len(body.split()) >= BRIEF_MIN and _SENTENCE_END_RE.search(body) is not None


def _near(metadata: Metadata, body: str) -> str:
    """The text from the headline to a little after the body: a header's "Déjà abonné ?" is on every page."""
    length, texts = 0, []
    for text in _shown_texts(metadata.root, after=metadata.headline_element):
        texts.append(text)
        length += len(text)
        if length > len(body) + _AFTER_BODY:
            break
    return " ".join(texts)


def _shown_texts(root: HtmlElement, after: HtmlElement | None = None) -> Iterator[str]:
    """The page's texts in their order, without scripts, menus and footer; those behind the element `after`."""
    before = set(after.iter()) if after is not None else set()
    passed = after is None
    for element in root.iter():
        passed = passed or element is after
        if not passed or not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        own = element.text if element not in before else None
        tail = element.tail if element is after or element not in before else None
        if own and not own.isspace() and element.tag not in _MENUS and not _is_around(element):
            yield own
        if tail and not tail.isspace() and not _is_around(element):
            yield tail


def _is_around(element: HtmlElement) -> bool:
    return next(element.iterancestors(*_MENUS), None) is not None
