"""`make demo`: the sample outlets, crawled by the commands that crawl the world."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from newsmon.environment import PROJECT_ROOT
from newsmon.newsstand.stand import SLUGS, Newsstand

PORT = 8641
REPORT = "report"
"""The folder of pages beside the database."""
WIDTH_MIN = 140
"""Columns; narrower tables are no pleasure to read."""


def run_demo(folder: Path, *, port: int = PORT) -> int:
    """Crawl the newsstand into `folder`/newsmon.db and print what came of it; returns an exit code.

    Raises: ConfigurationError when a port is taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Newsstand(port=port) as stand:
        outlets = folder / "outlets.toml"
        outlets.write_text(stand.declarations(), "utf-8")
        environment = {
            **os.environ,
            "NEWSMON_DATABASE_URL": f"sqlite:///{folder.resolve() / 'newsmon.db'}",
            "NEWSMON_OUTLETS": str(outlets.resolve()),
            "NEWSMON_ALLOW_NETWORKS": "127.0.0.0/8",
            "COLUMNS": str(max(WIDTH_MIN, shutil.get_terminal_size((WIDTH_MIN, 40)).columns)),
        }
        politeness = ["-s", "DOWNLOAD_DELAY=0", "-s", "NEWSMON_POLL_NOW=True"]
        # 1 is expected: one outlet of the stand forbids a page in its robots.txt, and says so.
        code = _newsmon(["crawl", *SLUGS, *politeness], environment)
        if code not in (0, 1):
            return code
        asked = sum(len(server.paths()) for server in stand.servers.values())
    click.echo(f"\nThe newsstand was asked for {asked} addresses.")
    for title, command in (
        ("What came in", ["report", "articles"]),
        ("What was refused, and why", ["report", "refused"]),
        ("guerre-ukraine: attention by day and outlet", ["report", "attention", "--topic", "guerre-ukraine"]),
        ("guerre-ukraine: the latest articles, and why", ["report", "latest", "--topic", "guerre-ukraine"]),
        ("Who was first, story by story", ["report", "first"]),
        ("The same text elsewhere", ["report", "wire"]),
        ("A report to open, print and send", ["report", "page", "-o", str(_shown(folder / REPORT))]),
    ):
        click.echo(f"\n== {title} (newsmon {' '.join(command)})\n", nl=True)
        code = _newsmon(command, environment)
        if code:
            return code
    click.echo(f"\nThe database is {_shown(folder / 'newsmon.db')}. Run it again: nothing is fetched twice.")
    return 0


def _newsmon(arguments: list[str], environment: dict[str, str]) -> int:
    """The command as a user would call it, in a process of its own."""
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "newsmon", *arguments], env=environment).returncode


def _shown(path: Path) -> Path:
    path = path.resolve()
    return path.relative_to(PROJECT_ROOT) if path.is_relative_to(PROJECT_ROOT) else path
