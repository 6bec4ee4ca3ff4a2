"""An article through its edits, retitles, moves, disappearances and late captures, on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from newsmon.items import Article, Link
from newsmon.store import frontier, links
from newsmon.store.check import problems
from tests.store.conftest import Store
from tests.store.making import AT, BODY, PUBLISHED, made, match

HOUR = timedelta(hours=1)
OLD = "https://essai.example/nouvelles/1865432/budget-adopte"
NEW = "https://essai.example/nouvelles/1865432/budget-corrige"
EDITED = BODY.replace("2,4 %", "2,9 %")


def at(url: str, hours: int = 0, **changes: Any) -> Article:
    """The article at an address, so many hours after AT."""
    link = Link(url=url, title="Le budget adopté", guid=changes.pop("guid", None))
    fields = {"url": url, "final_url": url, "canonical_url": url, "fetched_at": AT + hours * HOUR, "link": link}
    return made(**{**fields, **changes})


def _events(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("SELECT kind, status, url_before, url FROM v_article_event ORDER BY at, kind")


def _bodies(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("SELECT seq, change, words_added, words_removed, body FROM v_revision ORDER BY seq")


def _whole(store: Store) -> None:
    assert list(problems(store.engine)) == []


# --- one article, whatever its address


def test_a_retitle_that_changes_the_address_makes_no_second_article(store: Store) -> None:
    store.save(at(OLD))
    (saved,) = store.save(at(NEW, 1, headline="Le budget corrigé"))
    assert (saved.article_id, saved.change) == (1, "headline")
    assert store.rows("SELECT headline, revisions FROM v_article") == [("Le budget corrigé", 2)]
    # The old address is asked, and leads to the new one.
    (revisit,) = store.do(frontier.due_revisits, store.outlet_id, now=AT + 2 * HOUR, limit=9)
    assert (revisit.url, revisit.etag) == (OLD, None)
    store.save(at(OLD, 2, headline="Le budget corrigé", final_url=NEW, canonical_url=NEW, link=None))
    assert store.rows("SELECT url, revisions FROM v_article") == [(NEW, 2)]
    assert _events(store) == [("moved", None, OLD, NEW)]


def test_without_a_number_the_feed_s_guid_tells(store: Store) -> None:
    old, new = "https://essai.example/budget-adopte", "https://essai.example/budget-corrige"
    store.save(at(old, guid="?p=12"))
    store.save(at(new, 1, guid="?p=12", headline="Le budget corrigé"))
    assert store.rows("SELECT headline, revisions FROM v_article") == [("Le budget corrigé", 2)]


def test_one_number_or_guid_for_another_text_is_another_article(store: Store) -> None:
    store.save(at(OLD, guid="constante"))
    other = (
        "Une course de chiens de traîneau partira samedi du lac, malgré la pluie qui tombe depuis jeudi sur la vallée."
    )
    store.save(at(NEW, 1, guid="constante", body=other, headline="La course partira samedi", deck=None))
    assert store.rows("SELECT count(*) FROM v_article") == [(2,)]


def test_a_page_that_names_a_new_address_has_moved_there(store: Store) -> None:
    store.save(at(OLD))
    store.save(at(OLD, 1, canonical_url=NEW))
    assert _events(store) == [("moved", None, OLD, NEW)]
    assert store.do(links.save_links, store.outlet_id, "rss", [Link(url=NEW), Link(url=OLD)], now=AT) == 0
    _whole(store)


def test_an_address_that_leads_to_another_article_is_gone(store: Store) -> None:
    target = "https://essai.example/nouvelles/1900000/dossier-complet"
    store.save(at(OLD), at(target, body=BODY + " Un dossier.", headline="Le dossier"))
    store.save(at(OLD, 1, final_url=target, canonical_url=target, body=BODY + " Un dossier.", headline="Le dossier"))
    assert store.rows("SELECT url, status FROM v_gone") == [(OLD, 301)]
    assert _events(store) == [("gone", 301, OLD, target)]
    assert store.rows("SELECT count(*) FROM v_article") == [(2,)]


def test_the_old_address_dies_and_the_article_lives_at_the_new_one(store: Store) -> None:
    store.save(at(OLD))
    store.save(at(NEW, 1, headline="Le budget corrigé"))
    store.do(frontier.mark_missed, 1, now=AT + HOUR, gone_status=404)
    assert _events(store) == [("moved", None, OLD, NEW)]
    assert store.rows("SELECT url, gone_at FROM v_article") == [(NEW, None)]


# --- gone and back


def test_gone_and_restored_are_rows_with_their_time(store: Store) -> None:
    store.save(at(OLD))
    store.do(frontier.mark_missed, 1, now=AT + HOUR, gone_status=410)
    store.do(frontier.mark_missed, 1, now=AT + 2 * HOUR, gone_status=404)
    assert _events(store) == [("gone", 410, OLD, None)], "once"
    store.do(frontier.mark_seen, 1, now=AT + 3 * HOUR)
    assert [row[0] for row in _events(store)] == ["gone", "restored"]
    assert store.rows("SELECT count(*) FROM v_gone") == [(0,)]
    store.do(frontier.mark_missed, 1, now=AT + 4 * HOUR, gone_status=404)
    assert [row[0] for row in _events(store)] == ["gone", "restored", "gone"]


def test_a_page_that_says_not_found_with_status_200_is_gone(store: Store) -> None:
    store.save(at(OLD))
    store.do(links.settle, [("essai", OLD, "not_found_page")], now=AT + HOUR)
    assert store.rows("SELECT url, status FROM v_gone") == [(OLD, 404)]


# --- captures that come in late


def test_an_older_capture_never_becomes_current(store: Store) -> None:
    store.save(at(OLD, 5, body=EDITED, matches=(match(EDITED),)))
    (saved,) = store.save(at(OLD, 1, matches=(match(),)), now=AT + 9 * HOUR)
    assert (saved.change, saved.revision_seq) == ("text", 1)
    assert _bodies(store) == [(1, "first", 35, 0, BODY), (2, "text", 1, 1, EDITED)]
    assert store.rows("SELECT body, revisions FROM v_article") == [(EDITED, 2)]
    assert store.rows("SELECT count(*) FROM v_match") == [(1,)]
    _whole(store)


def test_a_capture_between_two_texts_takes_its_place(store: Store) -> None:
    between = EDITED.replace("12 millions", "14 millions")
    store.save(at(OLD, 0))
    store.save(at(OLD, 6, body=EDITED))
    store.save(at(OLD, 3, body=between))
    assert [row[4] for row in _bodies(store)] == [BODY, between, EDITED]
    assert [row[:4] for row in _bodies(store)] == [(1, "first", 35, 0), (2, "text", 2, 2), (3, "text", 1, 1)]
    store.save(at(OLD, 3, body=between), at(OLD, 4, body=EDITED), at(OLD, 1))
    assert [row[4] for row in _bodies(store)] == [BODY, between, EDITED], "the same captures again change nothing"
    ((seen_at,),) = store.rows("SELECT seen_at FROM v_revision WHERE seq = 3")
    assert str(seen_at)[:16] == f"{AT + 4 * HOUR:%Y-%m-%d %H:%M}", "the last text was there earlier than we knew"
    _whole(store)


def test_a_capture_since_which_the_current_text_was_seen_again_tells_that_it_came_back(store: Store) -> None:
    store.save(at(OLD, 0, matches=(match(),)))
    store.do(frontier.mark_seen, 1, now=AT + 6 * HOUR)
    store.save(at(OLD, 3, body=EDITED))
    assert [row[4] for row in _bodies(store)] == [BODY, EDITED, BODY]
    assert store.rows("SELECT body, revisions FROM v_article") == [(BODY, 3)]
    assert store.rows("SELECT count(*) FROM v_match") == store.rows("SELECT count(*) FROM v_why") == [(1,)]
    store.save(at(OLD, 3, body=EDITED))
    assert len(_bodies(store)) == 3
    _whole(store)


def test_an_older_capture_knows_a_date_that_the_page_has_lost(store: Store) -> None:
    unknown = {"published_at": None, "published_source": None, "published_precision": None, "dates": []}
    store.save(at(OLD, 50, day=date(2022, 1, 20), day_basis="first_seen", **unknown))
    store.save(at(OLD, 1))
    assert store.rows("SELECT published_source, day_basis FROM v_article") == [("jsonld", "published")]
    assert [str(day) for (day,) in store.rows("SELECT day FROM v_outlet_day")] == ["2022-01-17"]
    _whole(store)


# --- silent edits and headlines


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [(None, None, 1), (PUBLISHED, PUBLISHED, 1), (None, AT, 0), (PUBLISHED, AT, 0), (PUBLISHED, None, 1)],
)
def test_an_edit_is_silent_unless_the_page_owns_to_it(store: Store, before: Any, after: Any, silent: int) -> None:
    store.save(at(OLD, modified_at=before))
    store.save(at(OLD, 1, body=EDITED, modified_at=after))
    assert store.rows("SELECT count(*) FROM v_silent_edit") == [(silent,)]


def test_a_changed_headline_stands_beside_the_old_one(store: Store) -> None:
    store.save(at(OLD))
    store.save(at(OLD, 1, headline="Le budget rejeté"))
    store.save(at(OLD, 2, headline="Le budget rejeté", body=EDITED))
    assert store.rows("SELECT seq, headline_before, headline FROM v_headline_change") == [
        (2, "Le budget adopté, acte 1", "Le budget rejeté")
    ]


# --- what is due


def test_another_look_asks_for_what_changed_since(store: Store) -> None:
    store.save(at(OLD, etag='"a"', last_modified="Tue, 18 Jan 2022 14:00:00 GMT"))
    (revisit,) = store.do(frontier.due_revisits, store.outlet_id, now=AT + HOUR, limit=9)
    assert (revisit.etag, revisit.last_modified) == ('"a"', "Tue, 18 Jan 2022 14:00:00 GMT")


def test_a_new_title_in_a_listing_makes_its_article_due_once(store: Store) -> None:
    store.do(links.save_links, store.outlet_id, "rss", [Link(url=OLD, title="Budget adopté")], now=AT)
    store.save(at(OLD))
    store.do(links.settle, [("essai", OLD, None)], now=AT)

    def due(title: str, kind: Any = "rss") -> int:
        store.do(links.save_links, store.outlet_id, kind, [Link(url=OLD, title=title)], now=AT)
        revisits = store.do(frontier.due_revisits, store.outlet_id, now=AT, limit=9)
        store.do(frontier.mark_seen, 1, now=AT)
        return len(revisits)

    assert due("Budget adopté") == 0, "the listing's own short form"
    assert due("Le budget adopté, acte 1") == 0, "the page's headline"
    assert due("Un autre, sur la page des sections", "section") == 0, "another kind of listing has its own forms"
    assert due("Budget rejeté") == 1
    assert due("Budget rejeté") == 0


def test_a_pause_holds_for_pages_too_in_the_next_run(store: Store) -> None:
    store.save(at(OLD))
    assert store.do(frontier.is_due, store.outlet_id, now=AT + HOUR)
    store.do(frontier.pause_outlet, store.outlet_id, AT + 3 * HOUR)
    assert not store.do(frontier.is_due, store.outlet_id, now=AT + 2 * HOUR)
    assert store.do(frontier.is_due, store.outlet_id, now=AT + 3 * HOUR)


@pytest.mark.parametrize(
    ("minutes", "found", "new", "then"),
    [(15, 30, 0, 22.5), (15, 30, 5, 15), (15, 30, 11, 7.5), (60, 30, 30, 15), (240, 30, 3, 160), (20, 9, 1, 15), (5, 9, 9, 5), (1440, 9, 0, 1440)],
)  # fmt: skip
def test_the_pace_of_a_listing(minutes: int, found: int, new: int, then: float) -> None:
    interval = frontier.next_interval(timedelta(minutes=minutes), links=found, new_links=new)
    assert interval == timedelta(minutes=then)
