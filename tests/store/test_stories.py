"""Stories and copies, on both engines: what is one event, what is one text, who was first."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from newsmon.items import Article
from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.store import frontier, stories
from newsmon.store.check import problems
from tests.store.conftest import Store
from tests.store.making import made

FIRE = (
    "Un incendie a ravagé la scierie Perron de Saint-Ludger dans la nuit de samedi. Quatre-vingts ouvriers se retrouvent "
    "sans emploi à deux semaines des vacances, selon le syndicat. Les pompiers de Roberval ont lutté six heures contre le "
    "brasier, gênés par le manque d’eau. La mairesse Jeannine Têtu parle d’une catastrophe pour le village, qui vit du bois "
    "depuis 1911. La Sûreté du Québec enquête sur l’origine du feu."
)
FIRE_TOLD_ANEW = (
    "Saint-Ludger a perdu son poumon économique. La scierie Perron n’est plus que cendres après un brasier qui a tenu en "
    "échec les pompiers de Roberval. « On vit du bois depuis 1911 », rappelle la mairesse Jeannine Têtu. Les ouvriers "
    "attendent des nouvelles de leur employeur, et le syndicat réclame l’aide de Québec."
)
OTHER_FIRE = (
    "Un incendie a endommagé une résidence de Chicoutimi samedi soir. Les pompiers de Saguenay ont maîtrisé le feu en une "
    "heure. Une mère et ses deux enfants ont été relogés par la Croix-Rouge. La Sûreté du Québec n’enquête pas : une "
    "cigarette mal éteinte serait en cause, selon le chef Marcel Brassard."
)
AT = datetime(2022, 7, 3, 14, 0, tzinfo=UTC)


@pytest.fixture
def store(engine: Engine) -> Store:
    store = Store(engine)
    for slug in ("phare", "maree", "nord"):
        store.do(
            frontier.sync_outlet, Declaration(slug=slug, outlet=Outlet(slug), sources=(Feed(f"https://{slug}.ca/"),))
        )
    return store


def told(number: int, outlet: str, body: str, hours: float = 0, **changes: Any) -> Article:
    at = AT + timedelta(hours=hours)
    url = f"https://{outlet}.example/{number}"
    fields: dict[str, Any] = {
        "outlet": outlet, "url": url, "final_url": url, "canonical_url": url, "body": body, "deck": None, "headline": None,
        "published_at": at, "published_precision": "minute", "day": at.date(), "attribution": None, "link": None,
    }  # fmt: skip
    return made(number, **{**fields, **changes})


UNKNOWN: dict[str, Any] = {"published_at": None, "published_precision": None, "published_source": None}


def _firsts(store: Store) -> list[tuple[Any, ...]]:
    rows = store.rows("SELECT outlet, standing, delay_hours FROM v_first ORDER BY outlet")
    return [(outlet, standing, None if hours is None else float(hours)) for outlet, standing, hours in rows]


def test_one_event_in_other_words_is_a_story_and_another_event_is_none(store: Store) -> None:
    store.save(told(1, "essai", FIRE), told(2, "phare", FIRE_TOLD_ANEW, 3.5), told(3, "maree", OTHER_FIRE, 1))
    assert stories.refresh(store.engine) == 3
    ((articles, outlets, words),) = store.rows("SELECT articles, outlets, words FROM v_story")
    assert (articles, outlets) == (2, 2)
    assert {"Perron", "Saint-Ludger", "Têtu"} <= set(words.split(", "))
    assert _firsts(store) == [("essai", "first", 0.0), ("phare", "later", 3.5)]
    assert store.rows("SELECT count(*) FROM v_copy") == [(0,)]


def test_the_day_bounds_a_story(store: Store) -> None:
    store.save(told(1, "essai", FIRE), told(2, "phare", FIRE_TOLD_ANEW, 24 * 10))
    stories.refresh(store.engine)
    assert store.rows("SELECT count(*) FROM v_story") == [(0,)]


@pytest.mark.parametrize(
    ("essai", "phare", "standings"),
    [
        ({}, {"published_precision": "day"}, [("essai", "tied", 0.0), ("phare", "tied", None)]),
        ({}, UNKNOWN | {"day_basis": "clock"}, [("essai", "first", 0.0), ("phare", "undated", None)]),
        (
            {},
            {"published_precision": "day", "day": date(2022, 7, 2)},
            [("essai", "later", None), ("phare", "first", None)],
        ),
        (
            {},
            {"published_precision": "day", "day": date(2022, 7, 4)},
            [("essai", "first", 0.0), ("phare", "later", None)],
        ),
        ({}, {"published_at": AT}, [("essai", "tied", 0.0), ("phare", "tied", 0.0)]),
        (
            UNKNOWN | {"day_basis": "clock", "day": date(2022, 7, 2)},
            {},
            [("essai", "undated", None), ("phare", "first", 0.0)],
        ),
    ],
)
def test_what_is_not_known_does_not_win(
    store: Store, essai: dict[str, Any], phare: dict[str, Any], standings: list[tuple[Any, ...]]
) -> None:
    store.save(told(1, "essai", FIRE, **essai), told(2, "phare", FIRE_TOLD_ANEW, 3, **phare))
    stories.refresh(store.engine)
    assert _firsts(store) == standings


def test_the_same_text_elsewhere_is_found_whole_and_within_a_longer_one(store: Store) -> None:
    mixed = f"{FIRE}\n\n{OTHER_FIRE}"
    store.save(told(1, "essai", FIRE), told(2, "phare", FIRE, 2), told(3, "maree", mixed, 5))
    stories.refresh(store.engine)
    rows = store.rows(
        "SELECT outlet, other_outlet, share, other_share, lag_hours FROM v_copy ORDER BY outlet, other_outlet"
    )
    found = {(outlet, other): (float(share), float(whole), float(lag)) for outlet, other, share, whole, lag in rows}
    assert found["phare", "essai"] == (1.0, 1.0, 2.0) and found["essai", "phare"] == (1.0, 1.0, -2.0)
    share, whole, lag = found["maree", "essai"]
    assert 0.4 < share < 0.7 and whole > 0.95 and lag == 5.0
    lags = dict(store.rows("SELECT outlet, lag_hours FROM v_attribution WHERE n_behind > 0"))
    assert {outlet: float(lag) for outlet, lag in lags.items()} == {"phare": 2.0, "maree": 5.0}


def test_a_notice_that_stands_everywhere_is_no_copy_however_it_came(store: Store) -> None:
    notice = " ".join(f"avis{n} aux abonnés du journal numéro{n}" for n in range(30))
    outlets = ("phare", "maree", "nord")
    first = [told(n, outlets[n % 3], notice) for n in range(stories.MOST_HOLDERS)]
    store.save(*first, told(900, "phare", FIRE), told(901, "maree", FIRE))
    stories.refresh(store.engine)
    assert store.rows("SELECT count(*) FROM v_copy WHERE article_id <= 40")[0][0] > 500, "few enough to be compared"
    store.save(*(told(100 + n, outlets[n % 3], notice) for n in range(5)))
    stories.refresh(store.engine)
    kept = store.rows("SELECT outlet, other_outlet FROM v_copy ORDER BY outlet")
    assert kept == [("maree", "phare"), ("phare", "maree")], "only the report of the fire"
    stories.rebuild(store.engine)
    assert store.rows("SELECT outlet, other_outlet FROM v_copy ORDER BY outlet") == kept


def test_a_quotation_is_no_copy(store: Store) -> None:
    quoted = (
        f"{OTHER_FIRE} La mairesse Jeannine Têtu parle d’une catastrophe pour le village, qui vit du bois depuis 1911."
    )
    store.save(told(1, "essai", FIRE), told(2, "phare", quoted, 2))
    stories.refresh(store.engine)
    assert store.rows("SELECT count(*) FROM v_copy") == [(0,)]


def test_an_edit_and_a_moved_date_are_compared_again(store: Store) -> None:
    store.save(told(1, "essai", FIRE), told(2, "phare", FIRE_TOLD_ANEW, 3))
    stories.refresh(store.engine)
    assert stories.refresh(store.engine) == 0
    store.save(told(2, "phare", OTHER_FIRE, 3))
    assert stories.refresh(store.engine) == 1
    assert store.rows("SELECT count(*) FROM v_story") == [(0,)]
    store.save(told(2, "phare", FIRE_TOLD_ANEW, 3))
    stories.refresh(store.engine)
    assert store.rows("SELECT count(*) FROM v_story") == [(1,)]
    store.save(told(1, "essai", FIRE, 4))
    assert stories.refresh(store.engine) == 1
    assert _firsts(store) == [("essai", "later", 1.0), ("phare", "first", 0.0)]


TABLES = {
    "story": "id", "story_article": "article_id", "story_link": "article_id, other_id",
    "text_copy": "article_id, other_id", "text_mark": "mark, article_id", "text_sketch": "article_id",
}  # fmt: skip


def _state(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(r) for r in store.rows(f"SELECT * FROM {table} ORDER BY {key}")] for table, key in TABLES.items()
    }


def test_what_is_kept_by_runs_is_what_a_rebuild_finds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any order, in batches of any size, with edits and moved dates among them."""
    random_ = random.Random(7)
    places = ("Chapais", "Amos", "Gaspé", "Matane", "Joliette", "Magog", "Sutton", "Percé", "Lachute", "Oka")
    owners = ("Lemay", "Ross", "Cyr", "Roy", "Huot", "Dion", "Morin", "Plante", "Gagné", "Blais")
    bodies = [FIRE, FIRE_TOLD_ANEW, OTHER_FIRE, f"{FIRE} {OTHER_FIRE}"]
    for place, owner in zip(places, owners, strict=True):
        other = (
            ("Saint-Ludger", place),
            ("Perron", owner),
            ("Têtu", f"{place}ois"),
            ("1911", f"19{owner}"),
            ("Roberval", f"Val-{owner}"),
        )
        for body in (FIRE, FIRE_TOLD_ANEW):
            for old, new in other:
                body = body.replace(old, new)
            bodies.append(body)
    drafts = [
        told(n, random_.choice(("essai", "phare", "maree", "nord")), random_.choice(bodies), random_.randrange(24 * 14))
        for n in range(60)
    ]
    monkeypatch.setattr(stories, "BATCH", 7)
    for draft in random_.sample(drafts, len(drafts)):
        store.save(draft)
        if random_.random() < 0.5:
            stories.refresh(store.engine)
        if random_.random() < 0.3:
            again = random_.choice(drafts)
            store.save(
                told(int(again.url.rpartition("/")[2]), again.outlet, random_.choice(bodies), random_.randrange(300))
            )
    stories.refresh(store.engine)
    kept = _state(store)
    assert len(kept["story"]) > 3 and len(kept["text_copy"]) > 10
    monkeypatch.setattr(stories, "BATCH", 2000)
    assert stories.rebuild(store.engine) >= 60
    assert _state(store) == kept


def _waiting(store: Store) -> list[str]:
    """The addresses of the articles that wait for comparison."""
    return [
        url
        for (url,) in store.rows(
            "SELECT DISTINCT a.url FROM text_waiting w JOIN article a ON a.id = w.article_id ORDER BY a.url"
        )
    ]


def test_what_is_written_waits_whoever_wrote_it_and_nothing_else(store: Store) -> None:
    drafts = [told(1, "essai", FIRE), told(2, "phare", FIRE_TOLD_ANEW, 3), told(3, "maree", OTHER_FIRE)]
    urls = sorted(draft.url for draft in drafts)
    store.save(*drafts)
    assert _waiting(store) == urls, "new ones"
    assert stories.refresh(store.engine) == 3 and _waiting(store) == []
    store.save(*(told(int(d.url[-1]), d.outlet, d.body, section="Autre") for d in drafts[:1]))
    store.do(lambda conn: conn.execute(text("UPDATE article SET section = 'Villes', last_seen_at = last_seen_at")))
    assert _waiting(store) == [], "neither text nor date"
    for change in (
        "UPDATE revision SET body = 'Un texte lu autrement.' WHERE article_id = 1",
        "UPDATE revision SET deck = 'Un chapeau' WHERE article_id = 1",
        "UPDATE article SET day = NULL WHERE id = 1",
        "UPDATE article SET published_at = NULL WHERE id = 1",
    ):
        store.do(lambda conn, change=change: conn.execute(text(change)))
        assert _waiting(store) == urls[:1], change
        assert stories.refresh(store.engine) == 1 and _waiting(store) == []
    store.do(lambda conn: conn.execute(text("DELETE FROM text_sketch WHERE article_id = 2")))
    assert "do not wait for it; run `newsmon db rebuild`" in "".join(problems(store.engine)), "a lost queue is found"
    stories.rebuild(store.engine)
    assert "compared" not in "".join(problems(store.engine))


def test_a_run_without_news_looks_at_no_article(store: Store) -> None:
    store.save(told(1, "essai", FIRE), told(2, "phare", FIRE_TOLD_ANEW, 3))
    stories.refresh(store.engine)
    asked: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    assert stories.refresh(store.engine) == 0
    event.remove(store.engine, "before_cursor_execute", note)
    tables = {word for statement in asked for word in re.findall(r"(?:FROM|JOIN|INTO) (\w+)", statement)}
    assert tables == {"text_waiting"}


def test_a_comparison_that_is_broken_off_is_made_good_by_the_next_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = (FIRE, FIRE_TOLD_ANEW, OTHER_FIRE, f"{FIRE} {OTHER_FIRE}")
    outlets = ("essai", "phare", "maree", "nord")
    store.save(*(told(n, outlets[n % 4], bodies[n % 3], n * 7) for n in range(20)))
    monkeypatch.setattr(stories, "BATCH", 6)
    for step in ("_sketch", "_find_copies", "_find_stories", "_regroup"):
        with monkeypatch.context() as patched:
            real, calls = getattr(stories, step), iter(range(99))

            def dies(*args: Any, real: Any = real, calls: Any = calls) -> Any:
                if next(calls) == 1:
                    raise KeyboardInterrupt
                return real(*args)

            patched.setattr(stories, step, dies)
            store.save(*(told(n, outlets[n % 4], bodies[(n + len(step)) % 4], n * 5) for n in range(20)))
            with pytest.raises(KeyboardInterrupt):
                stories.refresh(store.engine)
    stories.refresh(store.engine)
    kept = _state(store)
    assert kept["story"] and kept["text_copy"] and list(problems(store.engine)) == []
    stories.rebuild(store.engine)
    assert _state(store) == kept


def test_what_is_stored_while_texts_are_compared_is_compared_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL has writers beside the comparison; SQLite's wait until it has ended."""
    if store.engine.dialect.name != "postgresql":
        return
    store.save(told(1, "essai", FIRE), told(2, "phare", FIRE_TOLD_ANEW, 3))
    real = stories._find_stories

    def meanwhile(conn: Any, days: Any) -> None:
        if not store.rows("SELECT count(*) FROM article WHERE outlet_id = 3")[0][0]:
            store.save(told(2, "phare", OTHER_FIRE, 3), told(3, "phare", FIRE_TOLD_ANEW, 4))
        real(conn, days)

    monkeypatch.setattr(stories, "_find_stories", meanwhile)
    assert stories.refresh(store.engine) == 4, "two, and again two"
    assert [url for (url,) in store.rows("SELECT url FROM v_story_article ORDER BY url")] == [
        "https://essai.example/1", "https://phare.example/3",
    ]  # fmt: skip
