"""Which strings of a page are worth a reading: cheap signs of a date, of its label, of a date line.

The patterns are for text whose runs of white space are one blank.
"""

from __future__ import annotations

import re

LONGEST_LINE = 140
"""Signs of a line that may be a date with its label and byline; what is longer is prose."""

_MONTH = (
    r"(?:janv?|f(?:é|e\u0301?)v|feb|mars?|apr|avr|ma[iy]|juin|juil|june?|july?|ao(?:û|u\u0302?)|aug|sept?|oct|nov"
    r"|d(?:é|e\u0301?)c)(?![a-z]*-)"
)
_DAY_MONTH = rf"[0-9][0-9]?\s?(?:er|e|st|nd|rd|th)?[\s.,/-]{{0,4}}(?:de |of )?{_MONTH}"
_DATE = (
    rf"{_DAY_MONTH}[^\W\d_]{{0,9}}\.?(?:[\s,/-]{{0,4}}(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}(?![0-9h:]))(?![0-9]))?"
    rf"|(?<![^\W\d_]){_MONTH}[^\W\d_]{{0,9}}\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9])(?:,?\s(?:19|20)[0-9]{{2}})?"
    rf"|(?<![^\W\d_]){_MONTH}[^\W\d_]{{0,9}}\.?\s(?:19|20)[0-9]{{2}}"
    r"|(?<![0-9])(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[T|][0-9h:.Z+-]+)?"
    r"|(?<![0-9])[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
)
_RELATIVE = (
    r"il y a\b.{0,14}?(?:[0-9]{1,3}|une?|quelques)\s[^\W\d_]|[0-9]{1,3} [a-z]{3,8} ago\b|\b(?:avant-)?hier\b"
    r"|\baujourd.hui\b|\byesterday\b|\btoday\b|\bà l.instant\b"
)
_PUBLISHED = (
    r"(?:(?:date|heure)\s+de\s+)?(?:premi[eè]re\s+)?(?:publi(?:ée?s?|e\u0301|ees?|cation|shed)(?![^\W\d_])|parution|parue?\b"
    r"|mise?s?\s+en\s+ligne|diffus(?:ée?|ion)\b|post(?:ée?|ed)\b|cr[ée]{2}e?\b|r[ée]dig[ée]e?\b|[ée]crit\b)"
)
_MODIFIED = (
    r"(?:derni[eè]re\s+)?(?:mise?s?\s+[àa](?:\u0300)?\s+jour|m\.?[àa]\.?j\b|modifi(?:ée?|e|ed|cation)\b|actualis(?:ée?|ation)\b"
    r"|r[ée]vis[ée]e?\b|corrig[ée]e?\b|(?:last\s+)?(?:updated?|modified|edited)\b)"
)
_TIME = r"[0-9]{1,2}\s*(?:h|:)"
_DAY_WORD = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ce matin|ce midi|ce soir|cette nuit)"

DIGIT_RE = re.compile(r"[0-9]")
DATE_RE = re.compile(_DATE, re.I)
# A class of signs comes first, so that the engine leaps from digit to digit; every repetition is bounded.
_NUMBERS_RE = re.compile(
    rf"[0-9](?:[0-9]?\s?(?:er|e|st|nd|rd|th)?[\s.,/-]{{0,4}}(?:de |of )?{_MONTH}|[0-9]?[/.-][0-9]{{1,2}}[/.-][0-9]{{2}}"
    r"|[0-9]{3}[-/.][0-9]{1,2}[-/.][0-9])",
    re.I,
)
_MONTH_FIRST_RE = re.compile(rf"(?<![^\W\d_]){_MONTH}[^\W\d_]{{0,9}}\.?\s[0-9]", re.I)
_SPOKEN_RE = re.compile(
    rf"{_RELATIVE}|(?:{_PUBLISHED}|{_MODIFIED})\W{{0,4}}(?:[àa]\s+|vers\s+)?{_TIME}"
    rf"|(?:{_PUBLISHED}|{_MODIFIED})\s+(?:le\s+)?{_DAY_WORD}",
    re.I,
)
FULL_DATE_RE = re.compile(rf"{_DAY_MONTH}[^\W\d_]{{0,9}}\.?\s(?:19|20)[0-9]{{2}}", re.I)
"""A day, a month and a year, as prose writes them."""
LABEL_RE = re.compile(rf"(?<![^\W\d_])(?:(?P<published>{_PUBLISHED})|(?P<modified>{_MODIFIED}))", re.I)
_MAYBE_LABEL_RE = re.compile(
    r"[pmdcréaule](?:ubl|ar[ui]|is|iff|os|r[ée]|[ée]d|crit|aj|\.|odif|ctual|[ée]v|orr|pd|dit)", re.I
)
LABEL_ALONE_RE = re.compile(
    rf"\W*(?:(?:cet? )?(?:article|texte)\s+)?(?:{_PUBLISHED}|{_MODIFIED})[^0-9]{{0,12}}\Z|\W*date\W*\Z", re.I
)
"""A label that stands in an element of its own, before its date."""
STAMP_RE = re.compile(r"(?:19|20)[0-9]{2}-?[0-9]{2}|-?0{3,4}[01]-|\A1[0-9]{9}(?:[0-9]{3})?\Z", re.I)
"""An attribute that is a stamp, not a duration nor a counter."""
WEATHER_RE = re.compile(r"(?<![0-9])[-−+]?[0-9]{1,2}(?:[.,][0-9])?\s*(?:°\s*[CF]?|[CF]\b)(?![^\W\d_])")
OPENING_RE = re.compile(
    rf"(?:à\s+[0-9]{{1,2}}\s*h\s*[0-9]{{0,2}}\s+H[NA][A-Z],\s+le\s+(?:{_DATE})"
    rf"|[^\W\d_][^.;:!?]{{1,60}},\s+(?:le\s+)?(?:{_DATE})(?=\s*(?:/CNW|/CNW Telbec|\(?CNW|[–—-]\s|/\s)))",
    re.I,
)
"""A wire story or a release that opens with its own date: "MONTRÉAL, le 1er févr. 2024 /CNW/ -"."""
_BYLINE_RE = re.compile(r"\W*(?:par|by|de|texte|un texte de|propos recueillis par)\b", re.I)
_ABOUT_ITSELF_RE = re.compile(r"\W*cet? (?:article|texte|nouvelle|billet|reportage)\b", re.I)
_BREAK_RE = re.compile(r"(?:\A|[.|•·–—:;/(-])\W*\Z")
_WORD_RE = re.compile(r"[^\W\d_]{2,}")
_PLAIN_RE = re.compile(
    rf"{_DATE}|{_RELATIVE}|{_PUBLISHED}|{_MODIFIED}|\b{_DAY_WORD}\b|[0-9]{{1,3}}\s?(?:min(?:utes?)?|heures?|h|s)\b"
    r"|\b(?:le|la|du|de|au|et|à|on|at|the|temps de lecture|lecture|read|reading|lun|mar|mer|jeu|ven|sam|dim|hnes?|hae"
    r"|est|edt|utc|gmt|monday|tuesday|wednesday|thursday|friday|saturday|sunday|[ap]\.?m)\b",
    re.I,
)


def has_label(text: str) -> bool:
    """Whether a word for published or modified stands in the text."""
    return _MAYBE_LABEL_RE.search(text) is not None and LABEL_RE.search(text) is not None


def is_spoken_alone(text: str) -> bool:
    """Whether a text without a digit may be a date: "Publié hier", "à l’instant"."""
    return "hier" in text or "ubli" in text or "ujourd" in text or "instant" in text or "Hier" in text


def is_spoken(text: str) -> bool:
    """Whether a text bears a word of a relative date, or of the label of a date that stands apart."""
    return (
        "hier" in text
        or "ubli" in text
        or "ujourd" in text
        or "à jour" in text
        or "l y a" in text
        or " ago" in text
        or "instant" in text
        or "HIER" in text
        or "UBLI" in text
        or "À JOUR" in text
        or "Hier" in text
        or "esterday" in text
        or "oday" in text
        or "pdated" in text
        or "osted" in text
        or "odifié" in text
    )


def is_part(text: str) -> bool:
    """Whether a run of text with a digit is worth reading together with its neighbours: a date, or a part of one."""
    if "\n" in text or "  " in text:
        text = " ".join(text.split())
    if _NUMBERS_RE.search(text) or is_spoken(text):
        return True
    if "20" not in text and "19" not in text:
        return False
    # "17", "janvier" and "2022" may stand in an element each.
    return (len(text) < 12 and text.strip().isdigit()) or _MONTH_FIRST_RE.search(text) is not None


def is_line(text: str) -> bool:
    """Whether a line holds what may be a date."""
    if _NUMBERS_RE.search(text):
        return True
    if is_spoken(text) and _SPOKEN_RE.search(text):
        return True
    return ("20" in text or "19" in text) and _MONTH_FIRST_RE.search(text) is not None


def count_other_words(line: str) -> int:
    """How many words a line holds besides its dates, labels and times: none in a bare date line, many in prose."""
    return len(_WORD_RE.findall(_PLAIN_RE.sub(" ", line)))


def is_byline(line: str) -> bool:
    """Whether the line opens as a byline does: "Par Une Telle, le 15 septembre 2009"."""
    return _BYLINE_RE.match(line) is not None


def starts_with_label(line: str) -> bool:
    """Whether a label comes first, or right after "Cet article a été"."""
    m = LABEL_RE.search(line)
    return m is not None and len(_WORD_RE.findall(line[: m.start()])) <= (5 if _ABOUT_ITSELF_RE.match(line) else 0)


def has_label_apart(line: str) -> bool:
    """Whether a label in the line opens a statement of its own: "Une Telle Publié le…", not "le rapport publié le…"."""
    return any(m[0][0].isupper() or _BREAK_RE.search(line, 0, m.start()) for m in LABEL_RE.finditer(line))
