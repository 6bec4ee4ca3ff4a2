"""newsmon links, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.discovery.reading import FIXTURES


def newsmon(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "newsmon", "links", *arguments], input=stdin, capture_output=True)


def test_a_line_for_each_link() -> None:
    done = newsmon(
        str(FIXTURES / "rss_quebecor.xml"), "--kind", "rss", "--base", "https://www.quotidien-essai.ca/rss.xml"
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert lines[0] == {
        "url": "https://www.quotidien-essai.ca/2025/06/27/le-pont-de-sainte-aurore-ferme-pour-deux-mois",
        "title": "Le pont de Sainte-Aurore fermé pour deux mois",
        "date_raw": "Fri, 27 Jun 2025 10:33:28 EDT",
        "published_at": "2025-06-27T14:33:28Z",
        "guid": "6f1c-0001",
    }
    assert len(lines) == 3
    assert done.stderr.decode().splitlines() == ["problem: ill_formed"]


def test_the_children_of_an_index_are_said_apart() -> None:
    body = (FIXTURES / "sitemap_index.xml").read_bytes()
    done = newsmon("-", "--kind", "sitemap", "--base", "https://www.exemple.ca/sitemap_index.xml", stdin=body)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "child: https://www.exemple.ca/sitemaps/2026-10.xml.gz" in done.stderr.decode().splitlines()


def test_what_cannot_be_read_is_one_line_and_exit_1() -> None:
    done = newsmon("-", "--kind", "rss", "--base", "https://www.exemple.ca/rss", stdin=b"<html><body></body></html>")
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert line.startswith("newsmon: ") and "not_a_feed" in line and "https://www.exemple.ca/rss" in line


def test_wrong_usage_is_exit_2() -> None:
    for arguments in (
        ("absent.xml", "--kind", "rss", "--base", "https://www.exemple.ca/"),
        ("-", "--kind", "journal", "--base", "https://www.exemple.ca/"),
        ("-", "--kind", "rss", "--base", "exemple.ca"),
        ("-", "--kind", "rss", "--base", "https://www.exemple.ca/", "--now", "demain"),
    ):
        done = newsmon(*arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Traceback" not in done.stderr and done.stderr.strip()
