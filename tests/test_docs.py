"""What the documents claim is run: generated parts are fresh, the README's TOML and SQL work, its commands exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import text

from newsmon.cli import COMMANDS, cli
from newsmon.documentation import documents, renewed
from newsmon.newsstand import report_picture
from newsmon.newsstand.picture import PICTURE, demo_output, drawn
from newsmon.outlets_toml import load_outlets
from newsmon.store.schema import open_reader, open_ready
from newsmon.topics import compile_topics, load_topics

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_generated_parts_are_fresh(path: Path) -> None:
    written = path.read_text("utf-8")
    assert renewed(written) == written, "run `python -m newsmon.documentation`"


@pytest.mark.parametrize("sql", _blocks("sql"))
def test_the_readme_s_sql_answers_on_both_engines(sql: str, database_url: str) -> None:
    open_ready(database_url).dispose()
    reader = open_reader(database_url)
    with reader.connect() as conn:
        assert conn.execute(text(sql)).fetchall() == []
    reader.dispose()


def test_the_readme_s_outlet_can_be_declared(tmp_path: Path) -> None:
    (toml,) = (block for block in _blocks("toml") if "[[outlet]]" in block)
    path = tmp_path / "outlets.toml"
    path.write_text(toml, "utf-8")
    (declaration,) = load_outlets(path)
    assert declaration.slug == "echo_du_nord"
    assert [source.kind for source in declaration.sources] == ["rss"]


def test_the_readme_s_topic_matches_what_it_says(tmp_path: Path) -> None:
    (toml,) = (block for block in _blocks("toml") if "require" in block)
    (tmp_path / f"{tomllib.loads(toml)['slug']}.toml").write_text(toml, "utf-8")
    matcher = compile_topics(load_topics(tmp_path))
    found = matcher.match(headline="Le traversier en panne", deck=None, body="Les bateaux sont en retard.")
    assert [match.topic for match in found] == ["traversiers"]


@pytest.mark.parametrize("line", re.findall(r"^\.venv/bin/newsmon (\w+)", README, re.MULTILINE))
def test_the_readme_s_commands_exist(line: str) -> None:
    assert line in COMMANDS


@pytest.mark.parametrize("target", ["demo", "test", "check", "bench", "lock"])
def test_make_has_what_the_documents_name(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None and (command.help or "").strip()


def test_help_answers_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from newsmon.cli import cli; cli.main(['--help'], standalone_mode=False);"
        "print(sorted({'scrapy', 'sqlalchemy', 'lxml', 'dateparser', 'ahocorasick', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demo prints, and its folder."""
    folder = tmp_path_factory.mktemp("demo")
    port = 7000 + os.getpid() % 400 * 4  # as wide as the one in the picture: tables fold alike
    return demo_output(folder, port=port), folder


def test_the_picture_shows_what_the_demo_prints_now(demo: tuple[str, Path]) -> None:
    """Times, addresses' ports and the day of the visit change from run to run; everything else must be the same."""
    assert _steady(_words(PICTURE.read_text("utf-8"))) == _steady(_words(drawn(demo[0])))


def test_the_picture_of_the_report_shows_what_the_page_is_now(demo: tuple[str, Path]) -> None:
    page = (demo[1] / report_picture.PAGE).read_text("utf-8")
    said = report_picture.text_of(report_picture.PICTURE.read_bytes(), report_picture.KEY)
    assert said == report_picture.page_hash(page), "run `python -m newsmon.newsstand.report_picture`"


def _words(svg: str) -> str:
    return " ".join(re.findall(r">([^<>]+)</text>", svg)).replace("&#160;", " ")


def _steady(words: str) -> list[str]:
    words = re.sub(r"[\d.]*0\.0\.1:\d+|\d+\.\d s|\d{4}-\d\d-\d\d", "…", words)
    return words.split()
