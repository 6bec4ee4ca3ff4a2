"""What is due, and what a stop or a failure leaves for the next run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsmon.items import Link
from newsmon.store import frontier, ladder, links
from newsmon.store.runs import FetchRow, record_fetches
from tests.store.conftest import Store
from tests.store.making import AT, made

HOUR = timedelta(hours=1)


def _links(count: int) -> list[Link]:
    return [Link(url=f"https://essai.example/nouvelles/{n}", title=f"Titre {n}", guid=str(n)) for n in range(count)]


def _poll(store: Store, outcome: str, **more: object) -> None:
    (feed,) = store.do(frontier.due_feeds, store.outlet_id, now=AT, everything=True)
    store.do(frontier.save_poll, feed.id, now=AT, outcome=outcome, **more)


def _next_poll_in(store: Store) -> timedelta:
    with store.engine.connect() as conn:
        (state,) = frontier.due_feeds(conn, store.outlet_id, now=AT + timedelta(days=9))
    minutes = 0
    while not store.do(frontier.due_feeds, store.outlet_id, now=AT + timedelta(minutes=minutes)):
        minutes += 1
    assert state.url == "https://essai.example/rss"
    return timedelta(minutes=minutes)


def test_a_new_listing_is_due_at_once(store: Store) -> None:
    assert len(store.do(frontier.due_feeds, store.outlet_id, now=AT)) == 1


def test_a_quiet_listing_is_asked_less_and_a_full_one_more(store: Store) -> None:
    _poll(store, "ok", links=30, new_links=2)
    assert _next_poll_in(store) == timedelta(minutes=15)
    _poll(store, "not_modified")
    assert _next_poll_in(store) == timedelta(minutes=23)
    for _ in range(20):
        _poll(store, "not_modified")
    assert _next_poll_in(store) == timedelta(hours=24)
    for _ in range(20):
        _poll(store, "ok", links=30, new_links=25)
    assert _next_poll_in(store) == timedelta(minutes=5)


def test_a_failing_listing_is_asked_less_and_less_and_keeps_what_was_known(store: Store) -> None:
    _poll(store, "ok", etag='"a"', links=9, new_links=1)
    _poll(store, "failed")
    assert _next_poll_in(store) == timedelta(minutes=15)
    _poll(store, "failed")
    assert _next_poll_in(store) == timedelta(minutes=30)
    (feed,) = store.do(frontier.due_feeds, store.outlet_id, now=AT, everything=True)
    assert feed.etag == '"a"'


def test_retry_after_holds_for_every_listing_of_the_outlet_even_when_all_are_asked(store: Store) -> None:
    store.do(frontier.pause_outlet, store.outlet_id, AT + HOUR)
    assert store.do(frontier.due_feeds, store.outlet_id, now=AT, everything=True) == []
    assert len(store.do(frontier.due_feeds, store.outlet_id, now=AT + HOUR)) == 1


def test_found_links_wait_until_they_are_articles(store: Store) -> None:
    assert store.do(links.save_links, store.outlet_id, "rss", _links(3), now=AT) == 3
    assert store.do(links.save_links, store.outlet_id, "rss", _links(4), now=AT + HOUR) == 1
    pending = store.do(links.pending_links, store.outlet_id, now=AT + HOUR)
    assert [(kind, link.url[-1], link.title) for kind, link in pending] == [
        ("rss", "3", "Titre 3"), ("rss", "0", "Titre 0"), ("rss", "1", "Titre 1"), ("rss", "2", "Titre 2"),
    ]  # fmt: skip
    store.do(links.settle, [("essai", "https://essai.example/nouvelles/0", None)], now=AT)
    assert len(store.do(links.pending_links, store.outlet_id, now=AT + HOUR)) == 3
    assert store.do(links.save_links, store.outlet_id, "rss", _links(4), now=AT + 2 * HOUR) == 0


def test_a_stored_article_is_not_found_anew(store: Store) -> None:
    store.save(made(0))
    assert store.do(links.save_links, store.outlet_id, "rss", _links(2), now=AT) == 1


def test_a_page_that_may_come_back_is_tried_again_later_and_given_up_in_the_end(store: Store) -> None:
    store.do(links.save_links, store.outlet_id, "rss", _links(1), now=AT)
    now, tries = AT, 0
    while tries < 50 and store.do(links.count_pending, store.outlet_id, now=now):
        store.do(links.settle, [("essai", "https://essai.example/nouvelles/0", "timeout")], now=now)
        assert store.do(links.count_pending, store.outlet_id, now=now) == 0
        now, tries = now + timedelta(days=2), tries + 1
    assert tries == links.TRIES
    assert store.rows("SELECT state, reason FROM found_link") == [("given_up", "timeout")]


def test_a_page_that_is_no_article_is_asked_once(store: Store) -> None:
    store.do(links.save_links, store.outlet_id, "rss", _links(1), now=AT)
    store.do(links.settle, [("essai", "https://essai.example/nouvelles/0", "not_html")], now=AT)
    assert store.do(links.pending_links, store.outlet_id, now=AT + timedelta(days=99)) == []


@pytest.mark.parametrize(
    ("age", "pause"),
    [
        (timedelta(minutes=5), timedelta(minutes=15)),
        (timedelta(hours=4), HOUR),
        (timedelta(days=2), 3 * HOUR),
        (timedelta(days=12), timedelta(days=3)),
        (timedelta(days=40), None),
    ],
)
def test_young_articles_are_looked_at_more_often(age: timedelta, pause: timedelta | None) -> None:
    visit = ladder.next_visit(AT - age, None, now=AT)
    assert visit == (AT + pause if pause else None)
    assert ladder.next_visit(AT, AT - age, now=AT) == visit, "the age of the article counts, not of our first look"


def test_a_gone_article_is_said_to_be_gone_and_stays_as_it_was(store: Store) -> None:
    store.save(made(published_at=None, dates=[], link=None))
    (revisit,) = store.do(frontier.due_revisits, store.outlet_id, now=AT + HOUR, limit=9)
    store.do(frontier.mark_missed, revisit.article_id, now=AT + HOUR, gone_status=410)
    assert store.rows("SELECT outlet, headline, status FROM v_gone") == [("essai", "Le budget adopté, acte 1", 410)]
    store.save(made())
    assert store.rows("SELECT count(*) FROM v_gone") == [(1,)], "a look from before it went"
    store.save(made(fetched_at=AT + 2 * HOUR))
    assert store.rows("SELECT count(*) FROM v_gone") == [(0,)], "it came back"


def test_ten_thousand_rows_of_the_log_go_in_at_once(store: Store) -> None:
    rows = [
        FetchRow(slug="essai", url=f"https://essai.example/{n}", at=AT, outcome="ok", reason=None, status=200, bytes=9, elapsed_ms=1, tries=1)
        for n in range(10_000)
    ]  # fmt: skip
    store.do(record_fetches, store.run_id, rows)
    assert store.rows("SELECT count(*) FROM v_fetch") == [(10_000,)]
