"""A place that shows to be a clock only once several articles are known: what was dated by it is dated anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from newsmon.newsstand.server import Answer, Server, Site
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared


def test_articles_dated_by_a_frozen_clock_are_undated_after_the_next_run(
    desk: Desk, serve: Callable[[Site], Server]
) -> None:
    frozen = datetime.now(UTC) - timedelta(days=3)
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    clock = f"<span>{frozen.day} {months[frozen.month - 1]} {frozen.year} 09:16</span>"
    site = ScriptedSite(pages={f"/nouvelles/{n}": f"La mairesse répond à la question {n}" for n in (1, 2, 3)})
    feed = site.rss("%s").replace("<pubDate>", "<!--").replace("</pubDate>", "-->")
    site.answers["/rss"] = lambda request: Answer(
        body=feed.replace("%s", request.headers["host"]).encode(), content_type="application/rss+xml"
    )
    for path in site.pages:
        site.answers[path] = Answer(body=site.page(path).replace("</h1>", f"</h1>{clock}").encode())
    desk.declare(declared("essai", serve(site).url))

    assert desk.crawl("essai").returncode == 0
    assert desk.rows("SELECT DISTINCT day_basis FROM v_article") == [("published",)], "nothing tells yet"
    assert desk.rows("SELECT kind, outlet FROM v_date_habit") == [("clock", "essai")]
    assert desk.crawl("essai").returncode == 0
    assert desk.rows("SELECT DISTINCT published_at, day_basis FROM v_article") == [(None, "clock")]
    assert desk.rows("SELECT count(*) FROM v_article") == [(3,)]
