"""The topics that come with newsmon, on short articles written for them, lures included."""

from __future__ import annotations

import pytest

from newsmon.topics import compile_topics, load_topics

MATCHER = compile_topics(load_topics())

ABOUT: list[tuple[str, str, str]] = [
    ("guerre-ukraine", "Les chars russes aux portes de Kharkiv", "L’armée ukrainienne a repoussé hier une offensive russe."),
    ("guerre-ukraine", "Un an plus tard", "UKRAINE. Des Ukrainiens réfugiés à Lévis racontent l’invasion russe, la guerre et les bombes sur Kharkiv."),
    ("guerre-ukraine", "La Crimée vote sous les fusils", "Moscou annexera la péninsule; Kiev dénonce une agression."),
    ("guerre-ukraine", "Poutine menace encore l’Occident", "Le président russe a justifié l’invasion de l’Ukraine. Kyiv promet de résister."),
    ("guerre-ukraine-sanctions", "Ottawa sanctionne dix oligarques russes", "Les sanctions visent l’invasion de l’Ukraine."),
    ("guerre-ukraine-otan", "L’OTAN renforce son flanc est", "L’Ukraine réclame des armes; l’invasion russe continue."),
    ("guerre-ukraine-refugies", "Des réfugiés ukrainiens arrivent à Rimouski", "Ils fuient la guerre en Ukraine."),
    ("guerre-ukraine-canada", "Le Canada livre des obusiers à l’Ukraine", "Ottawa a promis d’autres armes à Kyiv."),
    ("guerre-ukraine-cereales", "Le blé ukrainien bloqué à Odessa", "La guerre en Ukraine prive le monde de céréales."),
    ("guerre-ukraine-energie", "Le gaz russe ne coule plus", "Gazprom ferme Nord Stream; l’Ukraine et la guerre pèsent."),
    ("langue-francaise", "Loi 96 : les commerces devront changer leur affichage", "L’OQLF défend la langue française."),
    ("immigration", "Québec abaisse ses seuils d’immigration", "Les demandeurs d’asile et les immigrants s’inquiètent."),
    ("sante", "Les urgences débordent", "Des patients attendent vingt heures sur une civière; les infirmières sont à bout."),
    ("logement", "Les loyers bondissent à Saguenay", "Le taux d’inoccupation est nul, disent les locataires."),
    ("climat", "Les feux de forêt forcent des évacuations", "La SOPFEU combat les flammes attisées par la sécheresse."),
    ("canada-etats-unis", "Trump impose des tarifs douaniers au Canada", "Ottawa prépare des représailles."),
    ("premieres-nations", "La Première Nation réclame son territoire", "Le conseil de bande invoque ses droits ancestraux."),
    ("francophonie-hors-quebec", "Les Franco-Ontariens veulent leur université", "L’AFO presse le ministre d’agir."),
]  # fmt: skip

NOT_ABOUT: list[tuple[str, str, str]] = [
    ("guerre-ukraine", "Le Festival de la poutine bat son plein", "Dix casse-croûte rivalisent à coups de fromage en grains."),
    ("guerre-ukraine", "Poutine, bières et musique", "La Semaine de la poutine revient dans les restaurants."),
    ("guerre-ukraine", "La LHJMQ sévit contre les bagarres", "Des sanctions attendent l’agresseur après la mêlée."),
    ("guerre-ukraine", "Une statue rappelle l’Holodomor", "La famine de Staline a tué des millions d’Ukrainiens."),
    ("guerre-ukraine", "La guerre de Crimée en cent objets", "Le musée raconte le siège de Sébastopol, en 1855."),
    ("guerre-ukraine", "L’OTAN quitte l’Afghanistan", "L’Alliance atlantique rappelle ses troupes."),
    ("guerre-ukraine", "Un attaquant russe signe à Montréal", "Le jeune Russe arrivera de Moscou avec son visa."),
    ("guerre-ukraine", "Gaza : un cessez-le-feu fragile", "Des frappes ont repris malgré la trêve; la guerre continue."),
    ("guerre-ukraine", "Le front commun en grève", "Les syndicats se mobilisent; le conflit s’enlise."),
    ("guerre-ukraine", "Une saison en montagnes russes", "L’équipe a connu une guerre des nerfs."),
    ("guerre-ukraine", "Le prix de la salade russe", "Recette : pommes de terre, petits pois, mayonnaise."),
    ("guerre-ukraine", "Québec dépose son budget", "Le déficit double.\n\nConsultez notre dossier complet sur la guerre en Ukraine."),
    ("guerre-ukraine", "Wagner s’installe au Mali", "Des mercenaires russes du groupe Wagner combattent les djihadistes."),
    ("guerre-ukraine", "Le Shakhtar Donetsk arrache le nul", "L’attaquant a marqué avant la mi-temps; match retour à Kiev."),
    ("guerre-ukraine", "Le Dynamo Kiev en finale", "Une attaque de feu et un gardien de but en état de siège."),
    ("langue-francaise", "Un chef ouvre un bistro", "Il parle de cuisine et de vin."),
    ("immigration", "Un joueur attend son visa", "Il a grandi en Suède et rejoindra l’équipe demain."),
    ("sante", "Collision mortelle sur la 132", "Les services d’urgence ont conduit un blessé à l’hôpital; le CISSS le confirme."),
    ("logement", "Dix idées de décoration", "Repeignez le salon avant l’hiver."),
    ("climat", "Une bordée de neige attendue", "Environnement Canada prévoit du verglas; le climat de travail en souffre."),
    ("canada-etats-unis", "Trump gagne l’Ohio", "Le candidat républicain a salué ses partisans."),
    ("canada-etats-unis", "Les engrais russes taxés", "Le tarif douanier canadien touche l’engrais russe."),
    ("premieres-nations", "La Ligue des nations reprend", "Les Nations unies n’y sont pour rien."),
    ("francophonie-hors-quebec", "Un prêt de 10 millions de FCFA", "La banque centrale a prêté 10 millions de FCFA."),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "headline", "body"), ABOUT)
def test_articles_about_a_topic(topic: str, headline: str, body: str) -> None:
    levels = {match.topic: match.level for match in MATCHER.match(headline=headline, deck=None, body=body)}
    is_part = topic.startswith("guerre-ukraine-")
    assert topic in levels if is_part else levels.get(topic) == "primary"


@pytest.mark.parametrize(("topic", "headline", "body"), NOT_ABOUT)
def test_lures_are_refused(topic: str, headline: str, body: str) -> None:
    assert topic not in {match.topic for match in MATCHER.match(headline=headline, deck=None, body=body)}


def test_a_dish_taken_off_the_menu_because_of_the_war_is_about_the_war() -> None:
    matches = MATCHER.match(
        headline="Un restaurant retire le mot poutine de son menu",
        deck="La guerre en Ukraine dérange la clientèle",
        body="« On ne veut rien devoir à Vladimir Poutine », dit le patron, qui vend une poutine au canard.",
    )
    war = next(match for match in matches if match.topic == "guerre-ukraine")
    assert [span.surface for span in war.spans if span.term == "@poutine"] == ["Vladimir Poutine"]


def test_the_cause_of_a_price_is_not_the_subject() -> None:
    body = (
        "Le litre d’essence ordinaire se vend 1,98 $ à la pompe, un sommet. Les automobilistes grondent et changent leurs "
        "habitudes. Le prix du baril a bondi en raison de la guerre en Ukraine, rappelle une analyste. "
        + "Rien de neuf. "
        * 40
    )
    matches = {
        m.topic: m.level for m in MATCHER.match(headline="Nouveau sommet du prix de l’essence", deck=None, body=body)
    }
    assert matches.get("guerre-ukraine") != "primary"
