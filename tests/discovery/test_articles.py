"""What the form of an address says."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from newsmon.discovery.articles import is_likely_article, judge_address

SAMPLES = Path(__file__).parents[2] / "../shared/data/url_samples.csv"


@pytest.mark.parametrize(
    "path",
    [
        "2025/06/27/le-pont-ferme",
        "monde/2026-08-24/surtitre/le-pont-ferme.php",
        "arts/201803/17/01-5157682-le-pont.php",
        "nouvelle/1832406/scierie",
        "nouvelle/1832406",
        "politique/canada/522916/le-pont-ferme",
        "recit/3039/le-pont-ferme",
        "photos/galeries-photos/le-pont-ferme/522870",
        "dossier/focus-regional/le-pont-ferme/625209",
        "actualite/le-pont-91069847e39d7ad7b190201369ecc3d7",
        "2024/11/29/le-pont-5K7XG3QH2RBWTJZ4N6VDPEYA8M/",
        "le-pont-ferme-164375",
        "article/2018/06/27/le-pont-ferme_5322182_3212.html",
        "nouvelles/le-pont-ferme-1.14832582",
        "le-pont-ferme_sh_39995",
        "economie/1688-le-pont-ferme",
        "communiques/le-pont-ferme-839876510.html",
        "sante/le-pont-fdeff04a-eeb9-11eb-8fb3-44cfaeb2c880",
        "?p=20000",
        "n.php?id=4512",
        "index.php?article=4512",
        "education/artmid/769/articleid/789600",
        "2025/06/27/une-nouvelle-politique-de-la-culture",
        "2025/06/27/proces-du-pont-trois-temoins",
        "opinion/commentaires/2025-06-27/le-pont-ferme",
        "debats/688122/le-respect-de-la-vie-privee",
        "techno/le-pont-ferme-pour-deux-mois/200912",
        "2025/06/27/le-pont-ferme/index.html",
        "sciences/recherche/2025/06/27/le-pont-ferme",
    ],
)
def test_a_day_or_a_number_marks_an_article(path: str) -> None:
    assert judge_address(f"https://www.exemple.ca/{path}") == "article"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "politique/",
        "actualites/faits-divers",
        "sante-et-education/",
        "grand-est/",
        "auteur/afp/1437",
        "auteurs/nathalie-morin-boisclair",
        "author/claudeandre1/",
        "motcle/budget-federal-2018",
        "tag/vie-de-village",
        "mots-cles/12345/vie-de-village",
        "photos/galeries-photos/",
        "photos/caricatures/",
        "videos/",
        "page/2/",
        "actualites/page/12/",
        "magazine/2018-04-01/",
        "2018/03/17/",
        "2018/03/",
        "detente/horoscope.php",
        "rss.php",
        "detente/mots_croises.php",
        "meteo/ville/montreal_caqc0363.php",
        "a-propos-de-nous/la-maison/",
        "faq.php",
        "dossier/1005685/les-scieries",
        "emissions/le-retour/episodes/652771/rattrapage-du-mercredi",
        "recherche?q=pont",
        "?s=pont",
        "?cat=12",
        "?page_id=12",
        "index.php?author=4512",
        "a/12345/le-pont-ferme/commentaires",
        "abonnements/12345/une-annee-de-lecture",
        "boutique/12345/un-beau-livre-a-lire",
        "images/2025/06/27/le-pont.jpg",
        "edition/le-pont-ferme-164375.pdf",
        "politique-de-confidentialite",
        "conditions-generales-d-utilisation",
        "petites-annonces/12345/pont-a-vendre",
        "wp-content/12345/le-pont-ferme",
        "2018/03/17/le-pont-ferme/amp/",
    ],
)
def test_lists_services_and_files_are_never_articles(path: str) -> None:
    assert judge_address(f"https://www.exemple.ca/{path}") == "never"


def test_a_slug_alone_is_a_maybe_and_a_sentence_likely() -> None:
    assert judge_address("https://exemple.ca/societe/le-pont-ferme/") == "maybe"
    assert not is_likely_article("https://exemple.ca/societe/le-pont-ferme/")
    assert is_likely_article("https://exemple.ca/societe/le-pont-ferme-pour-deux-mois/")


def test_hosts_of_services_serve_no_articles() -> None:
    assert judge_address("https://necrologie.exemple.ca/12345/jean-le-pontonnier") == "never"


@pytest.mark.skipif(not SAMPLES.exists(), reason=f"no {SAMPLES.name}: real addresses lie outside the repository")
def test_real_addresses_of_articles_are_recognised_by_their_form_alone() -> None:
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        urls = [row["url"] for row in csv.DictReader(file)]
    verdicts = Counter(judge_address(url) for url in urls)
    likely = sum(is_likely_article(url) for url in urls)
    print(f"\n{len(urls)} addresses: {dict(verdicts)}, likely {likely}")
    assert verdicts["never"] <= len(urls) * 0.02
    assert likely >= len(urls) * 0.95
