"""Breadcrumbs: "Accueil › Politique › Le titre qui est coupé..." tells the section."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HOME_RE = re.compile(r"^(?:vous\s+[êe]tes\s+ici\s*:?\s*)?(?:page\s+d.)?(?:accueil|home)\b[\s>›»/|·•]*", re.I)
_CUT_RE = re.compile(r"\s*(?:\.\.\.|…)\s*\Z")
_KEY_RE = re.compile(r"[\W_]+")
_START_RE = re.compile(r"\s*(?:vous|page|accueil|home)\b", re.I)
LONGEST = 300


def may_be_trail(texts: Iterable[str]) -> bool:
    """Whether runs of text may open a trail: a look at the first of them."""
    first = next((text for text in texts if not text.isspace()), "")
    return _START_RE.match(first) is not None


def is_trail(line: str) -> bool:
    """Whether a line starts at the home page."""
    return len(line) < LONGEST and _HOME_RE.match(line) is not None


def section_of(trail: str, headline: str) -> str | None:
    """What stands in a trail between the home page and the headline, or the part of it that was printed."""
    rest = _HOME_RE.sub("", trail)
    cut = repeated_at(rest, headline)
    section = (rest if cut is None else rest[:cut]).strip(" >›»/|·•")
    parts = [part.strip() for part in re.split(r"[>›»/|·•]", section) if part.strip()]
    section = parts[-1] if parts else ""
    return section if 2 < len(section) < 40 else None


def repeated_at(trail: str, headline: str) -> int | None:
    """Where in a trail the headline, or the first part of it, begins."""
    bare = _CUT_RE.sub("", trail)
    own = _KEY_RE.sub("", headline.casefold())
    for match in re.finditer(r"\S+", bare):
        rest = _KEY_RE.sub("", bare[match.start() :].casefold())
        if len(rest) > 15 and own.startswith(rest):
            return match.start()
    return None
