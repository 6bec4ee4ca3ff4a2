"""Strings that break programs: what both engines give back is what a reader would see, and no row is lost."""

from __future__ import annotations

from newsmon.store.check import problems
from tests.store.conftest import Store
from tests.store.making import BODY, made

KEPT = (
    "'; DROP TABLE article; --",
    '=HYPERLINK("http://x.example";"Cliquez")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "Le zèbre 🦓, la famille 👩‍👩‍👧, le drapeau 🇨🇦",
    "100 % %s %(x)s :x {0} \\ \\x00 ${HOME}",
    "𝒯𝓇è𝓈 𝓁ℴ𝒾𝓃 du plan de base",
)
CONTROL = "a\x00b", "c\ud800d", "e\x1bf"


def test_strings_that_break_programs_are_kept_as_written(store: Store) -> None:
    saved = store.save(*(made(n, headline=said, body=f"{BODY}\n\n{said}") for n, said in enumerate(KEPT)))
    assert [one.change for one in saved] == ["first"] * len(KEPT)
    assert store.rows("SELECT headline FROM v_article ORDER BY url") == [(said,) for said in KEPT]
    bodies = store.rows("SELECT r.body FROM revision r JOIN article a ON a.id = r.article_id ORDER BY a.url")
    assert [str(body).endswith(said) for (body,), said in zip(bodies, KEPT, strict=True)] == [True] * len(KEPT)
    assert list(problems(store.engine)) == []


def test_what_no_engine_takes_costs_itself_alone(store: Store) -> None:
    saved = store.save(*(made(n, headline=f"Budget {said}", body=f"{BODY} {said}") for n, said in enumerate(CONTROL)))
    assert [one.change for one in saved] == ["first"] * len(CONTROL)
    for (headline,) in store.rows("SELECT headline FROM v_article"):
        assert headline.startswith("Budget ") and not set(headline) & {"\x00", "\ud800", "\x1b"}


def test_a_huge_text_and_combining_signs_are_taken(store: Store) -> None:
    huge = "\n\n".join([BODY] * 3_000)
    assert store.save(made(1, body=huge))[0].change == "first"
    assert store.save(made(2, headline="L’e" + "\u0301" * 200 + "tat"))[0].change == "first"
    assert store.rows("SELECT count(*) FROM v_article") == [(2,)]
    assert list(problems(store.engine)) == []
