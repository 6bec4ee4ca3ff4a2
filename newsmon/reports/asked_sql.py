"""One SQL statement of a reader's own, answered and unable to write: whatever it says.

SQLite: the file is open for reading and the statement may read only. PostgreSQL: it is the query of a cursor, in a
transaction that reads only; what such a query may see beyond that is the business of the role that asks.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, exc

from newsmon.errors import ConfigurationError
from newsmon.reports.named import Report
from newsmon.reports.run import Answer, typed

_MAY = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
_FORBIDDEN = frozenset(("load_extension", "writefile", "edit", "fts3_tokenizer"))


def ask(engine: Engine, statement: str) -> Answer:
    """The answer of a SELECT, VALUES or WITH. Raises: ConfigurationError, one line."""
    statement = statement.strip().rstrip(";").strip()
    if not statement:
        raise ConfigurationError("sql: no statement; write e.g. newsmon sql 'SELECT * FROM v_run'")
    try:
        with engine.connect() as conn:
            ask_it = _on_sqlite if conn.dialect.name == "sqlite" else _on_postgres
            columns, rows = ask_it(conn, statement)
    except (exc.DBAPIError, sqlite3.Error, sqlite3.Warning) as e:
        said = " ".join(str(getattr(e, "orig", None) or e).split())[:300]
        if "not authorized" in said or "prohibited" in said or "syntax error" in said or "one statement" in said:
            said += "; one SELECT (or WITH … SELECT) is answered, and nothing is written"
        raise ConfigurationError(f"sql: {said}") from None
    names = tuple(_distinct(columns))
    report = Report(
        name="sql", title=("", ""), question=("", ""), parameters=(), headings={n: (n, n) for n in names}, sql=statement
    )
    return Answer(report, names, [tuple(map(typed, names, row)) for row in rows])


def _on_sqlite(conn: Connection, statement: str) -> tuple[list[str], list[Any]]:
    raw: Any = conn.connection.driver_connection

    def allow(action: int, first: str | None, second: str | None, *_: Any) -> int:
        fine = action in _MAY and not (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN)
        return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

    raw.set_authorizer(allow)
    try:
        cursor = raw.execute(statement)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()
    finally:
        raw.set_authorizer(None)


def _on_postgres(conn: Connection, statement: str) -> tuple[list[str], list[Any]]:
    # A cursor takes one query, and none that writes; the transaction is read-only beside.
    import psycopg

    raw: Any = conn.connection.driver_connection
    raw.rollback()
    try:
        with raw.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute(b"DECLARE asked NO SCROLL CURSOR FOR " + statement.encode(), prepare=True)
            cursor.execute("FETCH ALL FROM asked")
            return [column.name for column in cursor.description or ()], cursor.fetchall()
    except psycopg.Error as e:
        raise ConfigurationError(
            f"sql: {' '.join(str(e).split())[:300]}; one SELECT (or WITH … SELECT) is answered, and nothing is written"
        ) from None
    finally:
        with suppress(Exception):
            raw.rollback()


def _distinct(names: list[str]) -> list[str]:
    """Each column by a name of its own."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return out
