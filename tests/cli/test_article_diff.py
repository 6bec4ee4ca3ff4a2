"""newsmon article --history --diff, as a user reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from newsmon.cli import cli
from newsmon.store import frontier
from tests.store.conftest import Store
from tests.store.making import AT, BODY, made

EDITED = BODY.replace("2,4 %", "2,9 %") + "\n\nUne séance est prévue jeudi."


@pytest.fixture
def store(engine: object) -> Store:
    store = Store(engine)  # type: ignore[arg-type]
    store.save(made())
    store.save(made(headline="Le budget rejeté", body=EDITED, fetched_at=AT + timedelta(hours=1)))
    store.save(
        made(headline="Le budget rejeté", body=EDITED.replace("lundi", "mardi"), fetched_at=AT + timedelta(hours=2))
    )
    store.do(frontier.mark_missed, 1, now=AT + timedelta(hours=3), gone_status=410)
    return store


def _article(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["article", *arguments], env={"NEWSMON_DATABASE_URL": url, "COLUMNS": "200"}, standalone_mode=False
    )


def test_the_difference_marks_the_words_of_headline_and_text(store: Store, database_url: str) -> None:
    said = _article(database_url, "1", "--diff", "1", "2").output
    assert "[-adopté, acte 1-] {+rejeté+}" in said
    assert "~ La hausse de taxes sera de [-2,4 %,-] {+2,9 %,+} selon la mairesse." in said
    assert "+ {+Une séance est prévue jeudi.+}" in said
    assert "1 paragraphe sans changement" in said
    assert "7 mots ajoutés, 4 retirés" in said
    assert "chapeau" not in said, "it is the same in both"


def test_history_tells_texts_and_events(store: Store, database_url: str) -> None:
    said = _article(database_url, "https://essai.example/nouvelles/1", "--history").output
    assert "mots ajoutés" in said and "Le budget rejeté" in said
    assert "gone" in said and "410" in said


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("2", "5"), "article 1 has no revision 5: it has the revisions 1 to 3"),
        (("2", "2"), "--diff 2 2 names one revision twice"),
    ],
)
def test_a_wrong_pair_is_one_clear_line(store: Store, database_url: str, pair: tuple[str, str], said: str) -> None:
    error = _article(database_url, "1", "--diff", *pair).exception
    assert said in str(error) and "\n" not in str(error)
