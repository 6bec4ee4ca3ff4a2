"""How a view is declared, and the columns that several of them share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    """text, integer, number, day (YYYY-MM-DD), instant (UTC), boolean; with its unit where it has one."""
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class View:
    name: str
    row: str
    """What one row is."""
    columns: tuple[Column, ...]
    select: str


ARTICLE_ID = Column("article_id", "integer", "the article, for `newsmon` commands and joins", "1204")
OUTLET = Column("outlet", "text", "the outlet's slug", "le_devoir")
TOPIC = Column("topic", "text", "the topic's slug", "guerre-ukraine")
DAY = Column("day", "day", "the outlet's local calendar day; see day_basis", "2022-02-26")
HEADLINE = Column("headline", "text", "as printed, of the current revision", "Sanctions : les banques russes…")
LEVEL = Column("level", "text", "primary: what the text is about; secondary: it matters in it", "primary")
