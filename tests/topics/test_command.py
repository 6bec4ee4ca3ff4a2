"""newsmon topics: list, match, check, as a user sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsmon.cli import cli

ARTICLE = {"id": "a", "title": "L’Ukraine sous les bombes", "body": "L’armée russe avance.", "day": "2022-03-01"}


def _run(*arguments: str, lines: list[object] | None = None) -> Result:
    given = "".join(
        (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines or []
    )
    return CliRunner().invoke(cli, ["topics", *arguments], input=given)


def _answers(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_list_is_a_table_of_the_topics_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.toml").write_text('slug = "tramway"\nname = "Tramway"\nexpression = "tramway"\n')
    monkeypatch.setenv("NEWSMON_TOPICS", str(tmp_path))
    lines = _run("list").output.splitlines()
    assert lines[0].split()[:2] == ["slug", "name"]
    assert any(line.startswith("guerre-ukraine-otan") and " guerre-ukraine " in line for line in lines)
    assert any(line.startswith("tramway") and line.endswith("t.toml") for line in lines)
    rows = json.loads(_run("list", "--format", "json").output)
    assert {row["slug"]: row["from"] for row in rows}["guerre-ukraine"] == "newsmon"
    assert all(len(row["version"]) == 64 for row in rows)


def test_match_answers_every_line() -> None:
    result = _run(
        "match", "--jsonl",
        lines=[ARTICLE, {"id": 2, "body": ""}, "{", "[]", {"id": 3}, {"id": 4, "body": 1}, {**ARTICLE, "day": "hier"}, "", {}],
    )  # fmt: skip
    answers = _answers(result)
    assert result.exit_code == 0 and len(answers) == 8
    assert answers[0]["id"] == "a"
    match = answers[0]["matches"][0]  # type: ignore[index]
    assert (match["topic"], match["level"]) == ("guerre-ukraine", "primary")
    assert set(match["spans"][0]) == {"field", "start", "end", "surface", "term", "clause", "weight"}
    assert answers[1] == {"id": 2, "matches": []}
    assert [("error" in answer) for answer in answers[2:]] == [True] * 6


def test_match_minds_the_day_and_the_deck() -> None:
    lede = {"id": 1, "title": "À la une", "lede": "La guerre en Ukraine", "body": "x", "day": "2022-03-01"}
    early, late = _answers(_run("match", "--jsonl", lines=[{**lede, "day": "2012-03-01"}, lede]))
    assert early["matches"] == []
    assert {span["field"] for span in late["matches"][0]["spans"]} == {"deck"}  # type: ignore[index]


def test_match_of_one_topic_and_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    answers = _answers(_run("match", "--jsonl", "--topic", "logement", str(path)))
    assert answers == [{"id": "a", "matches": []}]


def test_bytes_that_are_no_text_are_answered() -> None:
    result = CliRunner().invoke(
        cli, ["topics", "match", "--jsonl"], input=b'\xff\n{"id": 1, "body": "\\ud800 Ukraine"}\n'
    )
    assert [("error" in line) for line in result.stdout.splitlines()] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["match"], "add --jsonl"),
        (["match", "--jsonl", "--topic", "guerre-ukrain"], "did you mean guerre-ukraine?"),
        (["match", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl"),
        (["check"], "FILE..."),
        (["check", "nowhere.toml"], "nowhere.toml:1: cannot be read"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], says: str) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2 and says in result.output


def test_check_says_how_a_file_was_understood(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.toml", tmp_path / "part.toml"
    whole.write_text('slug = "tramway"\nname = "Tramway"\nrequire = [["tramway"], ["Québec"]]\n', encoding="utf-8")
    part.write_text('slug = "cout"\nname = "Coût"\nparent = "tramway"\nexpression = "dépassement"\n', encoding="utf-8")
    result = _run("check", str(whole), str(part))
    assert result.exit_code == 0
    assert ": tramway ET Québec" in result.stdout and "cout, version" in result.stdout
    alone = _run("check", str(part))
    assert alone.exit_code == 2 and f"{part}:3: parent 'tramway' is no topic" in alone.output


def test_check_reads_tables_of_names(tmp_path: Path) -> None:
    names = tmp_path / "names" / "miens.toml"
    names.parent.mkdir()
    names.write_text('[maire]\nforms = ["le maire Untel"]\n', encoding="utf-8")
    assert _run("check", str(names)).output == f"{names}: 1 names: @maire\n"


def test_a_broken_folder_of_topics_stops_every_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.toml").write_text('slug = "tramway"\n')
    monkeypatch.setenv("NEWSMON_TOPICS", str(tmp_path))
    for arguments in (["list"], ["match", "--jsonl"]):
        result = _run(*arguments)
        assert result.exit_code != 0 and "a topic needs a name" in str(result.exception)
