"""Days and years written in letters, put into digits: "dix-sept janvier deux mille vingt-deux"."""

from __future__ import annotations

import re

from newsmon.text.dates.names import DAY_WORDS, MONTH, ORDINALS, YEAR_WORDS, alternation


def _words(names: dict[str, int]) -> str:
    """An alternation in which a hyphen may be a blank: spelling reforms and tired hands."""
    return alternation(names).replace(r"\-", "[ -]")


_MONTH_RE = re.compile(rf"(?<![a-z]){MONTH}")
_DAY_MONTH_RE = re.compile(rf"(?<![a-z-])(?P<day>{_words(DAY_WORDS)})(?= (?:de |of )?{MONTH})")
_MONTH_DAY_RE = re.compile(rf"(?<![a-z])(?P<month>{MONTH} (?:the )?)(?P<day>{_words(ORDINALS)})(?![a-z-])")
_YEAR_RE = re.compile(
    rf"(?<![a-z])(?:(?:deux[ -]mille|two thousand)(?:[ -](?:and )?(?P<after_2000>{_words(YEAR_WORDS)}))?"
    rf"|mil(?:le)?[ -]neuf[ -]cents?[ -](?P<after_1900>{_words(YEAR_WORDS)}))(?![a-z-])"
)


def _number(word: str, numbers: dict[str, int]) -> int:
    return numbers[word.replace(" ", "-")]


def _year(m: re.Match[str]) -> str:
    if m["after_1900"]:
        return str(1900 + _number(m["after_1900"], YEAR_WORDS))
    return str(2000 + (_number(m["after_2000"], YEAR_WORDS) if m["after_2000"] else 0))


def put_in_digits(text: str) -> str | None:
    """A folded text with the numbers of its date in digits; None when it names no month or spells no number."""
    if not _MONTH_RE.search(text):
        return None
    digits = _YEAR_RE.sub(_year, text)
    digits = _DAY_MONTH_RE.sub(lambda m: str(_number(m["day"], DAY_WORDS)), digits)
    digits = _MONTH_DAY_RE.sub(lambda m: f"{m['month']}{_number(m['day'], ORDINALS)}", digits)
    return digits if digits != text else None
