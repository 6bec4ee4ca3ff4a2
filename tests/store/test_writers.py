"""Several writers of one PostgreSQL, and a connection that is lost: nothing is half stored, nothing twice."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.store import frontier, rollups
from newsmon.store.articles import Saved, save_articles
from newsmon.store.check import problems
from newsmon.store.engine import transact
from newsmon.store.upkeep import rebuild
from tests.store.conftest import Store
from tests.store.making import AT, made, match

DAY = date(2022, 1, 18)


def test_two_writers_of_the_same_articles_in_opposite_order(store: Store) -> None:
    articles = [made(n, matches=(match(),)) for n in range(20)]

    def save(turn: int) -> list[Saved]:
        order = articles if turn % 2 else articles[::-1]
        return store.save(*order, now=AT + timedelta(minutes=turn))

    with ThreadPoolExecutor(max_workers=4) as pool:
        saved = [one for batch in pool.map(save, range(8)) for one in batch]
    assert sum(one.change == "first" for one in saved) == 20
    assert {one.change for one in saved} == {"first", "unchanged"}
    assert store.rows("SELECT n, n_primary, outlet_n FROM v_attention_day") == [(20, 20, 20)]
    assert list(problems(store.engine)) == []


def test_a_connection_that_is_lost_in_the_middle_is_made_anew_once(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        return
    lost = []

    def save(conn: Connection) -> list[Saved]:
        saved = save_articles(conn, [made()], run_id=store.run_id, topic_versions=store.versions, now=AT)
        if not lost:
            lost.append(conn.scalar(text("SELECT pg_backend_pid()")))
            store.rows("SELECT pg_terminate_backend(:pid)", pid=lost[0])
        conn.execute(text("SELECT 1"))
        return saved

    assert [s.change for s in transact(store.engine, save)] == ["first"]
    assert store.rows("SELECT count(*) FROM v_article") == [(1,)]
    assert list(problems(store.engine)) == []


def test_an_idle_connection_that_the_server_closed_is_no_trouble(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        return
    store.rows("SELECT 1")
    store.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    assert store.save(made())[0].change == "first"


def test_a_real_deadlock_is_survived_by_both(store: Store) -> None:
    """Each holds one outlet and asks for the other's: the server ends one of them, which begins again."""
    if store.engine.dialect.name != "postgresql":
        return
    for slug in ("un", "deux"):
        store.do(
            frontier.sync_outlet,
            Declaration(slug=slug, outlet=Outlet(slug), sources=(Feed(f"https://{slug}.example/rss"),)),
        )
    both = threading.Barrier(2, timeout=30)
    tries: list[str] = []

    def cross(conn: Connection, first: str, second: str) -> None:
        conn.execute(text("UPDATE outlet SET region = 'NB' WHERE slug = :slug"), {"slug": first})
        tries.append(first)
        if tries.count(first) == 1:
            both.wait()
        conn.execute(text("UPDATE outlet SET owner = :first WHERE slug = :slug"), {"slug": second, "first": first})

    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in [pool.submit(transact, store.engine, cross, *pair) for pair in (("un", "deux"), ("deux", "un"))]:
            future.result(timeout=60)
    assert sorted(tries) in (["deux", "deux", "un"], ["deux", "un", "un"]), "one was begun again"
    assert store.rows("SELECT slug, region, owner FROM outlet WHERE slug <> 'essai' ORDER BY slug") == [
        ("deux", "NB", "un"), ("un", "NB", "deux"),
    ]  # fmt: skip


def test_two_runs_side_by_side_write_different_outlets(store: Store) -> None:
    store.do(
        frontier.sync_outlet,
        Declaration(slug="autre", outlet=Outlet("L’Autre"), sources=(Feed("https://autre.example/rss"),)),
    )
    batches = {slug: [made(n, outlet=slug, matches=(match(),)) for n in range(15)] for slug in ("essai", "autre")}
    with ThreadPoolExecutor(max_workers=4) as pool:
        saved = [
            one
            for batch in pool.map(lambda turn: store.save(*batches["essai" if turn % 2 else "autre"]), range(8))
            for one in batch
        ]
    assert sum(one.change == "first" for one in saved) == 30
    assert store.rows("SELECT outlet, n FROM v_outlet_day ORDER BY outlet") == [("autre", 15), ("essai", 15)]
    assert list(problems(store.engine)) == []


def test_the_same_pages_crawled_again_leave_every_table_as_it_was(store: Store) -> None:
    articles = [made(n, matches=(match(),), etag='"a"') for n in range(5)]
    tables = (
        "article",
        "article_address",
        "article_event",
        "revision",
        "article_author",
        "caption",
        "attribution",
        "outlet_day",
    )

    def all_rows() -> list[list[object]]:
        return [sorted(map(repr, store.rows(f"SELECT * FROM {table}"))) for table in tables]

    store.save(*articles)
    before = all_rows()
    store.save(*articles[::-1])
    assert all_rows() == before
    assert store.rows("SELECT count(*) FROM article_date") == [(5,)]


def test_a_rebuild_beside_a_run_that_stores_counts_every_article_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that stores when the rebuild has forgotten the old counts, and not counted yet: it waits."""
    if store.engine.dialect.name != "postgresql":
        return
    store.save(made(1, matches=(match(),)))
    real = rollups._count_outlets
    with ThreadPoolExecutor(max_workers=1) as pool:
        storing: list[Future[list[Saved]]] = []

        def count(conn: Connection, *where: Any) -> None:
            if not storing:
                new = [made(n, day=DAY, matches=(match(),)) for n in (2, 3)]
                storing.append(pool.submit(store.save, *new))
                assert wait(storing, 1).not_done, "what is stored meanwhile waits"
            real(conn, *where)

        monkeypatch.setattr(rollups, "_count_outlets", count)
        store.do(rebuild)
        assert [saved.change for saved in storing[0].result(30)] == ["first", "first"]
    assert store.rows("SELECT day, n FROM v_attention_day ORDER BY day") == [(made().day, 1), (DAY, 2)]
    assert list(problems(store.engine)) == []
