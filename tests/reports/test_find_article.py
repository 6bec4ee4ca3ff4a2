"""The ways to name a stored article."""

from __future__ import annotations

import pytest

from newsmon.errors import ConfigurationError
from newsmon.reports.article import find_article
from tests.store.conftest import Store
from tests.store.making import made

LONG = "https://essai.example/nouvelles/2022/budget-de-sainte-ursule.html"


def _found(store: Store, which: str) -> str:
    with store.engine.connect() as conn:
        url: str = find_article(conn, which).article.url
    return url


@pytest.mark.parametrize(
    "which", ["1", LONG, LONG + "?utm_source=x", "budget-de-sainte-ursule", "budget-de-sainte-ursule.html"]
)
def test_by_id_address_or_last_words(store: Store, which: str) -> None:
    store.save(made(1, url=LONG, final_url=LONG, canonical_url=LONG))
    store.save(made(2))
    assert _found(store, which) == LONG


def test_words_of_several_articles_are_answered_with_their_ids(store: Store) -> None:
    other = "https://essai.example/sports/budget-de-sainte-ursule"
    store.save(*(made(n, url=url, final_url=url, canonical_url=url) for n, url in enumerate((LONG, other))))
    with pytest.raises(ConfigurationError, match=r"names 2 articles: 1 \(https://essai.*give the id"):
        _found(store, "budget-de-sainte-ursule")


@pytest.mark.parametrize("which", ["99", "budget", "%", "_", "a/b", ""])
def test_what_names_nothing_is_said(store: Store, which: str) -> None:
    store.save(made(1, url=LONG, final_url=LONG, canonical_url=LONG))
    with pytest.raises(ConfigurationError, match="no article"):
        _found(store, which)
