"""What docs/reporters.md promises: a role that reads the views alone, and SQL that cannot write."""

from __future__ import annotations

import re
import shlex
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from newsmon.cli import cli
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


PAGE = Path(__file__).parents[2] / "docs" / "reporters.md"


def test_the_commands_of_the_page_are_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but psql's, on SQLite; no client is opened."""
    url = f"sqlite:///{tmp_path / 'newsmon.db'}"
    monkeypatch.setenv("NEWSMON_DATABASE_URL", url)
    open_ready(url).dispose()
    lines = re.findall(r"^newsmon .+$", PAGE.read_text("utf-8"), re.M)
    commands = [shlex.split(line.partition(" | ")[0])[1:] for line in lines]
    answered = [command for command in commands if command != ["sql"]]
    assert len(answered) == 3
    for command in answered:
        ran = CliRunner().invoke(cli, command)
        assert ran.exit_code == 0, (command, ran.output)
    refused = CliRunner().invoke(cli, ["sql", "DELETE FROM article"])
    assert refused.exit_code != 0
    assert "not authorized" in PAGE.read_text("utf-8") and "not authorized" in str(refused.exception) + refused.output
