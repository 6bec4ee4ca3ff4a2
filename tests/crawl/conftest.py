"""The command as cron calls it: a process of its own, a database of its own, sites on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from newsmon.newsstand.server import Server, Site
from newsmon.newsstand.stand import Newsstand


@dataclass
class Desk:
    """A newsroom's machine: its database, its outlets, its newsmon."""

    database_url: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, timeout: float = 90, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "newsmon", *arguments],
            env=self.environment_with(environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
        )

    def crawl(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("crawl", *arguments, "-s", "DOWNLOAD_DELAY=0", **environment)

    def environment_with(self, more: dict[str, str]) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMON_")}
        return {
            **kept,
            "NEWSMON_DATABASE_URL": self.database_url,
            "NEWSMON_ALLOW_NETWORKS": "127.0.0.0/8",
            **self.environment,
            **more,
        }

    def declare(self, toml: str) -> None:
        path = self.folder / "outlets.toml"
        path.write_text(toml, "utf-8")
        self.environment["NEWSMON_OUTLETS"] = str(path)

    def rows(self, sql: str, *, commit: bool = False, **parameters: Any) -> list[tuple[Any, ...]]:
        engine = create_engine(self.database_url)
        try:
            with engine.connect() as conn:
                found = [tuple(row) for row in conn.execute(text(sql), parameters)]
                if commit:
                    conn.commit()
                return found
        finally:
            engine.dispose()


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Desk:
    return Desk(database_url, tmp_path)


@pytest.fixture
def stand(desk: Desk) -> Iterator[Newsstand]:
    with Newsstand() as newsstand:
        desk.declare(newsstand.declarations())
        yield newsstand


@pytest.fixture
def serve() -> Iterator[Callable[[Site], Server]]:
    """Starts a site of the test's own; ended with the test."""
    with ExitStack() as stack:
        yield lambda site: stack.enter_context(Server(site))
