"""What a reporter finds in the views after articles were stored, on both engines."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from newsmon.items import Caption, DateCandidate
from newsmon.store import rollups
from newsmon.store.check import problems
from newsmon.store.topics import followed_topics, show, sync_topics
from tests.store.conftest import Store
from tests.store.making import AT, BODY, PUBLISHED, made, match

LATER = AT + timedelta(hours=2)


def test_an_article_is_there_with_all_its_parts(store: Store) -> None:
    (saved,) = store.save(made(matches=(match(),)))
    assert (saved.change, saved.revision_seq) == ("first", 1)
    columns = "headline, deck, body, words, day_basis, iso_week, month, origin, agency, revisions, language"
    assert store.rows(f"SELECT {columns} FROM v_article") == [
        (
            "Le budget adopté, acte 1", "Deux heures de discussions.", BODY, 35, "published", "2022-W03", "2022-01",
            "mixed", "La Presse Canadienne", 1, "fr",
        )
    ]  # fmt: skip
    assert [str(day) for (day,) in store.rows("SELECT day FROM v_article")] == ["2022-01-17"]
    assert store.rows("SELECT position, author, kind FROM v_author ORDER BY position") == [
        (0, "Maude Charlebois-Roy", "person"),
        (1, "La Presse Canadienne", "agency"),
    ]
    assert store.rows("SELECT role, source, raw, chosen, reason, flags FROM v_date") == [
        ("published", "jsonld", "2022-01-17T21:40:00-05:00", True, "first in order", "a b")
    ]
    assert store.rows("SELECT text, credit FROM caption") == [("La salle du conseil.", "Yvan Thériault")]


def test_a_match_says_why(store: Store) -> None:
    store.save(made(matches=(match(),)))
    assert store.rows("SELECT topic, headline, level, why, version FROM v_match") == [
        ("budgets", "Le budget adopté, acte 1", "primary", "texte : budget", 1)
    ]
    ((field, start, end, surface),) = store.rows('SELECT field, start, "end", surface FROM v_why')
    assert field == "body" and BODY[start:end] == surface == "budget"


def test_the_same_pages_again_change_nothing(store: Store) -> None:
    articles = [made(n, matches=(match(),)) for n in range(3)]
    store.save(*articles)
    before = (
        store.rows("SELECT * FROM v_revision ORDER BY article_id"),
        store.rows("SELECT * FROM v_why ORDER BY article_id"),
    )
    assert {s.change for s in store.save(*articles, now=LATER)} == {"unchanged"}
    after = (
        store.rows("SELECT * FROM v_revision ORDER BY article_id"),
        store.rows("SELECT * FROM v_why ORDER BY article_id"),
    )
    assert after == before


def test_an_edit_is_a_revision_and_going_back_is_a_third(store: Store) -> None:
    edited = BODY.replace("2,4 %", "2,9 %")
    store.save(made())
    assert store.save(made(body=edited, fetched_at=LATER))[0].change == "text"
    store.save(made(fetched_at=LATER + timedelta(hours=1)))
    assert store.rows("SELECT seq, change, words_added, words_removed, body FROM v_revision ORDER BY seq") == [
        (1, "first", 35, 0, BODY),
        (2, "text", 1, 1, edited),
        (3, "text", 1, 1, BODY),
    ]
    assert store.rows("SELECT revisions, body FROM v_article") == [(3, BODY)]


def test_a_retitle_is_a_revision_of_the_same_article(store: Store) -> None:
    store.save(made())
    assert store.save(made(headline="Sainte-Ursule adopte son budget"))[0].change == "headline"
    assert store.rows("SELECT headline, revisions FROM v_article") == [("Sainte-Ursule adopte son budget", 2)]


@pytest.mark.parametrize(
    "body",
    [BODY.replace("\n\n", "\n \n"), BODY.replace("2,4 %", "2,4\u00a0%"), BODY.replace("’", "'"), BODY + " "],
)
def test_what_only_looks_like_an_edit_makes_no_revision(store: Store, body: str) -> None:
    store.save(made())
    assert store.save(made(body=body))[0].change in ("cosmetic", "unchanged")
    assert store.rows("SELECT revisions, body FROM v_article") == [(1, BODY)]


def test_a_thin_page_never_takes_the_place_of_a_text(store: Store) -> None:
    store.save(made())
    (saved,) = store.save(made(body="Abonnez-vous pour lire la suite.", thin="paywall", paywall=True))
    assert (saved.change, saved.reason) == ("thin", "paywall")
    assert store.rows("SELECT body, revisions FROM v_article") == [(BODY, 1)]


def test_what_is_no_article_is_not_stored(store: Store) -> None:
    (saved,) = store.save(made(thin="not_found_page"))
    assert (saved.change, saved.reason) == ("rejected", "not_found_page")
    assert store.rows("SELECT count(*) FROM v_article") == [(0,)]


def test_an_unknown_date_stays_unknown(store: Store) -> None:
    store.save(
        made(
            published_at=None, published_precision=None, published_source=None, day=date(2022, 1, 18), day_basis="clock",
            dates=[DateCandidate(role="clock", source="header", selector="x", raw="18 janvier 2022 09:00", value=AT, precision="minute", reason="clock")],
        )
    )  # fmt: skip
    assert store.rows("SELECT published_at, day_basis, published_source FROM v_article") == [(None, "clock", None)]
    assert store.rows("SELECT day_basis, n, share FROM v_date_quality") == [("clock", 1, 1.0)]


def test_a_second_look_without_the_listing_keeps_what_the_listing_said(store: Store) -> None:
    told = DateCandidate(
        role="published", source="feed", selector="rss", raw="Mon, 17 Jan 2022 21:40:00 -0500", value=PUBLISHED,
        precision="second", chosen=True, reason="only",
    )  # fmt: skip
    store.save(made(dates=[told], published_source="feed"))
    store.save(made(link=None, dates=[], published_at=None, published_source=None, published_precision=None, day=None, day_basis="unknown"))  # fmt: skip
    assert store.rows("SELECT published_source, day_basis FROM v_article") == [("feed", "published")]
    assert store.rows("SELECT source, chosen FROM v_date") == [("feed", True)]


def test_two_of_one_address_in_a_batch_are_one_article(store: Store) -> None:
    first, second = store.save(made(), made(headline="Le budget adopté, corrigé"))
    assert (first.change, second.change) == ("first", "headline")
    assert store.rows("SELECT headline, revisions FROM v_article") == [("Le budget adopté, corrigé", 2)]


def test_signs_that_an_engine_refuses_are_taken_out(store: Store) -> None:
    store.save(made(headline="Un\x00 budget\ud800 adopté\x1b", captions=(Caption(text="La\x00 salle"),)))
    assert store.rows("SELECT headline FROM v_article") == [("Un budget\ufffd adopté",)]
    assert store.rows("SELECT text FROM caption") == [("La salle",)]


def test_an_address_of_ten_thousand_signs_is_stored(store: Store) -> None:
    url = "https://essai.example/" + "a" * 10_000
    store.save(made(url=url, final_url=url, canonical_url=url))
    assert store.rows("SELECT url FROM v_article") == [(url,)]


def test_one_row_that_the_database_refuses_costs_itself_alone(store: Store) -> None:
    poisoned = made(2, matches=(match(),))
    object.__setattr__(poisoned.matches[0].spans[0], "start", 2**80)
    changes = [s.change for s in store.save(made(1), poisoned, made(3))]
    assert changes == ["first", "rejected", "first"]
    assert store.rows("SELECT count(*) FROM v_article") == [(2,)]
    assert list(problems(store.engine)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"fetched_at": AT.replace(tzinfo=None)},
        {"outlet": "inconnu"},
        {"matches": (replace(match(), topic="inconnu"),)},
        {"headline": 12},
        {"fetched_at": None},
    ],
)
def test_odd_values_cost_their_article_alone(store: Store, changes: dict[str, object]) -> None:
    assert [s.change for s in store.save(made(1), made(2, **changes), made(3))] == ["first", "rejected", "first"]
    assert store.rows("SELECT count(*) FROM v_article") == [(2,)]


def test_a_later_look_does_not_make_an_undated_article_younger(store: Store) -> None:
    undated = {"published_at": None, "published_precision": None, "published_source": None, "dates": []}
    store.save(made(day=date(2022, 1, 18), day_basis="clock", **undated))
    store.save(made(day=date(2022, 1, 21), day_basis="clock", fetched_at=AT + timedelta(days=3), **undated))
    store.save(made(day=date(2022, 1, 22), day_basis="first_seen", fetched_at=AT + timedelta(days=4), **undated))
    ((day, basis, week),) = store.rows("SELECT day, day_basis, iso_week FROM v_article")
    assert (str(day), basis, week) == ("2022-01-18", "clock", "2022-W03")
    store.save(made(day=date(2022, 1, 17), day_basis="clock", **undated))
    ((day,),) = store.rows("SELECT day FROM v_article")
    assert str(day) == "2022-01-17", "a tighter bound is better"
    assert list(problems(store.engine)) == []


def test_a_longer_stub_is_better_than_a_shorter_one(store: Store) -> None:
    store.save(made(body="Le budget est adopté.", thin="paywall", paywall=True))
    stub = "Le budget est adopté. La hausse sera de 2,4 %, dit la mairesse."
    assert store.save(made(body=stub, thin="paywall", paywall=True))[0].change == "text"
    assert store.save(made(body=BODY))[0].change == "text"


def test_a_changed_definition_waits_and_the_old_one_is_shown_until_the_switch(store: Store) -> None:
    store.save(*(made(n, matches=(match(),)) for n in range(3)))
    changed = store.do(sync_topics, [("budgets", "Budgets", None, "digest-2", "")], now=AT)
    assert changed != store.versions
    assert store.rows("SELECT n FROM v_attention_day") == [(3,)]
    assert store.rows("SELECT version, pending FROM v_topic") == [(1, 2)]
    assert store.do(show, store.do(followed_topics), now=AT) == ["budgets"]
    assert store.rows("SELECT * FROM v_match") == store.rows("SELECT * FROM v_attention_day") == []
    assert list(problems(store.engine)) == []
    assert store.do(sync_topics, [("budgets", "Budgets", None, "digest-1", "")], now=AT) == store.versions
    assert store.rows("SELECT version, pending FROM v_topic") == [(2, 1)]
    store.do(show, store.do(followed_topics), now=AT)
    assert store.rows("SELECT n FROM v_attention_day") == [(3,)]
    assert list(problems(store.engine)) == []


def test_a_definition_that_is_taken_back_before_its_turn_leaves_nothing(store: Store) -> None:
    store.save(*(made(n, matches=(match(),)) for n in range(3)))
    waiting = store.do(sync_topics, [("budgets", "Budgets", None, "digest-2", "")], now=AT)
    store.versions = waiting
    store.save(made(9, matches=(match(),)))
    store.do(sync_topics, [("budgets", "Budgets", None, "digest-1", "")], now=AT)
    assert store.do(show, store.do(followed_topics), now=AT) == []
    assert store.rows("SELECT count(*) FROM topic_match WHERE topic_version_id = :id", id=waiting["budgets"]) == [(0,)]
    assert store.rows("SELECT version, pending FROM v_topic") == [(1, None)]


def test_counts_by_day_stay_exact_through_anything(store: Store) -> None:
    chance = random.Random(7)
    for _ in range(30):
        batch = []
        for _ in range(chance.randrange(1, 6)):
            day = date(2022, 1, 10) + timedelta(days=chance.randrange(5))
            matches = (match(level=chance.choice(["primary", "secondary"])),) if chance.random() < 0.6 else ()
            basis = chance.choice(["published", "clock"])
            words = " ".join(chance.choices(BODY.split(), k=30)) + " budget"
            number = chance.randrange(12)
            found = tuple(match(words, m.level) for m in matches)
            batch.append(made(number, day=day, day_basis=basis, body=words, matches=found))
        store.save(*batch)
    tables = "SELECT * FROM v_attention_day ORDER BY day", "SELECT * FROM outlet_day ORDER BY day"
    kept = [store.rows(table) for table in tables]
    assert kept[0] and kept[1]
    assert list(problems(store.engine)) == []
    store.do(rollups.rebuild)
    assert [store.rows(table) for table in tables] == kept


def test_share_is_out_of_the_outlet_s_whole_output(store: Store) -> None:
    store.save(*(made(n, matches=(match(),) if n == 0 else ()) for n in range(4)))
    assert store.rows("SELECT topic, outlet, n, n_primary, outlet_n, share FROM v_attention_day") == [
        ("budgets", "essai", 1, 1, 4, 0.25)
    ]


def test_what_is_stored_already_is_asked_by_index(store: Store) -> None:
    """However many articles there are, a batch costs the same."""
    if store.engine.dialect.name != "sqlite":
        return
    asked: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")) and not executemany:
            asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    store.save(*(made(number) for number in range(10_000, 10_020)))
    store.save(*(made(number, headline="Autre titre du budget") for number in range(10_000, 10_003)))
    event.remove(store.engine, "before_cursor_execute", note)
    assert asked
    for statement, parameters in asked:
        with store.engine.connect() as conn:
            plan = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        assert not [step for step in plan if re.match("SCAN article", step)], statement
