"""Sitemaps written from the protocol's specification and Google's for news."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from newsmon.errors import ListingError
from tests.discovery.reading import read, read_file, titles, urls

URL = "<url><loc>https://www.exemple.ca/a/{}/un-titre-assez-long</loc><lastmod>{}</lastmod></url>"


def test_a_news_sitemap_gives_titles_and_dates() -> None:
    listing = read_file("sitemap_news.xml", "news_sitemap", "https://www.exemple.ca/news.xml")
    sawmill, lynx = listing.links
    assert sawmill.url == "https://www.exemple.ca/actualites/2026/11/20/la-scierie-de-val-clair-rouvre/"
    assert sawmill.title == "La scierie de Val-Clair rouvre\N{NO-BREAK SPACE}: 40 emplois d'ici l’été"
    assert (sawmill.date_raw, sawmill.role) == ("2026-11-20T05:00:00-05:00", "published")
    assert sawmill.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert lynx.url == "https://www.exemple.ca/sports/2026/11/19/les-lynx-gagnent/"
    assert (lynx.title, lynx.precision) == ("Les Lynx gagnent & le village fête", "day")
    assert listing.problems == ()


def test_an_index_gives_its_children_as_printed_the_last_changed_first() -> None:
    listing = read_file("sitemap_index.xml", "sitemap", "https://www.exemple.ca/sitemap_index.xml")
    assert listing.links == ()
    assert listing.children == (
        "https://www.exemple.ca/sitemap-news?outputType=xml&source=tous",
        "https://www.exemple.ca/sitemaps/2026-10.xml.gz",
        "https://www.exemple.ca/sitemaps/2026-09.xml",
    )
    assert set(listing.problems) == {"offsite", "bad_link"}


def test_of_a_plain_sitemap_only_articles_are_links() -> None:
    listing = read_file("sitemap.xml", "sitemap", "https://www.exemple.ca/sitemap.xml")
    assert urls(listing) == [
        "https://www.exemple.ca/actualites/la-rue-principale-de-bois-joli-sera-refaite/",
        "https://www.exemple.ca/culture/un-roman-ecrit-dans-le-traversier/",
    ]
    assert [(link.date_raw, link.role) for link in listing.links] == [
        ("2026-11-18", "modified"),
        ("2026-11-17T10:00:00Z", "modified"),
    ]
    assert titles(listing) == [None, None]


def test_article_re_decides_alone() -> None:
    listing = read_file("sitemap.xml", "sitemap", article_re=r"exemple\.ca/culture/")
    assert urls(listing) == ["https://www.exemple.ca/culture/un-roman-ecrit-dans-le-traversier/"]


def test_where_articles_are_marked_a_slug_alone_is_none() -> None:
    marked = "".join(URL.format(10_000 + n, "2026-01-01") for n in range(6))
    page = "<url><loc>https://www.exemple.ca/le-grand-concours-de-la-moisson-2026/</loc></url>"
    assert len(read(f"<urlset>{marked}{page}</urlset>", "sitemap").links) == 6


@pytest.mark.parametrize(
    "cut", ["<url><loc>https://www.exemple.ca/a/99999/un-titre-cou", "<url><loc>https://e.ca/2</lo"]
)
def test_the_last_address_of_a_cut_sitemap_is_dropped(cut: str) -> None:
    listing = read("<urlset>" + URL.format(12345, "2026-01-01") + cut, "sitemap")
    assert urls(listing) == ["https://www.exemple.ca/a/12345/un-titre-assez-long"]
    assert listing.problems == ("ill_formed",)


def test_a_bad_address_costs_itself_alone() -> None:
    bad = "<url><loc>http://[exemple.ca/a</loc></url><url><loc></loc></url><url><loc>file:///etc/passwd</loc></url>"
    listing = read("<urlset>" + bad + URL.format(12345, "2026-01-01") + "</urlset>", "sitemap")
    assert (len(listing.links), listing.problems) == (1, ("bad_link",))


def test_an_undeclared_prefix_and_a_stray_ampersand_are_read() -> None:
    body = (
        "<urlset><url><loc>https://www.exemple.ca/n.php?id=3412&p=2</loc>"
        "<news:news><news:title>Pain & beurre</news:title>"
        "<news:publication_date>2026-11-20T05:00:00Z</news:publication_date></news:news></url></urlset>"
    )
    (link,) = read(body, "news_sitemap").links
    assert (link.url, link.title) == ("https://www.exemple.ca/n.php?id=3412&p=2", "Pain & beurre")


def test_gzip_is_unpacked_and_half_a_gzip_gives_half() -> None:
    plain = ("<urlset>" + "".join(URL.format(n, "2026-01-01") for n in range(10_000, 13_000)) + "</urlset>").encode()
    packed = gzip.compress(plain)
    assert len(read(packed, "sitemap").links) == 3000
    half = read(packed[: len(packed) // 2], "sitemap")
    assert 0 < len(half.links) < 3000
    assert "ill_formed" in half.problems


def test_of_too_many_the_latest_are_kept() -> None:
    old = "".join(URL.format(n, "2020-01-01") for n in range(100_000, 105_000))
    new = "".join(URL.format(n, "2026-01-01") for n in range(200_000, 201_000))
    listing = read(f"<urlset>{old}{new}</urlset>", "sitemap")
    assert (len(listing.links), listing.problems) == (5000, ("capped",))
    assert sum(link.date_raw == "2026-01-01" for link in listing.links) == 1000


def test_a_list_of_addresses_and_a_feed_are_sitemaps_too() -> None:
    assert (
        len(read("https://www.exemple.ca/a/12345/un-titre\nhttps://www.exemple.ca/b/12346/un-titre\n", "sitemap").links)
        == 2
    )
    assert len(read_file("rss_quebecor.xml", "sitemap").links) == 3


@pytest.mark.parametrize("body", ["<", "<html><body>Erreur</body></html>", "pas un plan", "{}", "<urlse"])
def test_what_is_no_sitemap_is_said(body: str) -> None:
    with pytest.raises(ListingError) as raised:
        read(body, "sitemap")
    assert raised.value.reason == "not_a_sitemap"


def test_entities_of_a_sitemap_are_never_expanded() -> None:
    head = '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    listing = read(
        f"{head}<urlset><url><loc>https://www.exemple.ca/a/12345/un-titre-&b;&x;</loc></url></urlset>", "sitemap"
    )
    assert not [url for url in urls(listing) if "aaaa" in url or "root" in url]
