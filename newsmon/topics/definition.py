"""What a topic is, once its file is read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from newsmon.topics.language import Query
from newsmon.topics.names import Name
from newsmon.topics.printing import canonical

ENGINE_VERSION = 1
"""Raised when the same definition may match or score differently: every topic then has a new version."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a span counts, by its place. The opening is the first OPENING characters of the body."""

    headline: float = 4.0
    deck: float = 2.0
    opening: float = 1.0
    body: float = 0.5


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What is tracked, as its author wrote it."""

    slug: str
    name: str
    query: Query
    parent: str = ""
    """Slug of the topic that this one is a part of: it matches only where that one does. "" for none."""
    weights: Weights = Weights()
    primary: float = 5.0
    """Score from which the article is about the topic."""
    secondary: float = 1.5
    """Score from which the topic matters to the article."""
    since: date | None = None
    until: date | None = None
    """First and last day of articles that may match; an article without a day always may."""
    iptc: str = ""
    names: tuple[Name, ...] = ()
    """The names that the query uses."""
    parent_version: str = ""
    source: str = field(default="", compare=False, repr=False)
    """The TOML text."""
    path: str = field(default="", compare=False)

    @cached_property
    def version(self) -> str:
        """Hex digest of all that decides what the topic matches; its name, its notes and its layout do not."""
        weights = self.weights
        facts = {
            "engine": ENGINE_VERSION,
            "slug": self.slug,
            "query": canonical(self.query),
            "weights": [weights.headline, weights.deck, weights.opening, weights.body],
            "levels": [self.primary, self.secondary],
            "window": [str(self.since or ""), str(self.until or "")],
            "parent": [self.parent, self.parent_version],
            "names": sorted(name.canonical() for name in self.names),
        }
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
