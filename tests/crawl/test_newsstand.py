"""A crawl of the newsstand, as the demo does it, on SQLite and on PostgreSQL."""

from __future__ import annotations

from newsmon.newsstand.stand import SLUGS, Newsstand
from newsmon.newsstand.stories import all_stories
from tests.crawl.conftest import Desk

ARTICLES = "select headline from v_article order by headline"


def test_every_story_comes_in_and_what_is_none_is_refused_by_name(desk: Desk, stand: Newsstand) -> None:
    done = desk.crawl(*SLUGS)
    assert [h for (h,) in desk.rows(ARTICLES)] == sorted(s.headline for s in all_stories())
    outcomes = dict(desk.rows("select url, reason from fetch_log where reason is not null"))
    reasons = {url.split("/", 3)[3]: reason for url, reason in outcomes.items()}
    assert reasons == {
        "prive/archives-1987/": "robots",
        "2022/02/20/avis-de-tempete/": "not_found_page",
        "2022/03/01/concours/": "offsite",
        "2022/03/02/quai-ferme-glaces-municipal/": "gone",
    }
    assert done.returncode == 1, done.stderr
    assert "le_meridien partial: robots: " in done.stderr
    assert "13 new" in done.stdout


def test_the_header_clock_is_no_publication_date(desk: Desk, stand: Newsstand) -> None:
    desk.crawl("le_meridien")
    rows = desk.rows("select headline, published_at, day_basis, published_source from v_article order by headline")
    known = {headline: (at is None, basis, source) for headline, at, basis, source in rows}
    assert known == {
        "La poutine de minuit aura son festival au Vieux-Port": (False, "published", "feed"),
        "Marioupol : des milliers de civils pris au piège, la trêve n’aura pas tenu": (False, "published", "feed"),
        "Ottawa prolonge de deux semaines sa mission d’instruction en Ukraine": (False, "published", "feed"),
        "Un sous-sol d’église transformé en accueil pour des familles ukrainiennes": (True, "clock", None),
    }


def test_days_are_the_outlet_s_own(desk: Desk, stand: Newsstand) -> None:
    desk.crawl(*SLUGS)
    days = dict(desk.rows("select headline, day from v_article where day_basis = 'published'"))
    expected = {s.headline: s.at.date().isoformat() for s in all_stories() if not s.undated}
    assert {headline: str(day) for headline, day in days.items()} == expected


def test_the_second_run_asks_the_listings_and_nothing_else(desk: Desk, stand: Newsstand) -> None:
    desk.crawl(*SLUGS)
    for server in stand.servers.values():
        server.requests.clear()
    done = desk.crawl(*SLUGS, "-s", "NEWSMON_POLL_NOW=True")
    asked = {slug: [request.path for request in server.requests] for slug, server in stand.servers.items()}
    assert asked == {
        "le_meridien": ["/feed/"],
        "la_gazette_des_monts": ["/news.xml"],
        "radio_fleuve": ["/atom.xml"],
        "echo_de_la_baie": ["/actualites/"],
    }
    assert done.returncode == 0, done.stderr
    assert "4 listings (4 unchanged), 0 new links, 0 pages fetched" in done.stdout


def test_a_run_with_nothing_due_asks_nothing(desk: Desk, stand: Newsstand) -> None:
    desk.crawl(*SLUGS)
    for server in stand.servers.values():
        server.requests.clear()
    done = desk.crawl(*SLUGS)
    assert done.returncode == 0, done.stderr
    assert all(not server.requests for server in stand.servers.values())
    assert "0 of 4 outlets due" in done.stdout


def test_limit_holds_for_each_outlet_and_the_rest_comes_next_time(desk: Desk, stand: Newsstand) -> None:
    desk.crawl("la_gazette_des_monts", "--limit", "1")
    assert len(desk.rows(ARTICLES)) == 1
    desk.crawl("la_gazette_des_monts", "-s", "NEWSMON_POLL_NOW=True")
    assert len(desk.rows(ARTICLES)) == 3


def test_matches_explain_themselves(desk: Desk, stand: Newsstand) -> None:
    desk.crawl(*SLUGS)
    primary = {
        h for (h,) in desk.rows("select headline from v_why where topic = 'guerre-ukraine' and level = 'primary'")
    }
    assert "Sanctions : les banques russes coupées d’une partie du système de paiement" in primary
    assert "La poutine de minuit aura son festival au Vieux-Port" not in primary
    assert "Traversier" not in primary


def test_one_feed_can_be_followed_without_a_declaration(desk: Desk, stand: Newsstand) -> None:
    done = desk.crawl("--feed", stand.servers["radio_fleuve"].url + "/atom.xml")
    assert len(desk.rows(ARTICLES)) == 3, done.stderr


def test_the_archive_holds_every_fetched_page_and_can_be_read_again(desk: Desk, stand: Newsstand) -> None:
    desk.crawl("radio_fleuve", "--archive", str(desk.folder / "archive"))
    before = desk.rows("select url, headline, published_at from v_article order by url")
    (warc,) = (desk.folder / "archive").glob("*.warc.gz")
    done = desk.run("import", str(warc))
    assert "3 pages read: 0 new, 0 revised, 3 unchanged" in done.stdout, done.stderr
    assert desk.rows("select url, headline, published_at from v_article order by url") == before
