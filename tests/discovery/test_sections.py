"""Home and section pages in the markup of real outlets: the articles, once each, and nothing else."""

from __future__ import annotations

import time

import pytest

from newsmon.errors import ListingError
from tests.discovery.reading import read, read_file, titles, urls


def test_quebecor_s_comment_count_is_no_title_and_its_live_list_no_second_article() -> None:
    listing = read_file("section_quebecor.html", "section", "http://www.quotidien-essai.ca/")
    assert urls(listing) == [
        "https://www.quotidien-essai.ca/2018/03/17/vingt-boulangeries-au-depart-a-val-clair",
        "https://www.quotidien-essai.ca/2018/03/17/scoop-les-chats-dorment-aussi",
        "https://www.quotidien-essai.ca/2018/03/16/un-face-a-face-fait-deux-blesses-a-bois-joli-1",
    ]
    assert titles(listing) == [
        "Vingt boulangeries «au départ» à Val-Clair",
        "Scoop: les chats dorment aussi!",
        "Un face-à-face fait deux blessés",
    ]
    assert [link.date_raw for link in listing.links] == ["2018-03-17T09:56:44-04:00", None, None]


def test_la_presse_s_dates_stand_in_scripts_and_its_services_are_no_articles() -> None:
    listing = read_file("section_lapresse_2018.html", "section", "http://www.presse-essai.ca/")
    assert [url.rpartition("/")[2] for url in urls(listing)] == [
        "01-5157677-le-baiser-du-traversier.php",
        "01-5157678-boissons-gazeuses-bois-joli-presse-ottawa.php",
        "01-5157685-une-motoneige-retrouvee-a-val-clair.php",
    ]
    assert titles(listing) == [
        "Le baiser du traversier",
        "Boissons gazeuses: Bois-Joli presse Ottawa d'agir",
        "Une motoneige retrouvée à Val-Clair",
    ]
    assert [link.date_raw for link in listing.links] == [None, "2018-03-17 08:11:00.000", "2018-03-17 08:03:00.000"]


def test_cards_beside_an_article_leave_the_page_itself_and_the_kicker_out() -> None:
    base = "https://www.presse-essai.ca/affaires/2026-08-24/marche-public/les-pommes-sont-arrivees.php"
    listing = read_file("section_lapresse_2026.html", "section", base)
    assert titles(listing) == ["Les traversiers seront taxés à 5\N{NO-BREAK SPACE}%", "La Bourse de Val-Clair dort"]
    assert [link.role for link in listing.links] == ["modified", "published"]
    assert [bool(link.published_at) for link in listing.links] == [True, True]


def test_flat_addresses_are_told_by_how_the_page_shows_them() -> None:
    listing = read_file("section_flat.html", "section", "https://mensuel-essai.com/")
    assert urls(listing) == [
        "https://mensuel-essai.com/politique/la-traversee-du-premier-ministre-en-canot/",
        "https://mensuel-essai.com/sante-et-science/dormir-moins-vivre-plus/",
        "https://mensuel-essai.com/culture/la-bibliotheque-qui-prete-aussi-des-outils/",
    ]
    assert titles(listing)[:2] == ["La traversée du premier ministre en canot", "Dormir moins, vivre plus ?"]
    assert listing.links[0].date_raw == "2026-11-20T06:00:00-05:00"


def test_one_story_linked_in_two_ways_is_one_and_a_gallery_s_index_none() -> None:
    listing = read_file("section_le_devoir.html", "section", "http://www.devoir-essai.com/")
    assert urls(listing) == [
        "https://www.devoir-essai.com/politique/canada/522916/le-budget-vu-du-traversier",
        "https://www.devoir-essai.com/photos/galeries-photos/le-carnaval-de-bois-joli-en-images/522870",
        "https://www.devoir-essai.com/opinion/lettres/522901/la-lecon-du-quai",
    ]
    assert titles(listing)[0] == "Le budget vu du traversier"
    assert [link.date_raw for link in listing.links] == [None, None, None]  # the clock is no card's


def test_coops_tails_of_two_generations_and_a_time_that_tells_a_change() -> None:
    first, second = read_file("section_coops.html", "section", "https://www.soleil-essai.com/").links
    assert (first.title, first.date_raw, first.role) == (
        "Le pont de glace est ouvert",
        "2018-03-17T04:09:00Z",
        "published",
    )
    assert second.url.endswith("/2024/11/29/la-maree-monte-a-port-blanc-5K7XG3QH2RBWTJZ4N6VDPEYA8M/")
    assert (second.title, second.role) == ("La marée monte à Port-Blanc", "modified")


def test_hidden_carousel_items_are_real_and_a_line_separator_stays_escaped() -> None:
    listing = read_file("section_metro.html", "section", "http://metro-essai.com/")
    assert urls(listing) == [
        "https://metro-essai.com/sports/1457300/lequipe-veut-profiter-de-la-fatigue-des-lynx/",
        "https://metro-essai.com/culture/1456915/cette-semaine-au-%e2%80%a8centre-de-la-foire/",
        "https://metro-essai.com/monde/1457289/lentente-du-quai-na-rien-danticoncurrentiel/",
    ]
    assert titles(listing)[0] == "L’équipe veut profiter de la fatigue des Lynx"


def test_an_author_under_a_date_s_class_is_neither_date_nor_article() -> None:
    (link,) = read_file("section_lesaffaires.html", "section", "http://www.affaires-essai.com/").links
    assert (link.url, link.title, link.date_raw) == (
        "https://www.affaires-essai.com/techno/internet/des-pirates-attaquent-une-boulangerie/601396",
        "Des pirates attaquent une boulangerie",
        "23/03/2018",
    )


def test_article_re_decides_alone_on_the_site_s_own_links() -> None:
    listing = read_file(
        "section_flat.html", "section", "https://mensuel-essai.com/", article_re=r"^http://mensuel-essai\.com/magazine/"
    )
    assert urls(listing) == ["https://mensuel-essai.com/magazine/2026-12-01/"]
    anywhere = read_file("section_flat.html", "section", "https://mensuel-essai.com/", article_re=r"/status/\d+")
    assert anywhere.links == ()


def test_bad_hrefs_are_skipped_and_counted_one_by_one() -> None:
    body = (
        '<html><body><a href="http://[bad">x</a><a href="http://exemple.ca:99999999/a">x</a>'
        '<a href="file:///etc/passwd">x</a><a href="javascript:void(0)">x</a><a href="mailto:a@exemple.ca">x</a>'
        '<a href="">x</a><a>x</a><a href="#haut">x</a>'
        '<h2><a href="/a/12345/un-titre-assez-long">Un titre assez long</a></h2></body></html>'
    )
    listing = read(body, "section")
    assert (urls(listing), listing.problems) == (["https://www.exemple.ca/a/12345/un-titre-assez-long"], ("bad_link",))


def test_what_every_page_has_is_no_problem() -> None:
    body = '<html><body><a href="javascript:void(0)">x</a><a href="mailto:a@exemple.ca">x</a><a href="whatsapp://send">x</a>'
    assert read(body, "section").problems == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [("", "empty"), ("%PDF-1.4 rien", "not_html"), ("[{", "parse_error"), ("<rss><channel/></rss>", "not_html")],
)
def test_what_is_no_page_is_said(body: str, reason: str) -> None:
    with pytest.raises(ListingError) as raised:
        read(body, "section")
    assert raised.value.reason == reason


def test_a_page_too_deep_is_said_and_one_of_many_attributes_read() -> None:
    link = '<a href="/a/12345/un-titre-assez-long">Un titre assez long</a>'
    with pytest.raises(ListingError) as raised:
        read("<html><body>" + "<div>" * 100_000 + link, "section")
    assert raised.value.reason == "too_deep"
    many = " ".join(f'a{n}="1"' for n in range(100_000))
    began = time.monotonic()
    assert len(read(f"<html><body><div {many}>{link}</div></body></html>", "section").links) == 1
    assert time.monotonic() - began < 5


def test_thousands_of_links_are_capped_in_time() -> None:
    body = "".join(
        f'<h3><a href="/a/{n}/un-titre-assez-long">Un titre assez long</a></h3>' for n in range(10_000, 60_000)
    )
    nested = '<a href="/a/12345/un-titre-assez-long"><span>' * 20_000
    began = time.monotonic()
    assert read(f"<html><body>{body}</body></html>", "section").problems == ("capped",)
    read(f"<html><body>{nested}</body></html>", "section")
    assert time.monotonic() - began < 20
