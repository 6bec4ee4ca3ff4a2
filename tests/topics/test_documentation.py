"""docs/topics.md cannot lie: its files are read, its tables matched, its commands run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsmon.cli import cli
from newsmon.topics import TopicError, load_topics
from newsmon.topics.loading import KEYS, make_topic, read_topic
from newsmon.topics.match import Matcher
from newsmon.topics.names import load_names

DOCUMENT = Path(__file__).parents[2] / "docs" / "topics.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
FILES = re.findall(r"```\w+ file=(\S+)\n(.*?)```", TEXT, re.DOTALL)
SESSIONS = re.findall(r"```console\n\$ (.*?)\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _tables(*heads: str) -> Iterator[list[str]]:
    """The rows of every table with these headings."""
    heading = "| " + " | ".join(heads) + " |\n"
    for table in TEXT.split(heading)[1:]:
        for line in table.splitlines()[1:]:
            if not line.startswith("|"):
                break
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _found(expression: str, text: str) -> list[str]:
    matches = Matcher([make_topic(expression.strip("`"))]).match(headline=None, deck=None, body=text)
    return [span.surface for match in matches for span in match.spans]


def test_the_tables_of_terms_are_true() -> None:
    rows = list(_tables("you write", "it finds", "it does not find"))
    assert len(rows) >= 10
    for expression, yes, no in rows:
        assert all(_found(expression, text) for text in yes.split(", ")), (expression, yes)
        assert not any(_found(expression, text) for text in [no]), (expression, no)


def test_the_tables_of_expressions_are_true() -> None:
    rows = list(_tables("expression", "text", "found"))
    assert len(rows) >= 10
    for expression, text, found in rows:
        assert ", ".join(_found(expression, text)) == found, expression


@pytest.mark.parametrize(("command", "printed"), SESSIONS)
def test_the_commands_print_what_is_shown(command: str, printed: str, folder: Path) -> None:
    _, *arguments = shlex.split(command)
    result = CliRunner().invoke(cli, arguments)
    without_versions = re.compile(r"version \w{10}")
    assert without_versions.sub("version", result.output) == without_versions.sub("version", printed)


def test_the_files_are_read_as_topics(folder: Path) -> None:
    (folder / "brouillon.toml").unlink()
    slugs = {topic.slug for topic in load_topics(folder)}
    assert {"pont-de-quebec", "feux-de-foret-quebec", "guerre-ukraine"} <= slugs
    assert "plante-verte" in load_names(folder)


def test_every_key_is_shown(folder: Path) -> None:
    with pytest.raises(TopicError):
        read_topic(folder / "brouillon.toml", load_names())
    for key in KEYS:
        assert key in TEXT


def test_the_line_of_the_document_is_read() -> None:
    line = next(line for line in TEXT.splitlines() if line.startswith("    (ukrain*"))
    assert make_topic(line.strip())
