"""The stories of the sample outlets, from stories.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    outlet: str
    slug: str
    section: str
    headline: str
    at: datetime
    """Local time of publication, with its offset."""
    byline: str
    paragraphs: tuple[str, ...]
    deck: str = ""
    updated: datetime | None = None
    photo: tuple[str, str] | None = None
    """Caption and credit."""
    undated: bool = False
    """The outlet prints its date nowhere."""

    @property
    def path(self) -> str:
        return f"/{self.at:%Y/%m/%d}/{self.slug}/" if not self.undated else f"/{self.slug}/"


@cache
def all_stories() -> tuple[Story, ...]:
    rows = tomllib.loads((HERE / "stories.toml").read_text("utf-8"))["story"]
    for row in rows:
        row["paragraphs"] = tuple(row["paragraphs"])
        row["photo"] = tuple(row["photo"]) if "photo" in row else None
    return tuple(Story(**row) for row in rows)


def stories_of(outlet: str) -> tuple[Story, ...]:
    return tuple(story for story in all_stories() if story.outlet == outlet)
