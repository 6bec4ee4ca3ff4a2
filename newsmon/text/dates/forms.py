"""The forms of a date, as regular expressions over folded text.

Every branch ends with an empty group whose name is the rule (Match.lastgroup); GROUPS tells which groups hold its
day, month and year.
"""

from __future__ import annotations

import re

from newsmon.text.dates.names import MONTH

_DAY = "[0-9]{1,2}"
_ORDINAL = r"(?:[ ]?(?:ere?|re|eme|e|st|nd|rd|th|o|°))?"
_GAP = r"[ .,/-]{0,3}"
_JOIN = r"(?:\.?[ ]?|[/-])"
"""Between a day and its month; any other sign parts a number from a month: "no 3, mars 2022", "vol. 3 - mars 2022"."""
_OF = r"(?:(?:de|of) )?"
_YEAR = r"[12][0-9]{3}(?![0-9])"
_NOT_HOUR = r"(?![0-9])(?![ ]?(?:h|:[0-9]|[ap]\.?[ ]?m\b|(?:a|-)[ ]?[0-9]{2}(?![0-9]|[ ]?:)))"
"""After the two digits of a year: "27 mars 09 à 17 h" is a span of hours, "27 mars 20 à 9 h 21" is none."""
_LIST = r"(?:[ ]?(?:-|to|au|a|et|and|&)[ ]?"
_CLOCK = r"[0-9]{1,2}[ ]?[:h][ ]?[0-9]{2}(?::[0-9]{2})?(?: ?[a-z]{1,4}| [+-][0-9]{4})?"
_NOT_NUMBER = r"(?<![0-9])(?<![0-9][.,:/h])"

_WORDED = (
    rf"(?P<d1>{_DAY}){_ORDINAL}{_JOIN}{_OF}(?P<m1>{MONTH}){_GAP}{_OF}'?(?P<y1>{_YEAR})(?P<day_month_year>)"
    rf"|(?P<y2>{_YEAR})[ ,/-]{{1,3}}(?P<m2>{MONTH})[ .,/-]{{1,3}}(?P<d2>{_DAY}){_ORDINAL}(?![0-9:h])"
    r"(?P<year_month_day>)"
    rf"|(?P<d3>{_DAY}){_ORDINAL}{_JOIN}(?P<m3>{MONTH})\.?,? (?:a |at )?(?P<c3>{_CLOCK}),? (?P<y3>{_YEAR})"
    r"(?P<year_last>)"
)
_DIGITS = (
    rf"(?P<y4>[0-9]{{4}})(?P<s4>[ ]?[-/.][ ]?)(?P<m4>{_DAY})(?P=s4)(?P<d4>{_DAY})(?![0-9])(?!(?P=s4)[0-9])"
    r"(?P<iso_like>)"
    rf"|(?P<d5>{_DAY})(?P<s5>[ ]?[-/.][ ]?)(?P<m5>{_DAY})(?P=s5)(?P<y5>[0-9]{{4}})(?![0-9])(?!(?P=s5)[0-9])"
    r"(?P<numeric>)"
)
_MONTH_FIRST = (
    rf"(?P<m6>{MONTH}){_GAP}(?:the )?(?P<d6>{_DAY}){_ORDINAL}{_LIST}(?P<e6>{_DAY}){_ORDINAL})?[ ,./-]{{1,3}}"
    rf"(?P<y6>{_YEAR})(?P<month_day_year>)"
    rf"|(?P<m7>{MONTH})\.? (?P<d7>{_DAY}),? (?:a |at )?(?P<c7>{_CLOCK}),? (?P<y7>{_YEAR})(?P<asctime>)"
)
DATED = re.compile(
    rf"(?=[0-9]){_NOT_NUMBER}(?:{_WORDED}|(?<![0-9]-)(?:{_DIGITS}))|(?=[jfmasond])(?<![a-z])(?:{_MONTH_FIRST})"
)
"""Dates that bear a year of four digits: they may be searched anywhere."""
DATED_HERE = re.compile(f"{_WORDED}|{_DIGITS}|{_MONTH_FIRST}")
"""The same, at a known place: the end of a range stands right after a number."""

_MONTH_LINK = r"(?:[ ]?[-/][ ]?|[ ](?:a|et|to|and|au)[ ])"
_LOOSE_DIGITS = (
    rf"(?P<d3>{_DAY})/(?P<m3>{_DAY})/(?P<y3>[0-9]{{2}})(?![0-9]|/[0-9])(?P<slashes>)"
    rf"|(?P<d4>[0-9]{{2}})\.(?P<m4>[0-9]{{2}})\.(?P<y4>[0-9]{{2}})(?![0-9]|\.[0-9])(?P<dots>)"
    rf"|(?P<y5>[0-9]{{2}})-(?P<m5>[0-9]{{2}})-(?P<d5>[0-9]{{2}})(?![0-9-])(?P<dashes>)"
    rf"|(?P<y6>{_YEAR}) (?P<m6>[0-9]{{2}}) (?P<d6>[0-9]{{2}})(?![0-9])(?P<iso_blanks>)"
    rf"|(?P<d7>[0-9]{{2}}) (?P<m7>[0-9]{{2}}) (?P<y7>{_YEAR})(?P<numeric_blanks>)"
    rf"|(?P<y8>{_YEAR})[-/](?P<m8>0[1-9]|1[0-2])(?![0-9])(?P<year_month>)"
    rf"|(?P<m9>0[1-9]|1[0-2])/(?P<y9>{_YEAR})(?P<month_number_year>)"
)
_LOOSE_WORDS = (
    rf"(?P<d1>{_DAY}){_ORDINAL}{_JOIN}{_OF}(?P<m1>{MONTH})(?:[ ,./-]{{1,3}}'?|')(?P<y1>[0-9]{{2}}){_NOT_HOUR}"
    r"(?P<day_month_year_2>)"
    rf"|(?P<d2>{_DAY}){_ORDINAL}{_JOIN}{_OF}(?P<m2>{MONTH})\.?(?P<day_month>)"
)
_LOOSE_MONTHS = (
    rf"(?P<m10>{MONTH})\.?(?:(?:[ ](?P<x10>{_YEAR}))?{_MONTH_LINK}(?P<n10>{MONTH})\.?)?[ ,/-]{{1,2}}(?:de )?"
    rf"(?P<y10>{_YEAR})(?P<month_year>)"
    rf"|(?P<m11>{MONTH}){_GAP}(?P<d11>{_DAY}){_ORDINAL}(?:, ?'?|[ ]?')(?P<y11>[0-9]{{2}}){_NOT_HOUR}"
    r"(?P<month_day_year_2>)"
    rf"|(?P<m12>{MONTH}){_GAP}(?:the )?(?P<d12>{_DAY}){_ORDINAL}{_LIST}(?P<e12>{_DAY}){_ORDINAL})?(?![0-9])"
    rf"(?!{_GAP}{MONTH})(?P<month_day>)"
)
UNDATED = re.compile(
    rf"(?=[0-9]){_NOT_NUMBER}(?:{_LOOSE_WORDS}|(?<![0-9]-)(?:{_LOOSE_DIGITS}))|(?=[jfmasond])(?<![a-z])(?:{_LOOSE_MONTHS})"
)
"""Dates without a year, or with less than a full date: a string must hold nothing else."""
UNDATED_HERE = re.compile(f"{_LOOSE_WORDS}|{_LOOSE_DIGITS}|{_LOOSE_MONTHS}")


def _groups(pattern: re.Pattern[str]) -> dict[str, tuple[int, ...]]:
    """By rule: its groups are those that open after the rule before it and before its own, which is empty."""
    found: dict[str, tuple[int, ...]] = {}
    letters: dict[str, int] = {}
    for name, number in pattern.groupindex.items():
        if name.rstrip("0123456789") in set("ymdecxns"):
            letters[name[0]] = number
        else:
            found[name] = tuple(letters.get(letter, number) for letter in "ymdecxn")
            letters = {}
    return found


GROUPS = _groups(DATED) | _groups(UNDATED)
"""By rule: the groups of year, month, day, last day, clock, first year and last month.

What a rule does not have is its own empty group. The forms that end in _HERE number their groups as the others do.
"""

RANGE_HEAD = re.compile(
    rf"(?<![0-9:.,/])(?<!h)(?<!h )(?:(?P<day>{_DAY}){_ORDINAL}(?:, ?{_DAY}){{0,5}}(?:{_GAP}(?P<month>{MONTH})\.?)?"
    rf"|(?<![a-z])(?P<month_first>{MONTH})\.? (?P<day_after>{_DAY}){_ORDINAL})"
    r"(?P<link>[ ]?(?:-|/|&|(?:au|a|et|to|and|through|until|jusqu'au)(?= ))[ ]?)(?:(?:le|au|the) )?\Z"
)
"""The first half of a range that shares month or year with its second: "du 28 février au" 3 mars 2022."""
RANGE_TAIL = re.compile(r"[ ]?(?:-|/|(?:au|a|to|until|through|jusqu'au|et|and)(?= ))[ ]?(?:(?:le|au|du|the) )?")
