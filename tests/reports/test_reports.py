"""The named reports on a newsroom whose every figure is known, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from newsmon.items import Article
from newsmon.reports.named import find_report
from newsmon.reports.run import run_report
from newsmon.store import frontier, models
from tests.reports.newsroom import NOW, add_outlet, fill, on_topic
from tests.store.conftest import Store


@pytest.fixture
def newsroom(store: Store) -> Store:
    fill(store)
    return store


def _rows(store: Store, name: str, **options: Any) -> list[dict[str, Any]]:
    answer = run_report(store.engine, find_report(name), **options)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _sum(rows: list[dict[str, Any]], column: str) -> int:
    return sum(row[column] for row in rows)


@pytest.mark.parametrize("dated_only", [False, True])
def test_the_ways_to_count_a_topic_agree(newsroom: Store, dated_only: bool) -> None:
    asked: dict[str, Any] = {"topic": "budgets", "dated_only": dated_only}
    n = 19 if dated_only else 22
    for name in ("attention", "attention-week", "share-of-voice", "topic-origin", "attribution"):
        assert _sum(_rows(newsroom, name, **asked), "n") == n, name
    assert len(_rows(newsroom, "latest", **asked)) == n
    (topic,) = _rows(newsroom, "topics", dated_only=dated_only)
    assert (topic["n"], topic["n_undated"]) == (n, 0 if dated_only else 3)
    assert _sum(_rows(newsroom, "topic-dates", topic="budgets"), "n") == 22


def test_days_bound_every_way_to_count(newsroom: Store) -> None:
    asked: dict[str, Any] = {"since": date(2022, 2, 1), "until": date(2022, 2, 28)}
    n = _sum(_rows(newsroom, "attention", topic="budgets", **asked), "n")
    assert 0 < n < 19
    for name in ("attention-week", "share-of-voice", "topic-origin", "topic-dates", "attribution"):
        assert _sum(_rows(newsroom, name, topic="budgets", **asked), "n") == n, name
    assert _rows(newsroom, "topics", **asked)[0]["n"] == n
    whole = _sum(_rows(newsroom, "output", **asked), "n")
    assert whole == _sum(_rows(newsroom, "attribution", **asked), "n") == len(_rows(newsroom, "articles", **asked))


def test_a_week_is_out_of_the_week_s_whole_output(newsroom: Store) -> None:
    first = _rows(newsroom, "attention-week", topic="budgets")[0]
    assert first == {
        "iso_week": "2022-W02", "outlet": "essai", "n": 1, "n_primary": 1, "n_undated": 0, "outlet_n": 8, "share": 12.5,
    }  # fmt: skip
    days = [
        r
        for r in _rows(newsroom, "attention", topic="budgets")
        if r["outlet"] == "essai" and r["day"] < date(2022, 1, 17)
    ]
    assert _sum(days, "n") == 1


def test_shares_of_voice_add_up(newsroom: Store) -> None:
    rows = _rows(newsroom, "share-of-voice", topic="budgets")
    assert [(row["outlet"], row["n"], row["voice"]) for row in rows] == [
        ("essai", 12, 54.5), ("phare", 6, 27.3), ("maree", 4, 18.2),
    ]  # fmt: skip
    assert rows[0]["outlet_n"] == 42 and rows[0]["share"] == 28.57


def test_the_first_of_a_day_is_the_one_of_the_earliest_printed_minute(store: Store) -> None:
    for slug in ("phare", "maree"):
        add_outlet(store, slug, slug)
    at = datetime(2022, 5, 2, 15, 0, tzinfo=UTC)

    def printed(number: int, outlet: str, minutes: int, **changes: Any) -> Article:
        moment = {"published_at": at + timedelta(minutes=minutes), "published_precision": "minute"}
        return on_topic(number, changes.pop("day", at.date()), outlet=outlet, **{**moment, **changes})

    store.save(
        printed(1, "phare", 3), printed(2, "essai", 0), printed(3, "essai", 9),
        printed(4, "maree", -60, published_precision="day"),
        printed(5, "phare", 1440, day=date(2022, 5, 3)),
    )  # fmt: skip
    rows = [
        (row["outlet"], row["days"], row["n_first"], row["first_share"])
        for row in _rows(store, "first-of-day", topic="budgets")
    ]
    assert rows == [("essai", 1, 1, 100.0), ("phare", 1, 0, 0.0)]


def test_output_tells_its_own_from_the_rest(newsroom: Store) -> None:
    rows = {row["outlet"]: row for row in _rows(newsroom, "output")}
    assert (rows["phare"]["n_original"], rows["phare"]["original_share"]) == (0, 0.0)
    assert (rows["maree"]["n"], rows["maree"]["n_undated"], rows["maree"]["undated_share"]) == (4, 3, 75.0)
    dated = {row["outlet"]: row for row in _rows(newsroom, "output", dated_only=True)}
    assert (dated["maree"]["n"], dated["maree"]["n_undated"]) == (1, 0)


def test_origins_are_told_apart(newsroom: Store) -> None:
    rows = {row["outlet"]: row for row in _rows(newsroom, "topic-origin", topic="budgets")}
    assert (rows["phare"]["n_wire"], rows["phare"]["wire_share"]) == (6, 100.0)
    assert (rows["essai"]["n_original"], rows["maree"]["n_untold"]) == (11, 4)
    agencies = [
        (r["outlet"], r["origin"], r["agency"], r["n"]) for r in _rows(newsroom, "attribution", topic="budgets")
    ]
    assert ("phare", "wire", "La Presse Canadienne", 6) in agencies
    assert len(_rows(newsroom, "attribution")) >= len(agencies)


def test_edits_are_told_and_silent_ones_too(newsroom: Store) -> None:
    (change,) = _rows(newsroom, "headline-changes")
    assert (change["headline_before"], change["headline"], change["seq"]) == (
        "Budget, acte 11",
        "Budget adopté, acte 11",
        2,
    )
    (edit,) = _rows(newsroom, "silent-edits")
    assert (edit["change"], edit["headline"]) == ("headline", "Budget adopté, acte 11")
    assert _rows(newsroom, "headline-changes", topic="budgets") == [change]
    assert _rows(newsroom, "headline-changes", until=date(2022, 1, 31)) == []


def test_gone_articles_are_told(newsroom: Store) -> None:
    assert _rows(newsroom, "gone") == []
    ((article_id,),) = newsroom.rows("SELECT article_id FROM v_article WHERE url = 'https://maree.example/40'")
    newsroom.do(frontier.mark_missed, article_id, now=NOW, gone_status=410)
    rows = _rows(newsroom, "gone", topic="budgets")
    assert [(r["outlet"], r["day"], r["status"], r["gone_at"]) for r in rows] == [("maree", date(2022, 4, 1), 410, NOW)]


def _visit(store: Store, number: int, outcomes: dict[str, tuple[str, str | None, int]]) -> None:
    """A crawl that ended, with the outcome, the reason and the new articles of each outlet."""
    at = NOW + timedelta(hours=number)
    with store.engine.begin() as conn:
        run_id = conn.execute(
            insert(models.Run).values(
                kind="crawl", started_at=at, finished_at=at, status="partial", exit_code=1, pid=1, version="0",
                arguments="", counts={},
            )
        ).inserted_primary_key[0]  # fmt: skip
        for slug, (outcome, reason, stored) in outcomes.items():
            outlet_id = conn.scalar(models.Outlet.__table__.select().where(models.Outlet.slug == slug))
            conn.execute(
                insert(models.OutletRun).values(
                    run_id=run_id, outlet_id=outlet_id, outcome=outcome, reason=reason, detail=None, links=stored,
                    fetched=stored, stored=stored, revised=0, refused=0, failed=int(outcome == "failed"),
                )
            )  # fmt: skip
        conn.execute(update(models.Feed).values(polled_at=at))


def test_an_outlet_is_well_silent_or_failing(newsroom: Store) -> None:
    assert {row["health"] for row in _rows(newsroom, "outlet-health")} == {"not_asked_yet"}
    for number in range(3):
        _visit(
            newsroom, number, {"essai": ("ok", None, 2), "phare": ("ok", None, 0), "maree": ("failed", "timeout", 0)}
        )
    rows = {row["outlet"]: row for row in _rows(newsroom, "outlet-health")}
    assert {slug: row["health"] for slug, row in rows.items()} == {
        "essai": "well",
        "phare": "silent",
        "maree": "failing",
    }
    assert (rows["maree"]["runs"], rows["maree"]["failed_runs"], rows["maree"]["reason"]) == (3, 3, "timeout")


def test_the_history_of_runs_has_the_last_first(newsroom: Store) -> None:
    _visit(newsroom, 1, {"essai": ("ok", None, 2), "phare": ("failed", "dns", 0)})
    rows = _rows(newsroom, "run-history", limit=1)
    assert len(rows) == 1
    assert {name: rows[0][name] for name in ("kind", "status", "exit_code", "outlets", "stored", "failed")} == {
        "kind": "crawl", "status": "partial", "exit_code": 1, "outlets": 2, "stored": 2, "failed": 1,
    }  # fmt: skip
    assert isinstance(rows[0]["started_at"], datetime) and rows[0]["started_at"] == NOW + timedelta(hours=1)
    assert len(_rows(newsroom, "run-history")) == 2
