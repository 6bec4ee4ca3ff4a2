"""Copies, backups, repairs, a log that is cut, and readers who cannot write: on both engines."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsmon.errors import ConfigurationError, DatabaseError
from newsmon.reports.asked_sql import ask
from newsmon.reports.search import search
from newsmon.store import schema
from newsmon.store.check import problems
from newsmon.store.copying import copy
from newsmon.store.runs import FetchRow, record_fetches
from newsmon.store.upkeep import backup, prune_fetches, rebuild
from newsmon.store.views import VIEWS
from tests.store.conftest import Store
from tests.store.making import AT, made, match


def _filled(store: Store) -> Store:
    store.save(*(made(n, matches=(match(),)) for n in range(3)))
    store.save(made(1, headline="L’été à Élise 🌊", fetched_at=AT + timedelta(hours=1)))
    return store


def _told(engine: Engine) -> list[list[str]]:
    with engine.connect() as conn:
        return [
            sorted(str(tuple(row)) for row in conn.execute(text(f"SELECT * FROM {view.name}")))
            for view in VIEWS
            if view.name not in ("v_run", "v_outlet")
        ]


def test_a_database_moves_to_the_other_engine_and_back(
    store: Store, database_url: str, tmp_path: Path, postgres_url: str
) -> None:
    _filled(store)
    there = f"sqlite:///{tmp_path / 'copy.db'}" if store.engine.dialect.name == "postgresql" else postgres_url
    back = f"sqlite:///{tmp_path / 'back.db'}"
    assert copy(database_url, there)["revision"] == 4
    copy(there, back)
    for url in (there, back):
        engine = schema.open_ready(url)
        assert list(problems(engine)) == []
        assert [row[0] for row in search(engine, "elise").rows]
        again = Store(engine)
        assert again.save(made(50))[0].change == "first", "the next key is free"
        engine.dispose()
    with pytest.raises(DatabaseError, match="not empty"):
        copy(database_url, there)


def test_what_was_copied_is_what_was_there(store: Store, database_url: str, tmp_path: Path) -> None:
    _filled(store)
    copy(database_url, f"sqlite:///{tmp_path / 'copy.db'}")
    if store.engine.dialect.name == "sqlite":
        engine = schema.open_reader(f"sqlite:///{tmp_path / 'copy.db'}")
        assert _told(engine) == _told(store.engine)
        engine.dispose()


def test_a_copy_that_ends_half_way_leaves_nothing(store: Store, database_url: str, tmp_path: Path) -> None:
    _filled(store)
    target = f"sqlite:///{tmp_path / 'copy.db'}"

    def stop(table: str, done: int) -> None:
        if table == "revision":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(database_url, target, watch=stop)
    engine = schema.open_reader(target)
    with engine.connect() as conn:
        assert conn.scalar(text("SELECT count(*) FROM v_article")) == 0
    engine.dispose()
    assert copy(database_url, target)["article"] == 3


def test_a_backup_is_a_database(store: Store, database_url: str, tmp_path: Path) -> None:
    _filled(store)
    file = tmp_path / "backup.db"
    if store.engine.dialect.name == "postgresql":
        with pytest.raises(ConfigurationError, match="pg_dump --format=custom"):
            backup(database_url, file)
        return
    file.touch()  # as mktemp leaves it
    assert backup(database_url, file) == file.stat().st_size
    engine = schema.open_reader(f"sqlite:///{file}")
    assert _told(engine) == _told(store.engine)
    engine.dispose()
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == ["backup.db"]
    assert backup(database_url, file) == file.stat().st_size, "an older backup gives way"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE outlet_day SET n = n + 1",
        "DELETE FROM outlet_day",
        "UPDATE topic_outlet_day SET n = 7",
        "DELETE FROM topic_outlet_day",
    ],
)
def test_a_damaged_count_is_found_and_repaired(store: Store, damage: str) -> None:
    _filled(store)
    right = _told(store.engine)
    store.do(lambda conn: conn.execute(text(damage)))
    assert all("newsmon db rebuild" in problem for problem in problems(store.engine)) and list(problems(store.engine))
    store.do(rebuild)
    assert list(problems(store.engine)) == []
    assert _told(store.engine) == right


def test_a_damaged_index_is_found_and_repaired(store: Store) -> None:
    _filled(store)
    if store.engine.dialect.name == "sqlite":
        store.do(lambda conn: conn.exec_driver_sql("INSERT INTO article_search (article_search) VALUES ('delete-all')"))
        assert ["index of words" in problem for problem in problems(store.engine)] == [True]
    store.do(rebuild)
    assert list(problems(store.engine)) == [] and len(search(store.engine, "budget").rows) == 3


def test_the_log_is_cut_at_an_age(store: Store) -> None:
    rows = [
        FetchRow(slug="essai", url=f"https://essai.example/{n}", at=AT - timedelta(days=n), outcome="ok", reason=None,
                 status=200, bytes=1, elapsed_ms=1, tries=1)
        for n in range(5)
    ]  # fmt: skip
    store.do(record_fetches, store.run_id, rows)
    assert store.do(prune_fetches, before=AT - timedelta(days=2, hours=1)) == 2
    assert store.rows("SELECT count(*) FROM v_fetch") == [(3,)]


WRITES = (
    "UPDATE article SET url = ''", "DELETE FROM article", "DROP VIEW v_article", "INSERT INTO author VALUES (9, 'a', 'b')",
    "PRAGMA query_only = OFF", "PRAGMA journal_mode = DELETE", "ATTACH '/tmp/newsmon-attached.db' AS x",
    "SET TRANSACTION READ WRITE", "SET default_transaction_read_only = off", "COPY article TO PROGRAM 'cat'",
    "SELECT 1; DELETE FROM article", "WITH gone AS (DELETE FROM article RETURNING id) SELECT * FROM gone",
    "SELECT setval('article_id_seq', 1)", "SELECT load_extension('x')", "BEGIN", "COMMIT; DELETE FROM article", "VACUUM", "",
    "SELEC", "SELECT * FROM none", "CREATE TABLE t (a int)", "SELECT 1 INTO t",
)  # fmt: skip


@pytest.mark.parametrize("statement", WRITES)
def test_sql_that_would_write_is_refused_on_one_line(store: Store, database_url: str, statement: str) -> None:
    store.save(made(1))
    reader = schema.open_reader(database_url)
    with pytest.raises(ConfigurationError) as error:
        ask(reader, statement)
    assert "\n" not in str(error.value) and str(error.value).startswith("sql: ")
    assert ask(reader, "SELECT count(*) AS n FROM v_article").rows == [(1,)], "and the connection is as it was"
    reader.dispose()
    assert store.save(made(2))[0].change == "first"


def test_sql_answers_a_question(store: Store, database_url: str) -> None:
    _filled(store)
    reader = schema.open_reader(database_url)
    answer = ask(
        reader,
        "WITH a AS (SELECT * FROM v_article) SELECT headline, headline, day FROM a WHERE article_id = 1 -- 100 %;\n;",
    )
    assert answer.columns == ("headline", "headline_2", "day")
    assert len(answer.rows) == 1 and str(answer.rows[0][2]) == "2022-01-17"
    reader.dispose()


def test_a_role_that_was_let_in_stays_let_in_after_an_upgrade(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        return
    role = "lectrice_" + (store.engine.url.database or "")[-8:]
    for sql in (f"CREATE ROLE {role}", f"GRANT SELECT ON v_article TO {role}"):
        store.do(lambda conn, sql=sql: conn.execute(text(sql)))
    try:
        schema.upgrade(store.engine)
        for what, may in (("v_article", True), ("v_run", True), ("article", False)):
            assert store.rows(f"SELECT has_table_privilege('{role}', '{what}', 'SELECT')") == [(may,)]
    finally:
        store.do(lambda conn: conn.execute(text(f"DROP OWNED BY {role}; DROP ROLE {role}")))
