"""Every declared outlet: its names agree, its addresses fit, its frozen page gives its golden article."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from newsmon.extraction import extracted
from newsmon.freezing import golden_article
from newsmon.outlets import SLUG_RE
from newsmon.registry import declaration_for, shipped_declarations

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "tests" / "outlets").glob("*/*.html"))
PROMISED = {
    "radio_canada", "la_presse", "le_devoir", "journal_de_montreal", "journal_de_quebec", "tva_nouvelles", "le_soleil",
    "l_actualite", "acadie_nouvelle", "francopresse", "la_conversation_canada", "actualite_canada",
}  # fmt: skip


def test_one_name_everywhere() -> None:
    modules = {path.stem for path in (ROOT / "spiders").glob("*.py")} - {"__init__"}
    assert modules == set(shipped_declarations())
    assert all(SLUG_RE.match(slug) for slug in modules)
    assert {page.parent.name for page in PAGES} <= modules


def test_the_outlets_that_were_promised_are_declared_and_frozen() -> None:
    assert set(shipped_declarations()) >= PROMISED
    assert {page.parent.name for page in PAGES} >= PROMISED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_frozen_page_gives_its_golden_article(page: Path) -> None:
    golden = json.loads(page.with_suffix(".json").read_text("utf-8"))
    read = extracted(
        page.read_bytes(),
        url=golden["url"],
        outlet=page.parent.name,
        fetched_at=datetime.fromisoformat(golden["fetched_at"]),
    )
    assert read["error"] is None
    assert golden_article(read, datetime.fromisoformat(golden["fetched_at"])) == golden


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://ici.radio-canada.ca/nouvelle/1799001/rentree", "radio_canada"),
        ("https://ici.radio-canada.ca/espaces-autochtones/1799001/rentree", "radio_canada"),
        ("https://ici.radio-canada.ca/rci/fr/nouvelle/1799001/rentree", "radio_canada"),
        ("https://www.lapresse.ca/actualites/2026-02-27/sucre/sirop.php", "la_presse"),
        ("https://www.ledevoir.com/culture/musique/573999/violon", "le_devoir"),
        ("https://www.24heures.ca/2021/03/26/grange", "vingt_quatre_heures"),
        ("https://theconversation.com/corneilles-264375", "la_conversation_canada"),
    ],
)
def test_an_article_s_address_belongs_to_its_outlet(url: str, slug: str) -> None:
    declaration = declaration_for(url)
    assert declaration is not None and declaration.slug == slug
    assert re.search(declaration.article_re, url)


def test_real_addresses_of_declared_outlets_are_known_as_articles(shared: Path) -> None:
    with (shared / "data" / "url_samples.csv").open(encoding="utf-8") as file:
        urls = [row["url"] for row in csv.DictReader(file)]
    known = [(url, d) for url in urls if (d := declaration_for(url)) and d.article_re]
    missed = [url for url, d in known if not re.search(d.article_re, url)]
    assert len(known) >= 250
    assert len(missed) <= 0.02 * len(known), missed
