"""What is learned of an outlet's dates from the articles that are stored, and kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from newsmon.items import DateCandidate, DateHabits
from newsmon.learning import learn_dates
from newsmon.store import frontier, habits
from tests.store.conftest import Store
from tests.store.making import AT, PUBLISHED, made

TORONTO = ZoneInfo("America/Toronto")
DAY = timedelta(days=1)


def _candidate(source: Any, value: datetime, raw: str, *, selector: str = "", **more: Any) -> DateCandidate:
    row = {"role": "published", "precision": "minute", "reason": "", **more}
    return DateCandidate(source=source, selector=selector or f"{source}.place", raw=raw, value=value, **row)


def _clock(**more: Any) -> DateCandidate:
    return _candidate("header", AT - DAY, "17 janvier 2022 09:00", selector="div.haut > span", **more)


def _learned(store: Store) -> DateHabits:
    store.do(learn_dates, store.outlet_id, tz=TORONTO, now=AT)
    found: DateHabits = store.do(habits.date_habits, store.outlet_id)
    return found


def test_nothing_is_known_of_an_outlet_without_articles(store: Store) -> None:
    assert _learned(store) == DateHabits()


def test_one_text_on_two_articles_is_a_clock(store: Store) -> None:
    store.save(made(1, dates=[_clock()]), made(2, dates=[_clock()]))
    assert _learned(store) == DateHabits(clock_selectors=frozenset({"div.haut > span"}))
    assert store.rows("SELECT kind, selector, raw FROM date_habit") == [("clock", "div.haut > span", "")]


def test_a_place_that_other_sources_confirm_is_no_clock(store: Store) -> None:
    feed = _candidate("feed", AT - DAY, "Mon, 17 Jan 2022 14:00:00 GMT")
    store.save(*(made(n, dates=[_clock(), feed]) for n in (1, 2)))
    assert _learned(store).clock_selectors == frozenset()


def test_a_template_s_constant_is_kept_with_its_text(store: Store) -> None:
    constant = _candidate("meta", AT - 900 * DAY, "2019-08-01T09:00:00-04:00", selector="meta[pubdate]")
    store.save(
        *(made(n, dates=[constant, _candidate("feed", AT - n * DAY, f"feed {n}")], fetched_at=AT) for n in range(6))
    )
    assert _learned(store).constants == {("meta[pubdate]", "2019-08-01T09:00:00-04:00")}


def test_local_time_stamped_as_utc_is_proven_on_three_articles(store: Store) -> None:
    for n in (1, 2, 3):
        published = AT - n * DAY
        wall = published.astimezone(TORONTO).replace(tzinfo=None).isoformat()
        stamp = _candidate("meta", datetime.fromisoformat(f"{wall}+00:00"), f"{wall}+00:00", precision="second")
        listed = _candidate("feed", published, f"{published:%a, %d %b %Y %H:%M:%S} GMT", precision="second")
        store.save(made(n, dates=[stamp, listed]))
        assert _learned(store).local_as_utc is (n == 3)


def test_what_the_last_articles_no_longer_show_is_forgotten(store: Store) -> None:
    store.save(made(1, dates=[_clock()]), made(2, dates=[_clock()]))
    assert _learned(store).clock_selectors
    for n in (1, 2):
        store.save(made(n, dates=[_candidate("jsonld", PUBLISHED, "2022-01-17T21:40:00-05:00")]))
    assert _learned(store) == DateHabits()
    assert store.rows("SELECT * FROM date_habit") == []


def test_only_the_articles_that_rest_on_a_new_clock_are_looked_at_again(store: Store) -> None:
    clocked = {"published_source": "header", "published_at": AT - DAY}
    store.save(*(made(n, dates=[_clock(chosen=True)], **clocked) for n in (1, 2)), made(3))
    store.do(lambda conn: conn.exec_driver_sql("UPDATE article SET etag = 'seen'"))
    assert store.do(learn_dates, store.outlet_id, tz=TORONTO, now=AT) == 2
    due = store.do(frontier.due_revisits, store.outlet_id, now=AT, limit=10)
    assert sorted((one.url[-1], one.etag) for one in due) == [("1", None), ("2", None)]
    assert store.do(learn_dates, store.outlet_id, tz=TORONTO, now=AT) == 0, "what is known is not news"


def test_a_page_s_date_that_is_no_longer_believed_does_not_stay(store: Store) -> None:
    store.save(made(1, published_source="header", link=None))
    store.save(
        made(1, published_at=None, published_source=None, published_precision=None, day_basis="clock", link=None)
    )
    assert store.rows("SELECT published_at, day_basis FROM article") == [(None, "clock")]
