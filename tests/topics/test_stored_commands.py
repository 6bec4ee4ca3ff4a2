"""newsmon topics over a stored archive: try, why, label, score, versions, diff, rescan, as a user types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from newsmon.cli import main
from newsmon.topics import load_topics
from tests.store.conftest import Store
from tests.store.making import made
from tests.topics.test_rescan import Archive

TRAMWAY = """
slug = "tramway"
name = "Tramway"
require = [{ label = "quoi", any = ["tramway"%s] }]
bonus = [{ label = "où", any = ["Québec"], weight = 0.5 }]
exclude = ["jouet"]
primary = 4
secondary = 1
"""
TEXTS = {
    1: ("Le tramway de Québec avance", "Le tramway ira à Québec, dit la mairesse de la capitale."),
    2: ("Un tramway jouet", "Le tramway de bois est un jouet."),
    3: ("Un trolleybus à Laval", "Le trolleybus roule. Un trolleybus, encore, pour la mairesse."),
    4: ("La neige", "Rien que de la neige sur le tramway."),
    5: ("Le conseil siège", "Le budget du conseil."),
}


@dataclass
class Desk:
    archive: Archive
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def newsmon(self, *arguments: str, code: int = 0) -> str:
        try:
            main(list(arguments))
        except SystemExit as e:
            assert (e.code or 0) == code, self.capsys.readouterr()
        else:
            assert code == 0
        out = self.capsys.readouterr()
        return out.err if code else out.out

    def write(self, more: str) -> None:
        (self.folder / "tramway.toml").write_text(TRAMWAY % more, "utf-8")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.archive.store.rows(sql)


@pytest.fixture
def desk(
    store: Store, engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Desk:
    folder = tmp_path / "topics"
    folder.mkdir()
    monkeypatch.setenv("NEWSMON_DATABASE_URL", database_url)
    monkeypatch.setenv("NEWSMON_TOPICS", str(folder))
    (folder / "tramway.toml").write_text(TRAMWAY % "", "utf-8")
    archive = Archive(store, load_topics(folder))
    archive.save(
        *(
            made(k, headline=headline, deck=None, body=body, day=date(2022, 1, 10 + k))
            for k, (headline, body) in TEXTS.items()
        )
    )
    return Desk(archive, folder, capsys)


@pytest.fixture
def ids(desk: Desk) -> Callable[[int], str]:
    known = {url.rpartition("/")[2]: str(id) for id, url in desk.rows("SELECT article_id, url FROM v_article")}
    return lambda number: known[str(number)]


def test_why_an_article_is_in_and_why_another_is_not(desk: Desk, ids: Callable[[int], str]) -> None:
    told = desk.newsmon("topics", "why", ids(1), "tramway")
    assert "version 1 (shown): primary, score 7.5" in told
    assert "quoi: 5" in told and "+4.00  headline      3  tramway  (tramway)" in told and "où: 2.5" in told
    assert "clause 'require" not in told
    refused = desk.newsmon("topics", "why", ids(2), "tramway")
    assert (
        "no match: clause 'exclude' found what it refuses: NON jouet" in refused or "found what it refuses" in refused
    )
    assert "found nothing: tramway" in desk.newsmon("topics", "why", ids(3), "tramway")
    part = desk.newsmon("topics", "why", ids(1), "guerre-ukraine-otan")
    assert "no match: clause" in part


def test_why_speaks_of_the_revision_and_the_version_that_are_named(desk: Desk, ids: Callable[[int], str]) -> None:
    first = made(4, headline="La neige", deck=None, body="Plus aucun mot de cela, rien que de la neige partout.")
    desk.archive.save(first)
    assert "found nothing" in desk.newsmon("topics", "why", ids(4), "tramway")
    assert "revision 1: La neige" in (told := desk.newsmon("topics", "why", ids(4), "tramway", "--revision", "1"))
    assert "secondary" in told
    desk.write(', "trolleybus"')
    desk.newsmon("topics", "rescan")
    assert "version 2 (shown): primary" in desk.newsmon("topics", "why", ids(3), "tramway")
    assert "version 1 (former): no match" in desk.newsmon("topics", "why", ids(3), "tramway", "--version", "1")
    assert "has no version 7" in desk.newsmon("topics", "why", ids(3), "tramway", "--version", "7", code=2)
    assert "no revision 9; its last is 1" in desk.newsmon("topics", "why", ids(3), "tramway", "--revision", "9", code=2)


def test_a_changed_file_is_rescanned_and_its_difference_told(desk: Desk, ids: Callable[[int], str]) -> None:
    assert "nothing to do" in desk.newsmon("topics", "rescan")
    desk.write(', "trolleybus"')
    assert "new version shown: tramway" in desk.newsmon("topics", "rescan", "tramway")
    told = desk.newsmon("topics", "diff", "tramway", "1", "2")
    assert "version 1 against version 2" in told and "gained: 1 articles" in told
    assert "Un trolleybus à Laval" in told and "trolleybus" in told.split("Laval")[1]
    desk.write(', "trolleybus"]},\n{label="neige", any=["neige"')
    desk.newsmon("topics", "rescan")
    changes = json.loads(desk.newsmon("topics", "diff", "tramway", "--format", "json"))
    kinds = {(c["kind"], c["article_id"], *c["terms"]) for c in changes}
    assert {k[:2] for k in kinds} == {("lost", int(ids(1))), ("lost", int(ids(3))), ("raised", int(ids(4)))}
    assert [c["reason"] for c in changes if c["kind"] == "lost"] == ["new: clause 'neige' found nothing: neige"] * 2
    listed = desk.newsmon("topics", "versions", "tramway")
    assert [line.split()[:3] for line in listed.splitlines()[1:]] == [
        ["1", "former", "2"], ["2", "former", "3"], ["3", "shown", "1"],
    ]  # fmt: skip


def test_what_the_older_version_never_saw_is_no_gain(desk: Desk) -> None:
    desk.write(', "trolleybus"')
    desk.newsmon("topics", "rescan")
    desk.archive.change(load_topics(desk.folder))
    desk.archive.save(made(50, headline="Un tramway de plus", deck=None, body="Le tramway.", day=date(2022, 2, 1)))
    assert "Un tramway de plus" not in desk.newsmon("topics", "diff", "tramway", "1", "2")


def test_versions_that_are_not_there_are_said(desk: Desk) -> None:
    assert "has one version only" in desk.newsmon("topics", "diff", "tramway", code=2)
    assert "has no version 9; there is 1" in desk.newsmon("topics", "diff", "tramway", "1", "9", code=2)
    assert "did you mean tramway?" in desk.newsmon("topics", "versions", "tramwai", code=2)
    assert "did you mean tramway?" in desk.newsmon("topics", "rescan", "tramwai", code=2)


def test_an_expression_is_tried_before_it_is_saved(desk: Desk) -> None:
    told = desk.newsmon("topics", "try", "tramway OU trolleybus OU métro", "--since", "2022-01-11")
    assert told.startswith("4 of 5 articles (80.0 %)")
    assert "2022-01-13      1 █" in told
    assert "Un trolleybus à Laval" in told and "titre : trolleybus" in told
    assert "terms that stand in no article: métro" in told
    data = json.loads(
        desk.newsmon("topics", "try", "tramway OU trolleybus", "--since", "2022-01-13", "--format", "json")
    )
    assert (data["seen"], data["found"], data["never"]) == (3, 2, [])
    assert data["by_day"] == [{"day": "2022-01-13", "n": 1}, {"day": "2022-01-14", "n": 1}]
    assert {"mairesse"} <= {c["word"] for c in json.loads(
        desk.newsmon("topics", "try", "tramway OU trolleybus", "--format", "json"))["company"]}  # fmt: skip
    assert "a bare * fits every word" in desk.newsmon("topics", "try", "*", code=2)


def test_labels_are_rows_and_give_a_score(desk: Desk, ids: Callable[[int], str]) -> None:
    assert "label some first" in desk.newsmon("topics", "score", "tramway")
    for number, label in ((1, "no"), (1, "yes"), (3, "yes"), (4, "secondary"), (5, "no")):
        desk.newsmon("topics", "label", ids(number), "tramway", label)
    assert desk.rows("SELECT label FROM v_label ORDER BY label") == [("no",), ("secondary",), ("yes",), ("yes",)]
    told = desk.newsmon("topics", "score", "tramway")
    assert "4 labelled articles (2 yes, 1 secondary, 1 no)" in told
    assert "0.500  0.095 to 0.905  1 of 2" in told, "recall, with Wilson's interval"
    assert "1.000  0.207 to 1.000  1 of 1" in told, "precision"
    assert "Un trolleybus à Laval" in told and "An article that nobody looked at is missing from it" in told
    assert "(was yes)" in desk.newsmon("topics", "label", ids(1), "tramway", "no")
