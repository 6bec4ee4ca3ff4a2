"""Lists in JSON: Radio-Canada's two shapes, and others of their kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsmon.errors import ListingError
from tests.discovery.reading import read, read_file, titles, urls

BASE = "https://services.radio-essai.ca/neuro/v1/lineups/4159"


def test_the_usual_shape() -> None:
    listing = read_file("lineup.json", "section", BASE)
    assert urls(listing) == [
        "https://ici.radio-essai.ca/nouvelle/1832406/scierie-val-clair-reouverture",
        "https://ici.radio-essai.ca/espaces/1832444/pommiers-val-clair",
        "https://rad-essai.ca/dossier/traversier/3",
    ]
    assert titles(listing)[:2] == [
        "Froid polaire\N{NO-BREAK SPACE}: la scierie tourne au ralenti",
        "Nicole Tremblay replante ses pommiers",
    ]
    first = listing.links[0]
    assert (first.role, first.guid) == ("modified", "1832406")
    assert first.published_at == datetime(2021, 10, 18, 12, 53, 27, 568000, tzinfo=UTC)


def test_the_dossier_s_shape_is_not_empty() -> None:
    story, clip = read_file("dossier.json", "section", BASE).links
    assert (story.url, story.role) == ("https://ici.radio-essai.ca/nouvelle/1912774/scierie-emplois", "modified")
    assert clip.url.endswith("/segments/entrevue/413746/scierie-entrevue")
    assert (clip.date_raw, clip.role) == ("2022-09-07T20:44:09.000Z", "published")


def test_article_re_and_domains_hold_here_too() -> None:
    listing = read_file(
        "lineup.json", "section", BASE, article_re=r"/nouvelle/\d+", allowed_domains=("radio-essai.ca",)
    )
    assert urls(listing) == ["https://ici.radio-essai.ca/nouvelle/1832406/scierie-val-clair-reouverture"]


def test_a_block_with_a_title_is_no_entry_and_a_menu_no_article() -> None:
    data = {
        "menu": [{"title": "Politique", "url": "/politique"}],
        "blocks": [
            {
                "title": "À la une",
                "url": "/une",
                "items": [{"title": "Un titre", "url": "/a/12345/un-titre-assez-long", "date_published": "2026-11-20"}],
            }
        ],
    }
    listing = read(json.dumps(data), "section")
    assert urls(listing) == ["https://www.exemple.ca/a/12345/un-titre-assez-long"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"items": [', "parse_error"),
        ("[" * 100_000, "parse_error"),
        ('[{"id": ' + "9" * 10_000 + "}]", "parse_error"),
        ('{"message": "not found"}', "no_links"),
        ("[]", "no_links"),
    ],
)
def test_what_is_no_list_is_said(body: str, reason: str) -> None:
    with pytest.raises(ListingError) as raised:
        read(body, "section")
    assert raised.value.reason == reason
