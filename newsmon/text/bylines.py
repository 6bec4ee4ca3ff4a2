"""Bylines, datelines, credits: who signs, from where, whose picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from newsmon.items import Author, Caption
from newsmon.text.agencies import fold, table
from newsmon.text.clean import clean_line

NAME_WORDS_MAX = 6

_OPENING_RE = re.compile(
    r"^(?:(?:un|une|le|la)\s+)?(?:(?:texte|article|reportage|chronique|analyse|entrevue|dossier|enqu[êe]te|critique|billet|"
    r"opinion|recherche|r[ée]daction|[ée]crit|publi[ée]|propos\s+recueillis|recueillis?|sign[ée]|avec|avec\s+la\s+collaboration|"
    r"written|reported|reporting|story|words)\s+)?(?:par|de|du|by|d['’])\s+|^(?:texte|textes|auteure?s?|author|journaliste|"
    r"r[ée]daction)\s*:\s*|^avec\s+",
    re.I,
)
_LEAD_DATE_RE = re.compile(
    r"^(?:publi[ée]e?|mis(?:e)?\s+[àa]\s+jour|modifi[ée]e?|published|updated|posted)?\s*(?:le|on|:)?\s*\d{1,2}\W.{0,40}?\bpar\s+",
    re.I,
)
_PHOTO_RE = re.compile(
    r"\b(?:photos?|photographies?|images?|illustrations?|infographies?|vid[ée]os?)\s*(?::|par\b|de\b).*$", re.I
)
_DATE_RE = re.compile(
    r"\b(?:publi[ée]e?s?|mis(?:e)?s?\s+[àa]\s+jour|modifi[ée]e?|published|updated|le\s+\d|\d{1,2}\s*(?:er)?\s+[a-zéû]{3,9}\.?\s+\d{4}|"
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\s*[h:]\s*\d{2})\b.*$",
    re.I,
)
_MAIL_NAME_RE = re.compile(r"^\s*[^\s@]+@[^\s@]+\s*\(([^)]+)\)\s*$")
_MAIL_RE = re.compile(r"<?\b[^\s@<>()]+@[^\s@<>()]+\.\w+>?|(?<!\w)@\w+|https?://\S+|\bwww\.\S+")
_SPLIT_RE = re.compile(
    r"\s*(?:[,;|•·/\n]|\s[–—-]\s|\bet\b|\band\b|\s&\s|\bavec\b|\bwith\b|\bpour\b|\bfor\b|\bin\b)\s*", re.I
)
_ROLE_RE = re.compile(
    r"^(?:collaborat(?:ion|rice|eur)|correspondant|envoy[ée]|special|sp[ée]cial|journaliste|r[ée]dac(?:trice|teur|tion)|chroniqueu|"
    r"[ée]ditorialiste|professeur|chercheu|directeur|directrice|pr[ée]sident|bureau|la\s+r[ée]daction|r[ée]daction|staff|editor|"
    r"reporter|news|nouvelles|contribut|auteur|initiative|texte|equipe|[ée]quipe|analyste|stagiaire|pigiste|historien|"
    r"sociologue|politologue|[ée]conomiste|doctorant|candidat|d[ée]put[ée]|ministre|universit|cabinet|agence|service|desk)",
    re.I,
)
_NAME_RE = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐‑])*\Z")
_PARTICLES = frozenset(
    """
    de du des d' d’ la le les van von der den di da del bin ben el al y e et mc st dos
    """.split()
)
_NOT_NAMES = frozenset(
    """
    partager partage accueil lire voir tous toutes articles article suivre commentaires abonnez abonne photo
    photos video publie publié redaction rédaction admin administrateur administrator editor webmaster contact
    newsletter infolettre facebook twitter linkedin temps lecture minutes min auteur auteurs author authors
    equipe équipe journal journaliste source sources inconnu unknown anonyme nouvelles news actualites
    actualités exclusif abonnés
    """.split()
)


def read_authors(byline_raw: Iterable[str], *, outlet_name: str = "") -> tuple[Author, ...]:
    """The people and agencies of bylines as printed or stated, best first; each once, functions with their person.

    The outlet's own name is nobody. Addresses and handles are dropped; of "mail (Name)" the name is kept.
    """
    found: dict[str, Author] = {}
    for raw in byline_raw:
        for author in _read(raw):
            if fold(author.name) == fold(outlet_name) and outlet_name:
                continue
            name = _same_person(author, found)
            if name is None:
                found[fold(author.name)] = author
            elif author.role and not found[name].role:
                found[name] = Author(name=found[name].name, kind=found[name].kind, role=author.role)
    return tuple(found.values())


def _same_person(author: Author, found: dict[str, Author]) -> str | None:
    """The key of the author that is this one: the same name, or "J. Untel" for "Jean Untel"."""
    own = fold(author.name)
    if own in found:
        return own
    words = own.split()
    for other in found:
        words_of_other = other.split()
        if len(words) > 1 and words[-1:] == words_of_other[-1:] and len(words) == len(words_of_other):
            short, long = sorted((words[0].rstrip("."), words_of_other[0].rstrip(".")), key=len)
            if len(short) == 1 and long.startswith(short):
                return other
    return None


def _read(raw: str) -> Iterator[Author]:
    text = clean_line(raw)
    if mail := _MAIL_NAME_RE.match(text):
        text = mail[1]
    text = _MAIL_RE.sub(" ", text)
    text = _LEAD_DATE_RE.sub("", text)
    text = _PHOTO_RE.sub("", text)
    text = _DATE_RE.sub("", text)
    text = re.sub(r"\(([^()]*)\)", _bracketed, text)
    whole = table().whole(_stripped(text))
    if whole is not None and whole.kind == "agency":
        yield Author(name=whole.name, kind="agency")
        return
    last: Author | None = None
    for part in _SPLIT_RE.split(_bare(text)):
        part = _bare(part)
        source = table().whole(part)
        if source is not None:
            if last is not None:
                yield last
                last = None
            if source.kind == "agency":
                yield Author(name=source.name, kind="agency")
        elif part and _ROLE_RE.match(part):
            if last is not None:
                yield Author(name=last.name, role=part)
                last = None
        elif name := find_name(part):
            if last is not None:
                yield last
            last = Author(name=name)
    if last is not None:
        yield last
    elif _is_mononym(_bare(text)):
        yield Author(name=_bare(text))


def _is_mononym(text: str) -> bool:
    """One capitalised word that is the whole byline: a pen name."""
    return (
        3 <= len(text) <= 20
        and _NAME_RE.match(text) is not None
        and text[0].isupper()
        and not _ROLE_RE.match(text)
        and text.casefold() not in _NOT_NAMES
        and table().whole(text) is None
    )


def _bracketed(match: re.Match[str]) -> str:
    """Of what stands in brackets after a name, an agency signs too; a place or a paper is left out."""
    return f", {match[1]}" if table().whole(match[1]) is not None else " "


def _bare(text: str) -> str:
    """`text` without "Par", "Un texte de" and the like, and without signs around it."""
    text = _stripped(text)
    while match := _OPENING_RE.match(text):
        text = _stripped(text[match.end() :])
    return text


def _stripped(text: str) -> str:
    return text.strip(' \u00a0\u202f:,;|–—-•·()[]*"«»')


def find_name(text: str) -> str | None:
    """`text` as a person's name, or None. All capitals become a name's case; nothing else is changed."""
    text = re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", " ", text)).strip()
    words = text.split()
    if not 2 <= len(words) <= NAME_WORDS_MAX:
        return None
    if any(word.casefold().strip(".") in _NOT_NAMES for word in words):
        return None
    if not all(_NAME_RE.match(word) for word in words):
        return None
    capitals = [w for w in words if w.casefold() not in _PARTICLES]
    if len(capitals) < 2 or not all(w[0].isupper() or w[:2] in ("d'", "d’", "l'", "l’") for w in capitals):
        return None
    return _title_case(text) if text.isupper() else text


def _title_case(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), unicodedata.normalize("NFC", text))


# --- datelines

_PLACE = r"[A-ZÀ-ÖØ-Þ][\w’'.\- ]{1,38}"
_DATELINE_RES = (
    # OTTAWA — … · MONTRÉAL – … · KIEV, Ukraine — … · Québec (La Presse Canadienne) —
    re.compile(
        r"(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'.\- ]{2,38})(?:,\s[^—–(|]{2,30})?(?:\s*\([^)]{2,40}\))?\s*(?:[—–|]|\s-)\s+(?=\S)"
    ),
    re.compile(rf"(?P<place>{_PLACE})\s*\((?P<agency>[^)]{{2,40}})\)\s*(?:[—–|-])\s+(?=\S)"),
    # (Ottawa) Le … — the place in brackets opens the text
    re.compile(rf"\((?P<place>{_PLACE})\)\s*(?:[—–-]\s*)?(?=[A-ZÀ-ÖØ-Þ«\"“])"),
)
_WIRE_TIME_RE = re.compile(r"^à\s+\d{1,2}\s*[h:]\s*\d{0,2}\s*(?:H[A-Z]{1,2}\s*)?,\s*le\s+\d.{3,25}?\d{4}\.\s*", re.I)


def split_dateline(paragraph: str) -> tuple[str | None, str]:
    """The place that opens a text, and the text without it: "OTTAWA — Le ministre…" gives "OTTAWA"."""
    text = _WIRE_TIME_RE.sub("", paragraph)
    for pattern in _DATELINE_RES:
        match = pattern.match(text)
        if match is None:
            continue
        place = match["place"].strip(" ,.-")
        agency = match.groupdict().get("agency")
        if agency is not None and next(table().iter_sources(agency), None) is None:
            continue
        if len(place.split()) <= 4 and table().whole(place) is None:
            return place, text[match.end() :].strip()
    return None, text if text != paragraph else paragraph


# --- credits

_CREDIT_RES = (
    re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{3,90})[)\]]\s*\.?\Z"),
    re.compile(
        r"\s*(?:[|–—•]\s*)?(?:cr[ée]dits?(?:\s+photos?)?|photos?|image|source|©)\s*[:©]?\s*(?P<credit>[^.]{3,90})\.?\Z",
        re.I,
    ),
)


def split_credit(caption: str) -> Caption:
    """A caption with its credit beside it. The text stays as printed, the credit within it too."""
    text = clean_line(caption)
    for pattern in _CREDIT_RES:
        match = pattern.search(text)
        if match and _is_credit(match["credit"]):
            return Caption(text=text, credit=match["credit"].strip(" :"))
    return Caption(text=text)


def _is_credit(text: str) -> bool:
    if "/" in text or next(table().iter_sources(text), None) is not None:
        return len(text.split()) <= 12
    bare = re.sub(r"^(?:photo|cr[ée]dit|archives|courtoisie|gracieuset[ée])\W*", "", text, flags=re.I)
    return find_name(bare) is not None or (bare != text and len(bare.split()) <= 6)


# --- attribution lines

_SOURCE_LINE_RE = re.compile(r"^\W*sources?\s*:\s*\S", re.I)
_WITH_RE = re.compile(
    r"^\W*(?:avec\s+(?:des\s+)?(?:(?:les?\s+)?(?:informations?|la\s+collaboration|l['’]aide|contributions?)\s+)?(?:de\s+|d['’]|du\s+|l['’]|la\s+)?|"
    r"with\s+(?:files\s+from|reporting\s+(?:by|from))?\s*|d['’]apr[èe]s\s+)",
    re.I,
)
_REPUBLISHED_RE = re.compile(
    r"(?:ce|cet|cette)\s+(?:texte|article|chronique|reportage).{0,40}(?:d['’]abord|initialement|originalement)?\s*(?:a\s+[ée]t[ée]\s+)?"
    r"(?:d['’]abord\s+|initialement\s+|originalement\s+)?(?:publi[ée]|republi[ée]|traduit|paru)|"
    r"this\s+(?:article|story)\s+(?:was|is)\s+(?:originally|first|re)?\s*published|lire\s+l['’]article\s+original|"
    r"read\s+the\s+original\s+article",
    re.I,
)


def is_attribution_line(line: str) -> bool:
    """Whether a line at an article's end tells where the text came from, and nothing else."""
    text = clean_line(line).strip(" –—-.*")
    if not text or len(text) > 300:
        return False
    if _SOURCE_LINE_RE.match(text):
        return len(text.split()) < 15
    if _REPUBLISHED_RE.search(text):
        return True
    sources = list(table().iter_sources(text))
    if not sources:
        return False
    rest = text
    if match := _WITH_RE.match(rest):
        rest = rest[match.end() :]
    parts = [_bare(part) for part in _SPLIT_RE.split(rest.lstrip("© "))]
    return all(not part or table().whole(part) is not None or find_name(part) is not None for part in parts)
