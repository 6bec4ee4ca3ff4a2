"""Words, numbers and days as a French or an English reader wants them; the texts are in texts.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from newsmon.reports.named import Language

TEXTS = Path(__file__).parent / "texts.toml"
NARROW = "\u202f"
NO_BREAK = "\u00a0"

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SHORT = {
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


@cache
def texts() -> dict[str, dict[str, Any]]:
    """By language and key; [values] by column and code. French signs have the blanks that French sets them off by."""
    read = tomllib.loads(TEXTS.read_text("utf-8"))
    read["fr"] = {key: re.sub(r" (?=[:;?!»])|(?<=«) ", NO_BREAK, text) for key, text in read["fr"].items()}
    return read


@dataclass(frozen=True, slots=True)
class Wording:
    """One language."""

    language: Language

    def __call__(self, key: str, **given: Any) -> str:
        """The text of that key, with `{name}` filled in."""
        text: str = texts()[self.language][key]
        return text.format(**given) if given else text

    def counted(self, key: str, n: int) -> str:
        """`n` with the noun of that key, written `singular|plural`: in French 0 and 1 are singular."""
        return f"{self.number(n)}{NO_BREAK}{self.form(key, n)}"

    def form(self, key: str, n: int) -> str:
        """The word of that key alone, as `n` wants it."""
        one, many = self(key).split("|")
        return one if n == 1 or (n == 0 and self.language == "fr") else many

    def value(self, column: str, code: str) -> str:
        """A code of the database in words; the code itself where it has none."""
        word: str = texts()["values"].get(column, {}).get(code, {}).get(self.language, code)
        return word

    def number(self, n: float, decimals: int = 0) -> str:
        text = f"{n:,.{decimals}f}"
        if self.language == "en":
            return text
        return text.replace(",", NARROW).replace(".", ",")

    def percent(self, part: float, whole: float) -> str:
        """A share of `whole`, with its sign; a dash where there is no whole."""
        if not whole:
            return "–"
        return self.number(100 * part / whole, 1) + (f"{NO_BREAK}%" if self.language == "fr" else "%")

    def day(self, day: date) -> str:
        """In full: "1er mars 2022"."""
        first = "1er" if day.day == 1 and self.language == "fr" else str(day.day)
        return f"{first}{NO_BREAK}{_MONTHS[self.language][day.month - 1]}{NO_BREAK}{day.year}"

    def short_day(self, day: date) -> str:
        """For tables: "1 mars 2022"."""
        return f"{day.day}{NO_BREAK}{_SHORT[self.language][day.month - 1]}{NO_BREAK}{day.year}"

    def month(self, day: date, *, year: bool) -> str:
        """For an axis: "mars 2022", "mars"."""
        name = _SHORT[self.language][day.month - 1]
        return f"{name}{NO_BREAK}{day.year}" if year else name

    def instant(self, at: datetime) -> str:
        """In UTC: "1 mars 2022, 14 h 05"."""
        clock = f"{at.hour}{NO_BREAK}h{NO_BREAK}{at.minute:02}" if self.language == "fr" else f"{at:%H:%M}"
        return f"{self.short_day(at.date())}, {clock}"

    def delay(self, minutes: float) -> str:
        """ "35 min", "3 h 05", "2 j 4 h"."""
        days, rest = divmod(round(minutes), 24 * 60)
        hours, left = divmod(rest, 60)
        if days:
            return f"{days}{NO_BREAK}{self('day_sign')}{NO_BREAK}{hours}{NO_BREAK}h"
        return f"{hours}{NO_BREAK}h{NO_BREAK}{left:02}" if hours else f"{left}{NO_BREAK}min"
