"""Distances from now: "il y a 3 heures", "il y a une demi-heure", "2 days ago", "à l'instant", "la semaine dernière".

Hours and minutes are elapsed time, whatever the clocks did meanwhile; days, weeks, months and years are counted on
the calendar of the outlet.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from newsmon.items import Precision
from newsmon.text.dates.building import Frame, build, guard
from newsmon.text.dates.names import NUMBER, alternation, read_number
from newsmon.text.dates.reading import DateReading, refuse
from newsmon.text.dates.zones import to_utc

_LONGEST_YEARS = 9
""""Il y a 10 ans" and beyond is the title of a column of memories."""


class _Unit(NamedTuple):
    precision: Precision
    seconds: int = 0
    days: int = 0
    months: int = 0


_MINUTE = _Unit("minute", seconds=60)
_UNITS: dict[str, _Unit] = {
    **dict.fromkeys(("secondes", "seconde", "seconds", "second", "secs", "sec", "s"), _Unit("minute", seconds=1)),
    **dict.fromkeys(("minutes", "minute", "mins", "min", "mns", "mn"), _MINUTE),
    **dict.fromkeys(("heures", "heure", "hours", "hour", "hrs", "hr", "h"), _Unit("hour", seconds=3600)),
    **dict.fromkeys(("jours", "jour", "jrs", "j", "days", "day", "d"), _Unit("day", days=1)),
    **dict.fromkeys(("semaines", "semaine", "sem", "weeks", "week", "wks", "wk", "w"), _Unit("day", days=7)),
    **dict.fromkeys(("mois", "months", "month", "mos", "mo"), _Unit("month", months=1)),
    **dict.fromkeys(("annees", "annee", "ans", "an", "years", "year", "yrs", "yr", "y"), _Unit("month", months=12)),
}
_ROUND_NUMBERS = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "couple": 2,
}  # fmt: skip
_Amounts = Sequence[tuple[int, _Unit]]

_UNIT = rf"{alternation(_UNITS)}(?![a-z])\.?"
_ABOUT = (
    r"(?:(?:environ|pres (?:de|d')|presque|a peine|a peu pres|exactement|autour de|quelque"
    r"|(?:un peu )?(?:plus|moins) (?:de|d')|about|around|almost|nearly|over|(?:just )?under|(?:more|less) than"
    r"|approximately) ?)?"
)
_SECOND_AMOUNT = (
    rf"(?:,? (?:et )?(?P<n2>{NUMBER})[ ]?(?P<u2>{_UNIT})|[ ]?(?P<minutes>[0-9]{{1,2}})(?![0-9a-z])"
    r"| et (?P<half>demie?)(?![a-z]))?"
)
_FRENCH = (
    rf"il y a {_ABOUT}(?:(?P<n1>{NUMBER})[ ]?(?P<u1>{_UNIT}){_SECOND_AMOUNT}"
    rf"|une? (?P<round>{alternation(_ROUND_NUMBERS)}) (?:de |d')(?P<u_round>{_UNIT})"
    r"|(?:une )?(?P<half_hour>demi[ -]heure)|(?P<quarters>un|trois) quarts? d'heure)(?P<ago>)"
)
_ENGLISH = (
    rf"{_ABOUT}(?:(?P<e_n1>{NUMBER})[ ]?(?P<e_u1>{_UNIT}|m)(?:,? (?:and )?(?P<e_n2>{NUMBER})[ ]?(?P<e_u2>{_UNIT}|m))?"
    rf"|(?P<e_half_hour>half an hour|a half hour)|a couple (?:of )?(?P<e_couple>{_UNIT})) ago(?P<english_ago>)"
)
_INSTANT = (
    r"(?:a l'instant(?: meme)?|il y a (?:a peine )?(?:un instant|quelques (?:instants|moments|secondes))"
    r"|il y a moins d'une minute|just now|(?:a )?(?:few )?(?:moments?|seconds) ago|less than a minute ago)(?P<instant>)"
)
_FEW_MINUTES = (
    r"(?:il y a (?:quelques minutes|moins d'une heure)|(?:a )?few minutes ago|less than an hour ago)(?P<few_minutes>)"
)
_PERIOD = (
    r"(?:(?P<week>la semaine (?:derniere|passee)|last week)|(?P<month>le mois (?:dernier|passe)|last month)"
    r"|(?:l'an (?:dernier|passe)|l'annee (?:derniere|passee)|last year))(?![a-z])(?P<period>)"
)
AGO = re.compile(rf"(?<![a-z0-9'-])(?:{_INSTANT}|{_FEW_MINUTES}|{_FRENCH}|{_PERIOD}|{_ENGLISH})")
"""A distance from now; a string must hold nothing else but its label."""
AGO_WORDS = ("il y a ", " ago", "instant", "just now", "dernier", "passe", "last ")
"""Without one of these a text holds no distance: cheaper to ask than AGO."""


def _months_back(day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _distance(amounts: _Amounts, frame: Frame, rule: str, flags: tuple[str, ...] = ()) -> DateReading:
    elapsed = timedelta(seconds=sum(n * unit.seconds for n, unit in amounts))
    days = sum(n * unit.days for n, unit in amounts)
    months = sum(n * unit.months for n, unit in amounts)
    precision = amounts[-1][1].precision
    if months > 12 * _LONGEST_YEARS:
        return refuse("more than nine years ago")
    day = _months_back(frame.today, months)
    if day is None or (day - date.min).days <= days + elapsed.days:
        return refuse("before 1990")
    day -= timedelta(days=days)
    if (months or days >= 7) and not flags:
        flags = ("approximate",)
    if not any(unit.seconds for _, unit in amounts):
        return build(day, None, frame, rule=rule, precision=precision, flags=flags)
    at = frame.now if day == frame.today else to_utc(datetime.combine(day, frame.local_now.time()), None, frame.tz)[0]
    return guard(DateReading(at - elapsed, precision, None, rule, "outlet", flags), frame.now)


def _unit(word: str) -> _Unit:
    return _MINUTE if word == "m" else _UNITS[word.rstrip(".")]


def _read_french(m: re.Match[str], frame: Frame) -> DateReading:
    if m["half_hour"]:
        return _distance([(30, _MINUTE)], frame, "ago")
    if m["quarters"]:
        return _distance([(15 if m["quarters"] == "un" else 45, _MINUTE)], frame, "ago")
    if m["round"]:
        return _distance([(_ROUND_NUMBERS[m["round"]], _unit(m["u_round"]))], frame, "ago", ("approximate",))
    amounts = [(read_number(m["n1"]), _unit(m["u1"]))]
    if m["n2"]:
        amounts.append((read_number(m["n2"]), _unit(m["u2"])))
    elif m["minutes"] or m["half"]:
        if amounts[0][1].seconds != 3600:
            return refuse("not a date")
        amounts.append((int(m["minutes"] or 30), _MINUTE))
    return _distance(amounts, frame, "ago")


def _read_english(m: re.Match[str], frame: Frame) -> DateReading:
    if m["e_half_hour"]:
        return _distance([(30, _MINUTE)], frame, "ago")
    if m["e_couple"]:
        return _distance([(2, _unit(m["e_couple"]))], frame, "ago", ("approximate",))
    amounts = [(read_number(m["e_n1"]), _unit(m["e_u1"]))]
    if m["e_n2"]:
        amounts.append((read_number(m["e_n2"]), _unit(m["e_u2"])))
    return _distance(amounts, frame, "ago")


def _read_instant(_: re.Match[str], frame: Frame) -> DateReading:
    return guard(DateReading(frame.now, "minute", None, "instant", "outlet"), frame.now)


def _read_few_minutes(_: re.Match[str], frame: Frame) -> DateReading:
    return guard(DateReading(frame.now, "hour", None, "instant", "outlet", ("approximate",)), frame.now)


def _read_period(m: re.Match[str], frame: Frame) -> DateReading:
    """Last week, month or year: the same day in it, known no better than the month."""
    day = frame.today - timedelta(days=7) if m["week"] else _months_back(frame.today, 1 if m["month"] else 12)
    if day is None:
        return refuse("before 1990")
    return build(day, None, frame, rule="period", precision="month", flags=("approximate",))


_READERS: dict[str, Callable[[re.Match[str], Frame], DateReading]] = {
    "ago": _read_french,
    "english_ago": _read_english,
    "instant": _read_instant,
    "few_minutes": _read_few_minutes,
    "period": _read_period,
}


def read_ago(m: re.Match[str], frame: Frame) -> DateReading:
    """The reading of a match of AGO."""
    return _READERS[m.lastgroup or ""](m, frame)
