"""The trap set: one small page a trap of dating, with all that must come out of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsmon.items import Article, DateHabits, Link
from newsmon.outlets import Layout
from newsmon.page.document import parse_document
from newsmon.page.published import date_article, find_date_strings

FOLDER = Path(__file__).parent / "traps"
TABLE: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "traps.toml").read_text("utf-8"))


@dataclass
class Trap:
    name: str
    why: str
    day: str
    day_basis: str
    candidates: list[list[str]]
    url: str = "https://journal.example/regions/pont-couvert/"
    fetched_at: str = "2022-01-24T15:00:00Z"
    tz: str = "America/Toronto"
    published_at: str | None = None
    precision: str | None = None
    source: str | None = None
    modified_at: str | None = None
    layout: dict[str, Any] = field(default_factory=dict)
    link: dict[str, str] = field(default_factory=dict)
    habits: dict[str, Any] = field(default_factory=dict)
    counts: list[str] = field(default_factory=list)

    @property
    def page(self) -> Path:
        return FOLDER / f"{self.name}.html"

    def read(self) -> Article:
        """The page through the collector and the decision, as a crawl takes it."""
        document = parse_document(self.page.read_bytes(), url=self.url)
        article = Article(
            outlet="journal",
            url=self.url,
            final_url=self.url,
            canonical_url=self.url,
            fetched_at=datetime.fromisoformat(self.fetched_at),
            date_strings=find_date_strings(document, Layout(**self.layout)),
            link=self._link(),
            link_kind=self.link.get("kind"),  # type: ignore[arg-type]
        )
        return date_article(article, tz=ZoneInfo(self.tz), habits=self._habits())

    def _link(self) -> Link | None:
        if not self.link:
            return None
        told: dict[str, Any] = {name: value for name, value in self.link.items() if name != "kind"}
        return Link(**{**told, "published_at": datetime.fromisoformat(told["published_at"])})

    def _habits(self) -> DateHabits:
        return DateHabits(
            clock_selectors=frozenset(self.habits.get("clock_selectors", ())),
            constants=frozenset((selector, raw) for selector, raw in self.habits.get("constants", ())),
            local_as_utc=self.habits.get("local_as_utc", False),
        )


TRAPS = [Trap(name=name, **row) for name, row in TABLE.items()]
