"""The store where its ground gives way: a full disk, a folder that may not be written, two upgrades at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from newsmon.newsstand.server import Server
from newsmon.store.check import problems
from newsmon.store.runs import FetchRow, record_fetches, start_run
from newsmon.store.schema import open_reader
from newsmon.store.upkeep import prune_fetches
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared
from tests.store.conftest import Store
from tests.store.making import AT, made

Serve = Callable[[ScriptedSite], Server]
ROOT = Path(__file__).parents[2]
PAGES = {f"/nouvelles/2026/un-titre-assez-long-{n}/": f"Un titre assez long pour la nouvelle {n}" for n in range(30)}


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def _intact(desk: Desk) -> bool:
    engine = open_reader(desk.database_url)
    try:
        return list(problems(engine)) == []
    finally:
        engine.dispose()


# A newsmon that may write no file beyond so many bytes: what a full disk or a quota is to SQLite.
BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from newsmon.cli import main
main(sys.argv[2:])
"""


@pytest.mark.fault(75)
def test_a_file_that_may_not_grow_ends_the_run_with_3(desk: Desk, serve: Serve) -> None:
    site = ScriptedSite(pages=dict(list(PAGES.items())[:2]))
    desk.declare(declared("essai", serve(site).url))
    assert desk.crawl("essai").returncode == 0
    site.pages = dict(PAGES)
    before = desk.rows("select headline from v_article order by 1")
    size = (desk.folder / "newsmon.db").stat().st_size
    command = [sys.executable, "-c", BOUNDED, str(size + 4096), "crawl", "essai"]
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "NEWSMON_POLL_NOW=True"]
    done = subprocess.run(
        [*command, *settings], env=desk.environment_with({}), capture_output=True, text=True, timeout=90
    )
    _is_told(done)
    assert _intact(desk)
    assert set(before) <= set(desk.rows("select headline from v_article"))
    assert desk.crawl("essai", *settings[2:]).returncode == 0
    assert desk.rows("select count(*) from v_article") == [(len(PAGES),)]


def _is_told(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert "intact" in done.stderr.splitlines()[-1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("no tmpfs can be mounted here: it takes root; the bound on the file's size is shown all the same")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.fault(75)
def test_a_full_disk_ends_the_run_with_3(small_disk: Path, tmp_path: Path, serve: Serve) -> None:
    desk = Desk(f"sqlite:///{small_disk / 'newsmon.db'}", tmp_path)
    desk.declare(declared("essai", serve(ScriptedSite(pages=dict(PAGES))).url))
    assert desk.run("db", "upgrade").returncode == 0
    room = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(b"x" * max(room.f_bavail * room.f_frsize - 8192, 0))
    done = desk.crawl("essai")
    _is_told(done)
    (small_disk / "filler").unlink()
    assert _intact(desk)


# A newsmon that gives up its rights, where it has them, once everything is imported: root may write any file.
POWERLESS = """
import os, sys
os.environ["SCRAPY_SETTINGS_MODULE"] = "newsmon.settings"
import newsmon.cli.crawl, newsmon.crawl, newsmon.settings
from newsmon.cli import main
from newsmon.registry import shipped_declarations
shipped_declarations()
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1:])
"""


@pytest.mark.fault(76)
def test_a_file_that_is_for_reading_only() -> None:
    # Not below pytest's own folder, which another user may not enter.
    with tempfile.TemporaryDirectory(prefix="newsmon-") as name:
        folder = Path(name)
        database = folder / "newsmon.db"
        desk = Desk(f"sqlite:///{database}", folder)
        assert desk.run("db", "upgrade").returncode == 0
        desk.declare(declared("essai", "http://127.0.0.1:9"))
        (folder / "outlets.toml").chmod(0o444)
        database.chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", POWERLESS, "crawl", "essai"]
        done = subprocess.run(command, env=desk.environment_with({}), capture_output=True, text=True, timeout=90)
        folder.chmod(0o755)
        assert done.returncode == 3, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert str(database) in done.stderr and "permissions" in done.stderr


@pytest.mark.fault(80)
def test_two_upgrades_at_once_are_one(database_url: str) -> None:
    environment = {**os.environ, "NEWSMON_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "newsmon", "db", "upgrade"]
    both = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=90)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    reader = open_reader(database_url)
    assert list(problems(reader)) == []
    reader.dispose()


@pytest.mark.fault(46)
def test_one_guid_for_two_articles_and_a_guid_that_changes(desk: Desk, serve: Serve) -> None:
    guids = iter("ab")

    def feed(*, same: bool) -> bytes:
        items = "".join(
            f"<item><title>{title}</title><link>{path}</link><guid isPermaLink='false'>{'un' if same else next(guids)}</guid></item>"
            for path, title in list(PAGES.items())[:2]
        )
        return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()

    from newsmon.newsstand.server import Answer

    # Two articles, told by their texts: with one text and one guid they would be one that has moved.
    texts = {path: " ".join(f"{title.split()[-1]}mot{n}." for n in range(600)) for path, title in PAGES.items()}
    site = ScriptedSite(pages=dict(PAGES), texts=texts, answers={"/rss": Answer(body=feed(same=True))})
    desk.declare(declared("essai", serve(site).url))
    desk.crawl("essai")
    site.answers["/rss"] = Answer(body=feed(same=False))
    desk.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert desk.rows("select count(*) from v_article") == [(2,)]


@pytest.mark.fault(47, 59)
@pytest.mark.parametrize(
    "changes",
    [
        {"published_at": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)},
        {"published_at": datetime(1, 1, 1, tzinfo=UTC)},
        {
            "published_at": None,
            "day": None,
            "day_basis": "unknown",
            "published_source": None,
            "published_precision": None,
        },
        {"section": "A\ud800\x00\ufffeB"},
    ],
    ids=["year_9999", "year_1", "no_date", "odd_signs"],
)
def test_odd_dates_and_signs_are_stored_alike_by_both_engines(store: Store, changes: dict[str, Any]) -> None:
    saved = store.save(made(1, **changes), made(2))
    assert [one.change for one in saved] == ["first", "first"]
    assert store.rows("select count(*) from v_article") == [(2,)]
    assert list(problems(store.engine)) == []


@pytest.mark.fault(47)
@pytest.mark.parametrize(
    "raw",
    [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sun, 08 Mar 2026 02:30:00",
        "hier",
        "2026-13-45T99:99",
        "Mon, 02 Mar 2026 10:00:00 XYZ",
    ],
)
def test_a_listing_s_odd_date_costs_no_link(raw: str) -> None:
    from zoneinfo import ZoneInfo

    from newsmon.discovery import parse_listing

    item = f"<item><title>Un titre</title><link>/nouvelles/2026/titre-1/</link><pubDate>{raw}</pubDate></item>"
    body = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    now = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
    (link,) = parse_listing(
        body, kind="rss", base_url="https://exemple.ca/rss", tz=ZoneInfo("America/Toronto"), now=now
    ).links
    assert link.date_raw == raw
    assert link.published_at is None or link.published_at.tzinfo is not None


def test_the_log_of_addresses_is_kept_for_ninety_days(store: Store) -> None:
    def fill(conn: Any, at: datetime) -> None:
        run_id = start_run(conn, kind="crawl", arguments="", version="0", now=at)
        row = FetchRow(
            slug="essai",
            url="https://essai.example/",
            at=at,
            outcome="ok",
            reason=None,
            status=200,
            bytes=1,
            elapsed_ms=1,
            tries=1,
        )
        record_fetches(conn, run_id, [row])

    for days in (10, 100, 120, 190):
        store.do(fill, AT + timedelta(days=days))
    store.do(prune_fetches, before=AT + timedelta(days=110))
    assert store.rows("select count(*) from v_fetch") == [(2,)]
