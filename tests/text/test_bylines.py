"""Who signs, from where, whose picture: as francophone Canadian pages print it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.text.agencies import find_agency, table
from newsmon.text.bylines import is_attribution_line, read_authors, split_credit, split_dateline
from newsmon.text.language import find_language

AUTHORS = [
    ("Par Jeanne Lapierre", ["Jeanne Lapierre"]),
    ("PAR JEAN-MARC VALLIÈRE", ["Jean-Marc Vallière"]),
    ("Un texte de Marc Roy et Lise Côté-Blais", ["Marc Roy", "Lise Côté-Blais"]),
    ("Par Jeanne Lapierre, La Presse Canadienne", ["Jeanne Lapierre", "La Presse Canadienne"]),
    ("Jeanne Lapierre – La Presse Canadienne", ["Jeanne Lapierre", "La Presse Canadienne"]),
    ("By Jane Doe and John Q. Public, The Canadian Press", ["Jane Doe", "John Q. Public", "La Presse Canadienne"]),
    ("Propos recueillis par Anne Ste-Marie", ["Anne Ste-Marie"]),
    ("Texte : Luc Hamel | Photos : Guy Roy", ["Luc Hamel"]),
    ("Publié le 10 mars 2022 par Éric Dupuis", ["Éric Dupuis"]),
    ("Publié 10/02/2015 par Anne Ste-Marie", ["Anne Ste-Marie"]),
    ("redaction@exemple.ca (Jean Tremblay)", ["Jean Tremblay"]),
    ("Odile Vachon odile@exemple.ca @odilev", ["Odile Vachon"]),
    ("Cécile Morin(Bruxelles, bureau européen)", ["Cécile Morin"]),
    ("Raphaël Auclair, envoyé spécial à Kiev", ["Raphaël Auclair"]),
    ("Agence QMI", ["Agence QMI"]),
    ("Agence France-Presse", ["Agence France-Presse"]),
    ("AFP", ["Agence France-Presse"]),
    ("Maude d’Astous de la Chevrotière", ["Maude d’Astous de la Chevrotière"]),
    ("Elba", ["Elba"]),
    ("Collaboration spéciale", []),
    ("La rédaction", []),
    ("Partager", []),
    ("Voir tous les articles", []),
    ("https://exemple.ca/auteurs/x", []),
    ("Le conseil a voté lundi soir.", []),
    ("12", []),
    ("", []),
]


@pytest.mark.parametrize(("raw", "names"), AUTHORS)
def test_people_and_agencies_are_told_from_the_rest(raw: str, names: list[str]) -> None:
    assert [author.name for author in read_authors([raw])] == names


def test_agencies_and_functions_keep_their_kind() -> None:
    person, agency = read_authors(["Maude Roy, collaboration spéciale", "La Presse Canadienne"])
    assert (person.name, person.kind, person.role) == ("Maude Roy", "person", "collaboration spéciale")
    assert (agency.name, agency.kind) == ("La Presse Canadienne", "agency")


def test_one_person_is_named_once_however_often_she_signs() -> None:
    assert [a.name for a in read_authors(["Éléonore Roy", "Par Eleonore Roy", "É. Roy"])] == ["Éléonore Roy"]


def test_the_outlet_itself_is_nobody() -> None:
    assert read_authors(["Le Devoir"], outlet_name="Le Devoir") == ()


@pytest.mark.parametrize(
    ("paragraph", "place", "rest"),
    [
        ("OTTAWA — Le ministre a parlé.", "OTTAWA", "Le ministre a parlé."),
        ("MONTRÉAL – Le maire a parlé.", "MONTRÉAL", "Le maire a parlé."),
        ("(Ottawa) Le ministre a parlé.", "Ottawa", "Le ministre a parlé."),
        ("Québec (La Presse Canadienne) — La ministre.", "Québec", "La ministre."),
        ("KIEV, Ukraine — Les sirènes.", "KIEV", "Les sirènes."),
        ("à 13h20 HNE, le 9 décembre 2012. TORONTO – Les joueurs.", "TORONTO", "Les joueurs."),
        ("Il est venu — dit-on — hier soir.", None, "Il est venu — dit-on — hier soir."),
        ("Le Canada (et ses alliés) — agira.", None, "Le Canada (et ses alliés) — agira."),
        ("Montréal vote dimanche.", None, "Montréal vote dimanche."),
    ],
)
def test_a_dateline_is_a_place_before_the_text(paragraph: str, place: str | None, rest: str) -> None:
    assert split_dateline(paragraph) == (place, rest)


@pytest.mark.parametrize(
    "line",
    [
        "Source : www.exemple.ca",
        "– Avec Reuters",
        "Avec l'Agence France-Presse",
        "Avec des informations de La Presse Canadienne",
        "La Presse Canadienne",
        "© AFP",
        "Ce texte a d’abord été publié dans Le Devoir.",
        "With files from The Canadian Press",
        "Marie Roy, avec La Presse Canadienne",
    ],
)
def test_lines_that_tell_where_a_text_came_from(line: str) -> None:
    assert is_attribution_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Il a déclaré à l'AFP que tout allait bien.",
        "La source a déclaré que le message avait été reçu.",
        "Selon Reuters, le navire a quitté le port jeudi.",
        "Les délégations se rencontreront à Bruxelles.",
        "",
    ],
)
def test_prose_that_names_an_agency_is_prose(line: str) -> None:
    assert not is_attribution_line(line)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("La cour à bois. (Paulin Roy/Le Riverain)", "Paulin Roy/Le Riverain"),
        ("La base de Riga. (La Presse Canadienne)", "La Presse Canadienne"),
        ("Le pont. Photo : Paulin Roy", "Paulin Roy"),
        ("Le pont (fermé depuis mardi)", None),
        ("Le pont de Québec", None),
    ],
)
def test_a_credit_is_told_from_a_remark(caption: str, credit: str | None) -> None:
    assert split_credit(caption).credit == credit
    assert split_credit(caption).text == caption


def test_agencies_are_found_by_any_of_their_names() -> None:
    assert find_agency("avec l’agence france-presse") == "Agence France-Presse"
    assert find_agency("The Canadian Press") == "La Presse Canadienne"
    assert find_agency("Le cap est mis sur l’avenir") is None
    source = table().at_host("www.cbc.ca")
    assert source is not None and (source.name, source.kind) == ("CBC", "outlet")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le conseil a voté le budget lundi soir, et la mairesse s’en est réjouie devant les citoyens.", "fr"),
        ("The council passed its budget on Monday night, and the mayor said that she was pleased with it.", "en"),
        ("El consejo aprobó el presupuesto del año y la alcaldesa se mostró contenta con los vecinos.", "es"),
        ("Oui.", None),
        ("Rodriguez Tremblay Nguyen Okafor Larivière Kowalski Singh Diallo Haddad Petrov Morin Roy Gagnon", None),
    ],
)
def test_the_language_is_told_by_the_small_words(text: str, language: str | None) -> None:
    assert find_language(text) == language


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=120))
def test_no_byline_breaks_the_reader(raw: str) -> None:
    authors = read_authors([raw])
    assert all(a.name.strip() and "@" not in a.name and "://" not in a.name for a in authors)
    assert read_authors([", ".join(a.name for a in authors if a.kind == "person")]) == tuple(
        type(a)(name=a.name) for a in authors if a.kind == "person"
    ) or any(len(a.name.split()) == 1 or a.kind == "agency" for a in authors)
    split_dateline(raw)
    split_credit(raw)
    is_attribution_line(raw)
