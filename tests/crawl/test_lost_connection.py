"""The database server ends every connection of a crawl, again and again, while pages come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsmon.newsstand.server import Answer, Request, Server, Site
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

END_ALL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
)
PAGES = 12


def test_a_crawl_whose_connections_are_ended_loses_nothing(
    postgres_url: str, tmp_path: Path, serve: Callable[[Site], Server]
) -> None:
    desk = Desk(postgres_url, tmp_path)
    assert desk.run("db", "upgrade").returncode == 0
    site = ScriptedSite(
        {f"/2026/03/0{n % 9 + 1}/nouvelle-{n}": f"Nouvelle numéro {n} du conseil" for n in range(PAGES)}
    )
    ended: list[int] = []

    def cut(request: Request) -> Answer:
        ended.append(len(desk.rows(END_ALL)))
        return Answer(body=site.page(request.path).encode())

    for path in list(site.pages)[2::3]:
        site.answers[path] = cut
    desk.declare(declared("essai", serve(site).url))
    first = desk.crawl("essai")
    assert ended and max(ended) > 0, "no connection of the crawl was open"
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr
    assert desk.rows("SELECT count(*) FROM found_link l WHERE l.state = 'stored' AND NOT EXISTS"
                     " (SELECT 1 FROM article a WHERE a.url_key = l.url_key)") == [(0,)]  # fmt: skip
    site.answers.clear()
    again = desk.crawl("essai", "-s", "NEWSMON_POLL_NOW=True")
    assert again.returncode == 0, again.stderr
    assert desk.rows("SELECT count(*), count(DISTINCT url) FROM v_article") == [(PAGES, PAGES)]
    assert desk.run("db", "check").returncode == 0
