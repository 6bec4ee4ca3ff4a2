from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from newsmon.cli import main
from tests.store.conftest import Store


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


@dataclass
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: bytes
    err: str


Command = Callable[..., Done]


@pytest.fixture
def newsmon_on(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """The command line in this process; the first argument is the address of the database."""

    def run(url: str, *arguments: str) -> Done:
        monkeypatch.setenv("NEWSMON_DATABASE_URL", url)
        monkeypatch.delenv("COLUMNS", raising=False)
        capsysbinary.readouterr()
        code: object = 0
        try:
            main(list(arguments))
        except SystemExit as e:
            code = e.code
        out, err = capsysbinary.readouterr()
        return Done(int(str(code or 0)), out, err.decode())

    return run


@pytest.fixture
def newsmon(store: Store, database_url: str, newsmon_on: Command) -> Command:
    """The command line in this process, on the store's database."""
    return lambda *arguments: newsmon_on(database_url, *arguments)
