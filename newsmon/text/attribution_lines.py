"""Lines at an article's ends that tell where the text came from, told from prose that names an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsmon.text.agencies import Table, table
from newsmon.text.byline_words import ADDRESS_RE, AUTHOR_LABEL_RE, is_role
from newsmon.text.clean import clean_line
from newsmon.text.names import find_name
from newsmon.text.places import is_place
from newsmon.text.sources import find_source, is_unit

LONGEST = 320
"""Signs; longer ones are prose."""

_AROUND = ' \u00a0\u202f–—-.*_•|()[]«»"“”'
SOURCE_LABEL_RE = re.compile(r"\W*(?:(?:sources?|via)\s*:\s*(?=\S)|(?-i:SOURCES?)\s+(?=[^\W\d_]))", re.I)
WITH_RE = re.compile(
    r"\W*(?:(?:avec|par)\b\s*|with\b\s*(?:(?:files|reporting|notes)\s+(?:from|by)\s+)?|d['’]apr[èe]s\s+|"
    r"(?:en|avec)\s+(?:la\s+)?collaboration\s+(?:de|d['’]|avec)\s*)",
    re.I,
)
_TEXT = (
    r"(?:textes?|articles?|chroniques?|reportages?|d[ée]p[êe]ches?|analyses?|entrevues?|entretiens?|billets?|lettres?|tribunes?|"
    r"story|report|piece|column|rapports?)"
)
_THIS = (
    rf"(?:(?:ce|cet|cette|ces|the|this|la\s+pr[ée]sente|le\s+pr[ée]sent)\s+(?:\w+\s+)?{_TEXT}|"
    rf"(?:une|la)\s+(?:\w+\s+)?version\s+(?:\w+\s+){{0,3}}(?:de|of)\s+(?:ce|cet|cette|this)\s+{_TEXT}|{_TEXT})\b"
)
_FIRST = (
    r"(?:d['’]abord|initialement|originalement|originellement|[àa]\s+l['’]origine|pour\s+la\s+premi[èe]re\s+fois|"
    r"first|originally)"
)
_PUBLISHED = r"(?:republi|publi|paru|parai|diffus|repris|reproduit|traduit|traduction|adapt|tir[ée]|appeared|translat)"
_FIRST_RE = re.compile(
    rf"\W*{_THIS}.{{0,90}}?\b(?:{_FIRST}.{{0,40}}?\b{_PUBLISHED}|{_PUBLISHED}\w*\s+(?:\w+\s+)?{_FIRST}|republi|republished)|"
    rf"\W*(?:{_FIRST}\s+)?(?:re)?publi[ée]e?\s+{_FIRST}|\W*(?:originally|first)\s+published|"
    r"\W*(?:lire|lisez|voir|read)\s+(?:l['’]article|the)\s+(?:original|en\s+version\s+originale)|"
    rf"\W*{_THIS}.{{0,30}}?\best\s+une\s+(?:traduction|adaptation)|\W*(?:texte\s+)?(?:traduit|adapt[ée])\s+(?:de|du|par)\b",
    re.I,
)
"""What only a note on the text itself says."""
_NAMED_RE = re.compile(
    rf"\W*{_THIS}.{{0,90}}?\b(?:{_PUBLISHED}|produit|produced|r[ée]alis|sign[ée]|[ée]crit|est\s+(?:de|une))",
    re.I,
)
"""What a note on the text says too, when it names whose it is."""
_MADE_RE = re.compile(
    rf"\W*(?:{_THIS}.{{0,60}}?\b(?:produit|produced|r[ée]alis[ée]|financ[ée]|rendu).{{0,40}}?\b(?:soutien|appui|aide|bourses?|gr[âa]ce|"
    r"cadre|financement|financi[èe]re|support|initiative)|"
    r"la\s+couverture\b.{3,60}\bde\s+la\s+presse\s+canadienne\b|les\s+contenus\b.{0,40}\bde\s+la\s+presse\s+canadienne\b)",
    re.I,
)
"""Who paid for it, as agencies tell."""
_QUOTED_RE = re.compile(r"[«“].*[»”].*\b(?:dit|d[ée]clar|affirm|expliqu|lanc|said|told)", re.I)
_PART_RE = re.compile(r"\s*[,;/|•&+()\[\]]\s*|\s+[–—-]+\s+|\s+(?:et|and)\s+|\s+(?=avec\s)|\s+(?=with\s)", re.I)
_APART = "–—-(*"
_DATE_RE = re.compile(
    r"\s*(?:©|copyright|\(c\)|tous droits r[ée]serv[ée]s|all rights reserved|\b(?:19|20)\d\d\b|"
    r"\ble\s+\d{1,2}\s+\w+)\.?",
    re.I,
)


def is_attribution_line(line: str, sources: Table | None = None) -> bool:
    """Whether a line at an article's end tells where the text came from, and nothing else.

    >>> is_attribution_line("– Avec Reuters"), is_attribution_line("Il a déclaré à l'AFP que non.")
    (True, False)
    """
    text = clean_line(line).strip(_AROUND)
    if not text or len(text) > LONGEST or not any(c.isalpha() for c in text):
        return False
    if SOURCE_LABEL_RE.match(text):
        return len(text.split()) < 15 and not text.endswith(("?", "!"))
    known = sources or table()
    if is_note(text, known):
        return True
    return len(text.split()) <= 30 and _is_signature(text, known, apart=line.lstrip()[:1] in _APART)


def is_note(text: str, sources: Table) -> bool:
    """Whether `text` is a sentence about the article itself: where it appeared first, who translated or paid for it."""
    if _QUOTED_RE.search(text) or len(text.split()) > 50:
        return False
    if _FIRST_RE.match(text) or _MADE_RE.match(text):
        return True
    named = next(sources.iter_sources(text), None) is not None or ADDRESS_RE.search(text) is not None
    return named and _NAMED_RE.match(text) is not None


def _is_signature(text: str, sources: Table, *, apart: bool) -> bool:
    """Names, functions and sources only, with a source or "avec" among them. `apart`: a dash or a bracket opens it."""
    told = WITH_RE.match(text)
    bare = _DATE_RE.sub("", text)
    source = False
    for part in _PART_RE.split(ADDRESS_RE.sub(" ", bare)):
        piece = AUTHOR_LABEL_RE.sub("", part.strip(_AROUND + ",;:"), count=1).strip(_AROUND)
        if not piece:
            continue
        if find_source(piece, sources)[0] is not None or (told and is_unit(piece, sources)):
            source = True
        elif not (find_name(piece) or is_place(piece) or _is_short_role(piece) or _is_named_body(piece, told)):
            return False
    return source or (told is not None and text[-1:] not in "?!:" and (apart or _says_who(text)))


def _is_short_role(piece: str) -> bool:
    return is_role(piece) and len(piece.split()) < 9


def _is_named_body(piece: str, told: re.Match[str] | None) -> bool:
    """After "avec", a body with capitals: a paper that the table does not know."""
    words = [word for word in re.split(r"[\s’']+", piece) if len(word) > 3 or word[:1].isupper()]
    return told is not None and len(piece.split()) <= 5 and bool(words) and all(w[0].isupper() for w in words)


def _says_who(text: str) -> bool:
    """ "Avec Jeanne Untel" may be the end of a list; "Avec des informations de Jeanne Untel" tells of the text."""
    label = AUTHOR_LABEL_RE.match(text)
    return label is not None and len(label[0].split()) > 1 and len(text.split()) <= 14


_HOST_RE = re.compile(r"(?<![\w@.])(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,12})(?![\w@])", re.I)
_TOOL_HOSTS = (
    "creativecommons.org", "facebook.com", "twitter.com", "x.com", "youtube.com", "instagram.com", "doi.org", "bit.ly",
)  # fmt: skip
_TOP_LEVELS = frozenset("com ca fr org net info quebec be ch tv co uk de us eu gov edu news media io int ua".split())
_NAMED_IN_RE = re.compile(
    r"\b(?:dans|sur|par|chez|in|on|by)\s+(?:les\s+pages\s+(?:de|du)\s+|le\s+(?:site|magazine|journal|quotidien)\s+(?:de\s+)?)?"
    r"(?P<name>(?:(?:Le|La|Les|The)\s+|L['’])?[A-ZÀ-ÖØ-ÞŒ][\w’'\-]+(?:\s+(?:(?:de|du|des|la|le|les|d['’])\s*)*[A-ZÀ-ÖØ-ÞŒ][\w’'\-]*){0,4})"
)


def iter_hosts(line: str) -> Iterator[str]:
    """The hosts of the addresses that `line` names, lower case, without those that serve everybody."""
    for match in _HOST_RE.finditer(line):
        host = match[1].lower()
        shared = any(host == tool or host.endswith("." + tool) for tool in _TOOL_HOSTS)
        # Without www or a scheme, "M.Untel" and "fin.Le" look like hosts.
        told = host.startswith("www.") or "://" in match[0] or host.rsplit(".", 1)[-1] in _TOP_LEVELS
        if told and not shared:
            yield host


def find_note_source(note: str) -> str | None:
    """The outlet that a note names and no table knows: "d'abord publié dans Le Courrier Bleu"."""
    match = _NAMED_IN_RE.search(note)
    return match["name"].strip() if match and find_name(match["name"]) is None else None
