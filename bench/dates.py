"""Microseconds and right answers of date readers over the same strings, and what the second reader adds.

The strings are the open gold set of `shared/data` beside the checkout or, without it, those of the tests. Every
reader gets the outlet's zone and the time of reading where it can take them. A peer that is not installed is left
out and said so. Run: .venv/bin/python -m bench.dates
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from bench._rows import add_row
from newsmon.text.dates import read_date
from tests.text.date_cases import CASES, NOW, REFUSED, SECOND_READER
from tests.text.test_dates_properties import HOSTILE

GOLD = Path(__file__).parents[1] / "../shared/data/dates_open.jsonl"
REPEATS = 5


@dataclass(frozen=True)
class Case:
    text: str
    now: datetime
    tz: ZoneInfo
    expect: datetime | None
    kind: str
    precision: str | None


Answer = datetime | date | None
Reader = Callable[[Case], Answer]


@dataclass
class Tally:
    micros: list[float] = field(default_factory=list)
    exact: int = 0
    days: int = 0
    false: int = 0


def gold_cases() -> list[Case]:
    cases = []
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        expect = datetime.fromisoformat(row["expect"]) if row["expect"] else None
        now, tz = datetime.fromisoformat(row["now"]), ZoneInfo(row["tz"])
        cases.append(Case(row["text"], now, tz, expect, row["kind"], row["precision"]))
    return cases


def own_case(text: str, start: str, precision: str) -> Case:
    tz = ZoneInfo("America/Toronto")
    expect = datetime.fromisoformat(start)
    if expect.tzinfo is None:
        expect = expect.replace(tzinfo=tz)
    return Case(text, datetime.fromisoformat(NOW), tz, expect, "date", precision)


def own_cases() -> list[Case]:
    tz = ZoneInfo("America/Toronto")
    refused = [Case(text, datetime.fromisoformat(NOW), tz, None, "reject", None) for text in REFUSED]
    return [own_case(text, start, precision) for text, start, _, precision in CASES] + refused


def newsmon_reader() -> Reader:
    return lambda case: read_date(case.text, now=case.now, tz=case.tz).value


def dateparser_reader() -> Reader:
    import dateparser

    def read(case: Case) -> Answer:
        settings = {
            "TIMEZONE": case.tz.key,
            "RETURN_AS_TIMEZONE_AWARE": True,
            "RELATIVE_BASE": case.now.astimezone(case.tz).replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
        }
        found: datetime | None = dateparser.parse(case.text, languages=["fr"], settings=settings)
        return found

    return read


def htmldate_reader() -> Reader:
    from htmldate.extractors import try_date_expr

    try_date = getattr(try_date_expr, "__wrapped__", try_date_expr)  # it remembers its answers: nothing to time

    def read(case: Case) -> Answer:
        latest = case.now.replace(tzinfo=None) + timedelta(days=2)
        found = try_date(case.text, "%Y-%m-%d", True, datetime(1990, 1, 1), latest)
        return date.fromisoformat(found) if found else None

    return read


def dateutil_reader() -> Reader:
    from dateutil import parser

    class French(parser.parserinfo):
        MONTHS: ClassVar = [
            ("janvier", "janv", "jan", "january"), ("février", "févr", "fév", "fevrier", "feb", "february"),
            ("mars", "mar", "march"), ("avril", "avr", "apr", "april"), ("mai", "may"), ("juin", "jun", "june"),
            ("juillet", "juill", "juil", "jul", "july"), ("août", "aout", "aug", "august"),
            ("septembre", "sept", "sep", "september"), ("octobre", "oct", "october"),
            ("novembre", "nov", "november"), ("décembre", "déc", "decembre", "dec", "december"),
        ]  # fmt: skip
        WEEKDAYS: ClassVar = [
            ("lundi", "lun", "monday"), ("mardi", "tuesday"), ("mercredi", "mer", "wednesday"),
            ("jeudi", "jeu", "thursday"), ("vendredi", "ven", "friday"), ("samedi", "sam", "saturday"),
            ("dimanche", "dim", "sunday"),
        ]  # fmt: skip
        HMS: ClassVar = [
            ("h", "heure", "heures"),
            ("m", "min", "minute", "minutes"),
            ("s", "sec", "seconde", "secondes"),
        ]

    info = French(dayfirst=True)

    def read(case: Case) -> Answer:
        default = case.now.astimezone(case.tz).replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            return parser.parse(case.text, info, default=default, fuzzy=True)
        except (ValueError, OverflowError):
            return None

    return read


def score(answer: Answer, case: Case, tally: Tally) -> None:
    if case.expect is None:
        tally.false += answer is not None
        return
    if answer is None:
        return
    expected_day = case.expect.astimezone(case.tz).date()
    if not isinstance(answer, datetime):
        tally.days += answer == expected_day
        return
    aware = answer if answer.tzinfo else answer.replace(tzinfo=case.tz)
    same_day = aware.astimezone(case.tz).date() == expected_day
    coarse = case.kind == "relative" and case.precision in ("day", "month")
    tally.days += same_day
    tally.exact += same_day if coarse else aware.timestamp() == case.expect.timestamp()


def measure(reader: Reader, cases: Iterable[Case]) -> Tally:
    tally = Tally()
    reader(Case("17 janvier 2022", datetime.now(UTC), ZoneInfo("UTC"), None, "warm", None))
    for case in cases:
        best = float("inf")
        for _ in range(REPEATS):
            began = time.perf_counter()
            answer = reader(case)
            best = min(best, time.perf_counter() - began)
        tally.micros.append(best * 1e6)
        score(answer, case, tally)
    return tally


READERS: dict[str, Callable[[], Reader]] = {
    "newsmon": newsmon_reader,
    "dateparser (fr)": dateparser_reader,
    "htmldate (day only)": htmldate_reader,
    "dateutil (French names)": dateutil_reader,
}


def print_table(cases: Sequence[Case]) -> None:
    dated = sum(case.expect is not None for case in cases)
    print(f"{len(cases)} strings, {dated} of them dates; microseconds are the best of {REPEATS}\n")
    heads = ("median", 8), ("p95", 8), ("exact", 10), ("right day", 10), ("false dates", 12), ("times ours", 11)
    print(f"{'reader':<24} " + " ".join(f"{head:>{width}}" for head, width in heads))
    first: tuple[float, int] | None = None
    for name, make in READERS.items():
        try:
            reader = make()
        except ImportError:
            print(f"{name:<24} not installed")
            continue
        tally = measure(reader, cases)
        median, p95 = statistics.median(tally.micros), statistics.quantiles(tally.micros, n=20)[-1]
        if first is None:
            first = median, tally.days
        else:
            add_row("dates, median time of a string", first[0], "µs", peer=name, theirs=median, more_is_better=False)
            add_row("dates, right days", first[1], f"of {dated}", peer=name, theirs=tally.days, floor=1)
        exact = "-" if "day only" in name else f"{tally.exact}/{dated}"
        false = f"{tally.false}/{len(cases) - dated}"
        print(
            f"{name:<24} {median:>8.1f} {p95:>8.1f} {exact:>10} {f'{tally.days}/{dated}':>10} {false:>12}"
            f" {median / first[0]:>11.1f}"
        )


def print_hostile() -> None:
    now, tz = datetime.fromisoformat(NOW), ZoneInfo("America/Toronto")
    worst = (0.0, "")
    for piece in HOSTILE:
        case = Case((piece * 400)[:400], now, tz, None, "reject", None)
        worst = max(worst, (measure(newsmon_reader(), [case]).micros[0], piece))
    print(f"\nworst of {len(HOSTILE)} hostile strings of 400 characters: {worst[0]:.0f} us ({worst[1]!r} repeated)")


def print_second_reader(cases: Sequence[Case]) -> None:
    """What dateparser, asked last, adds to the grammar."""
    disordered = [own_case(text, start, precision) for text, start, _, precision in SECOND_READER]
    tally = measure(newsmon_reader(), disordered)
    asked = [read_date(case.text, now=case.now, tz=case.tz).rule == "dateparser" for case in disordered]
    used = sum(read_date(case.text, now=case.now, tz=case.tz).rule == "dateparser" for case in cases)
    print(
        f"second reader: answers {used} of the {len(cases)} strings above; of {len(disordered)} dates in disorder"
        f" ({disordered[1].text!r}, {disordered[-1].text!r}) the grammar reads {len(asked) - sum(asked)}, with"
        f" dateparser {tally.exact}, at {statistics.median(tally.micros):.0f} us each"
    )


def main() -> None:
    warnings.simplefilter("ignore")  # peers warn of what they will change
    if GOLD.exists():
        cases = gold_cases()
    else:
        print(
            "no shared/data/dates_open.jsonl beside the checkout: the strings of the tests are read instead",
            file=sys.stderr,
        )
        cases = own_cases()
    print_table(cases)
    print_hostile()
    print_second_reader(cases)


if __name__ == "__main__":
    main()
