"""The picture of attention: every article in one column, every column in its place."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.reports.page.picture import ROWS_MAX, TICKS_MAX, Count, bins_of, draw, ticks_of, trend
from newsmon.reports.wording import Wording

FR = Wording("fr")
DAYS = st.dates(date(2013, 11, 21), date(2027, 1, 1))
COUNTS = st.lists(
    st.tuples(DAYS, st.sampled_from([f"o_{i}" for i in range(20)]), st.integers(1, 30), st.integers(0, 30)), min_size=1
)


@pytest.mark.parametrize(
    ("first", "last", "unit", "n"),
    [
        (date(2022, 1, 1), date(2022, 1, 1), "day", 1),
        (date(2022, 1, 1), date(2022, 4, 2), "day", 92),
        (date(2022, 1, 1), date(2022, 4, 3), "week", 14),
        (date(2020, 12, 28), date(2021, 1, 3), "day", 7),
        (date(2022, 1, 3), date(2024, 12, 29), "week", 156),
        (date(2013, 11, 21), date(2026, 11, 23), "month", 157),
    ],
)
def test_days_weeks_or_months_are_drawn(first: date, last: date, unit: str, n: int) -> None:
    found, bins = bins_of(first, last)
    assert (found, len(bins)) == (unit, n)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(DAYS, DAYS)
def test_every_day_lies_in_exactly_one_stretch(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    unit, bins = bins_of(first, last)
    assert bins[0].first <= first and bins[-1].last >= last
    assert all(before.last + timedelta(days=1) == after.first for before, after in pairwise(bins))
    ticks = ticks_of(bins, unit, FR)
    assert 1 <= len(ticks) <= TICKS_MAX and all(0 <= tick.x < 100 for tick in ticks)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(COUNTS)
def test_no_article_is_lost_and_no_column_leaves_the_picture(rows: list[tuple[date, str, int, int]]) -> None:
    counts = [Count(day, outlet, n, min(n, primary)) for day, outlet, n, primary in rows]
    picture = draw(counts, FR, {})
    assert picture is not None
    everything = sum(count.n for count in counts)
    assert picture.all.n == sum(row.n for row in picture.rows) == everything
    assert sum(bar.n_primary for bar in picture.all.bars) == sum(count.n_primary for count in counts)
    assert len(picture.rows) <= ROWS_MAX + 1
    for row in (picture.all, *picture.rows):
        for bar in row.bars:
            assert bar.x >= 0 and bar.x + bar.width <= 100.01
            assert 0 <= bar.primary_height <= bar.height <= 100


def test_nothing_is_no_picture() -> None:
    assert draw([], FR, {}) is None


def test_one_article_is_no_tower_and_many_fill_the_height() -> None:
    one, many = draw([Count(date(2022, 1, 1), "a", 1, 0)], FR, {}), draw([Count(date(2022, 1, 1), "a", 80, 40)], FR, {})
    assert one is not None and many is not None
    assert (one.top, one.all.bars[0].height) == (4, 25.0)
    assert (many.top, many.all.bars[0].height, many.all.bars[0].primary_height) == (80, 100.0, 50.0)


def test_bursts_are_bands_behind_the_columns() -> None:
    counts = [Count(date(2022, 1, 1) + timedelta(days=i), "a", 1, 1) for i in range(10)]
    bursts = [
        (date(2022, 1, 3), date(2022, 1, 4)),
        (date(2021, 1, 1), date(2021, 2, 1)),
        (date(2022, 1, 9), date(2022, 3, 1)),
    ]
    picture = draw(counts, FR, {}, bursts)
    assert picture is not None
    assert [(band.x, band.width) for band in picture.bands] == [(20.0, 20.0), (80.0, 20.0)]
    assert picture.bands[0].told.replace("\u00a0", " ") == "Sursaut du 3 janvier 2022 au 4 janvier 2022"


def test_two_outlets_of_one_name_keep_their_own_rows() -> None:
    picture = draw(
        [Count(date(2022, 1, 1), "a", 1, 1), Count(date(2022, 1, 1), "b", 2, 2)], FR, {"a": "Écho", "b": "Écho"}
    )
    assert picture is not None
    assert sorted(row.n for row in picture.rows) == [1, 2]


def test_a_trend_covers_the_whole_span() -> None:
    row = trend("Budgets", {date(2022, 1, 10): 2}, (date(2022, 1, 1), date(2022, 1, 20)), FR)
    assert [(bar.x, bar.height) for bar in row.bars] == [(45.5, 100.0)]
