"""newsmon dates, as a user calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from click.testing import CliRunner, Result

from newsmon.cli import cli

NOW = ["--now", "2024-03-20T10:30:00-04:00"]


def dates(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["dates", *arguments], input=given)


def answers(*lines: dict[str, Any] | str | bytes, arguments: tuple[str, ...] = ()) -> tuple[list[dict[str, Any]], int]:
    raw = [line if isinstance(line, bytes) else line.encode() if isinstance(line, str) else json.dumps(line).encode()
           for line in lines]  # fmt: skip
    result = dates("--jsonl", *NOW, *arguments, given=b"\n".join(raw))
    return [json.loads(line) for line in result.stdout.splitlines()], result.exit_code


def test_a_date_is_explained() -> None:
    result = dates(*NOW, "Publié le 5 mars à 14 h 30 HNE")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Publié le 5 mars à 14 h 30 HNE",
        "  value      2024-03-05T19:30:00Z  (2024-03-05 14:30:00-05:00 America/Toronto)",
        "  precision  minute",
        "  role       published",
        "  rule       day_month",
        "  zone       from the text",
        "  flag       year_inferred: no year in the text: the most recent past one",
    ]


def test_a_range_shows_its_end() -> None:
    assert "  until      2023-04-05T04:00:00Z" in dates(*NOW, "du 3 au 5 avril 2023").stdout


def test_a_refusal_says_why() -> None:
    assert dates(*NOW, "30 février 2023").stdout == "30 février 2023\n  refused: no such day\n"
    assert dates(*NOW, "").stdout == "''\n  refused: empty\n"


def test_the_zone_is_the_outlets() -> None:
    assert "2024-03-05T07:00:00Z" in dates(*NOW, "--tz", "America/Whitehorse", "5 mars 2024").stdout


def test_a_naive_now_is_the_outlets() -> None:
    result = dates("--now", "2024-03-20T10:30", "--tz", "America/Vancouver", "il y a 1 heure")
    assert "2024-03-20T16:30:00Z" in result.stdout


def test_without_now_the_clock_counts() -> None:
    before = datetime.now(UTC)
    value = dates("il y a 0 minute").stdout.splitlines()[1].split()[1]
    assert before.replace(microsecond=0) <= datetime.fromisoformat(value) <= datetime.now(UTC)


def test_lines_of_standard_input() -> None:
    result = dates(*NOW, given=b"hier\n\n5 avril 2023\ncaf\xe9\n")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if not line.startswith(" ")] == [
        "hier",
        "5 avril 2023",
        "caf\ufffd",
    ]


def test_wrong_usage_is_one_clear_line() -> None:
    for arguments, words in (
        (("--tz", "Nulle/Part", "hier"), "'Nulle/Part' is not an IANA zone; write e.g. America/Toronto"),
        (("--now", "hier", "hier"), "'hier' is not an ISO 8601 time; write e.g. 2022-01-17T09:16:00-05:00"),
        (("--jsonl", "hier"), "--jsonl reads standard input: leave TEXT out"),
    ):
        result = dates(*arguments)
        assert result.exit_code == 2
        assert words in result.stderr
        assert "Traceback" not in result.output


def test_json_lines() -> None:
    told, code = answers(
        {"id": "a", "text": "Publié le 5 mars à 14 h 30", "now": "2024-03-20T10:30:00-04:00", "tz": "America/Toronto"},
        {"id": "b", "text": "N.-B."},
        "",
        {"id": "c", "text": "hier", "now": "2022-01-18T03:15:00+00:00", "tz": "America/St_Johns"},
        {"id": 4, "text": "2023-04-05T14:30:00.250Z", "now": None},
    )
    assert code == 0
    assert told == [
        {
            "id": "a", "value": "2024-03-05T19:30:00Z", "precision": "minute", "role": "published", "rule": "day_month",
            "flags": ["year_inferred"],
        },
        {"id": "b", "value": None, "precision": None, "role": None, "rule": "refused: no date in it", "flags": []},
        {"id": "c", "value": "2022-01-16T03:30:00Z", "precision": "day", "role": None, "rule": "day_word", "flags": []},
        {"id": 4, "value": "2023-04-05T14:30:00.250000Z", "precision": "second", "role": None, "rule": "iso", "flags": []},
    ]  # fmt: skip


def test_every_line_is_answered_whatever_it_holds() -> None:
    told, code = answers(
        b"\xef\xbb\xbf" + b'{"id": 1, "text": "hier"}',
        "{",
        "[1]",
        '"hier"',
        b'{"id": 2, "text": "\xff"}',
        {"id": 3},
        {"id": 4, "text": 17},
        {"id": 5, "text": "hier", "tz": "Nulle/Part"},
        {"id": 6, "text": "hier", "tz": "../../etc/passwd"},
        {"id": 7, "text": "hier", "now": "hier"},
        {"id": 8, "text": "hier", "now": 17},
        "[" * 100_000,
        {"id": 9, "text": "hier"},
    )
    assert code == 1
    assert [row["id"] for row in told] == [1, None, None, None, None, 3, 4, 5, 6, 7, 8, None, 9]
    assert ["error" in row for row in told] == [False] + [True] * 11 + [False]
    assert told[1]["error"].startswith("line 2: not JSON")
    assert told[2]["error"].startswith("line 3: not an object")
    assert told[4]["error"] == "line 5: not UTF-8"
    assert told[5]["error"] == 'line 6: "text" must be a string'
    assert told[7]["error"] == "line 8: 'Nulle/Part' is not an IANA zone; write e.g. America/Toronto"


def test_a_lone_surrogate_is_answered() -> None:
    told, code = answers(r'{"id": "\ud800", "text": "\ud800 hier"}')
    assert (told[0]["id"], code) == ("\ud800", 0)


def test_accents_stay_readable() -> None:
    assert '"id": "été"' in dates("--jsonl", *NOW, given='{"id": "été", "text": "hier"}').stdout


def test_the_installed_command_answers_line_by_line() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from newsmon.cli import main; main()", "dates", "--jsonl", *NOW],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "hier"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0
