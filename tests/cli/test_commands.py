"""The commands as a user calls them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = next((ROOT / "tests" / "outlets" / "le_soleil").glob("*.html"))
TAGDIV = next((ROOT / "tests" / "outlets" / "actualite_canada").glob("*.html"))


def _newsmon(
    *arguments: str, url: str = "", stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMON_") and k != "COLUMNS"}
    if url:
        kept["NEWSMON_DATABASE_URL"] = url
    return subprocess.run(
        [sys.executable, "-m", "newsmon", *arguments],
        env={**kept, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_extract_prints_one_page_as_json() -> None:
    done = _newsmon("extract", str(PAGE), "--fetched-at", "2024-06-04T12:00:00Z")
    read = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert read["headline"] == "Un traversier électrique à l’île?"
    assert (read["published_at"], read["published_day"]) == ("2024-06-04T01:10:00Z", "2024-06-03")


def test_extract_answers_every_line_of_a_manifest(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, "file": str(PAGE), "url": "https://www.lesoleil.com/a"}),
        json.dumps({"id": 2, "file": str(tmp_path / "rien.html")}),
        "ceci n’est pas du JSON",
        json.dumps({"id": 4, "file": str(PAGE), "outlet": "le_soleil", "fetched_at": "2024-06-04T12:00:00-04:00"}),
    ]
    done = _newsmon("extract", "--jsonl", "-", stdin="\n".join(lines) + "\n")
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in read] == [1, 2, None, 4]
    assert [row["error"] is None for row in read] == [True, False, False, True]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_extract_names_the_nearest_outlet() -> None:
    done = _newsmon("extract", str(PAGE), "--outlet", "le_solei")
    assert done.returncode == 2
    assert "le_soleil" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.fixture
def imported(database_url: str) -> str:
    pages = [str(PAGE), str(TAGDIV)]
    done = _newsmon("import", pages[0], "--fetched-at", "2024-06-04T12:00:00Z", url=database_url)
    assert done.returncode == 0, done.stderr
    done = _newsmon(
        "import", pages[1], "--outlet", "actualite_canada", "--fetched-at", "2022-01-24T12:43:00Z", url=database_url
    )
    assert done.returncode == 0, done.stderr
    return database_url


def test_imported_pages_are_there_once(imported: str) -> None:
    again = _newsmon("import", str(PAGE), url=imported)
    assert "1 pages read: 0 new, 0 revised, 1 unchanged" in again.stdout, again.stderr
    rows = json.loads(_newsmon("report", "articles", "--format", "json", url=imported).stdout)
    assert [(row["outlet"], row["day"], row["day_basis"]) for row in rows] == [
        ("actualite_canada", "2022-01-24", "clock"),
        ("le_soleil", "2024-06-03", "published"),
    ]


def test_a_page_that_does_not_say_where_it_is_from_is_refused(tmp_path: Path) -> None:
    done = _newsmon("import", str(TAGDIV), url=f"sqlite:///{tmp_path / 'n.db'}")
    assert done.returncode == 2
    assert "add --outlet SLUG or --url URL" in done.stderr


def test_an_article_shows_every_date_and_why(imported: str) -> None:
    done = _newsmon(
        "article",
        "https://www.lesoleil.com/actualites/2024/06/03/un-traversier-electrique-a-lile-ABCDEFGHIJKLMNOPQRSTUVWXYZ/?utm_source=x",
        "--dates",
        "--history",
        url=imported,
    )
    assert done.returncode == 0, done.stderr
    assert "parution     2024-06-04 01:10:00 UTC (second, jsonld)" in done.stdout
    assert "jour         2024-06-03 (su par : published)" in done.stdout
    chosen = [line for line in done.stdout.splitlines() if line.startswith("oui")]
    assert len(chosen) == 1 and "jsonld" in chosen[0]
    assert any(line.startswith("non") and "url" in line for line in done.stdout.splitlines())
    assert "first" in done.stdout


def test_an_article_that_is_not_there_is_said(imported: str) -> None:
    done = _newsmon("article", "https://exemple.ca/rien", url=imported)
    assert done.returncode == 2 and "no article" in done.stderr


def test_reports_as_table_csv_and_json(imported: str) -> None:
    table = _newsmon("report", "undated", url=imported).stdout.splitlines()
    assert table[0].split() == ["média", "titre", "au", "plus", "tard", "le", "jour", "su", "par", "adresse"]
    assert "La scierie de Saint-Prosper embauche à l’étranger" in table[1]
    rows = list(
        csv.reader(io.StringIO(_newsmon("report", "undated", "--format", "csv", "--lang", "en", url=imported).stdout))
    )
    assert rows[0] == ["\ufeffoutlet", "headline", "not after", "day known by", "address"]
    assert rows[1][:2] == ["actualite_canada", "La scierie de Saint-Prosper embauche à l’étranger"]
    bounded = _newsmon("report", "articles", "--since", "2024-01-01", "--format", "json", url=imported)
    assert [row["outlet"] for row in json.loads(bounded.stdout)] == ["le_soleil"]


def test_the_list_of_reports_names_their_questions(tmp_path: Path) -> None:
    (tmp_path / "mine.sql").write_text(
        "-- title: Le mien\n-- question: Combien ?\n-- parameters:\n-- column n: nombre\nSELECT count(*) AS n FROM v_article\n"
    )
    done = _newsmon("report", NEWSMON_REPORTS=str(tmp_path))
    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert {"attention", "latest", "date-quality", "last-run", "mine"} <= set(names)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["latest"], "add --topic"),
        (["latest", "--topic", "guerre-ukrain"], "guerre-ukraine"),
        (["articles", "--topic", "guerre-ukraine"], "takes no --topic"),
        (["articles", "--since", "hier"], "2022-01-17"),
        (["attentio"], "attention"),
    ],
)
def test_a_report_that_cannot_be_run_says_why(imported: str, arguments: list[str], said: str) -> None:
    done = _newsmon("report", *arguments, url=imported)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_a_report_writes_nothing(imported: str, tmp_path: Path) -> None:
    (tmp_path / "bad.sql").write_text("-- title: x\n-- question: x\n-- parameters:\nDELETE FROM article\n")
    done = _newsmon("report", "bad", url=imported, NEWSMON_REPORTS=str(tmp_path))
    assert done.returncode == 3
    assert len(json.loads(_newsmon("report", "articles", "--format", "json", url=imported).stdout)) == 2


def test_db_upgrade_check_and_path(database_url: str) -> None:
    assert _newsmon("db", "check", url=database_url).returncode == 3
    assert _newsmon("db", "upgrade", url=database_url).returncode == 0
    done = _newsmon("db", "check", url=database_url)
    assert (done.returncode, done.stdout) == (0, "all is well\n")
    assert "newsmon" in _newsmon("db", "path", url=database_url).stdout


def test_outlets_and_status_before_and_after(imported: str, tmp_path: Path) -> None:
    fresh = json.loads(_newsmon("outlets", "--format", "json", url=f"sqlite:///{tmp_path / 'none.db'}").stdout)
    assert {row["outlet"] for row in fresh} >= {"le_devoir", "radio_canada", "actualite_canada"}
    rows = {row["outlet"]: row for row in json.loads(_newsmon("outlets", "--format", "json", url=imported).stdout)}
    assert rows["le_soleil"]["articles"] == 1
    status = _newsmon("status", url=imported)
    assert status.returncode == 0, status.stderr
    assert "import" in status.stdout.splitlines()[-1]


def test_links_of_a_saved_feed(tmp_path: Path) -> None:
    feed = tmp_path / "rss.xml"
    feed.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Le pont&#160;fermé</title>'
        "<link>http://www.exemple.ca/a/12/pont?utm_source=rss</link><pubDate>Mon, 17 Jan 2022 04:16:00 EST</pubDate>"
        "</item></channel></rss>",
        "utf-8",
    )
    done = _newsmon("links", str(feed), "--kind", "rss", "--base", "https://www.exemple.ca/rss")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["url"] == "https://www.exemple.ca/a/12/pont"
    assert row["published_at"] in ("2022-01-17T09:16:00Z", "2022-01-17T09:16:00+00:00")


def test_schedule_is_ready_to_paste(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'with space.db'}"
    done = _newsmon("schedule", "--minutes", "30", url=url)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("*/30 * * * * ")]
    command = line.split(" * * * * ", 1)[1].replace("\\%", "%")
    assert command.startswith(f"cd {ROOT} && NEWSMON_DATABASE_URL=")
    shown = subprocess.run(
        ["/bin/sh", "-c", command.replace(" crawl >>newsmon.log", " db path")],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip() == str(tmp_path / "with space.db"), shown.stderr
    assert "OnCalendar=*:0/30" in done.stdout and f"WorkingDirectory={ROOT}" in done.stdout


def test_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    fine = _newsmon("doctor", url=f"sqlite:///{tmp_path / 'n.db'}")
    assert fine.returncode == 0, fine.stdout
    ill = _newsmon("doctor", url=f"sqlite:///{tmp_path / 'none' / 'n.db'}", NEWSMON_OUTLETS=str(tmp_path / "rien.toml"))
    wrong = [line for line in ill.stdout.splitlines() if line.startswith("WRONG")]
    assert ill.returncode == 1
    assert {line.split()[1] for line in wrong} >= {"database", "environment"}
