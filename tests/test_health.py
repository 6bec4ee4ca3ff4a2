"""An outlet that fails, goes silent, thin, or loses a field: said with since when and since which fetch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from newsmon.health import AFTER, BEFORE, Trouble, find_break, troubles
from newsmon.items import Author
from newsmon.store.health import Asked, Facts, Seen, Visited, facts, keep_health
from newsmon.store.runs import FetchRow, record_fetches, record_outlet_run, start_run
from tests.store.conftest import Store
from tests.store.making import BODY, made

TZ = ZoneInfo("America/Toronto")
MONDAY = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
ALL = frozenset({"date", "author", "deck", "section", "caption"})


def _facts(
    counts: list[int], *, words: Any = lambda n: 400, fields: Any = lambda n: ALL, visited: Any = lambda day: True
) -> Facts:
    """An outlet that brings so many articles on each day from a Monday on, visited every day."""
    articles: list[Seen] = []
    for day, count in enumerate(counts):
        for n in range(count):
            number = len(articles)
            at = MONDAY + timedelta(days=day, minutes=n)
            articles.append(Seen(at, f"https://essai.example/{number}", words(number), fields(number)))
    visits = [Visited(MONDAY + timedelta(days=day), "ok", None) for day in range(len(counts)) if visited(day)]
    return Facts("essai", TZ, visits, articles, [])


def _found(facts: Facts, *, days: int) -> list[Trouble]:
    return list(troubles(facts, now=MONDAY + timedelta(days=days)))


WEEK = [6, 7, 5, 6, 8, 1, 0]
"""Monday to Sunday: nothing on Sundays."""


def test_an_outlet_that_does_what_it_always_does_is_well() -> None:
    assert _found(_facts(WEEK * 6), days=42) == []


def test_a_sunday_without_articles_is_no_silence_and_a_monday_is() -> None:
    history = WEEK * 6
    assert _found(_facts(history), days=42) == [], "Monday morning: nothing is missing yet"
    (silent,) = _found(_facts([*history, 0]), days=43)
    last = _facts(history).articles[-1]
    assert (silent.kind, silent.since, silent.url) == ("silent", last.at, last.url)
    assert "expect 6" in silent.detail


def test_a_machine_that_was_off_is_not_the_outlet_s_silence() -> None:
    facts = _facts([*WEEK * 6, 0, 0, 0], visited=lambda day: day < 42)
    assert _found(facts, days=45) == []


def test_an_outlet_of_three_a_week_is_silent_after_two_weeks_and_not_before() -> None:
    history = [1, 0, 1, 0, 1, 0, 0] * 6
    assert _found(_facts([*history, *[0] * 7]), days=49) == []
    assert [t.kind for t in _found(_facts([*history, *[0] * 14]), days=56)] == ["silent"]


def test_visits_that_fail_one_after_the_other() -> None:
    visits = [
        Visited(MONDAY + timedelta(hours=n), "failed" if n > 6 else "ok", "dns" if n > 6 else None) for n in range(10)
    ]
    (trouble,) = _found(Facts("essai", TZ, visits, [], []), days=1)
    assert (trouble.kind, trouble.since) == ("failing", MONDAY + timedelta(hours=7))
    assert "3 visits" in trouble.detail and "dns" in trouble.detail
    assert _found(Facts("essai", TZ, [*visits, Visited(MONDAY, "ok", None)], [], []), days=1) == []


def test_texts_that_became_half_as_long() -> None:
    thin = _facts(WEEK * 6, words=lambda n: 400 if n < 150 else 90)
    (trouble,) = _found(thin, days=42)
    assert (trouble.kind, trouble.url) == ("thin", "https://essai.example/150")
    assert trouble.since == thin.articles[150].at
    assert "90 words" in trouble.detail and "400" in trouble.detail


@pytest.mark.parametrize("field", sorted(ALL))
def test_a_field_that_nearly_every_article_had(field: str) -> None:
    lost = _facts(WEEK * 6, fields=lambda n: ALL - {field} if n >= 180 or n % 11 == 0 else ALL)
    (trouble,) = _found(lost, days=42)
    assert (trouble.kind, trouble.field, trouble.url) == ("lost", field, "https://essai.example/180")


def test_a_field_that_half_of_the_articles_have_is_never_lost() -> None:
    assert _found(_facts(WEEK * 6, fields=lambda n: ALL - {"deck"} if n % 2 else ALL), days=42) == []


def test_pages_that_come_to_no_article() -> None:
    pages = [
        Asked(MONDAY + timedelta(hours=n), f"https://essai.example/{n}", "no_body" if n >= 40 else None)
        for n in range(55)
    ]
    (trouble,) = _found(Facts("essai", TZ, [], [], pages), days=3)
    assert (trouble.kind, trouble.url) == ("refused", "https://essai.example/40")
    assert "no_body" in trouble.detail


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.integers(BEFORE, 200), st.integers(AFTER, 200))
def test_a_clean_break_is_found_where_it_is(well: int, ill: int) -> None:
    assert find_break([False] * well + [True] * ill) == well


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.booleans(), max_size=120))
def test_a_break_has_a_healthy_past_and_an_ill_present(series: list[bool]) -> None:
    found = find_break(series)
    if found is not None:
        assert series[found]
        assert sum(series[:found]) <= 0.2 * found
        assert sum(series[found:]) >= 0.8 * (len(series) - found)


# --- the same through the database, on both engines


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def _lived(store: Store, *, days: int, author_until: int) -> None:
    """Five articles a day, without an author from a day on."""
    for day in range(days):
        at = MONDAY + timedelta(days=day)
        store.run_id = store.do(start_run, kind="crawl", arguments="", version="0", now=at)
        articles = [
            made(
                day * 10 + n, fetched_at=at + timedelta(minutes=n), section="Politique", body=BODY * 3,
                authors=(Author(name="Maude Charlebois-Roy"),) if day < author_until else (),
            )
            for n in range(5)
        ]  # fmt: skip
        store.save(*articles, now=at)
        outcome = {"outcome": "ok", "reason": None, "detail": None, "links": 5, "fetched": 5, "stored": 5}
        row = {"slug": "essai", **outcome, "revised": 0, "refused": 0, "failed": 0}
        store.do(record_outlet_run, store.run_id, row)
        log = [
            FetchRow(
                slug="essai",
                url=a.url,
                at=a.fetched_at,
                outcome="ok",
                reason=None,
                status=200,
                bytes=1,
                elapsed_ms=1,
                tries=1,
            )
            for a in articles
        ]
        store.do(record_fetches, store.run_id, log)


def _look(store: Store, now: datetime) -> list[Trouble]:
    with store.engine.connect() as conn:
        return [trouble for one in facts(conn, now=now) for trouble in troubles(one, now=now)]


def test_a_lost_author_and_a_silence_are_found_and_kept_for_sql(store: Store) -> None:
    _lived(store, days=10, author_until=7)
    now = MONDAY + timedelta(days=10)
    (trouble,) = _look(store, now)
    assert (trouble.outlet, trouble.kind, trouble.field) == ("essai", "lost", "author")
    assert (trouble.url, trouble.since) == ("https://essai.example/nouvelles/70", MONDAY + timedelta(days=7))
    store.do(keep_health, [trouble], now=now)
    sql = "select outlet, trouble, field, url from v_outlet_health"
    assert store.rows(sql) == [("essai", "lost", "author", trouble.url)]
    store.do(keep_health, [], now=now)
    assert store.rows(sql) == [("essai", None, None, None)], "an outlet that is well has its row"


def test_status_says_it_and_check_exits_1(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from newsmon.cli.outlets import status

    monkeypatch.setenv("NEWSMON_DATABASE_URL", database_url)
    shift = datetime.now(UTC) - (MONDAY + timedelta(days=10))
    monkeypatch.setattr("tests.test_health.MONDAY", MONDAY + shift)
    _lived(store, days=10, author_until=10)
    quiet = CliRunner().invoke(status, ["--check"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    with store.engine.begin() as conn:
        conn.execute(
            text(
                "DELETE FROM article_author WHERE article_id IN (SELECT id FROM article ORDER BY first_seen_at DESC, id DESC LIMIT 12)"
            )
        )
    told = CliRunner().invoke(status, ["--check"])
    assert told.exit_code == 1
    assert told.output.startswith("essai lost author since ") and "first: https://essai.example/" in told.output
    assert "lost author" in CliRunner().invoke(status, []).output


def test_a_schedule_that_stopped_is_said(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsmon.following import health

    monkeypatch.setenv("NEWSMON_DATABASE_URL", database_url)
    (line,) = health(now=datetime.now(UTC))
    assert line.startswith("no run since 2022-01-18 14:00 UTC")
