"""Feeds, as outlets serve them and as they break."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from newsmon.errors import ListingError
from tests.discovery.reading import read, read_file, titles, urls

ITEM = "<item><title>Un titre</title><link>https://www.exemple.ca/a/{}/un-titre</link></item>"


def test_quebecor_names_its_zone_and_midnight_is_a_day() -> None:
    listing = read_file("rss_quebecor.xml", base="https://www.quotidien-essai.ca/rss.xml")
    bridge, bread, car = listing.links
    assert bridge.url == "https://www.quotidien-essai.ca/2025/06/27/le-pont-de-sainte-aurore-ferme-pour-deux-mois"
    assert bridge.title == "Le pont de Sainte-Aurore fermé pour deux mois"
    assert bridge.date_raw == "Fri, 27 Jun 2025 10:33:28 EDT"
    assert (bridge.published_at, bridge.precision, bridge.role) == (
        datetime(2025, 6, 27, 14, 33, 28, tzinfo=UTC),
        "second",
        "published",
    )
    assert bridge.guid == "6f1c-0001"
    assert bread.title == "Pain & beurre: la fête du village attire 3000 personnes"
    assert bread.precision == "day"
    assert car.published_at == datetime(2025, 1, 15, 12, tzinfo=UTC)


def test_a_stray_ampersand_costs_no_item_and_is_said() -> None:
    assert read_file("rss_quebecor.xml").problems == ("ill_formed",)


def test_allowed_domains_keep_the_sister_s_link_out() -> None:
    listing = read_file("rss_quebecor.xml", allowed_domains=("quotidien-essai.ca",))
    assert len(listing.links) == 2


def test_article_re_decides_in_https_and_in_http() -> None:
    for article_re in (r"^https://www\.quotidien-essai\.ca/\d{4}/", r"^http://www\.quotidien-essai\.ca/\d{4}/"):
        assert len(read_file("rss_quebecor.xml", article_re=article_re).links) == 2


def test_links_and_titles_in_odd_dress() -> None:
    listing = read_file("rss_traps.xml", base="https://www.exemple.ca/rss/fil.xml")
    assert urls(listing) == [
        "https://www.exemple.ca/meteo/688122/froid-polaire-nicole-tremblay-sort-sa-tuque",
        "https://www.exemple.ca/regions/688140/trois-cents-pommiers-replantes-a-val-clair",
        "https://www.exemple.ca/regions/688141/la-patinoire-municipale-ouvre-samedi",
        "https://www.exemple.ca/culture/688142/le-libraire-qui-lisait-la-nuit",
    ]
    assert titles(listing)[:2] == [
        "Froid polaire\N{NO-BREAK SPACE}: Nicole Tremblay sort sa grosse tuque",
        "Trois cents pommiers replantés à Val-Clair",
    ]
    assert listing.links[0].guid == "https://www.exemple.ca/tiny/688122/"
    assert listing.problems == ("bad_link",)


def test_french_days_and_no_date() -> None:
    first, _, third, fourth = read_file("rss_traps.xml").links
    assert first.published_at == datetime(2022, 1, 19, 21, 5, 59, tzinfo=UTC)
    assert (third.date_raw, third.published_at, third.precision) == ("pas une date", None, None)
    assert fourth.published_at == datetime(2022, 1, 17, 12, tzinfo=UTC)


def test_atom_published_beats_updated_and_updated_alone_is_a_change() -> None:
    listing = read_file("atom.xml", "atom", "https://revue-essai.ca/articles.atom")
    loons, peat = listing.links
    assert loons.url == "https://revue-essai.ca/pourquoi-les-huards-chantent-264375"
    assert loons.title == "Pourquoi les huards chantent la nuit\N{NO-BREAK SPACE}?"
    assert (loons.date_raw, loons.role) == ("2025-11-04T13:20:00Z", "published")
    assert peat.url == "https://revue-essai.ca/le-retour-des-tourbieres-264376"
    assert (peat.title, peat.role) == ("Le retour des tourbières", "modified")
    assert peat.published_at == datetime(2025, 11, 3, 14, tzinfo=UTC)


def test_rdf_dates_by_dublin_core() -> None:
    (link,) = read_file("rdf.xml", base="https://www.gazette-essai.ca/backend.rdf").links
    assert link.url == "https://www.gazette-essai.ca/n.php?id=4512"
    assert (link.role, link.published_at) == ("published", datetime(2024, 3, 5, 13, 30, tzinfo=UTC))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_letters_survive_whatever_the_bytes_are(encoding: str) -> None:
    text = '<rss version="2.0"><channel>' + ITEM.replace("Un titre", "« L’été » où ça ?", 1) + "</channel></rss>"
    if encoding == "latin-1":
        text = text.replace("’", "'")
    (link,) = read(text.encode(encoding)).links
    assert link.title in ("« L’été » où ça ?", "« L'été » où ça ?")


def test_one_odd_byte_costs_no_other_letter() -> None:
    body = ITEM.replace("Un titre", "Été à Québec", 1).encode() + ITEM.replace("Un titre", "Été", 1).encode("latin-1")
    listing = read(b"<rss><channel>" + body.replace(b"{}", b"1", 1).replace(b"{}", b"2", 1) + b"</channel></rss>")
    assert titles(listing) == ["Été à Québec", "Été"]


def test_items_as_a_program_wrote_them_are_a_feed() -> None:
    listing = read_file("items.json")
    assert urls(listing) == [
        "https://www.presse-essai.ca/actualites/2025-06-27/val-clair/la-scierie-rouvre.php",
        "https://www.quotidien-essai.ca/2025/06/27/les-lynx-gagnent",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("\ufeff \n", "empty"),
        ("<!doctype html><html><head><title>Erreur</title></head><body><p>Introuvable</p></body></html>", "not_a_feed"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "not_a_feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "not_a_feed"),
        ("/etc/passwd", "not_a_feed"),
        ("https://www.exemple.ca/rss.xml", "not_a_feed"),
        ("<urlset><url><loc>https://www.exemple.ca/a</loc></url></urlset>", "not_a_feed"),
        ("<rss><channel>" + "<a>" * 100_000 + "</channel></rss>", "too_deep"),
    ],
)
def test_what_is_no_feed_is_said(body: str, reason: str) -> None:
    with pytest.raises(ListingError) as raised:
        read(body)
    assert raised.value.reason == reason
    assert "https://www.exemple.ca/" in str(raised.value)


def test_a_server_s_warning_before_the_feed_is_forgiven() -> None:
    listing = read("<br />\n<b>Warning</b>: oups on line 3<br />\n<rss><channel>" + ITEM.format(1) + "</channel></rss>")
    assert (len(listing.links), listing.problems) == (1, ("ill_formed",))


@pytest.mark.parametrize("reference", ["&#99999999999;", "&#x110000;", "&#55296;", "&#1;", "&#xFFFF;", "\x01", "\x00"])
def test_an_impossible_character_costs_nothing(reference: str) -> None:
    body = ITEM.replace("Un titre", f"Un{reference} titre", 1).format(1) + ITEM.format(2)
    listing = read("<rss><channel>" + body + "</channel></rss>")
    assert titles(listing) == ["Un titre", "Un titre"]


def test_entities_are_never_expanded_and_files_never_read() -> None:
    bombs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{bombs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    began = time.monotonic()
    listing = read(head + "<rss><channel>" + ITEM.replace("Un titre", "Un titre &l9; &x;", 1) + "</channel></rss>")
    assert time.monotonic() - began < 5
    (title,) = titles(listing)
    assert title is not None and title.startswith("Un titre") and "root" not in title and len(title) < 40


def test_a_feed_too_long_is_capped_in_time() -> None:
    began = time.monotonic()
    listing = read("<rss><channel>" + "".join(map(ITEM.format, range(20_000))) + "</channel></rss>")
    assert time.monotonic() - began < 10
    assert (len(listing.links), listing.problems) == (1000, ("capped",))


def test_a_feed_cut_short_gives_what_is_whole() -> None:
    listing = read("<rss><channel>" + ITEM.format(1) + ITEM.format(2) + "<item><title>Coup")
    assert (len(listing.links), listing.problems[0]) == (2, "ill_formed")
