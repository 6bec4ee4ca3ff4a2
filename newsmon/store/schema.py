"""The schema: to head in one transaction, or left as it was."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from newsmon.errors import DatabaseError
from newsmon.store.engine import open_engine, shown, write
from newsmon.store.views import VIEWS

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(conn: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config


def head() -> str:
    """The revision that this program works with."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


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
        command.upgrade(_config(conn), "head")
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


def _drop_views(conn: Connection) -> None:
    there = inspect(conn).get_view_names()
    for name in reversed([view.name for view in VIEWS]):
        if name in there:
            conn.execute(text(f"DROP VIEW {name}"))


def current(conn: Connection) -> str | None:
    """The schema's revision; None for an empty database."""
    return MigrationContext.configure(conn).get_current_revision()


def _refuse_newer(conn: Connection) -> None:
    revision = current(conn)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseError(
            f"{shown(conn.engine.url)}: its schema ({revision}) is newer than this newsmon; update the program"
        )


def check_schema(engine: Engine) -> None:
    """Raises: DatabaseError when the schema is not this program's, with what to do."""
    with engine.connect() as conn:
        _refuse_newer(conn)
        revision = current(conn)
    if revision != head():
        state = "is empty" if revision is None else f"has an older schema ({revision})"
        raise DatabaseError(f"{shown(engine.url)}: the database {state}; run `newsmon db upgrade`")


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


def open_reader(url: str) -> Engine:
    """The database read-only, its schema checked. Raises: DatabaseError."""
    engine = open_engine(url, read_only=True)
    try:
        check_schema(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
