"""Months, weekdays and numbers as French and English news print them, folded."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A question mark or U+FFFD stands where a page lost an accent: "f?vrier".
_MONTH_NAMES = (
    "janvier january janv jan",
    "fevrier february fevr febr fev feb f?vrier f?vr f?v f\ufffdvrier f\ufffdvr f\ufffdv",
    "mars march mar",
    "avril april avr apr",
    "mai may",
    "juin june jun",
    "juillet juill juil july jul",
    "aout august aou aug ao?t ao\ufffdt",
    "septembre september sept sep",
    "octobre october octob oct",
    "novembre november nov",
    "decembre december dec d?cembre d?c d\ufffdcembre d\ufffdc",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_WEEKDAY_NAMES = (
    "lundi monday lun mon lu",
    "mardi tuesday mar tue tues ma",
    "mercredi wednesday merc mer wed weds me",
    "jeudi thursday jeu thu thur thurs je",
    "vendredi friday vend ven fri ve",
    "samedi saturday sam sat sa",
    "dimanche sunday dim sun di",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
FULL_WEEKDAYS = tuple(name for name in WEEKDAYS if name.endswith(("di", "day", "che")) and len(name) > 3)


def alternation(names: Iterable[str]) -> str:
    """A regular expression of the names, grouped by first letter, longest first: quick to fail."""
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        groups.setdefault(name[0], []).append(re.escape(name[1:]))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()) + ")"


MONTH = rf"(?:{alternation(MONTHS)}(?![a-z]))"
WEEKDAY = rf"(?:{alternation(WEEKDAYS)}(?![a-z]))"
FULL_WEEKDAY = rf"(?:{alternation(FULL_WEEKDAYS)}(?![a-z]))"

_FRENCH_UNITS = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_ENGLISH_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)  # fmt: skip


def _french_numbers() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_FRENCH_UNITS)}
    for tens, word in _FRENCH_TENS.items():
        numbers[word + "s" if tens == 80 else word] = tens
        for unit in range(1, 20 if tens in (60, 80) else 10):
            link = "-et-" if unit in (1, 11) and tens != 80 else "-"
            numbers[f"{word}{link}{_FRENCH_UNITS[unit]}"] = tens + unit
    return numbers


def _english_numbers() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_ENGLISH_UNITS)}
    for tens, word in enumerate(_ENGLISH_TENS, 2):
        numbers[word] = tens * 10
        numbers.update({f"{word}-{_ENGLISH_UNITS[unit]}": tens * 10 + unit for unit in range(1, 10)})
    return numbers


def _ordinals() -> dict[str, int]:
    ordinals = {word: value for value, word in enumerate(_ENGLISH_ORDINALS) if value}
    ordinals |= {f"twenty-{_ENGLISH_ORDINALS[unit]}": 20 + unit for unit in range(1, 10)}
    return ordinals | {"twentieth": 20, "thirtieth": 30, "thirty-first": 31, "premier": 1}


NUMBERS = _english_numbers() | _french_numbers() | {"une": 1, "a": 1, "an": 1}
"""Folded, hyphenated ("vingt-et-un"): as NUMBER matches them."""
ORDINALS = _ordinals()
"""1 to 31, as an English day is spelled; French spells only the first of a month so."""
DAY_WORDS = {word: value for word, value in _french_numbers().items() if 1 <= value <= 31} | ORDINALS
YEAR_WORDS = {word: value for word, value in _french_numbers().items() if value}

NUMBER = rf"(?:[0-9]{{1,4}}|{alternation(NUMBERS).replace(chr(92) + '-', '[ -]')}(?![a-z]))"
"""A number in digits or letters, for read_number."""


def read_number(text: str) -> int:
    """0 to 9999 in digits, 0 to 99 in French or English words: what NUMBER matched. Raises: KeyError for else."""
    if text.isdigit():
        return int(text)
    return NUMBERS[text.replace(" ", "-")]
