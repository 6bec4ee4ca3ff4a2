"""What a string says of its own date: published or modified, and the words that may surround a date."""

from __future__ import annotations

import re

from newsmon.text.dates.reading import StatedRole

_PUBLISHED = (
    r"(?:(?:date|heure) de )?(?:premiere )?(?:publi(?:cation|ee?s?)|parution|parue?s?|mise?s? en ligne|ajoutee?s?"
    r"|diffusee?s?(?: en direct)?|diffusion|postee?s?|creee?s?|creation|redigee?s?|ecrite?s?)"
    r"(?: (?:(?:et|ou|/) )?(?:derniere )?mise?s? a jour)?"
    r"|(?:first |originally |date )?(?:published|publish|posted|created|released|issued)|publication date|publ\."
)
_MODIFIED = (
    r"(?:(?:date de )?(?:la )?derniere |date de )?(?:mise?s? a jour|maj|m\.a\.j|modifi(?:ee?s?|cation)"
    r"|actualis(?:ee?s?|ation)|revis(?:ee?s?|ion)|corrigee?s?|rectifiee?s?|editee?s?)"
    r"|(?:last )?(?:update[ds]?|modified|edited|revised|reviewed)"
)
LABEL = rf"(?<![a-z])(?:(?P<published>{_PUBLISHED})|(?P<modified>{_MODIFIED}))(?![a-z])"
_LABEL_RE = re.compile(LABEL)
_MUTE_LABEL = LABEL.replace("?P<published>", "").replace("?P<modified>", "")

_PUNCTUATION = r"""[ .,;:!|•·●/()\[\]*"'<>«»=_–-]"""
_MOST_PARTS = 12
_SEPARATOR_RE = re.compile(r" ?[|•·●¦;]+ ?| [-/]+ ")
_BYLINE = r"(?:(?:par|by|texte de) [^0-9|]{2,60}?[ ,:]{1,2}(?:-[ ])?)?"
_BEFORE_RE = re.compile(
    rf"{_PUNCTUATION}{{0,6}}{_BYLINE}(?:(?:cet |ce |cette |l')?(?:article|texte|nouvelle|billet|reportage) )?"
    rf"(?:(?:a ete |est |fut )?{LABEL}|(?:date|edition|journee|numero|semaine)(?![a-z]))?"
    rf"{_PUNCTUATION}{{0,4}}(?:(?:en date du|le|la|du|de|on|en|of|the|ce|d|as of)(?![a-z]){_PUNCTUATION}{{0,3}}){{0,3}}"
    rf"(?:(?:aujourd'hui|hier|today|yesterday),? (?:le )?|(?:debut|mi|fin|courant)[ -])?\Z"
)
_PLACE_RE = re.compile(
    r"(?:[a-z][a-z .'-]{1,40}, (?:en )?"
    r"|(?:vol(?:ume)?\.? ?[0-9]{1,3}[, |-]{1,3})?(?:no|n°|numero)\.? ?[0-9]{1,4}[, |-]{1,3})\Z"
)
_PART_OF_DAY = r",? (?:au |en |dans la )?(?:matin|matinee|soir|soiree|apres-midi|nuit)(?![a-z])"
_READING = (
    r"(?:temps )?(?:de )?lecture.{0,40}|(?:environ )?[0-9]{1,3} ?min(?:ute)?s?\.?(?: (?:de lecture|read).{0,20})?"
)
_AFTER_RE = re.compile(
    rf"(?: (?:dernier|environ)(?![a-z])|{_PART_OF_DAY})?"
    rf"{_PUNCTUATION}{{0,6}}(?:{_READING}|(?:par|by) [^0-9]{{2,80}}|{_MUTE_LABEL}.*)?"
    rf"{_PUNCTUATION}{{0,6}}\Z"
)
_NOISE_RE = re.compile(rf" ?(?:(?:par|by|texte de) .{{2,80}}|{_READING}|{_MUTE_LABEL}.*)?\Z")
_TIME_LABEL_RE = re.compile(
    rf"{_PUNCTUATION}{{0,6}}{_BYLINE}{LABEL}{_PUNCTUATION}{{0,4}}(?:(?:a|at|vers|des|@) ?)?(?=[0-9mn])"
)


def _role(m: re.Match[str]) -> StatedRole | None:
    return "published" if m["published"] else "modified" if m["modified"] else None


def find_role(text: str, start: int, end: int) -> StatedRole | None:
    """The role that the last label of text[start:end] gives to the date that follows it."""
    role = None
    for m in _LABEL_RE.finditer(text, start, end):
        role = _role(m)
    return role


def read_before(before: str) -> tuple[bool, StatedRole | None]:
    """Whether these words may stand before a date that is all its line says, and the role of their label."""
    if not before:
        return True, None
    m = _BEFORE_RE.match(before) if len(before) <= 160 else None
    return (True, _role(m)) if m else (False, None)


def is_place(before: str) -> bool:
    """Whether these words before a month are what reports print there: "Québec, mai 2022", "Vol. 3, no 2, mai 2022"."""
    return _PLACE_RE.match(before) is not None


def is_after(after: str) -> bool:
    """Whether these words may follow a date that is all its line says: reading time, a byline, a second label."""
    return not after or _AFTER_RE.match(after) is not None


def read_time_label(text: str) -> tuple[StatedRole, int] | None:
    """The role of a label that a time follows, and where the time begins: "Publié à" 21 h 40."""
    m = _TIME_LABEL_RE.match(text)
    role = _role(m) if m else None
    return (role, m.end()) if m and role else None


def is_noise(piece: str) -> bool:
    """Whether a part of a line says nothing against a date beside it: empty, a byline, a reading time, a label."""
    return _NOISE_RE.match(piece) is not None


def split_line(text: str) -> list[str]:
    """The parts of a line that may each hold a date, cut at signs: "Par Untel | hier à 21 h 40"."""
    return _SEPARATOR_RE.split(text, _MOST_PARTS)


def find_label(text: str, at: int) -> int | None:
    """Where the next label begins, at or after this place; None when there is none."""
    m = _LABEL_RE.search(text, at)
    return m.start() if m else None
