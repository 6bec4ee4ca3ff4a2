"""Where a text came from: its own outlet, an agency, both, another outlet; and what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from newsmon.items import Article
from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.page.attribution import attribute_article

GAZETTE = Declaration(
    slug="gazette",
    outlet=Outlet("La Gazette des Monts", home="https://gazette.example"),
    sources=(Feed("https://gazette.example/rss"),),
    allowed_domains=("gazette.example",),
)


def _attributed(declaration: Declaration | None = GAZETTE, **said: Any) -> Article:
    url = "https://gazette.example/nouvelles/1"
    fields: dict[str, Any] = {
        "outlet": "gazette", "url": url, "final_url": url, "canonical_url": url,
        "fetched_at": datetime(2022, 1, 18, tzinfo=UTC), "body": "Le conseil a voté.",
    }  # fmt: skip
    return attribute_article(Article(**{**fields, **said}), declaration)


def _told(article: Article) -> tuple[str | None, str | None, str | None]:
    found = article.attribution
    return (found.kind, found.agency or found.source_name, found.where_found) if found else (None, None, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"byline_raw": ("Par Maude Roy",)}, ("original", None, "byline")),
        ({"byline_raw": ("La Gazette des Monts",)}, ("original", None, "byline")),
        ({"byline_raw": ("La Presse Canadienne",)}, ("wire", "La Presse Canadienne", "byline")),
        ({"byline_raw": ("Agence QMI",)}, ("wire", "Agence QMI", "byline")),
        ({"byline_raw": ("Maude Roy, La Presse Canadienne",)}, ("mixed", "La Presse Canadienne", "byline")),
        ({"tail_raw": ("Avec l’Agence France-Presse",)}, ("mixed", "Agence France-Presse", "tail")),
        ({"byline_raw": ("Maude Roy",), "tail_raw": ("– Avec Reuters",)}, ("mixed", "Reuters", "tail")),
        ({"tail_raw": ("Source : www.cbc.ca",)}, ("republished", "CBC", "tail")),
        ({"tail_raw": ("Source : www.journal-inconnu.example",)}, ("republished", "journal-inconnu.example", "tail")),
        ({"dateline_raw": "QUÉBEC (La Presse Canadienne) —"}, ("wire", "La Presse Canadienne", "dateline")),
        ({"deck": "Le budget est adopté. (Avec AFP)"}, ("mixed", "Agence France-Presse", "deck")),
        ({}, (None, None, None)),
    ],
)
def test_kinds(said: dict[str, Any], expected: tuple[str | None, str | None, str | None]) -> None:
    assert _told(_attributed(**said)) == expected


def test_the_outlet_s_own_address_is_no_source() -> None:
    assert _told(_attributed(tail_raw=("Source : www.gazette.example",))) == (None, None, None)


def test_a_quotation_is_no_attribution() -> None:
    said = {"byline_raw": ("Maude Roy",), "tail_raw": ("« Rien n’est joué », a déclaré le ministre à l’AFP.",)}
    assert _told(_attributed(**said)) == ("original", None, "byline")


def test_an_agency_s_own_site_signs_itself() -> None:
    agency = Declaration(
        slug="pc",
        outlet=Outlet("La Presse Canadienne", home="https://www.thecanadianpress.com"),
        sources=(Feed("https://www.thecanadianpress.com/rss"),),
    )
    article = _attributed(agency, byline_raw=("Maude Roy, La Presse Canadienne",))
    assert [author.name for author in article.authors] == ["Maude Roy"]
    assert _told(article) == ("original", None, "byline")


def test_who_helped_is_named_with_what_she_did() -> None:
    article = _attributed(byline_raw=("Maude Roy",), tail_raw=("– Avec la collaboration de Luc Hamel",))
    assert [(author.name, author.role) for author in article.authors] == [
        ("Maude Roy", None),
        ("Luc Hamel", "Avec la collaboration"),
    ]


def test_a_signature_below_the_text_signs() -> None:
    article = _attributed(tail_raw=("Maude Roy, La Presse Canadienne",))
    assert [author.name for author in article.authors] == ["Maude Roy", "La Presse Canadienne"]
    assert _told(article) == ("mixed", "La Presse Canadienne", "tail")


def test_the_bylines_of_boxes_and_comments_do_not_sign() -> None:
    article = _attributed(byline_raw=("Par Maude Roy", "Luc Hamel"))
    assert [author.name for author in article.authors] == ["Maude Roy"]


def test_a_page_whose_canonical_address_is_elsewhere_was_taken_over() -> None:
    article = _attributed(canonical_url="https://www.ledevoir.com/politique/1/budget")
    assert _told(article) == ("republished", "Le Devoir", "canonical")
