"""The table of those whom texts are credited to, and what a user adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmon.errors import ConfigurationError
from newsmon.text.agencies import find_agency, load_sources, table, use_sources
from newsmon.text.bylines import read_authors


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Par Jeanne Untel, La Presse Canadienne", "La Presse Canadienne"),
        ("The Canadian Press", "La Presse Canadienne"),
        ("avec l’AFP et Reuters", "Agence France-Presse"),
        ("Agence France–Presse", "Agence France-Presse"),
        ("AGENCE QMI", "Agence QMI"),
        ("avec Associated Press", "Associated Press"),
        ("Reuters", "Reuters"),
        ("la presse canadienne s’inquiète", "La Presse Canadienne"),
        ("Le Devoir", None),
        ("le PC a gagné une circonscription", None),
        ("les rafales reprendront", None),
        ("", None),
    ],
)
def test_agencies_are_found_in_every_spelling(text: str, agency: str | None) -> None:
    assert find_agency(text) == agency


def test_two_letters_count_only_alone() -> None:
    source = table().whole("PC")
    assert source is not None and source.name == "La Presse Canadienne"
    assert table().whole("pc") is None


def test_an_outlet_in_running_text_needs_its_capital() -> None:
    assert [source.name for source in table().iter_sources("Selon Le Devoir, c’est son devoir")] == ["Le Devoir"]
    assert list(table().iter_sources("il a fait le devoir de ses enfants")) == []


def test_hosts_belong_to_their_outlet_and_its_subdomains() -> None:
    for host in ("cbc.ca", "www.cbc.ca", "newsinteractives.cbc.ca"):
        source = table().at_host(host)
        assert source is not None and source.kind == "outlet", host
    assert table().at_host("notcbc.ca") is None
    assert table().at_host("ca") is None


def test_no_form_stands_for_two_sources() -> None:
    owners: dict[str, str] = {}
    for source in table().sources:
        for form in source.forms:
            assert owners.setdefault(form.casefold(), source.name) == source.name, form


# --- the user's own


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "sources.toml"
    use_sources(None)


def test_a_user_s_agency_is_found_and_ours_stay(own: Path) -> None:
    own.write_text('[[source]]\nname = "Agence Boréale"\nforms = ["AGB"]\nhosts = ["www.boreale.example"]\n', "utf-8")
    use_sources(own)
    assert find_agency("Par Jeanne Untel, agence boreale") == "Agence Boréale"
    assert [(a.name, a.kind) for a in read_authors(["Maude Roy, AGB"])] == [
        ("Maude Roy", "person"),
        ("Agence Boréale", "agency"),
    ]
    assert find_agency("AFP") == "Agence France-Presse"
    host = table().at_host("boreale.example")
    assert host is not None and host.name == "Agence Boréale"
    use_sources(None)
    assert find_agency("Agence Boréale") is None


def test_a_user_s_word_wins_over_ours(own: Path) -> None:
    own.write_text('[[source]]\nname = "Agence de la Patrie"\nforms = ["AFP"]\n', "utf-8")
    use_sources(own)
    assert find_agency("AFP") == "Agence de la Patrie"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[[source]]\n", "a source needs a name"),
        ('[[source]]\nname = " "\n', "a source needs a name"),
        ('[[source]]\nname = "A"\nform = ["B"]\n', "A: unknown key 'form'"),
        ('[[source]]\nname = "A"\nforms = "B"\n', "forms must be a list of words in quotes"),
        ('[[source]]\nname = "A"\nkind = "wire"\n', "kind 'wire' is none of agency, photo, outlet"),
        ('[source]\nname = "A"\n', r"write \[\[source\]\], in double brackets"),
        ('[[agency]]\nname = "A"\n', "unknown key 'agency'"),
        ("name = \n", "Invalid value"),
    ],
)
def test_a_wrong_file_is_said_with_its_name(own: Path, toml: str, said: str) -> None:
    own.write_text(toml, "utf-8")
    with pytest.raises(ConfigurationError, match=f"sources.toml: .*{said}"):
        use_sources(own)
    assert find_agency("AFP") == "Agence France-Presse", "what was in force stays"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml"):
        load_sources(tmp_path / "none.toml")
