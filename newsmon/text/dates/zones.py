"""Zones as news print them, and local time to UTC.

HE, HA, HC, HR, HP, HT (and ET, AT, …) follow the season; HNE, HAE, HEE, EST, EDT… are fixed offsets, as the Office
québécois de la langue française has them. Yukon and Saskatchewan are left to the zone database.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsmon.text.dates.names import alternation


class Zone(NamedTuple):
    """A zone named in a text: a region that follows the season, a fixed offset, or both to be compared."""

    region: str | None
    """IANA name."""
    offset_minutes: int | None = None
    """East of UTC; None follows the region's season."""


# Letter of the French and English abbreviations: region, standard offset in minutes.
_NORTH_AMERICA = {
    "e": ("America/Toronto", -300),
    "a": ("America/Halifax", -240),
    "c": ("America/Winnipeg", -360),
    "r": ("America/Edmonton", -420),
    "p": ("America/Vancouver", -480),
    "t": ("America/St_Johns", -210),
}
_ENGLISH_LETTERS = {"e": "e", "a": "a", "c": "c", "m": "r", "p": "p", "n": "t"}

ABBREVIATIONS: dict[str, Zone] = {
    "z": Zone(None, 0),
    "utc": Zone(None, 0),
    "gmt": Zone(None, 0),
    "tu": Zone(None, 0),
    "tuc": Zone(None, 0),
    "hy": Zone("America/Whitehorse"),
    "hny": Zone("America/Whitehorse"),
    "hay": Zone("America/Whitehorse"),
    "htn": Zone("America/St_Johns"),
    "hntn": Zone("America/St_Johns", -210),
    "hatn": Zone("America/St_Johns", -150),
    "hetn": Zone("America/St_Johns", -150),
    "wet": Zone("Europe/Lisbon", 0),
    "west": Zone("Europe/Lisbon", 60),
    "bst": Zone("Europe/London", 60),
    "cet": Zone("Europe/Paris", 60),
    "cest": Zone("Europe/Paris", 120),
    "eet": Zone("Europe/Kyiv", 120),
    "eest": Zone("Europe/Kyiv", 180),
    "msk": Zone("Europe/Moscow", 180),
}
for _letter, (_region, _minutes) in _NORTH_AMERICA.items():
    ABBREVIATIONS[f"h{_letter}"] = Zone(_region)
    ABBREVIATIONS[f"hn{_letter}"] = Zone(_region, _minutes)
    # heure avancée in Canada, heure d'été elsewhere and in CLDR
    ABBREVIATIONS[f"ha{_letter}"] = ABBREVIATIONS[f"he{_letter}"] = Zone(_region, _minutes + 60)
for _letter, _key in _ENGLISH_LETTERS.items():
    _region, _minutes = _NORTH_AMERICA[_key]
    ABBREVIATIONS[f"{_letter}t"] = Zone(_region)
    ABBREVIATIONS[f"{_letter}st"] = Zone(_region, _minutes)
    ABBREVIATIONS[f"{_letter}dt"] = Zone(_region, _minutes + 60)

WORDS_TOO = frozenset({"et", "at", "est", "cet", "tu", "he", "ha", "her", "west"})
"""Abbreviations that are words as well: a zone only where no other word follows."""

# What may follow "heure normale de l'", "heure du"…; what is not in _NORTH_AMERICA has no fixed name.
_PLACES: dict[str, str] = {
    **dict.fromkeys(("est", "est nord-americain", "est du canada", "eastern"), "e"),
    **dict.fromkeys(("atlantique", "atlantic", "maritimes"), "a"),
    **dict.fromkeys(("centre", "centre nord-americain", "central"), "c"),
    **dict.fromkeys(("rocheuses", "montagnes", "montagnes rocheuses", "mountain"), "r"),
    **dict.fromkeys(("pacifique", "pacifique nord-americain", "pacific"), "p"),
    **dict.fromkeys(("terre-neuve", "newfoundland"), "t"),
    **dict.fromkeys(("montreal", "quebec", "ottawa", "toronto", "gatineau", "ontario"), "America/Toronto"),
    **dict.fromkeys(("moncton", "nouveau-brunswick"), "America/Moncton"),
    **dict.fromkeys(("halifax", "iles-de-la-madeleine", "nouvelle-ecosse"), "America/Halifax"),
    **dict.fromkeys(("winnipeg", "manitoba"), "America/Winnipeg"),
    **dict.fromkeys(("regina", "saskatchewan"), "America/Regina"),
    **dict.fromkeys(("edmonton", "calgary", "alberta"), "America/Edmonton"),
    **dict.fromkeys(("vancouver", "victoria", "colombie-britannique"), "America/Vancouver"),
    **dict.fromkeys(("yukon", "whitehorse"), "America/Whitehorse"),
    **dict.fromkeys(("st. john's", "saint-jean de terre-neuve"), "America/St_Johns"),
    **dict.fromkeys(("new york", "washington"), "America/New_York"),
    "los angeles": "America/Los_Angeles",
    **dict.fromkeys(("paris", "france"), "Europe/Paris"),
    "bruxelles": "Europe/Brussels",
    "geneve": "Europe/Zurich",
    "londres": "Europe/London",
    **dict.fromkeys(("kiev", "kyiv"), "Europe/Kyiv"),
    "moscou": "Europe/Moscow",
    "greenwich": "UTC",
}
_ENGLISH_PLACES = ("eastern", "atlantic", "central", "mountain", "pacific", "newfoundland", "yukon")
IANA = {
    name.lower(): name
    for name in (
        "America/Toronto", "America/Montreal", "America/Halifax", "America/Moncton", "America/St_Johns",
        "America/Winnipeg", "America/Regina", "America/Edmonton", "America/Vancouver", "America/Whitehorse",
        "America/New_York", "Europe/Paris", "Europe/London", "UTC",
    )
}  # fmt: skip

_ZONE_RE = re.compile(
    r"[ ,]{0,2}[(\[]?[ ]?(?:"
    r"(?:(?:utc|gmt)[ ]?)(?P<sign>[+-])[ ]?(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?(?![0-9])"
    r"|(?P<psign>[+-])(?P<phours>[0-9]{2})(?P<colon>:?)(?P<pminutes>[0-9]{2})(?![0-9])"
    rf"|(?P<iana>{alternation(IANA)})(?![a-z])"
    rf"|(?P<abbreviation>{alternation(ABBREVIATIONS)})(?![a-z0-9.'])"
    r"|heure (?:(?P<season>normale|standard|d'hiver|avancee|d'ete) )?(?:de l'|de la |du |des |de |d')"
    rf"(?P<place>{alternation(_PLACES)})(?![a-z])"
    rf"|(?P<english>{alternation(_ENGLISH_PLACES)})"
    r"(?: (?P<english_season>standard|daylight))?(?: time)?(?![a-z])"
    r"|(?P<local>heure locale|local time)(?![a-z])"
    r")[ ]?[)\]]?"
)
_WORD_NEXT_RE = re.compile(r"[ ]?[a-z0-9]")
_LABEL_NEXT_RE = re.compile(r"[ ]?(?:mise?s? a jour|m[ao]j\b|modifi|publi|update|last )")


def _fixed(sign: str, hours: str, minutes: str | None) -> Zone | None:
    total = int(hours) * 60 + int(minutes or 0)
    if total > 14 * 60 or int(minutes or 0) > 59:
        return None
    return Zone(None, -total if sign == "-" else total)


def _placed(place: str, season: str | None) -> Zone:
    key = _PLACES[place]
    if key not in _NORTH_AMERICA:
        return Zone(key)
    region, minutes = _NORTH_AMERICA[key]
    if season is None:
        return Zone(region)
    return Zone(region, minutes + 60 if season in ("avancee", "d'ete", "daylight") else minutes)


def read_zone(text: str, at: int, *, colon_offset: bool) -> tuple[Zone | None, int]:
    """The zone at this place of a folded text, right after a time, and where it ends.

    `colon_offset` allows a bare "-05:00": after "9:00" alone it would be the end of a range.
    "heure locale" is no zone (the outlet's holds), yet it is passed over.
    """
    m = _ZONE_RE.match(text, at)
    if not m:
        return None, at
    zone: Zone | None = None
    if m["sign"]:
        zone = _fixed(m["sign"], m["hours"], m["minutes"])
    elif m["psign"]:
        if not m["colon"] or colon_offset:
            zone = _fixed(m["psign"], m["phours"], m["pminutes"])
    elif m["iana"]:
        zone = Zone(IANA[m["iana"]])
    elif word := m["abbreviation"]:
        stands_alone = word not in WORDS_TOO or not _WORD_NEXT_RE.match(text, m.end())
        if stands_alone or _LABEL_NEXT_RE.match(text, m.end()):
            zone = ABBREVIATIONS[word]
    elif m["place"]:
        zone = _placed(m["place"], m["season"])
    elif m["english"]:
        zone = _placed(m["english"], m["english_season"])
    elif m["local"]:
        return None, m.end()
    return (zone, m.end()) if zone else (None, at)


def tzinfo_of(zone: Zone | None, tz: tzinfo) -> tzinfo:
    """What local times in the text are counted in; the outlet's `tz` when the text names no zone."""
    if zone is None:
        return tz
    if zone.offset_minutes is not None:
        return timezone(timedelta(minutes=zone.offset_minutes)) if zone.offset_minutes else UTC
    return ZoneInfo(zone.region or "UTC")


def to_utc(local: datetime, zone: Zone | None, tz: tzinfo) -> tuple[datetime, tuple[str, ...]]:
    """A naive local time as UTC, with the flags of the nights on which clocks change.

    Raises: OverflowError at the ends of the calendar.
    """
    counted_in = tzinfo_of(zone, tz)
    aware = local.replace(tzinfo=counted_in)
    value = aware.astimezone(UTC)
    if isinstance(counted_in, timezone):
        return value, _season_flags(value, zone, tz)
    offset, other = aware.utcoffset(), aware.replace(fold=1).utcoffset()
    if offset == other or offset is None or other is None:
        return value, ()
    # PEP 495: in a gap fold=0 has the offset before the change, the smaller one in spring.
    return value, ("ambiguous_hour",) if offset > other else ("nonexistent_hour",)


def _season_flags(value: datetime, zone: Zone | None, tz: tzinfo) -> tuple[str, ...]:
    if zone is None or zone.region is None:
        return ()
    said = timedelta(minutes=zone.offset_minutes or 0)
    usual = (value.astimezone(ZoneInfo(zone.region)).utcoffset(), value.astimezone(tz).utcoffset())
    return () if said in usual else ("out_of_season",)
