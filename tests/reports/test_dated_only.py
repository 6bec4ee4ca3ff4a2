"""Reports that count by day say how much of it is uncertain, and can leave it out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from newsmon.errors import ConfigurationError
from newsmon.reports.named import find_report
from newsmon.reports.output import footnote
from newsmon.reports.run import Answer, run_report
from tests.store.conftest import Store
from tests.store.making import AT, made, match

DAY = date(2022, 1, 18)


@pytest.fixture
def three(store: Store) -> Store:
    """On the 18th: two dated articles, one of them on the topic, and one on the topic that only a clock dates."""
    store.save(
        made(1, day=DAY, published_at=AT, matches=[match()]),
        made(2, day=DAY, published_at=AT),
        made(3, day=DAY, published_at=None, published_source=None, day_basis="clock", matches=[match()]),
    )
    return store


def _answer(store: Store, name: str, **options: Any) -> Answer:
    return run_report(store.engine, find_report(name), **options)


def _column(answer: Answer, name: str) -> list[Any]:
    return [row[answer.columns.index(name)] for row in answer.rows]


def test_attention_counts_what_is_undated_and_says_so(three: Store) -> None:
    answer = _answer(three, "attention", topic="budgets")
    assert [_column(answer, name) for name in ("n", "n_primary", "n_undated", "outlet_n")] == [[2], [2], [1], [3]]
    assert answer.undated == (1, 2)
    assert footnote(answer, "fr", dated_only=False) == (
        "Articles sans date de parution connue\u00a0: 1 sur 2 (50\u00a0%), comptés au dernier jour possible."
    )


def test_attention_without_what_is_undated_shares_out_of_dated_output(three: Store) -> None:
    answer = _answer(three, "attention", topic="budgets", dated_only=True)
    assert [_column(answer, name) for name in ("n", "n_primary", "n_undated", "outlet_n")] == [[1], [1], [0], [2]]
    assert [float(share) for share in _column(answer, "share")] == [50.0]
    assert answer.undated == (1, 2), "what was left out is said all the same"
    assert footnote(answer, "en", dated_only=True) == (
        "Articles without a known publication date: 1 of 2 (50%), left out."
    )


@pytest.mark.parametrize(("name", "options", "n"), [("articles", {}, 3), ("latest", {"topic": "budgets"}, 2)])
def test_lists_leave_undated_articles_out_on_request(three: Store, name: str, options: Any, n: int) -> None:
    assert len(_answer(three, name, **options).rows) == n
    dated = _answer(three, name, dated_only=True, **options)
    assert _column(dated, "day_basis") == ["published"] * (n - 1)


def test_a_day_without_dated_articles_is_not_in_it(three: Store) -> None:
    undated = {"published_at": None, "published_source": None, "day_basis": "first_seen", "matches": [match()]}
    three.save(made(4, day=DAY + timedelta(days=1), **undated))
    assert _column(_answer(three, "attention", topic="budgets", dated_only=True), "day") == [DAY]


def test_a_report_that_counts_no_days_refuses(three: Store) -> None:
    with pytest.raises(ConfigurationError, match="report refused takes no --dated-only"):
        _answer(three, "refused", dated_only=True)
    assert footnote(_answer(three, "refused"), "fr", dated_only=False) is None


def test_an_empty_answer_has_nothing_to_note(store: Store) -> None:
    answer = _answer(store, "articles")
    assert footnote(answer, "fr", dated_only=False) == (
        "Articles sans date de parution connue\u00a0: 0 sur 0 (0\u00a0%), rien à signaler."
    )
