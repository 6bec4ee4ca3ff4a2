"""A newsroom's machine for one fault: on SQLite unless the store is what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.crawl.conftest import Desk, serve
from tests.faults.raw import RawServer

__all__ = ["serve"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(f"sqlite:///{tmp_path / 'newsmon.db'}", tmp_path)


@pytest.fixture
def raw() -> Iterator[Callable[[RawServer], RawServer]]:
    """Starts a raw server; ended with the test."""
    with ExitStack() as stack:
        yield lambda server: stack.enter_context(server)
