"""What is learned of an outlet's dates from the articles that are stored."""

from __future__ import annotations

from datetime import date

from newsmon.items import DateCandidate
from newsmon.store import habits
from tests.store.conftest import Store
from tests.store.making import AT, made


def _printed(raw: str, selector: str = "div.haut > span") -> DateCandidate:
    return DateCandidate(
        role="published", source="header", selector=selector, raw=raw, value=AT, precision="minute", reason=""
    )


def test_one_text_on_articles_of_two_days_is_a_clock(store: Store) -> None:
    store.save(
        made(1, dates=[_printed("18 janvier 2022 09:00")], day=date(2022, 1, 17)),
        made(2, dates=[_printed("18 janvier 2022 09:00")], day=date(2022, 1, 16)),
    )
    assert store.do(habits.date_habits, store.outlet_id).clock_selectors == {"div.haut > span"}


def test_two_articles_of_one_morning_teach_nothing(store: Store) -> None:
    store.save(*(made(n, dates=[_printed("18 janvier 2022 05:00")]) for n in (1, 2)))
    assert store.do(habits.date_habits, store.outlet_id).clock_selectors == frozenset()
