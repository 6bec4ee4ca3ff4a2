"""Words that a reader types find the articles that have them, on both engines, whatever is typed."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from newsmon.errors import ConfigurationError
from newsmon.reports.asking import as_fts5, as_tsquery, folded, parse_question
from newsmon.reports.search import search
from newsmon.store import rollups
from newsmon.store.check import problems
from tests.reports.conftest import Command
from tests.store.conftest import Store
from tests.store.making import AT, made

TEXTS = {
    1: ("Sanctions contre la Russie", "Ottawa vise l’Ukraine occupée et les banques.\n\nLe cessez-le-feu tient."),
    2: ("La Russie répond aux sanctions", "Moscou annonce une sanction à son tour contre les banques."),
    3: ("Hockey : l’équipe d’Élise gagne", "Un grand cœur, dit l’entraîneuse. L'O.T.A.N. n'y est pour rien."),
    4: ("Les canaux du Nord", "Le canal Lachine, l'OTAN et 2,4 % de hausse; voir https://exemple.ca/page?x=1&y=2."),
}


@pytest.fixture
def filled(store: Store) -> Store:
    store.save(
        *(
            made(n, headline=headline, body=body, deck=None, day=date(2022, 1, n))
            for n, (headline, body) in TEXTS.items()
        )
    )
    return store


def _numbers(store: Store, words: str, **asked: object) -> list[int]:
    """Of the articles, by their addresses, as they come."""
    answer = search(store.engine, words, **asked)  # type: ignore[arg-type]
    return [int(row[-1].rpartition("/")[2]) for row in answer.rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sanctions contre la Russie", [2, 1]),
        ('"sanctions contre la Russie"', [1]),
        ("« sanctions contre »", [1]),
        ("sanction russie", [2, 1]),
        ("UKRAINE", [1]),
        ("l'ukraine", [1]),
        ("d’Élise", [3]),
        ("elise", [3]),
        ("coeur", [3]),
        ("cœur", [3]),
        ("cessez-le-feu", [1]),
        ('"cessez le feu"', [1]),
        ("canal", [4]),
        ("canaux", [4]),
        ("hock* OU lachine", [4, 3]),
        ("otan OR hockey", [4, 3]),
        ("banques -moscou", [1]),
        ("russie -\"sanctions contre\"", [2]),
        ("sanctions SAUF moscou", [1]),
        ("exemple.ca", [4]),
        ("la", [2, 1]),
        ('"feu tient', [1]),
        ("introuvable", []),
    ],
)  # fmt: skip
def test_words_find_articles_the_newest_first(filled: Store, words: str, found: list[int]) -> None:
    assert _numbers(filled, words) == found


def test_days_and_outlets_bound_the_answer(filled: Store) -> None:
    assert _numbers(filled, "sanctions", since=date(2022, 1, 2)) == [2]
    assert _numbers(filled, "sanctions", until=date(2022, 1, 1)) == [1]
    assert _numbers(filled, "sanctions", outlets=["essai"], limit=1) == [2]
    with pytest.raises(ConfigurationError, match="did you mean essai"):
        _numbers(filled, "sanctions", outlets=["esai"])


def test_frequent_and_rare_words_find_the_newest_alike(store: Store) -> None:
    """Articles that come in no order of their days, some of one day, some of none."""
    random_ = random.Random(3)
    words = {"partout": 1.0, "souvent": 0.7, "parfois": 0.4, "rarement": 0.12, "jamais": 0.0}
    stored: dict[int, tuple[date | None, set[str]]] = {}
    for n in range(70):
        day = date(2022, 1, random_.randrange(1, 29)) if n % 9 else None
        there = {word for word, share in words.items() if random_.random() < share}
        (saved,) = store.save(
            made(n, day=day, headline="Titre", deck=None, body=f"Un texte {' '.join(sorted(there))}.")
        )
        assert saved.article_id
        stored[saved.article_id] = day, there
    for word in words:
        for since in (None, date(2022, 1, 15)):
            fit = [id for id, (day, there) in stored.items() if word in there and (not since or (day and day >= since))]
            newest = sorted(fit, key=lambda id: (stored[id][0] or date.min, id), reverse=True)
            for limit in (1, 3, 20, 200):
                found = [row[0] for row in search(store.engine, word, since=since, outlets=["essai"], limit=limit).rows]
                assert found == newest[:limit], (word, since, limit)


def test_the_best_is_the_one_that_has_it_in_its_headline(store: Store) -> None:
    store.save(
        made(1, headline="Un titre", deck=None, body="Le budget de la ville.", day=date(2022, 2, 1)),
        made(2, headline="Le budget", deck=None, body="Le budget, le budget de la ville.", day=date(2022, 1, 1)),
    )
    assert _numbers(store, "budget") == [1, 2]
    assert _numbers(store, "budget", order="best") == [2, 1]


def test_only_the_current_text_is_searched(store: Store) -> None:
    store.save(made(1, body="Le premier texte parle de tramway."))
    store.save(made(1, body="Le second texte parle de traversier.", fetched_at=AT + timedelta(hours=1)))
    assert (_numbers(store, "tramway"), _numbers(store, "traversier")) == ([], [1])
    store.save(made(1, body="Le premier texte parle de tramway.", fetched_at=AT + timedelta(hours=2)))
    assert (_numbers(store, "tramway"), _numbers(store, "traversier")) == ([1], [])


def test_a_retitle_and_a_removal_are_seen(store: Store) -> None:
    store.save(made(1, headline="Le tramway"), made(2))
    store.save(made(1, headline="Le traversier", fetched_at=AT + timedelta(hours=1)))
    assert (_numbers(store, "tramway"), _numbers(store, "traversier")) == ([], [1])
    store.do(lambda conn: conn.execute(text("DELETE FROM article WHERE url LIKE '%/1'")))
    assert _numbers(store, "traversier") == []
    store.do(rollups.rebuild)  # a row taken out by hand is counted by nobody
    assert list(problems(store.engine)) == []


def test_the_index_holds_through_any_order_of_writes(store: Store) -> None:
    """Numbers that move, texts that are put between, rows that go: what is found is what the current rows say."""
    chance = random.Random(11)
    words = [f"mot{letter}{letter}" for letter in "abcdefgh"]
    store.save(*(made(n, body=f"{words[n]} texte", headline="Un titre", deck=None) for n in range(4)))
    for turn in range(40):
        number = chance.randrange(1, 5)
        body = f"{chance.choice(words)} texte {turn}"
        match chance.randrange(4):
            case 0:
                sql = "UPDATE revision SET body = :body WHERE article_id = :number AND seq = 1"
            case 1:
                sql = "UPDATE revision SET seq = seq + 1000 WHERE article_id = :number AND seq = 1"
            case 2:
                sql = (
                    "UPDATE article SET revision_seq = CASE revision_seq WHEN 1 THEN 1001 ELSE 1 END WHERE id = :number"
                )
            case _:
                sql = "DELETE FROM revision WHERE article_id = :number AND seq = 1001"
        store.do(lambda conn, sql=sql, values={"number": number, "body": body}: conn.execute(text(sql), values))
    current = dict(store.rows("SELECT a.id, r.body FROM article a JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq"))  # fmt: skip
    for word in words:
        expected = sorted(number for number, body in current.items() if body.startswith(word))
        assert sorted(row[0] for row in search(store.engine, word).rows) == expected


@given(st.text() | st.text(alphabet="\"'«»-*()ORNUaé: ^|&!<>\\\0{}+~’œ", max_size=30))
@settings(max_examples=150, deadline=None)
def test_anything_typed_is_a_question_or_is_said(typed: str) -> None:
    try:
        question = parse_question(typed)
    except ConfigurationError as e:
        assert "\n" not in str(e)
        return
    assert question.groups and as_fts5(question) and as_tsquery(question)


@given(words=st.text(alphabet="\"'«»-*()ORU aéœ:^|&!<>\\{}+~’%;1.,/@_", max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_engines_take_every_question(filled: Store, words: str) -> None:
    try:
        search(filled.engine, words)
    except ConfigurationError as e:
        assert str(e).startswith("search: ")


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_folding_again_changes_nothing(typed: str) -> None:
    assert folded(" ".join(folded(typed))) == tuple(word for word in folded(typed))


def test_the_command_shows_what_was_found_and_why(filled: Store, newsmon: Command) -> None:
    done = newsmon("search", "sanctions", "banques", "-moscou")
    assert done.code == 0, done.err
    first, snippet, address = done.out.decode().splitlines()
    assert first.startswith("2022-01-01 essai  **Sanctions** contre la Russie  [")
    assert snippet.strip() == "Ottawa vise l’Ukraine occupée et les **banques**."
    assert address.strip() == "https://essai.example/nouvelles/1"
    (row,) = json.loads(newsmon("search", "canal", "--format", "json").out)
    assert (row["headline"], row["day"]) == ("Les **canaux** du Nord", "2022-01-04")
    assert newsmon("search", "introuvable").out.decode() == "Rien à montrer.\n"


@pytest.mark.parametrize("words", ['""', "-hockey", "***", "()", "''"])
def test_a_question_of_nothing_is_one_line(filled: Store, newsmon: Command, words: str) -> None:
    done = newsmon("search", words)
    assert (done.code, done.out) == (2, b"")
    assert len(done.err.splitlines()) == 1 and "write e.g." in done.err


def test_an_unknown_option_is_no_word(filled: Store, newsmon: Command) -> None:
    assert newsmon("search", "canal", "--limits", "3").code == 2
