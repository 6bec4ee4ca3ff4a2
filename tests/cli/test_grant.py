"""The SQL of `newsmon db grant`, as PostgreSQL takes it."""

from __future__ import annotations

import uuid

from click.testing import CliRunner
from sqlalchemy import create_engine, text

from newsmon.cli.database import db
from newsmon.store.schema import open_ready


def test_a_role_that_was_granted_reads_the_views_and_nothing_else(postgres_url: str) -> None:
    open_ready(postgres_url).dispose()
    role = f"lectrice-{uuid.uuid4().hex[:8]}"
    printed = CliRunner().invoke(db, ["grant", role])
    assert printed.exit_code == 0
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as conn:
            conn.execute(text(f'CREATE ROLE "{role}" LOGIN'))
            conn.exec_driver_sql(printed.output)
            for what, right, may in (
                ("v_article", "SELECT", True), ("v_run", "SELECT", True), ("article", "SELECT", False),
                ("v_article", "DELETE", False),
            ):  # fmt: skip
                asked = text("SELECT has_table_privilege(:role, :what, :right)")
                assert conn.scalar(asked, {"role": role, "what": what, "right": right}) is may
            conn.execute(text(f'DROP OWNED BY "{role}"'))
            conn.execute(text(f'DROP ROLE "{role}"'))
    finally:
        engine.dispose()
