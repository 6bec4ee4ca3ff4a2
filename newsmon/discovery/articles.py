"""What the form of an address says: an article's, perhaps an article's, or surely something else.

A tag, an author, a gallery's index, a search or a section is never an article. A day or a number beside a slug is
one nearly always. A slug alone (WordPress's flat addresses) needs more: the page it is linked from decides.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from newsmon.discovery.titles import fold, slug_words
from newsmon.text.urls import find_url_day

Verdict = Literal["article", "maybe", "never"]

_WORDS = {
    name: frozenset(text.split())
    for name, text in tomllib.loads(Path(__file__).with_name("address_words.toml").read_text(encoding="utf-8")).items()
}
_INDEXES = _WORDS["indexes"]
_LISTS = _WORDS["lists"]
_SECTION_WORDS = _WORDS["sections"]
# Pages of the house, by their whole slug: "la-politique-de-la-ville" is an article's.
_SERVICE_RE = re.compile(
    r"a-propos(?:-(?:de-)?[a-z]+)?|qui-sommes-nous|(?:nous|comment-nous)-(?:joindre|contacter)|contact(?:ez|-us)?(?:-nous)?"
    r"|notre-equipe|politiques?-(?:(?:de|sur|en-matiere-de)-(?:la-)?(?:protection|confidentialite|vie-privee)(?:-.*)?"
    r"|editoriale|publicitaire|(?:de|relative-aux)-(?:cookies|temoins|moderation|correction|commentaires))"
    r"|mentions-legales|avis-(?:legal|legaux|juridiques?)|confidentialite|vie-privee|netiquette|temoins|cookies"
    r"|(?:termes|modalites|conditions)(?:-generales?)?-(?:et-conditions?|d-?e?-?(?:utilisations?|vente|service))(?:-.{0,20})?"
    r"|code-(?:d-)?(?:ethique|deontologie|conduite)|plan-du-site|foire-aux-questions|privacy(?:-policy)?"
    r"|terms(?:-(?:and|of)-[a-z]+)?|about(?:-us)?|offres?-d-?emplois?|annoncez(?:-(?:avec|chez|dans)-.*)?|publicite"
    r"|abonnez-vous(?:-.*)?|s-abonner|horoscope(?:-.*)?|mots[-_]croises(?:[-_].*)?|sudoku(?:-.*)?"
)
_FILE_RE = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|pdf|epub|docx?|xlsx?|pptx?|odt|csv|txt|xml|rss|atom|json|js|css"
    r"|zip|gz|rar|mp3|m4a|m3u8?|mp4|mov|avi|webm|wav|ogg|ics|apk|exe|dmg|woff2?|ttf|swf)\Z"
)
_EXTENSION_RE = re.compile(r"\.(?:x?html?|shtml|php\d?|aspx?|jsp|cfm|do)\Z")
_LAST_NEVER = _WORDS["endings"]
_HOSTS_NEVER = _WORDS["hosts"]
_QUERY_ID = _WORDS["query_articles"]
_QUERY_LIST = _WORDS["query_lists"]
_ID_BEFORE = _WORDS["before_numbers"]
# A slug with the number of its article at an end: -164375, _5322162_3212, -<32 hex>, -1.14832582, 5157676-…
_TAIL_RE = re.compile(
    r"(?:[-_.,](?:[a-z]{0,3}\d{5,}|[0-9a-f]{32}|(?=[a-z]*\d)[0-9a-z]{26}|\d\.\d{5,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"(?:_\d+)*)\Z"
)
_HEAD_RE = re.compile(r"\A(?:\d{1,2}-)?\d{4,}-(?=[a-z])")
_HASH_RE = re.compile(r"(?:[0-9a-f]{32}|(?=[a-z]*\d)[0-9a-z]{26})\Z")
_CODE_RE = re.compile(r"\d+\Z|[a-z]*\d{3,}[a-z]*\Z")
_YEAR_RE = re.compile(r"(?:19|20)\d\d\Z")
_PERIOD_RE = re.compile(r"(?:19|20)\d\d(?:-?(?:0[1-9]|1[0-2])(?:-?[0-3]\d)?)?\Z")


def judge_address(url: str) -> Verdict:
    """What the form of a canonical address says.

    >>> judge_address("https://exemple.ca/politique/688122/un-titre-assez-long")
    'article'
    >>> judge_address("https://exemple.ca/auteur/jeanne-tremblay/1437")
    'never'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "never"
    path = fold(unquote(parts.path))
    segments = [segment for segment in path.split("/") if segment]
    labels = (parts.hostname or "").split(".")
    if (len(labels) > 2 and labels[0] in _HOSTS_NEVER) or _FILE_RE.search(path):
        return "never"
    query = _judge_query(parts.query, segments)
    if query or not segments:
        return query or "never"
    segments[-1] = _EXTENSION_RE.sub("", segments[-1])
    if segments[-1] in ("index", "default") and len(segments) > 1:
        segments.pop()
    if _is_index(segments):
        return "never"
    if _has_mark(url, segments):
        return "article"
    if len(_slug(segments[-1])) < 2 or _is_section(segments) or (len(segments) > 1 and segments[-2] in _LISTS):
        return "never"
    return "maybe"


def is_likely_article(url: str) -> bool:
    """The verdict on an address that stands alone, as in a sitemap: a slug by itself must be a sentence."""
    verdict = judge_address(url)
    return verdict == "article" or (verdict == "maybe" and len(slug_words(url)) >= 4)


def is_marked(urls: Collection[str]) -> bool:
    """Whether a site marks its articles: then a slug alone is not one."""
    marked = sum(judge_address(url) == "article" for url in urls)
    return marked >= 5 and 2 * marked >= len(urls)


def _judge_query(query: str, segments: list[str]) -> Verdict | None:
    """`?p=123` is an article's; `?s=mot` a list's; None: the path decides."""
    pairs = [(name.lower(), value) for name, value in parse_qsl(query)[:20]]
    if any(name in _QUERY_LIST for name, _ in pairs):
        return "never"
    in_script = not segments or _EXTENSION_RE.search(segments[-1])
    if in_script and any(name in _QUERY_ID and re.search(r"\d{2}", value) for name, value in pairs):
        return "never" if any(segment in _INDEXES for segment in segments) else "article"
    return None


def _is_index(segments: list[str]) -> bool:
    last = segments[-1]
    if any(segment in _INDEXES for segment in segments) or last in _LAST_NEVER:
        return True
    if any(segment in _LISTS and _is_number(after) for segment, after in pairwise(segments)):
        return True
    return any(_SERVICE_RE.fullmatch(segment) for segment in segments)


def _has_mark(url: str, segments: list[str]) -> bool:
    """A day before a slug, or a number beside or inside one."""
    last = segments[-1]
    if _is_period(segments) or (last.isdigit() and len(last) <= 2):
        return False
    if find_url_day(url):
        return len(_slug(last)) >= 1 or _is_number(last)
    if _HEAD_RE.match(last) or _TAIL_RE.search(last):
        return len(_slug(last)) >= 2
    for place, segment in enumerate(segments):
        if _is_number(segment) or _HASH_RE.match(segment):
            around = segments[max(place - 1, 0) : place] + segments[place + 1 : place + 2]
            if any(len(_slug(beside)) >= 2 and not _is_section([beside]) for beside in around):
                return True
            if place and segments[place - 1] in _ID_BEFORE:
                return True
    return False


def _is_number(segment: str) -> bool:
    """A number that can be an article's: four figures at least, and no year."""
    return segment.isdigit() and len(segment) >= 4 and not _YEAR_RE.match(segment)


def _is_period(segments: list[str]) -> bool:
    """An address that ends with a year, a month or a day lists what was published then: /magazine/2018-04-01."""
    # After a slug six figures are an article's number, though they could be read as a month.
    after_slug = len(segments) > 1 and len(_slug(segments[-2])) > 2
    return bool(_PERIOD_RE.match(segments[-1])) and not (after_slug and len(segments[-1]) == 6)


def _slug(segment: str) -> list[str]:
    """The words of one segment; numbers and codes (caqc0363) are none."""
    segment = _TAIL_RE.sub("", _HEAD_RE.sub("", segment))
    return [word for word in re.split(r"[^a-z0-9]+", segment) if word and not _CODE_RE.match(word)]


def _is_section(segments: list[str]) -> bool:
    return all(word in _SECTION_WORDS for segment in segments for word in _slug(segment))
