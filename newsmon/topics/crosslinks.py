"""Lines that send the reader elsewhere name a topic that the text has not: "Consultez notre dossier complet sur…"."""

from __future__ import annotations

import re
from typing import Literal

Reach = Literal["line", "label", "sentence"]
"""What a cross-link takes with it: its line; its line when a colon follows the phrase; its sentence."""

OPENERS: dict[Reach, tuple[str, ...]] = {
    "line": (
        "à lire aussi", "à lire également", "à lire ou à relire", "à relire", "lire aussi", "lire également",
        "lisez aussi", "lisez également", "à voir aussi", "à voir également", "voir aussi", "voir également",
        "à écouter aussi", "écoutez aussi", "à surtout lire sur", "consultez aussi", "consultez également",
        "sur le même sujet", "sur le même thème", "dans le même dossier", "articles recommandés", "articles liés",
        "à ne pas manquer", "autres articles", "autres textes", "nos autres articles", "read also", "also read",
    ),
    "label": ("à lire", "lire", "lisez", "à voir", "voir", "à écouter", "écoutez", "aussi", "dossier", "notre dossier"),
    "sentence": (
        "consultez notre dossier", "consultez notre section", "consultez notre page", "consultez tous nos",
        "consultez le dossier", "consultez l'ensemble de nos", "consulter notre dossier", "lire notre dossier",
        "lisez notre dossier", "lisez tous nos", "voir notre dossier", "voyez notre dossier", "suivez notre couverture",
        "suivez toute l'actualité", "suivez tous nos", "retrouvez tous nos", "retrouvez notre dossier",
        "retrouvez toute notre", "retrouvez l'ensemble de nos", "retrouvez ici", "tous nos articles sur",
        "tous nos textes sur", "tous nos contenus", "toutes nos nouvelles sur", "toute l'actualité sur",
        "plus de nouvelles sur", "d'autres nouvelles sur", "pour tout savoir sur", "abonnez-vous à notre infolettre",
        "inscrivez-vous à notre infolettre", "cliquez ici pour",
    ),
}  # fmt: skip

LONGEST = 250
"""Characters of a cross-link; what is longer is text."""
_LEAD = 12
"""Characters of bullets and quotes that may stand before a phrase that opens a line."""
_STOPS = ".!?…\n"
_STOP_RE = re.compile(r"[.!?…]+(?=\s|$)|\n|\Z")


def find_zone(source: str, start: int, end: int, reach: Reach) -> tuple[int, int] | None:
    """The stretch of `source` that a cross-link covers, or None when the phrase at start:end is in running text."""
    line_start = source.rfind("\n", max(0, start - _LEAD), start) + 1
    lead = source[max(line_start, start - _LEAD) : start]
    opens_line = (line_start > 0 or start < _LEAD) and not any(character.isalnum() for character in lead)
    line_end = source.find("\n", end, end + LONGEST + 1)
    if line_end < 0:
        line_end = min(len(source), end + LONGEST + 1)
    if reach == "sentence":
        before = source[max(0, start - _LEAD) : start].rstrip(" \t\xa0«»\"“”'’([•-–—*>▶►→")
        stop = _STOP_RE.search(source, end, line_end)
        line_end = stop.end() if stop else line_end
        opens = opens_line or before[-1:] in _STOPS
        return (start, line_end) if opens and line_end - start <= LONGEST else None
    if reach == "label" and not source[end : end + 3].lstrip().startswith(":"):
        return None
    return (line_start, line_end) if opens_line and line_end - line_start <= LONGEST else None
