"""What earlier articles of an outlet teach of its dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.items import Article, DateHabits, DateString
from newsmon.page.date_habits import CONSTANT_ARTICLES, PROOFS, PastDate, learn
from newsmon.page.published import date_article

TORONTO = ZoneInfo("America/Toronto")
DAY = timedelta(days=1)
MONDAY = datetime(2022, 1, 17, 9, 16, tzinfo=UTC)
"""17 January 2022, 04:16 in Montréal."""


def past(article: int, source: Any, value: datetime | None, raw: str | None = None, **more: Any) -> PastDate:
    row = {"selector": f"{source}.place", "role": "published", "precision": "minute", **more}
    return PastDate(article=article, source=source, value=value, raw=raw or str(value), **row)


def header(article: int, value: datetime, **more: Any) -> PastDate:
    return past(article, "header", value, **{"selector": "div.date", **more})


def day_of(article: int, value: datetime, **more: Any) -> PastDate:
    return header(article, value.astimezone(TORONTO).replace(hour=0, minute=0).astimezone(UTC), precision="day", **more)


def clocks(*rows: PastDate) -> frozenset[str]:
    return learn(rows, tz=TORONTO).clock_selectors


# --- clocks


def test_nothing_teaches_nothing() -> None:
    assert learn([], tz=TORONTO) == DateHabits()
    assert learn([past(1, "header", None)], tz=TORONTO) == DateHabits()


def test_one_text_to_the_minute_on_two_articles_is_a_clock() -> None:
    assert clocks(header(1, MONDAY), header(2, MONDAY)) == {"div.date"}


def test_the_same_text_twice_on_one_article_is_none() -> None:
    assert clocks(header(1, MONDAY), header(1, MONDAY)) == frozenset()


def test_two_articles_of_one_day_are_told_from_a_clock_by_the_pages_of_that_day() -> None:
    fetched = MONDAY + 3 * DAY
    days = [day_of(n, MONDAY - n // 2 * DAY, fetched_at=fetched) for n in range(6)]
    assert clocks(*days) == frozenset()
    assert clocks(*(day_of(n, MONDAY, fetched_at=MONDAY) for n in range(3))) == {"div.date"}


def test_what_other_sources_confirm_is_no_clock() -> None:
    rows = [header(n, MONDAY) for n in (1, 2)] + [past(n, "jsonld", MONDAY) for n in (1, 2)]
    assert clocks(*rows) == frozenset()


def test_what_other_sources_contradict_is_a_clock() -> None:
    rows = [day_of(n, MONDAY) for n in (1, 2)] + [past(n, "feed", MONDAY - n * 3 * DAY) for n in (1, 2)]
    assert clocks(*rows) == {"div.date"}


def test_fresh_articles_confirm_no_clock_of_the_minute() -> None:
    rows = [header(n, MONDAY, fetched_at=MONDAY + timedelta(minutes=2)) for n in (1, 2)]
    rows += [past(n, "jsonld", MONDAY - timedelta(minutes=8)) for n in (1, 2)]
    assert clocks(*rows) == {"div.date"}


def test_several_articles_published_at_five_sharp_are_a_coincidence() -> None:
    rows = [header(n, MONDAY + timedelta(hours=n)) for n in range(30)]
    rows += [header(30 + n, MONDAY) for n in range(3)]
    assert clocks(*rows) == frozenset()


def test_labels_and_other_articles_dates_are_never_clocks() -> None:
    labels = [past(n, "label", MONDAY) for n in (1, 2)]
    related = [header(n, MONDAY, role="event") for n in (1, 2)]
    assert clocks(*labels, *related) == frozenset()


def test_a_clock_that_was_learned_stays_one() -> None:
    assert clocks(*(header(n, MONDAY, role="clock") for n in (1, 2))) == {"div.date"}


# --- constants


def constant(count: int, *, spread: timedelta = DAY, **more: Any) -> list[PastDate]:
    born = datetime(2019, 5, 5, 16, tzinfo=UTC)
    return [past(n, "meta", born, "2019-05-05", fetched_at=MONDAY + n * spread, **more) for n in range(count)]


def test_a_value_on_many_articles_of_many_days_is_the_template_s() -> None:
    assert learn(constant(CONSTANT_ARTICLES), tz=TORONTO).constants == {("meta.place", "2019-05-05")}
    assert learn(constant(CONSTANT_ARTICLES - 1), tz=TORONTO).constants == frozenset()


def test_articles_published_together_are_no_constant() -> None:
    assert learn(constant(20, spread=timedelta(0)), tz=TORONTO).constants == frozenset()


def test_a_constant_that_the_feed_contradicts() -> None:
    rows = constant(6, spread=timedelta(0)) + [past(n, "feed", MONDAY) for n in range(6)]
    assert learn(rows, tz=TORONTO).constants == {("meta.place", "2019-05-05")}


def test_a_value_on_few_of_many_articles_is_no_constant() -> None:
    rows = constant(6) + [past(10 + n, "meta", MONDAY + n * DAY, str(n)) for n in range(30)]
    assert learn(rows, tz=TORONTO).constants == frozenset()


# --- local time as UTC


def stamped(article: int, at: datetime, **more: Any) -> list[PastDate]:
    """What a site that prints local time with +00:00 gives for an article published at `at`."""
    local = at.astimezone(TORONTO).replace(tzinfo=UTC)
    feed = past(article, "feed", at, at.strftime("%a, %d %b %Y %H:%M:%S +0000"))
    return [past(article, "jsonld", local, local.isoformat(), **more), feed]


def test_local_time_as_utc_is_proven_by_three_articles() -> None:
    rows = [row for n in range(PROOFS) for row in stamped(n, MONDAY + n * DAY)]
    assert learn(rows, tz=TORONTO).local_as_utc
    assert not learn(rows[: 2 * (PROOFS - 1)], tz=TORONTO).local_as_utc


def test_stamps_that_are_right_disprove_it() -> None:
    rows = [row for n in range(PROOFS) for row in stamped(n, MONDAY + n * DAY)]
    for n in range(10, 14):
        rows += [
            past(n, "jsonld", MONDAY, MONDAY.isoformat()),
            past(n, "feed", MONDAY, "Mon, 17 Jan 2022 09:16:00 GMT"),
        ]
    assert not learn(rows, tz=TORONTO).local_as_utc


def test_repaired_stamps_still_prove_it() -> None:
    rows = []
    for n in range(PROOFS):
        stamp, feed = stamped(n, MONDAY + n * DAY)
        repaired = past(n, "jsonld", feed.value, stamp.raw, flags=("local_as_utc",))
        rows += [repaired, feed]
    assert learn(rows, tz=TORONTO).local_as_utc


def test_feeds_without_a_zone_prove_nothing() -> None:
    rows = []
    for n in range(PROOFS):
        stamp, feed = stamped(n, MONDAY + n * DAY)
        rows += [stamp, past(n, "feed", feed.value, "17 janvier 2022 04:16")]
    assert not learn(rows, tz=TORONTO).local_as_utc


# --- what was learned is used


def test_a_clock_learned_from_two_pages_dates_neither_nor_a_third() -> None:
    def page(number: int, habits: DateHabits) -> Article:
        clock = DateString(source="header", selector="div.haut span", raw="17 janvier 2022 04:16")
        article = Article(
            outlet="journal", url="", final_url="", canonical_url="", fetched_at=MONDAY + DAY, date_strings=(clock,)
        )
        return date_article(article, tz=TORONTO, habits=habits)

    before = [page(n, DateHabits()) for n in (1, 2)]
    assert [article.day_basis for article in before] == ["published", "published"]
    rows = [
        PastDate(
            article=n, source=c.source, selector=c.selector, raw=c.raw, role=c.role, value=c.value,
            precision=c.precision, flags=c.flags, fetched_at=article.fetched_at,
        )
        for n, article in enumerate(before)
        for c in article.dates
    ]  # fmt: skip
    third = page(3, learn(rows, tz=TORONTO))
    assert third.published_at is None and (str(third.day), third.day_basis) == ("2022-01-17", "clock")


ROWS = st.builds(
    PastDate,
    article=st.integers(1, 4),
    source=st.sampled_from(["jsonld", "meta", "time", "header", "label", "feed", "url", "text"]),
    selector=st.sampled_from(["a", "b"]),
    raw=st.sampled_from(["x", "y", "2022-01-17T04:16:00+00:00", "Mon, 17 Jan 2022 09:16:00 GMT", ""]),
    role=st.sampled_from([None, "published", "modified", "clock", "event"]),
    value=st.none() | st.datetimes(datetime(1990, 1, 2), datetime(2099, 1, 1), timezones=st.just(UTC)),
    precision=st.sampled_from([None, "second", "minute", "hour", "day", "month"]),
    flags=st.sampled_from([(), ("local_as_utc",)]),
    fetched_at=st.none() | st.datetimes(datetime(1990, 1, 2), datetime(2099, 1, 1), timezones=st.just(UTC)),
)


@given(rows=st.lists(ROWS, max_size=25))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_any_rows_teach_something_or_nothing_in_any_order(rows: list[PastDate]) -> None:
    assert learn(rows, tz=TORONTO) == learn(rows[::-1], tz=TORONTO)
