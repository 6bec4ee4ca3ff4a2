"""The archive read again: what newsmon reads better takes its place, and is never the outlet's edit."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from newsmon.items import Page
from newsmon.net.archive import WarcArchive
from newsmon.outlets_toml import load_outlets
from newsmon.page.article import read_page
from newsmon.page.attribution import attribute_article
from newsmon.page.published import date_article
from newsmon.reports.search import search
from newsmon.store import frontier
from newsmon.store.articles import save_articles
from newsmon.store.check import problems
from newsmon.store.engine import transact
from newsmon.store.runs import start_run
from newsmon.store.schema import open_ready
from tests.crawl.conftest import Desk

AT = datetime(2022, 3, 5, 18, 10, 7, 123456, tzinfo=UTC)
TOML = """
[[outlet]]
slug = "phare"
name = "Le Phare"
home = "https://phare.example"
region = "QC"
timezone = "America/Toronto"
feeds = ["https://phare.example/rss"]
"""
HTML = """<html lang="fr"><head><title>Acte {n}</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Le budget, acte {n}",
"datePublished": "2022-03-0{day}T09:00:00-05:00"}}</script></head><body><article><h1>Le budget, acte {n}</h1>
<p>Le conseil de la ville a adopté le budget numéro {n} après deux heures de discussions dans la salle comble.</p>
<p>{more}</p></article></body></html>"""
MORE = "La mairesse promet que la hausse des taxes restera sous les trois pour cent pour les prochaines années."
EDITED = MORE.replace("trois", "quatre")


def _desk(url: str, folder: Path) -> Desk:
    desk = Desk(url, folder)
    desk.declare(TOML)
    desk.environment["NEWSMON_ARCHIVE"] = str(folder / "archive")
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return _desk(f"sqlite:///{tmp_path / 'newsmon.db'}", tmp_path)


@pytest.fixture
def each_desk(database_url: str, tmp_path: Path) -> Desk:
    """On either engine."""
    return _desk(database_url, tmp_path)


def keep(desk: Desk, pages: list[tuple[int, str, datetime]]) -> None:
    """Fetched, archived and stored, as a crawl does it."""
    (declaration,) = load_outlets(desk.folder / "outlets.toml")
    engine = open_ready(desk.database_url)
    transact(engine, frontier.sync_outlet, declaration)
    run_id = transact(engine, start_run, kind="crawl", arguments="", version="0", now=AT)
    archive = WarcArchive(desk.folder / "archive", run_id=run_id, started_at=AT)
    for number, more, at in pages:
        url = f"https://phare.example/nouvelles/{number}"
        body = HTML.format(n=number, day=number % 5 + 1, more=more).encode()
        page = Page(
            outlet="phare", url=url, final_url=url, body=body, fetched_at=at, headers={"content-type": "text/html"}
        )
        page.archived_as = archive.write(page)
        article = date_article(read_page(page, declaration), tz=declaration.tz)
        article.archived_as = page.archived_as
        transact(
            engine, save_articles, [attribute_article(article, declaration)], run_id=run_id, topic_versions={}, now=at
        )
    archive.close()
    engine.dispose()


def spoil(desk: Desk, sql: str) -> None:
    """As an older newsmon would have read it."""
    engine = open_ready(desk.database_url)
    transact(engine, lambda conn: conn.execute(text(sql)))
    engine.dispose()


def test_an_archive_of_today_s_reading_changes_nothing(desk: Desk) -> None:
    keep(desk, [(n, MORE, AT) for n in range(3)])
    done = desk.run("reprocess")
    assert (done.returncode, done.stderr) == (0, "")
    # The topics of the first run with topics are new; the texts, dates and names are what they were.
    assert "3 pages read again: 0 changed" in done.stdout
    assert desk.rows("SELECT count(*) FROM revision WHERE reread_at IS NOT NULL") == [(0,)]


def test_a_better_reading_is_no_edit_and_comes_with_its_account(each_desk: Desk) -> None:
    keep(each_desk, [(0, MORE, AT), (1, MORE, AT), (1, EDITED, AT + timedelta(hours=1))])
    spoil(each_desk, "UPDATE revision SET body = 'Partagez cet article. ' || body")
    spoil(each_desk, "UPDATE article SET day = '2022-03-09', published_at = '2022-03-09 14:00:00'")
    before = each_desk.rows("SELECT article_id, seq, change FROM v_revision ORDER BY 1, 2")
    dry = each_desk.run("reprocess", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "3 pages read again: 3 would change" in dry.stdout and "phare: body 3" in dry.stdout
    assert each_desk.rows("SELECT count(*) FROM v_revision WHERE body LIKE 'Partagez%'") == [(3,)]
    done = each_desk.run("reprocess")
    assert "3 pages read again: 3 changed" in done.stdout and "body 3" in done.stdout and "day 2" in done.stdout
    assert each_desk.rows("SELECT count(*) FROM v_revision WHERE body LIKE 'Partagez%'") == [(0,)]
    assert each_desk.rows("SELECT article_id, seq, change FROM v_revision ORDER BY 1, 2") == before
    assert each_desk.rows("SELECT count(*) FROM revision WHERE reread_at IS NOT NULL") == [(3,)]
    assert sorted(str(day) for (day,) in each_desk.rows("SELECT day FROM v_article")) == ["2022-03-01", "2022-03-02"]
    assert "0 changed" in each_desk.run("reprocess").stdout
    engine = open_ready(each_desk.database_url)
    assert list(problems(engine)) == []
    assert len(search(engine, "mairesse").rows) == 2 and not search(engine, "partagez").rows
    engine.dispose()


def test_an_edit_that_only_the_old_reader_saw_is_none(desk: Desk) -> None:
    """The page was the same, an advertisement was not: the revision stays, and counts as no edit."""
    keep(desk, [(0, MORE, AT), (0, EDITED, AT + timedelta(hours=1))])
    keep_bodies = 'UPDATE archive SET file = a.file, "offset" = a."offset", length = a.length FROM (SELECT * FROM archive ORDER BY id LIMIT 1) a'
    spoil(desk, keep_bodies)
    assert "1 changed" in desk.run("reprocess").stdout
    assert desk.rows("SELECT seq, change, words_added, words_removed FROM v_revision ORDER BY seq")[1] == (
        2,
        "reread",
        0,
        0,
    )


def test_what_cannot_be_read_leaves_what_is_stored(desk: Desk) -> None:
    keep(desk, [(0, MORE, AT), (1, MORE, AT)])
    (file,) = (desk.folder / "archive").iterdir()
    file.write_bytes(file.read_bytes()[:-40])
    done = desk.run("reprocess")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "archive: " in done.stderr and file.name in done.stderr
    assert desk.rows("SELECT count(*) FROM v_article") == [(2,)]


def test_a_missing_archive_is_said(desk: Desk) -> None:
    done = desk.run("reprocess", "--archive", str(desk.folder / "none"))
    assert done.returncode == 2 and "no such folder" in done.stderr


KILLED = """
import os, signal, sys
from pathlib import Path
from newsmon.reprocessing import Order, reprocess
reprocess(Order(archive=Path(sys.argv[1])), watch=lambda done: os.kill(os.getpid(), signal.SIGKILL) if done == 60 else None)
"""


def test_killed_it_goes_on_where_it_was(each_desk: Desk) -> None:
    keep(each_desk, [(n, MORE, AT) for n in range(70)])
    spoil(each_desk, "UPDATE revision SET body = 'Partagez cet article. ' || body")
    command = [sys.executable, "-c", KILLED, str(each_desk.folder / "archive")]
    killed = subprocess.run(
        command, env=each_desk.environment_with({}), cwd=Path(__file__).parents[2], capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert each_desk.rows("SELECT count(*) FROM v_revision WHERE body LIKE 'Partagez%'") == [(20,)]
    done = each_desk.run("reprocess")
    assert "20 pages read again, taken up where a killed run was: 20 changed" in done.stdout, done.stdout + done.stderr
    assert each_desk.rows("SELECT count(*) FROM v_revision WHERE body LIKE 'Partagez%'") == [(0,)]
    assert "70 pages read again: 0 changed" in each_desk.run("reprocess").stdout
