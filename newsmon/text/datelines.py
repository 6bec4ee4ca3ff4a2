"""Datelines: the place, the agency and the hour that open a text, apart from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsmon.text.agencies import Table, fold, table
from newsmon.text.names import NOT_NAMES
from newsmon.text.places import is_place, is_town, opens_town
from newsmon.text.sources import find_source

LONGEST = 110
"""Signs that may stand before a text."""

_UPPER = r"A-ZÀ-ÖØ-ÞŒ"
_DASH = r"(?:\s*(?:[—–―]|--+)\s*|\s*\|\s*|\s+-\s+)"
# A new sentence: a dateline stands before one, a mere dash in a sentence does not.
_SENTENCE = rf"(?=[«\"“‘'(\[]*\s*[{_UPPER}0-9])"
_SMALL = r"(?:sur|de|des|du|la|le|les|en|aux?|et|l|d)"
_CAPITALS = rf"[{_UPPER}](?:[{_UPPER}’'.\-‐‑/ ]|(?<=[-‐‑ ]){_SMALL}(?=[-‐‑ ’'])){{2,40}}"
_TITLE = rf"[{_UPPER}][\w’'.\-‐‑]*(?:(?:\s+|\s*/\s*)(?:et|de|du|des|la|le|les|d['’]\w+|[{_UPPER}][\w’'.\-‐‑]*)){{0,5}}"
_DATE = r"(?:(?:le\s+)?\d{1,2}(?:er)?\s+\w{3,9}\.?(?:\s+\d{4})?)"
_REGION = rf"[{_UPPER}][\w.’'\-‐‑]*(?:\s+(?:du|de|et|des|la)?\s*[{_UPPER}][\w.’'\-‐‑]*){{0,3}}"
_WRITER = r"(?:de\s+(?:notre|nos)\s+)?(?:envoy[ée]|correspondant)\w*(?:\s+(?:sp[ée]cial|permanent|parlementaire)\w*)?"
_AFTER = rf"(?P<after>(?:\s*,\s*(?:{_DATE}|{_WRITER}|{_REGION})|\s*\([^()]{{2,40}}\)|\s*/\s*[{_UPPER}][^/]{{1,30}}/)*)"
_PLACED_RE = re.compile(rf"(?P<place>{_CAPITALS}?|{_TITLE}?){_AFTER}\s*\.?{_DASH}{_SENTENCE}")
_BRACKETED_RE = re.compile(rf"\(\s*(?P<place>{_TITLE}|{_CAPITALS})(?:,\s*{_REGION})?\s*\)\s*(?:[—–-]\s*)?{_SENTENCE}")
_SOURCE_RE = re.compile(rf"\(?\s*(?P<source>[^\s(|—–][^(|—–\n]{{1,60}}?)\s*\)?{_DASH}{_SENTENCE}")
_AT_RE = re.compile(
    rf"[ÀA] (?P<place>{_TITLE}?)\s*(?:,|{_DASH})\s*"
    r"(?=\Z|[«“\"(]*\s*(?:L[ea]s?|L['’]\w|Une?|Des|Du|Au|Aux|Ce|Cet|Cette|Ces|Il|Elle|Ils|Elles|On|Dans|Pour|Après|Depuis|"
    r"Selon|Alors|C['’]est|D['’]|Quand|Plus)\b)"
)
_WIRE_TIME_RE = re.compile(
    r"\s*[àÀ]\s+\d{1,2}\s*[h:]\s*\d{0,2}\s*(?:\(?[HE][A-Z]{1,2}\)?)?\s*,\s*le\s+\d.{3,25}?\d{4}\s*\.\s*", re.I
)
_BRACKETS_RE = re.compile(r"\(([^()]+)\)|/([^/]+)/")
_LOOSE_WORDS = frozenset("en au aux contre sur pour dans avec sans vs a un une ce se qui que est and of in for".split())
_RUBRICS = frozenset(
    """
    hockey covid urgent exclusif exclusivite analyse opinion bilan decryptage verification sondage quiz affaire
    reforme budget crise coupe lnh nba nfl lhjmq otan onu oms unesco unicef interpol frapru spvm gnl caq
    archives memo nota rappel retour retro grippe climat ecole football soccer tennis baseball f1 jo gaza-israel
    primaire recette recettes conseils election elections municipales inondation inondations incendie incendies
    feux transport transports agriculture tourisme patrimoine logement immigration pandemie vaccination canicule
    tempete verglas greve proces meurtre accident disparition necrologie hommage deces festival evenement
    communaute tribune archives reseaux spectacles habitation mise jour resume correction precision erratum ndlr
    avertissement note question reponse biographie portrait humour
    """.split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What opens a text. `text` is the text without it."""

    text: str
    place: str | None = None
    """As printed: "OTTAWA"."""
    credit: str | None = None
    """The agency as printed: "La Presse Canadienne"."""
    raw: str | None = None
    """All that was taken off, as printed: "OTTAWA (La Presse Canadienne) —"."""


def split_dateline(paragraph: str) -> tuple[str | None, str]:
    """The place that opens a text, and the text without it.

    >>> split_dateline("OTTAWA — Le ministre a parlé.")
    ('OTTAWA', 'Le ministre a parlé.')
    >>> split_dateline("Le Canada — et ses alliés — agira.")
    (None, 'Le Canada — et ses alliés — agira.')
    """
    found = read_dateline(paragraph)
    return found.place, found.text


def read_dateline(paragraph: str, sources: Table | None = None) -> Dateline:
    """The dateline of a text's first paragraph. Where there is none, `text` is the paragraph as it was."""
    text = paragraph
    if time := _WIRE_TIME_RE.match(paragraph[:LONGEST]):
        text = paragraph[time.end() :]
    known = sources or table()
    found = _after_brackets(text, known) or _placed(text, known) or _credited(text, known) or _at(text)
    if found is None and text is paragraph:
        return Dateline(text=text)
    rest = found.text if found else text
    return replace(found or Dateline(text=text), raw=paragraph[: len(paragraph) - len(rest)].strip())


def _after_brackets(text: str, sources: Table) -> Dateline | None:
    """ "(Ottawa) Le ministre…", "(AFP) Le ministre…" """
    match = _BRACKETED_RE.match(text[:LONGEST])
    if match is None:
        return None
    inside, rest = match["place"].strip(), text[match.end() :].lstrip()
    if find_source(inside, sources)[0]:
        return Dateline(text=rest, credit=inside)
    return Dateline(text=rest, place=inside) if _may_be_place(inside) else None


def _placed(text: str, sources: Table) -> Dateline | None:
    """ "OTTAWA — Le…", "KIEV, Ukraine — Les…", "Québec (La Presse Canadienne) — La…" """
    match = _PLACED_RE.match(text[:LONGEST])
    if match is None or not match["place"]:
        return None
    place, rest = match["place"].strip(" ,."), text[match.end() :].lstrip()
    if find_source(place, sources)[0]:
        return None
    credit = next((c for c in _bracketed(match["after"]) if find_source(c, sources)[0]), None)
    sure = bool(match["after"].strip()) and (credit is not None or _has_region(match["after"]))
    if _may_be_place(place) and (sure or _is_likely(place)):
        return Dateline(text=rest, place=place, credit=credit)
    return None


def _bracketed(after: str) -> list[str]:
    return [(one or other).strip() for one, other in _BRACKETS_RE.findall(after)]


def _has_region(after: str) -> bool:
    parts = [part.strip() for part in re.split(r"[,()/]", after)]
    return any(is_place(part) or re.fullmatch(rf"{_DATE}|{_WRITER}", part) for part in parts)


def _credited(text: str, sources: Table) -> Dateline | None:
    """ "AGENCE QMI | Les…", "FRANCOPRESSE – La…": an agency in the place of a place."""
    match = _SOURCE_RE.match(text[:LONGEST])
    source = find_source(match["source"], sources)[0] if match else None
    if match is None or source is None or (source.kind != "agency" and not match["source"].isupper()):
        return None
    return Dateline(text=text[match.end() :].lstrip(), credit=match["source"])


def _at(text: str) -> Dateline | None:
    """ "À Genève, Le ministre…": the capital after the comma tells it from a sentence."""
    match = _AT_RE.match(text[:LONGEST])
    if match is None or not _may_be_place(match["place"]):
        return None
    return Dateline(text=text[match.end() :].lstrip(), place=match["place"])


def _may_be_place(place: str) -> bool:
    """No rubric, no words of a sentence."""
    words = fold(place).split()
    if not words or len(place.split()) > 5 or len(place) < 3:
        return False
    if is_town(place):
        return True
    loose = {fold(word) for word in place.split()}
    return not (_LOOSE_WORDS & loose or _RUBRICS & set(words) or NOT_NAMES & loose)


def _is_likely(place: str) -> bool:
    """Whether a place before a dash is one, with no country or agency behind it."""
    parts = re.split(r"\s+(?:et|ET|and|AND)\s+|\s*/\s*", place)
    if any(is_town(part) or opens_town(part) for part in parts):
        return place.isupper() or not re.match(r"(?:L[ea]s?\s|L['’])", place) or is_town(place)
    if is_place(place) or not place.isupper() or len(parts) > 2:
        return False
    # Capitals: one word or several with hyphens is a town, if it is too long for an acronym.
    return all(len(part.split()) == 1 and sum(c.isalpha() for c in part) > 4 for part in parts)
