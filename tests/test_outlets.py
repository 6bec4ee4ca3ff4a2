"""Every declared outlet: its names agree, its addresses fit, its frozen page gives its golden article."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from newsmon.errors import ConfigurationError
from newsmon.extraction import extracted
from newsmon.fieldwork.freezing import golden_article
from newsmon.outlets import SLUG_RE
from newsmon.outlets_toml import load_outlets
from newsmon.registry import declaration_for, followed_declarations, local_declarations, shipped_declarations

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "tests" / "outlets").glob("*/*.html"))
PROMISED = set(
    """
    acadie_nouvelle actualite_canada cnw_telbec francopresse infobref journal_de_montreal journal_de_quebec
    l_actualite l_eau_vive l_express l_oeil_regional la_conversation_canada la_liberte la_nouvelle_union la_presse
    la_tribune la_voix_acadienne la_voix_de_l_est le_courrier_de_la_nouvelle_ecosse le_devoir le_droit le_franco
    le_gaboteur le_lac_st_jean le_nouvelliste le_quotidien le_soleil les_affaires metro narcity_quebec neomedia
    noovo_info onfr pivot quebec_science radio_canada rci tva_nouvelles vingt_quatre_heures
    """.split()
)


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
        ("https://ici.radio-canada.ca/rci/fr/nouvelle/1799001/rentree", "rci"),
        ("https://lesaffaires.com/secteurs/politique/un-titre-de-cinq-mots", "les_affaires"),
        ("https://www.oeilregional.com/?p=20418", "l_oeil_regional"),
        ("https://leau-vive.ca/Education/PgrID/856/PageID/18/artmid/769/articleid/789600", "l_eau_vive"),
        ("https://www.lemanic.ca/2021/07/30/un-quai-neuf/", "le_manic"),
        ("https://www.enbeauce.com/actualites/affaires/337390/un-titre", "en_beauce"),
        ("https://www.cybersoleil.com/un-titre-de-cinq-mots/", "le_soleil_de_chateauguay"),
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
    assert len(known) >= 440
    assert len(missed) <= 0.02 * len(known), missed


LISTS = (
    "",
    "contact/",
    "auteur/jeanne-tremblay/",
    "tag/sante/",
    "category/actualites/",
    "page/2/",
    "actualites/",
    "en-bref/",
)


@pytest.mark.parametrize("slug", sorted({**shipped_declarations(), **local_declarations()}))
def test_no_list_and_no_page_of_the_house_is_an_article(slug: str) -> None:
    declaration = {**shipped_declarations(), **local_declarations()}[slug]
    if not declaration.article_re:
        return
    home = declaration.outlet.home.rstrip("/")
    urls = [f"{home}/{path}" for path in LISTS]
    assert [url for url in urls if re.search(declaration.article_re, url)] == []


def test_the_local_press_is_known_and_waits_to_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    local = local_declarations()
    assert len(local) > 100 and not local.keys() & shipped_declarations().keys()
    assert all(d.sources and d.outlet.home and d.article_re and SLUG_RE.match(d.slug) for d in local.values())
    monkeypatch.delenv("NEWSMON_FOLLOW", raising=False)
    monkeypatch.delenv("NEWSMON_OUTLETS", raising=False)
    assert not followed_declarations().keys() & local.keys()
    monkeypatch.setenv("NEWSMON_FOLLOW", "le_manic, en_beauce")
    assert followed_declarations().keys() & local.keys() == {"le_manic", "en_beauce"}
    monkeypatch.setenv("NEWSMON_FOLLOW", "all")
    assert followed_declarations().keys() >= local.keys()
    monkeypatch.setenv("NEWSMON_FOLLOW", "le_manik")
    with pytest.raises(ConfigurationError, match="le_manic"):
        followed_declarations()


def test_a_family_says_once_what_its_outlets_share(tmp_path: Path) -> None:
    path = tmp_path / "famille.toml"
    path.write_text(
        """
        [defaults]
        region = "NB"
        sections = ["{home}"]
        article_re = '{domain}/\\d{4}/'
        followed = false
        [[outlet]]
        slug = "un"
        name = "Un"
        home = "https://www.un-essai.ca"
        [[outlet]]
        slug = "deux"
        name = "Deux"
        home = "https://deux.ca"
        region = "NS"
        followed = true
        """
    )
    one, two = load_outlets(path)
    assert (one.outlet.region, one.followed, one.sources[0].url) == ("NB", False, "https://www.un-essai.ca")
    assert re.search(one.article_re, "https://www.un-essai.ca/2026/a") and "deux" not in one.article_re
    assert (two.outlet.region, two.followed) == ("NS", True)
    path.write_text("[defaults]\nslug = 'x'\n")
    with pytest.raises(ConfigurationError, match=r"\[defaults\]: unknown key 'slug'"):
        load_outlets(path)
