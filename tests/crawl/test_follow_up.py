"""What a crawl does after its articles: it rescans for changed topics, raises alerts, and sends them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsmon.newsstand.stand import SLUGS, Newsstand
from newsmon.topics import load_topics
from tests.alerts.spike import fortnight
from tests.crawl.conftest import Desk
from tests.store.conftest import Store
from tests.topics.test_rescan import Archive

TOPIC = """
slug = "budgets"
name = "Budgets"
require = [["{word}"]]
primary = 1
secondary = 0.5
"""


@pytest.fixture
def topics(desk: Desk, tmp_path: Path) -> Path:
    folder = tmp_path / "topics"
    folder.mkdir()
    desk.environment["NEWSMON_TOPICS"] = str(folder)
    return folder


def write(folder: Path, word: str) -> None:
    (folder / "budgets.toml").write_text(TOPIC.format(word=word), "utf-8")


def test_a_changed_topic_is_right_after_the_next_crawl(desk: Desk, stand: Newsstand, topics: Path) -> None:
    write(topics, "traversier*")
    desk.crawl(*SLUGS)
    mine = "SELECT headline FROM v_match WHERE topic = 'budgets' ORDER BY headline"
    before = desk.rows(mine)
    write(topics, "poutine*")
    done = desk.crawl("radio_fleuve")
    assert "; new version shown: budgets" in done.stdout, done.stderr
    assert desk.rows(mine) != before
    assert desk.rows("SELECT version, pending FROM v_topic WHERE topic = 'budgets'") == [(2, None)]
    assert "new version" not in desk.crawl("radio_fleuve").stdout


def test_a_rescan_that_is_cut_short_is_said_and_goes_on(desk: Desk, stand: Newsstand, topics: Path) -> None:
    write(topics, "traversier*")
    desk.crawl(*SLUGS)
    write(topics, "poutine*")
    done = desk.crawl("radio_fleuve", "-s", "NEWSMON_RESCAN=0")
    assert "; 0 % of the articles rescanned for budgets (newsmon topics rescan)" in done.stdout
    assert desk.rows("SELECT version, pending FROM v_topic WHERE topic = 'budgets'") == [(1, 2)]
    assert "new version shown: budgets" in desk.run("topics", "rescan").stdout
    assert desk.rows("SELECT kind, status, exit_code FROM run ORDER BY id DESC LIMIT 1") == [("rescan", "ok", 0)]


def test_a_spike_is_in_the_line_and_in_the_mail_once(
    desk: Desk, stand: Newsstand, topics: Path, engine: Engine, tmp_path: Path
) -> None:
    write(topics, "titre:budget*")
    now = datetime.now(UTC)
    archive = Archive(Store(engine), load_topics(topics))
    archive.save(*fortnight(9, now=now))
    box = tmp_path / "box"
    (tmp_path / "sendmail").write_text(f"#!/bin/sh\ncat >> {box}\n", "utf-8")
    (tmp_path / "sendmail").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = desk.crawl("radio_fleuve", PATH=path, NEWSMON_ALERT_MAIL="pupitre@redaction.example")
    assert f"; budgets stands out: 9 articles on {now.date()}" in done.stdout, done.stderr
    desk.crawl("radio_fleuve", PATH=path, NEWSMON_ALERT_MAIL="pupitre@redaction.example")
    assert box.read_text().count("Subject:") == 1
    assert desk.rows("SELECT topic, mail FROM v_alert") == [("budgets", "sent")]


def test_a_channel_that_cannot_be_used_ends_the_crawl_before_it_begins(desk: Desk, stand: Newsstand) -> None:
    done = desk.crawl("radio_fleuve", NEWSMON_ALERT_WEBHOOK="hooks.example")
    assert done.returncode == 2 and "NEWSMON_ALERT_WEBHOOK: cannot be used" in done.stderr
