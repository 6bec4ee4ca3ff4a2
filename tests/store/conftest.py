from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from newsmon.items import Article
from newsmon.store import frontier
from newsmon.store.articles import Saved, save_articles
from newsmon.store.engine import transact
from newsmon.store.runs import start_run
from newsmon.store.topics import sync_topics
from tests.store.making import AT, OUTLET


class Store:
    """A database with one outlet and one topic, written as a run writes it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.outlet_id = transact(engine, frontier.sync_outlet, OUTLET)
        topics = [("budgets", "Budgets", None, "digest-1", 'slug = "budgets"')]
        self.versions = transact(engine, sync_topics, topics, now=AT)
        self.run_id = transact(engine, start_run, kind="crawl", arguments="", version="0", now=AT)

    def save(self, *articles: Article, now: datetime = AT) -> list[Saved]:
        return transact(self.engine, save_articles, articles, run_id=self.run_id, topic_versions=self.versions, now=now)

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        with self.engine.connect() as conn:
            return [tuple(row) for row in conn.execute(text(sql), parameters)]

    def do(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return transact(self.engine, function, *args, **kwargs)


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)
