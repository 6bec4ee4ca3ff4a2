"""The schema: to head in one transaction, or left as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, inspect, text

from newsmon.errors import DatabaseError, NoDatabaseError
from newsmon.store.engine import open_engine, shown, write
from newsmon.store.views import VIEWS

MIGRATIONS = Path(__file__).parent / "migrations"


def _known() -> list[str]:
    """The revisions that this program has, the first one first: one file each, named by its revision."""
    # Alembic would tell, too: it costs each command a quarter of a second, and only an upgrade needs it.
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def head() -> str:
    """The revision that this program works with."""
    return _known()[-1]


def upgrade(engine: Engine) -> None:
    """Bring the schema to head and make the views anew. Killed half-way, the old schema is whole.

    Raises: DatabaseError, also for a schema that is newer than this program.
    """
    with write(engine) as conn:
        if conn.dialect.name == "postgresql":
            # Two programs that start at once must not both create the tables.
            conn.execute(text("SELECT pg_advisory_xact_lock(7310577382525465451)"))
        _refuse_newer(conn)
        readers = _readers(conn)
        _drop_views(conn)
        migrate(conn)
        for view in VIEWS:
            conn.execute(text(f"CREATE VIEW {view.name} AS {view.select}"))
        for role in readers:
            quoted = conn.dialect.identifier_preparer.quote(role)
            conn.execute(text(f"GRANT SELECT ON {', '.join(view.name for view in VIEWS)} TO {quoted}"))


def _readers(conn: Connection) -> list[str]:
    """PostgreSQL: the roles that may read the views. What is made anew is theirs again."""
    if conn.dialect.name != "postgresql":
        return []
    granted = """SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) g JOIN pg_roles r ON r.oid = g.grantee
        WHERE c.relname = 'v_article' AND c.relkind = 'v' AND g.privilege_type = 'SELECT' AND g.grantee <> c.relowner"""
    return list(conn.scalars(text(granted)))


def migrate(conn: Connection, to: str = "head") -> None:
    """The tables alone, within the transaction of `conn`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, to)


def _drop_views(conn: Connection) -> None:
    there = inspect(conn).get_view_names()
    for name in reversed([view.name for view in VIEWS]):
        if name in there:
            conn.execute(text(f"DROP VIEW {name}"))


def current(conn: Connection) -> str | None:
    """The schema's revision; None for an empty database."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    revision: str | None = conn.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _refuse_newer(conn: Connection) -> None:
    revision = current(conn)
    if revision is not None and revision not in _known():
        raise DatabaseError(
            f"{shown(conn.engine.url)}: its schema ({revision}) is newer than this newsmon; update the program"
        )


def check_schema(engine: Engine) -> None:
    """Raises: DatabaseError when the schema is not this program's, with what to do."""
    with engine.connect() as conn:
        _refuse_newer(conn)
        revision = current(conn)
    if revision != head():
        error = NoDatabaseError if revision is None else DatabaseError
        state = "is empty" if revision is None else f"has an older schema ({revision})"
        raise error(f"{shown(engine.url)}: the database {state}; run `newsmon db upgrade`")


def open_ready(url: str) -> Engine:
    """The database to write in, its schema at head; an empty one is given it. Raises: DatabaseError."""
    engine = open_engine(url)
    try:
        with engine.connect() as conn:
            empty = current(conn) is None
        if empty:
            upgrade(engine)
        check_schema(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_stored(url: str) -> Engine:
    """The database to write in, which must be there. Raises: DatabaseError."""
    open_reader(url).dispose()
    return open_ready(url)


def open_reader(url: str) -> Engine:
    """The database read-only, its schema checked. Raises: DatabaseError."""
    engine = open_engine(url, read_only=True)
    try:
        check_schema(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def stored_rows(url: str, sql: str, **parameters: Any) -> list[Row[Any]]:
    """What a question to the database gives; nothing where no database is yet. Raises: DatabaseError."""
    try:
        engine = open_reader(url)
    except NoDatabaseError:
        return []
    try:
        with engine.connect() as conn:
            return list(conn.execute(text(sql), parameters))
    finally:
        engine.dispose()
