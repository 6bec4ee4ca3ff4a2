"""Pages that are no article are told from articles, also from short ones and from articles on such pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsmon.errors import PageError
from newsmon.items import Article, Page
from newsmon.page.article import read_page

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
ADDRESS = "https://exemple.ca/actualites/2026-11-20/le-budget-est-adopte"
LONG = (
    "Le conseil municipal de Sainte-Ursule a adopté lundi soir le budget de la prochaine année. ",
    "La hausse de taxes sera de 2,4 %, un peu moins que l’inflation prévue par les économistes de la région. ",
    "L’opposition aurait voulu reporter la réfection de l’aréna, un chantier qui doit commencer au printemps. ",
) * 3
BRIEF = (
    "Le pont Gédéon-Ouimet a été fermé à la circulation pendant une heure, lundi matin, à la suite d’un accrochage.",
    "Personne n’a été blessé, a indiqué la Sûreté du Québec. Le pont a rouvert vers 9 h.",
)


def read(title: str, *texts: str, head: str = "", around: str = "", url: str = ADDRESS, asked: str = "") -> Article:
    body = "".join(f"<p>{text}</p>" for text in texts)
    markup = (
        f"<!doctype html><html lang=fr><head><title>{title} | Le Riverain</title>"
        f'<meta property="og:site_name" content="Le Riverain">{head}</head>'
        f"<body><header><nav>Déjà abonné ? Se connecter</nav></header><main><article><h1>{title}</h1>{body}</article>"
        f"{around}</main><footer>Contenu réservé aux abonnés. Gérer mes témoins. Page introuvable ?</footer></body></html>"
    )
    return read_page(Page(outlet="", url=asked or url, final_url=url, body=markup.encode(), fetched_at=AT))


@pytest.mark.parametrize(
    ("title", "text", "thin"),
    [
        ("Page introuvable", "La page que vous cherchez n’existe pas.", "not_found_page"),
        ("Oups ! Cette page n’existe plus", "Retournez à l’accueil.", "not_found_page"),
        ("Erreur 404", "Retour à l’accueil.", "not_found_page"),
        ("404 – Page non trouvée", "Voici nos articles les plus lus de la semaine.", "not_found_page"),
        ("Désolé, 404", "Rien ici.", "not_found_page"),
        ("La page demandée est introuvable.", "Essayez une recherche.", "not_found_page"),
        ("Page not found", "Try our home page.", "not_found_page"),
        ("The page you requested could not be found", "Try a search.", "not_found_page"),
        ("This article is no longer available", "See our latest stories.", "not_found_page"),
        ("Le Riverain", "Le contenu que vous recherchez a été déplacé.", "not_found_page"),
        ("Avant de continuer", "Nous utilisons des témoins. Gérer vos préférences.", "consent"),
        ("Votre vie privée", "Nos partenaires et nous. Tout accepter. Tout refuser.", "consent"),
        ("Gérer vos préférences de confidentialité", "Choisissez ce qui vous convient.", "consent"),
        ("Before you continue to the site", "Accept all cookies or manage.", "consent"),
        ("Le Riverain", "Ce site utilise des cookies. Accepter et fermer.", "consent"),
        ("Vérification de l’âge", "Vous devez avoir 18 ans pour entrer.", "consent"),
        ("Êtes-vous majeur ?", "Oui. Non.", "consent"),
        ("Connexion", "Courriel. Mot de passe. Mot de passe oublié ?", "login"),
        ("Connectez-vous pour lire la suite", "Courriel. Mot de passe.", "login"),
        ("Sign in to your account", "Email. Password.", "login"),
        ("Le budget est adopté", "Le conseil a voté. Il vous reste 90 % de cet article à lire.", "paywall"),
        ("Le budget est adopté", "Le conseil a voté lundi. Cet article est réservé aux abonnés.", "paywall"),
        ("The budget is adopted", "The council voted on Monday. Subscribe to continue reading.", "paywall"),
        ("Le budget est adopté", "Bientôt.", "thin"),
    ],
)  # fmt: skip
def test_each_kind_is_told(title: str, text: str, thin: str) -> None:
    assert read(title, text).thin == thin


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "Enable JavaScript and cookies to continue."),
        ("Attention Required! | Cloudflare", "Sorry, you have been blocked. Ray ID: 7d2f."),
        ("Access Denied", "You don't have permission to access this server."),
        ("Un instant…", "Vérification de votre navigateur."),
        ("Êtes-vous un robot ?", "Cochez la case."),
        ("Le Riverain", "Nous avons relevé un trafic inhabituel. Confirmez que vous n’êtes pas un robot."),
    ],
)
def test_a_robot_check_is_refused_by_its_name(title: str, text: str) -> None:
    with pytest.raises(PageError) as refused:
        read(title, text)
    assert refused.value.reason == "challenge"


@pytest.mark.parametrize(
    "title",
    [
        "Page introuvable : pourquoi le site de la Ville est en panne",
        "Peugeot 404 : la doyenne du salon",
        "404 nouveaux cas de rougeole en une semaine",
        "Erreur 404 : un roman sur l’oubli",
        "Oups, le maire s’est trompé de micro",
        "Témoins de connexion : ce que la loi 25 change",
        "Consentement sexuel : une campagne dans les cégeps",
        "Votre vie privée vaut 12 dollars, selon une étude",
        "Avant de continuer l’oléoduc, Ottawa veut un avis",
        "Connexion Internet : la fibre arrive à Chertsey",
        "Réservé aux abonnés : les murs payants gagnent du terrain",
        "Êtes-vous un robot ? La question qui irrite les internautes",
        "Un instant de grâce au Théâtre du Nouveau Monde",
        "Accès refusé : des locataires restent dehors",
    ],
)
@pytest.mark.parametrize("texts", [LONG, BRIEF], ids=["long", "brief"])
def test_an_article_on_such_pages_is_an_article(title: str, texts: tuple[str, ...]) -> None:
    assert read(title, *texts).thin is None


def test_a_soft_404_that_lists_articles_is_no_article() -> None:
    assert read("Page introuvable", *LONG).thin == "not_found_page"


def test_a_brief_that_says_it_is_an_article_is_one() -> None:
    told = '<meta property="og:type" content="article">'
    one = "Le pont Gédéon-Ouimet est rouvert à la circulation, a annoncé le ministère."
    assert read("Le pont est rouvert", one, head=told).thin is None
    assert read("Le pont est rouvert", one).thin == "thin"
    assert read("Le pont est rouvert", "Plus de détails à venir", head=told).thin == "thin"


def test_an_invitation_under_a_whole_article_is_no_paywall() -> None:
    box = "<div class=offre>Cet article vous a plu ? Déjà abonné ? Merci !</div>"
    assert read("Le budget est adopté", *LONG, around=box).thin is None
    assert read("Le budget est adopté", *LONG[:1], around="<div>Déjà abonné ? Connectez-vous</div>").thin == "paywall"


@pytest.mark.parametrize(
    ("asked", "reached", "thin"),
    [
        ("/actualites/2026-11-20/le-budget-est-adopte", "/", "not_found_page"),
        ("/actualites/politique/le-budget-est-adopte", "/actualites/", "not_found_page"),
        ("/actualites/le-budget-est-adopte/amp", "/actualites/le-budget-est-adopte", None),
        ("/nouvelle/1799001/le-budget-est-adopte", "/nouvelle/1799001", None),
        ("/le-budget", "/actualites/le-budget-est-adopte", None),
        ("/connexion-internet/la-fibre-arrive", "/connexion-internet/la-fibre-arrive", None),
    ],
)
def test_an_article_that_leads_to_the_home_page_is_gone(asked: str, reached: str, thin: str | None) -> None:
    host = "https://exemple.ca"
    assert read("Les nouvelles de la région", *LONG, asked=host + asked, url=host + reached).thin == thin


def test_an_address_may_tell_a_gate() -> None:
    assert read("Le Riverain", *BRIEF, url="https://exemple.ca/connexion?retour=/a/1").thin == "login"
    assert read("Le Riverain", *BRIEF, url="https://exemple.ca/consent/").thin == "consent"
    assert read("La fibre arrive", *BRIEF, url="https://exemple.ca/connexion-internet/").thin is None
