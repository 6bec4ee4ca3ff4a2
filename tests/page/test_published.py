"""When an article was published: the trap set, what never happens, and the real pages beside the checkout."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.items import Article, DateHabits, DateString, Link
from newsmon.outlets import Layout
from newsmon.page.date_reasons import FLAGS as PAGE_FLAGS
from newsmon.page.date_reasons import PLACES, REASONS
from newsmon.page.document import parse_document
from newsmon.page.published import date_article, find_date_strings
from newsmon.text.dates import FLAGS as TEXT_FLAGS
from tests.page.trap_table import FOLDER, TRAPS, Trap

TORONTO = ZoneInfo("America/Toronto")
FETCHED = datetime(2022, 1, 24, 15, tzinfo=UTC)


def iso(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def dated(*strings: DateString, fetched_at: datetime = FETCHED, tz: ZoneInfo = TORONTO, **more: Any) -> Article:
    habits = more.pop("habits", DateHabits())
    article = Article(
        outlet="journal", url="", final_url="", canonical_url="", fetched_at=fetched_at, date_strings=strings, **more
    )
    return date_article(article, tz=tz, habits=habits)


def jsonld(raw: str) -> DateString:
    return DateString(source="jsonld", selector="NewsArticle.datePublished", raw=raw, role="published")


def label(raw: str) -> DateString:
    return DateString(source="label", selector="p.date", raw=raw)


# --- the trap set


def test_every_page_of_the_trap_set_is_in_the_table() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == {trap.name for trap in TRAPS}
    assert len(TRAPS) >= 40


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_is_not_fallen_into(trap: Trap) -> None:
    article = trap.read()
    read = (iso(article.published_at), article.published_precision, article.published_source)
    assert read == (trap.published_at, trap.precision, trap.source), trap.why
    assert (str(article.day), article.day_basis) == (trap.day, trap.day_basis), trap.why
    assert iso(article.modified_at) == trap.modified_at, trap.why


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_every_candidate_tells_its_part_and_why(trap: Trap) -> None:
    article = trap.read()
    told = [[candidate.role, candidate.source, candidate.raw, candidate.reason] for candidate in article.dates]
    assert told == trap.candidates
    assert sorted(article.counts) == [f"dates/{name}" for name in trap.counts]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_one_candidate_is_chosen_or_none(trap: Trap) -> None:
    article = trap.read()
    chosen = [candidate for candidate in article.dates if candidate.chosen]
    assert [candidate.value for candidate in chosen] == ([article.published_at] if article.published_at else [])
    for candidate in article.dates:
        assert candidate.reason in REASONS
        assert set(candidate.flags) <= set(TEXT_FLAGS) | set(PAGE_FLAGS)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_dating_again_changes_nothing(trap: Trap) -> None:
    article = trap.read()
    first = (article.published_at, article.day, article.day_basis, article.modified_at, list(article.dates))
    again = date_article(article, tz=ZoneInfo(trap.tz), habits=trap._habits())
    assert (again.published_at, again.day, again.day_basis, again.modified_at, again.dates) == first


# --- the day


def test_the_time_of_the_crawl_is_never_a_publication() -> None:
    article = dated()
    assert article.published_at is None
    assert (article.day, article.day_basis) == (date(2022, 1, 24), "first_seen")


def test_the_day_on_which_it_was_first_seen_is_the_outlet_s() -> None:
    seen = datetime(2022, 1, 25, 3, 30, tzinfo=UTC)
    assert dated(fetched_at=seen).day == date(2022, 1, 24)
    assert dated(fetched_at=seen, tz=ZoneInfo("Europe/Paris")).day == date(2022, 1, 25)


def test_a_clock_that_runs_ahead_bounds_nothing_beyond_the_fetch() -> None:
    clock = DateString(source="header", selector="div.top", raw="26 janvier 2022 04:16", role="clock", place="frame")
    article = dated(clock)
    assert (article.day, article.day_basis) == (date(2022, 1, 24), "clock")


def test_the_clock_of_a_plain_text_page() -> None:
    clock = DateString(source="header", selector="text:header", raw="17 janvier 2022 04:16", role="clock")
    article = dated(clock)
    assert article.published_at is None
    assert (article.day, article.day_basis) == (date(2022, 1, 17), "clock")
    assert [(c.role, iso(c.value)) for c in article.dates] == [("clock", "2022-01-17T09:16:00Z")]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Toronto", "2022-01-17"), ("America/Moncton", "2022-01-17"), ("America/Halifax", "2022-01-17"),
        ("America/St_Johns", "2022-01-18"), ("America/Winnipeg", "2022-01-17"), ("America/Regina", "2022-01-17"),
        ("America/Vancouver", "2022-01-17"), ("America/Whitehorse", "2022-01-17"), ("Europe/Paris", "2022-01-18"),
    ],
)  # fmt: skip
def test_an_instant_belongs_to_the_local_day_of_its_outlet(zone: str, day: str) -> None:
    assert str(dated(jsonld("2022-01-18T03:40:00Z"), tz=ZoneInfo(zone)).day) == day


# --- order, repairs, listings


def test_the_order_of_sources() -> None:
    strings = (
        DateString(source="url", selector="url", raw="2022-01-17", role="published"),
        DateString(source="header", selector="p", raw="17 janvier 2022 10:06"),
        label("Publié le 17 janvier 2022 10:05"),
        DateString(source="time", selector="time", raw="2022-01-17T10:03:00-05:00", role="published"),
        DateString(source="meta", selector="meta", raw="2022-01-17T10:02:00-05:00", role="published"),
        jsonld("2022-01-17T10:01:00-05:00"),
    )
    feed = Link(url="https://journal.example/a", date_raw="Mon, 17 Jan 2022 15:04:00 GMT")
    left, order = list(strings), []
    while True:
        article = dated(*left, link=feed, link_kind="rss") if "feed" not in order else dated(*left)
        if article.published_source is None:
            break
        order.append(article.published_source)
        left = [string for string in left if string.source != article.published_source]
    assert order == ["jsonld", "meta", "time", "feed", "label", "header", "url"]


def test_a_listing_that_is_only_a_string_is_read() -> None:
    link = Link(url="https://journal.example/a", date_raw="17 janv. 2022 à 9 h 30")
    article = dated(link=link, link_kind="section")
    assert (iso(article.published_at), article.published_source) == ("2022-01-17T14:30:00Z", "section")


def test_an_implausible_instant_of_a_listing_is_not_taken() -> None:
    link = Link(url="https://journal.example/a", date_raw="x", published_at=FETCHED + timedelta(days=9))
    article = dated(link=link, link_kind="rss")
    assert article.published_at is None and article.day_basis == "first_seen"


def test_a_feed_without_a_zone_proves_nothing_of_plus_zero() -> None:
    link = Link(
        url="https://journal.example/a",
        date_raw="Mon, 17 Jan 2022 04:16:00",
        published_at=datetime(2022, 1, 17, 9, 16, tzinfo=UTC),
        precision="second",
    )
    article = dated(jsonld("2022-01-17T04:16:00+00:00"), link=link, link_kind="rss")
    assert iso(article.published_at) == "2022-01-17T04:16:00Z"


def test_local_time_as_utc_in_summer_and_in_newfoundland() -> None:
    habits = DateHabits(local_as_utc=True)
    summer = dated(jsonld("2021-07-17T04:16:00+00:00"), habits=habits)
    assert iso(summer.published_at) == "2021-07-17T08:16:00Z"
    newfoundland = dated(jsonld("2021-07-17T04:16:00+00:00"), habits=habits, tz=ZoneInfo("America/St_Johns"))
    assert iso(newfoundland.published_at) == "2021-07-17T06:46:00Z"
    assert summer.dates[0].flags == ("local_as_utc",) and summer.counts == {"dates/local_as_utc": 1}


def test_habits_do_not_make_a_clock_of_what_says_that_it_was_published() -> None:
    article = dated(label("Publié le 17 janvier 2022 à 5 h"), habits=DateHabits(clock_selectors=frozenset({"p.date"})))
    assert article.day == date(2022, 1, 17) and article.day_basis == "published"


def test_repairs_are_counted_once_an_article() -> None:
    article = dated(
        jsonld("2022-01-17T00:00:00-05:00"),
        DateString(source="meta", selector="meta[pubdate]", raw="2022-01-17T00:00:00-05:00", role="published"),
    )
    assert article.counts == {"dates/midnight": 1}


# --- what never happens

RAWS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["17 janvier 2022", "Publié le 17 janvier 2022", "Mis à jour hier", "2022-01-17T04:16:00+00:00", "il y a 3 heures",
         "1970-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2022-01-25T23:00:00Z", "24/01/2022 à 10 h", "à l’instant",
         "janvier 2022", "2022-01-17T00:00:00Z", "2022-01-17T10:00:00+99:99", "1642410960", "99999999999999", "", "\x00", "\ud800"]
    ),
    st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)).map(lambda at: at.isoformat()),
    st.datetimes(min_value=datetime(2021, 12, 1), max_value=datetime(2022, 2, 1)).map(lambda at: at.isoformat() + "+00:00"),
)  # fmt: skip
STRINGS = st.builds(
    DateString,
    source=st.sampled_from(
        ["jsonld", "meta", "time", "feed", "news_sitemap", "section", "label", "header", "url", "lastmod", "text"]
    ),
    selector=st.sampled_from(["a", "b", "meta[date]", "text:header", "p.date"]),
    raw=RAWS,
    role=st.sampled_from([None, "published", "modified", "clock", "event", "bound"]),
    zone=st.sampled_from([None, "UTC", "America/St_Johns"]),
    place=st.sampled_from([*PLACES, "nowhere"]),
)
LINKS = st.none() | st.builds(
    Link,
    url=st.just("https://journal.example/a"),
    date_raw=st.none() | RAWS,
    published_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    precision=st.sampled_from([None, "second", "day", "month"]),
    role=st.sampled_from(["published", "modified"]),
)


@given(
    strings=st.lists(STRINGS, max_size=8),
    link=LINKS,
    kind=st.sampled_from([None, "rss", "atom", "news_sitemap", "sitemap", "section"]),
    zone=st.sampled_from(["America/Toronto", "America/St_Johns", "America/Whitehorse", "Pacific/Kiritimati"]),
    local_as_utc=st.booleans(),
)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_any_strings_anywhere_give_a_plausible_answer(
    strings: list[DateString], link: Link | None, kind: Any, zone: str, local_as_utc: bool
) -> None:
    habits = DateHabits(
        clock_selectors=frozenset({"p.date"}),
        constants=frozenset({("a", "17 janvier 2022")}),
        local_as_utc=local_as_utc,
    )
    article = dated(*strings, link=link, link_kind=kind, tz=ZoneInfo(zone), habits=habits)
    if article.published_at is not None:
        assert datetime(1989, 12, 31, tzinfo=UTC) < article.published_at <= FETCHED + timedelta(days=2)
        assert article.published_at.tzinfo is UTC
        assert article.day == article.published_at.astimezone(ZoneInfo(zone)).date()
        assert sum(candidate.chosen for candidate in article.dates) == 1
    else:
        assert article.published_precision is None and article.published_source is None
        assert article.day is not None and article.day <= FETCHED.astimezone(ZoneInfo(zone)).date()
    assert article.day_basis in ("published", "clock", "first_seen")
    for candidate in article.dates:
        assert candidate.reason in REASONS
        assert not (candidate.chosen and candidate.role != "published")


# --- beside the checkout


def test_the_seed_is_dated_by_its_clock_alone(shared: Path) -> None:
    expected = json.loads((shared / "seed" / "seed.expected.json").read_text("utf-8"))
    for name in ("seed.tagdiv.html", "seed.plain.html"):
        url = "https://actualite-canada.example/politique/le-canada-propose-daider-les-etats-unis/"
        document = parse_document((shared / "seed" / name).read_bytes(), url=url)
        article = dated(*find_date_strings(document, Layout()))
        assert article.published_at is None
        assert (article.day, article.day_basis) == (date(2022, 1, 17), "clock")
        told = [(c.role, c.raw, iso(c.value)) for c in article.dates]
        assert told == [("clock", "17 janvier 2022 04:16", "2022-01-17T09:16:00Z")]
    assert expected


def test_the_days_of_real_pages(shared: Path) -> None:
    pages = shared / "data" / "pages"
    wrong = []
    for row in json.loads((pages / "truth.json").read_text("utf-8")):
        days = {day[:10] for day in (row.get("date_published"), *(row.get("alt_dates") or [])) if day}
        if not days:
            continue
        document = parse_document((pages / row["file"]).read_bytes(), url=row["url"])
        article = dated(*find_date_strings(document, Layout()), fetched_at=datetime(2026, 11, 23, tzinfo=UTC))
        zones = (TORONTO, ZoneInfo("Europe/Paris"))
        read = {str(article.published_at.astimezone(zone).date()) for zone in zones} if article.published_at else set()
        if not read & days:
            wrong.append((row["id"], days, read))
    assert wrong == []
