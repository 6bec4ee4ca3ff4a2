"""Parse once: the one tree that metadata, dates, bylines and body are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import html


@dataclass(slots=True)
class Document:
    """A parsed page."""

    tree: html.HtmlElement
    """Root element (<html>)."""
    url: str
    """The address reached."""
    jsonld: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD node of the page that has an @type, @graph and arrays flattened, in document order."""
    encoding: str = "utf-8"
    counts: dict[str, int] = field(default_factory=dict)
