"""Credits of pictures: who took them, told from the caption beside them."""

from __future__ import annotations

import re

from newsmon.items import Caption
from newsmon.text.agencies import Table, table
from newsmon.text.clean import clean_line
from newsmon.text.names import find_name
from newsmon.text.sources import find_source

LONGEST = 100
"""Signs of a credit."""

_LABEL = (
    r"(?:cr[ée]dits?(?:[ -](?:photos?|images?|vid[ée]os?))?|photos?(?:[ -]credit)?|photographies?|photographe|images?|"
    r"illustrations?|infographies?|vid[ée]os?|source|sources|montage|via)"
)
_ORIGIN = r"(?:courtoisie|gracieuset[ée]|archives?|captures?\s+d['’][ée]cran|domaine\s+public)"
_BRACKETED_RE = re.compile(rf"[(\[](?P<credit>[^()\[\]]{{2,{LONGEST}}})[)\]]\s*\.?\s*\Z")
_LABELLED_RE = re.compile(
    rf"(?:\A|(?<=[\s.!?…»\"”|•)–—-]))(?P<label>{_LABEL}|{_ORIGIN})(?P<sign>\s*[:©]\s*|\s+|\s*,\s*)"
    rf"(?P<credit>[^\n]{{2,{LONGEST}}})\Z",
    re.I,
)
_COPYRIGHT_RE = re.compile(rf"(?:©|\(c\)|\bph\.)\s*(?P<credit>[^\n]{{2,{LONGEST}}})\Z", re.I)
_BARE_RE = re.compile(rf"\A(?:{_LABEL}\s*(?:de\s+|d['’]|:\s*)?)?{_ORIGIN}\Z", re.I)
_LEAD_RE = re.compile(rf"\A(?:{_LABEL}\s*(?:[:©,]|de\b|d['’]|par\b|by\b)?\s*)+", re.I)
_PROVIDED_RE = re.compile(
    r"\A(?:fournie?s?|gracieuset[ée]|courtoisie|offerte?s?|tir[ée]e?s?|prise?s?|archives?|d['’]archives)\b", re.I
)
_ORIGIN_RE = re.compile(_ORIGIN, re.I)
_SENTENCE_RE = re.compile(r"(?<=[.!?…»”])\s+|\s+[|•–—-]\s+(?=\S+(?:\s+\S+){0,7}\Z)")
_ENDS = '.!?…»"”|•)–—-,'
_PART_RE = re.compile(r"\s*[/,|•]\s*|\s+[–—-]\s+|\s+(?:et|and|via|pour|for)\s+|\s+(?=archives?\b)", re.I)


def split_credit(caption: str, sources: Table | None = None) -> Caption:
    """A caption and its credit. The text stays as printed, the credit within it too.

    >>> split_credit("Le pont de Riga. (Denise Untel/Reuters)").credit
    'Denise Untel/Reuters'
    """
    text = clean_line(caption)
    return Caption(text=text, credit=_find_credit(text, sources or table()))


def _find_credit(text: str, sources: Table) -> str | None:
    end = text[-2 * LONGEST :]
    if match := _BRACKETED_RE.search(end):
        bare = _LEAD_RE.sub("", match["credit"]).strip(" :,.")
        labelled = bare != match["credit"].strip(" :,.")
        return bare if bare and (_is_credit(bare, sources) or (labelled and len(bare.split()) < 7)) else None
    if match := _COPYRIGHT_RE.search(end):
        return match["credit"].strip(" .:") or None
    return _labelled(end, sources) or _unlabelled(end, sources)


def _labelled(end: str, sources: Table) -> str | None:
    """ "Le pont. Photo : Paulin Roy", "PHOTO PAULIN ROY, LA PRESSE", "Photo fournie par la Ville" """
    if _BARE_RE.match(end.strip(" .")):
        return _LEAD_RE.sub("", end).strip(" .:,")
    for match in _LABELLED_RE.finditer(end):
        before, label = end[: match.start("label")].rstrip(), match["label"]
        origin = _ORIGIN_RE.match(label) is not None
        signed = ":" in match["sign"] or "©" in match["sign"]
        # A label is one at the start, after a sign, or with a capital and a colon.
        if before and before[-1] not in _ENDS and not (signed and label[0].isupper()):
            continue
        told = end[match.start("label") :] if origin else match["credit"]
        credit = _LEAD_RE.sub("", told).strip(" .:,")
        short = len(credit.split()) < 9 and not _is_prose(credit)
        if credit and (_is_credit(credit, sources) or (short and (signed or label.isupper()))):
            return credit
        if _PROVIDED_RE.match(credit) and len(credit.split()) < 12:
            return credit
    return None


def _unlabelled(end: str, sources: Table) -> str | None:
    """ "…mardi. THE CANADIAN PRESS/Adrian Untel": names and a source after the last sentence, and nothing else."""
    last = _SENTENCE_RE.split(end)[-1].strip(" .")
    parts = [part for part in _PART_RE.split(last) if part]
    if not parts or len(last) > LONGEST or not all(_is_known(part, sources) for part in parts):
        return None
    return last if any(find_source(part, sources)[0] is not None for part in parts) else None


def _is_credit(text: str, sources: Table) -> bool:
    """Whether every part of `text` is a name or a source, or some is and a slash parts them."""
    parts = [part for part in _PART_RE.split(text.strip(" .")) if part]
    known = [_is_known(part, sources) for part in parts]
    if not parts or len(text.split()) > 14:
        return False
    return all(known) or (any(known) and ("/" in text or (len(parts) > 1 and not _is_prose(text))))


def _is_known(part: str, sources: Table) -> bool:
    bare = re.sub(r"\A(?:archives?|photos?|courtoisie|gracieuset[ée])\W*", "", part.strip(" .:"), flags=re.I)
    return not bare or find_source(bare, sources)[0] is not None or find_name(bare) is not None


def _is_prose(text: str) -> bool:
    words = text.split()
    return len(words) > 3 and 2 * sum(word[0].islower() for word in words) > len(words)
