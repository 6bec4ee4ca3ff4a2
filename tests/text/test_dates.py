"""Date strings: what each means, what is refused, what is doubtful."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

from newsmon.text.dates import FLAGS, DateReading, read_date
from tests.text.date_cases import CASES, NOW, REFUSED, SECOND_READER

MONTREAL = ZoneInfo("America/Toronto")


def read(text: str, *, now: str = NOW, tz: str = "America/Toronto") -> DateReading:
    return read_date(text, now=datetime.fromisoformat(now), tz=ZoneInfo(tz))


def utc(local: str, tz: str = "America/Toronto") -> datetime:
    when = datetime.fromisoformat(local)
    return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo(tz))).astimezone(UTC)


@pytest.mark.parametrize(("text", "start", "end", "precision"), [*CASES, *SECOND_READER])
def test_reads(text: str, start: str, end: str, precision: str) -> None:
    reading = read(text)
    assert reading.value == utc(start), reading
    assert reading.until == (utc(end) if end else None)
    assert reading.precision == precision
    assert reading.value is not None and reading.value.tzinfo is UTC
    assert not reading.rule.startswith("refused")
    assert set(reading.flags) <= set(FLAGS)


@pytest.mark.parametrize("text", [*REFUSED, "", " ", "\n\t", "\u00a0", "\u200b", "<p></p>", "<!-- 5 avril 2023 -->"])
def test_refuses(text: str) -> None:
    reading = read(text)
    assert reading.value is None, reading
    assert reading.rule.startswith("refused: ")
    assert (reading.precision, reading.role, reading.zone_from, reading.until) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("2023", "a year alone"),
        ("avril", "a month alone"),
        ("14 h 30", "a time alone"),
        ("45 minutes", "a duration"),
        ("30 février 2023", "no such day"),
        ("5 avril 1867", "before 1990"),
        ("5 avril 2123", "after now + 2 days"),
        ("05-04-23", "day, month and year cannot be told apart"),
        ("2011-12", "a month or a season"),
        ("Il y a 25 ans", "more than nine years ago"),
        ("Lundi : 9 h - 17 h", "opening hours"),
        ("Trois-Rivières", "no date in it"),
    ],
)
def test_a_refusal_says_why(text: str, why: str) -> None:
    assert read(text).rule == f"refused: {why}"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("5 avril 2023", None),
        ("Publié le 5 avril 2023", "published"),
        ("Publié le : 5 avril 2023", "published"),
        ("PUBLIÉE LE 5 AVRIL 2023", "published"),
        ("Date de publication : 2023-04-05", "published"),
        ("Paru le 5 avril 2023", "published"),
        ("Mis en ligne le 5 avril 2023", "published"),
        ("Posté le 5 avril 2023", "published"),
        ("Published on April 5, 2023 by John Doe", "published"),
        ("First published: April 5, 2023", "published"),
        ("Publié et mis à jour le 5 avril 2023", "published"),
        ("Cet article a été publié le 5 avril 2023", "published"),
        ("Mis à jour le 5 avril 2023", "modified"),
        ("Mise à jour : 5 avril 2023", "modified"),
        ("Dernière mise à jour le 5 avril 2023", "modified"),
        ("MAJ 5 avril 2023", "modified"),
        ("Modifié le 5 avril 2023", "modified"),
        ("Dernière modification : 2023-04-05", "modified"),
        ("Date de modification : 2023-04-05", "modified"),
        ("Actualisé le 5 avril 2023", "modified"),
        ("Corrigé le 5 avril 2023", "modified"),
        ("Last updated: April 5, 2023", "modified"),
        ("Publié il y a 3 heures", "published"),
        ("Modifié il y a 3 heures", "modified"),
        ("Publié le 5 mars", "published"),
        ("Publié à 8 h 12", "published"),
        ("Mis à jour hier", "modified"),
    ],
)
def test_a_label_gives_the_role(text: str, role: str | None) -> None:
    reading = read(text)
    assert reading.value is not None
    assert reading.role == role


@pytest.mark.parametrize(
    ("text", "start", "role"),
    [
        ("Publié le 5 avril 2023 | Mis à jour le 6 avril 2023", "2023-04-05", "published"),
        ("Mis à jour le 6 avril 2023 | Publié le 5 avril 2023", "2023-04-05", "published"),
        ("Mis à jour le 6 avril 2023 à 8 h (publié le 5 avril 2023)", "2023-04-05", "published"),
        ("Publié le 5 avril 2023 à 16h05Mis à jour le 6 avril 2023 à 9h00", "2023-04-05T16:05", "published"),
        ("Publié le 5 avril 2023 à 4 h 16 Mis à jour à 8 h 02", "2023-04-05T04:16", "published"),
        ("mercredi 5 avril 2023 13:45 | mis à jour le 6 avril 2023 13:49", "2023-04-05T13:45", None),
        ("Mise à jour le 6 avril 2023 · 5 avril 2023", "2023-04-05", None),
        ("Mis à jour hier à 8 h | Publié lundi à 21 h 40", "2024-03-18T21:40", "published"),
        ("Mis à jour le 19 mars 2024 | Publié lundi", "2024-03-18", "published"),
        ("Mis à jour à 8 h 12 | Publié à 6 h 30", "2024-03-20T06:30", "published"),
        ("Publié à 6 h 30. Mis à jour à 8 h 12.", "2024-03-20T06:30", "published"),
        # the time alone does not tell of which day
        ("Mis à jour le 19 mars 2024 | Publié à 6 h 30", "2024-03-19", "modified"),
        ("Publié le 5 avril 2023, modifié le 30 février 2023", "2023-04-05", "published"),
        ("Fondé le 3 mars 1912 | 5 avril 2023", "2023-04-05", None),
        ("5 avril 2023 et 7 avril 2023", "2023-04-05", None),
    ],
)
def test_published_beats_unlabelled_beats_modified(text: str, start: str, role: str | None) -> None:
    reading = read(text)
    assert (reading.value, reading.role) == (utc(start), role)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("5 avril 2023", ()),
        ("mercredi 5 avril 2023", ()),
        ("lundi 5 avril 2023", ("weekday_contradicts",)),
        ("mer. 5 mars", ("year_inferred", "weekday_contradicts")),
        ("5 mars", ("year_inferred",)),
        ("05/04/2023", ("day_first_assumed",)),
        ("05/05/2023", ()),
        ("25/04/2023", ()),
        ("04/25/2023", ("month_first",)),
        ("25/04/23", ("century_inferred",)),
        ("5 avr. 23", ("century_inferred",)),
        ("3 novembre 2024", None),
        ("5 novembre 2023 à 1 h 30", ("ambiguous_hour",)),
        ("5 novembre 2023 à 1 h 30 HNE", ()),
        ("5 novembre 2023", ()),
        ("12 mars 2023 à 2 h 30", ("nonexistent_hour",)),
        ("12 mars 2023 à 3 h", ()),
        ("5 juillet 2023 à 8 h 30 HNE", ("out_of_season",)),
        ("5 février 2023 à 8 h 30 EDT", ("out_of_season",)),
        ("5 février 2023 à 8 h 30 EST", ()),
        ("20 mars 2024 à 16 h", ("after_now",)),
        ("21 mars 2024", ("after_now",)),
        ("il y a 2 semaines", ("approximate",)),
        ("dix-huit mars 2024", ("spelled",)),
        ("2023, le 5 (avril)", ("second_reader",)),
    ],
)
def test_what_is_doubtful_is_flagged(text: str, flags: tuple[str, ...] | None) -> None:
    reading = read(text)
    if flags is None:
        assert reading.value is None
    else:
        assert reading.flags == flags


@pytest.mark.parametrize(
    ("text", "zone_from"),
    [
        ("5 avril 2023", "outlet"),
        ("5 avril 2023 à 8 h", "outlet"),
        ("5 avril 2023 à 8 h, heure locale", "outlet"),
        ("5 avril 2023 à 8 h HE", "text"),
        ("2023-04-05T08:00:00Z", "text"),
        ("2023-04-05T08:00:00-04:00", "text"),
        ("1680705000", "utc"),
        ("hier à 8 h HE", "text"),
        ("il y a 3 heures", "outlet"),
    ],
)
def test_says_where_the_zone_came_from(text: str, zone_from: str) -> None:
    assert read(text).zone_from == zone_from


@pytest.mark.parametrize(
    ("text", "now", "tz", "start"),
    [
        # a day is the outlet's
        ("5 avril 2023", NOW, "America/St_Johns", "2023-04-05T00:00-02:30"),
        ("5 avril 2023", NOW, "America/Moncton", "2023-04-05T00:00-03:00"),
        ("5 juillet 2023 à 8 h", NOW, "America/Regina", "2023-07-05T08:00-06:00"),
        ("5 juillet 2019 à 8 h", NOW, "America/Whitehorse", "2019-07-05T08:00-07:00"),
        ("5 février 2019 à 8 h", NOW, "America/Whitehorse", "2019-02-05T08:00-08:00"),
        ("5 février 2023 à 8 h", NOW, "America/Whitehorse", "2023-02-05T08:00-07:00"),
        ("5 avril 2023 à 8 h HE", NOW, "America/Moncton", "2023-04-05T08:00-04:00"),
        ("5 avril 2023 à 8 h", NOW, "Europe/Paris", "2023-04-05T08:00+02:00"),
        # the outlet's yesterday, whatever the zone of now
        ("hier", "2024-03-20T01:00:00+00:00", "America/Toronto", "2024-03-18T00:00-04:00"),
        ("hier", "2024-03-20T05:00:00+00:00", "America/Toronto", "2024-03-19T00:00-04:00"),
        ("hier", "2024-03-20T02:15:00+00:00", "America/St_Johns", "2024-03-18T00:00-02:30"),
        ("hier", "2024-03-20T02:45:00+00:00", "America/St_Johns", "2024-03-19T00:00-02:30"),
        ("aujourd'hui à 21 h 05", "2024-03-20T02:00:00+00:00", "America/Toronto", "2024-03-19T21:05-04:00"),
        # the nights on which clocks change: elapsed hours, calendar days
        ("il y a 3 heures", "2024-03-10T04:00:00-04:00", "America/Toronto", "2024-03-10T00:00-05:00"),
        ("il y a 3 heures", "2023-11-05T03:00:00-05:00", "America/Toronto", "2023-11-05T01:00-04:00"),
        ("hier à 21 h", "2024-03-10T12:00:00-04:00", "America/Toronto", "2024-03-09T21:00-05:00"),
        ("il y a 1 jour", "2024-03-11T00:30:00-04:00", "America/Toronto", "2024-03-10T00:00-05:00"),
        ("5 novembre 2023 à 1 h 30", NOW, "America/Toronto", "2023-11-05T01:30-04:00"),
        ("5 novembre 2023 à 1 h 30 HNE", NOW, "America/Toronto", "2023-11-05T01:30-05:00"),
        ("12 mars 2023 à 2 h 30", NOW, "America/Toronto", "2023-03-12T02:30-05:00"),
        # across the new year and the leap day
        ("31 décembre à 23 h", "2024-01-01T00:10:00-05:00", "America/Toronto", "2023-12-31T23:00-05:00"),
        ("29 février", "2023-06-01T12:00:00-04:00", "America/Toronto", "2020-02-29T00:00-05:00"),
        ("il y a 1 mois", "2024-03-31T12:00:00-04:00", "America/Toronto", "2024-02-29T00:00-05:00"),
        ("Publié à 23 h 50", "2024-03-20T00:05:00-04:00", "America/Toronto", "2024-03-19T23:50-04:00"),
        # the time is Newfoundland's, where the next day has begun
        ("Publié à 0 h 20 HT", "2024-03-19T23:00:00-04:00", "America/Toronto", "2024-03-20T00:20-02:30"),
    ],
)
def test_counts_in_the_outlets_zone(text: str, now: str, tz: str, start: str) -> None:
    assert read(text, now=now, tz=tz).value == utc(start)


def test_the_future_is_refused_after_two_days() -> None:
    assert read("22 mars 2024 à 10 h 30").value == utc("2024-03-22T10:30")
    assert read("22 mars 2024 à 10 h 31").rule == "refused: after now + 2 days"
    assert read("2024-03-22T14:30:01Z").value is None
    assert read("1990-01-01T00:00:00Z").value == datetime(1990, 1, 1, tzinfo=UTC)
    assert read("1989-12-31T23:59:59Z").rule == "refused: before 1990"


def test_a_naive_now_is_the_outlets() -> None:
    assert read_date("il y a 3 heures", now=datetime(2024, 3, 20, 10, 30), tz=MONTREAL).value == utc("2024-03-20T07:30")


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert read("mot " * 100 + "5 avril 2023").value == utc("2023-04-05")
    assert read("mot " * 1000 + "5 avril 2023").value is None


def test_undated_forms_must_be_all_that_the_text_says() -> None:
    for text in ("5 mars", "hier à 21 h 40", "il y a 3 heures", "mardi", "avril 2023", "25/04/23"):
        assert read(text).value is not None
        assert read(f"On a vu que {text} rien ne bougeait").value is None
        assert read(f"{text} rien ne bougeait").value is None


def test_dateparser_is_not_imported_until_it_is_needed() -> None:
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from zoneinfo import ZoneInfo\n"
        "from newsmon.text.dates import read_date\n"
        "now, tz = datetime(2024, 3, 20, tzinfo=UTC), ZoneInfo('America/Toronto')\n"
        "for text in ('5 avril 2023', 'hier', '30 février 2023', 'Avril Untel', '2024-03-20', '3 hours ago'):\n"
        "    read_date(text, now=now, tz=tz)\n"
        "assert 'dateparser' not in sys.modules, 'imported too early'\n"
        "assert read_date('2023, le 5 (avril)', now=now, tz=tz).rule == 'dateparser'\n"
        "assert 'dateparser' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_dateparser_agrees_with_the_grammar() -> None:
    """An oracle: what both read of plain French dates is the same day."""
    import dateparser

    day = date(2019, 1, 1)
    while day.year < 2021:
        text = format_date(day, "long", locale="fr_CA")
        other = dateparser.parse(text, languages=["fr"])
        reading = read(text)
        assert other is not None and reading.value is not None
        assert reading.value.astimezone(MONTREAL).date() == other.date() == day
        day += timedelta(days=11)
