"""Several writers of one PostgreSQL, and a connection that is lost: nothing is half stored, nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import Connection, text

from newsmon.store.articles import Saved, save_articles
from newsmon.store.check import problems
from newsmon.store.engine import transact
from tests.store.conftest import Store
from tests.store.making import AT, made, match


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
