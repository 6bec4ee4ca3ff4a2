"""The table of news agencies and of outlets that texts are credited to."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from newsmon.errors import ConfigurationError

FILE = Path(__file__).with_name("agencies.toml")


@dataclass(frozen=True, slots=True)
class Source:
    """Who a text may be credited to."""

    name: str
    """Canonical, e.g. "La Presse Canadienne"."""
    kind: Literal["agency", "outlet"]
    forms: tuple[str, ...]
    hosts: tuple[str, ...]


def fold(text: str) -> str:
    """For comparing names: no accents, no case, one kind of apostrophe, hyphens as blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s\-‐-―]+", " ", plain.replace("’", "'")).casefold().strip()


class Table:
    """Finds the sources of a text."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self._by_form: dict[str, Source] = {}
        capitals: dict[str, Source] = {}
        for source in sources:
            for form in source.forms:
                (capitals if form.isupper() and len(form) < 5 else self._by_form)[
                    form if form.isupper() and len(form) < 5 else fold(form)
                ] = source
        self._capitals = capitals
        self._form_re = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _longest_first(self._by_form))) + r")(?!\w)")
        self._capitals_re = re.compile(
            r"(?<![\w.])(?:" + "|".join(map(re.escape, _longest_first(capitals))) + r")(?!\w)"
        )

    def iter_sources(self, text: str) -> Iterator[Source]:
        """The sources that `text` names, each once, the longest form first."""
        seen: dict[str, Source] = {}
        for match in self._form_re.finditer(fold(text)):
            source = self._by_form[match[0]]
            seen.setdefault(source.name, source)
        for match in self._capitals_re.finditer(text):
            source = self._capitals[match[0]]
            seen.setdefault(source.name, source)
        yield from seen.values()

    def whole(self, text: str) -> Source | None:
        """The source whose form is all of `text`."""
        text = text.strip()
        return self._by_form.get(fold(text)) or self._capitals.get(text)

    def at_host(self, host: str) -> Source | None:
        host = host.lower().removeprefix("www.")
        for source in self.sources:
            if any(host == h or host.endswith("." + h) for h in source.hosts):
                return source
        return None


def _longest_first(forms: dict[str, Source]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a TOML file. Raises: ConfigurationError, with the file and what to do."""
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("source", [])
        return tuple(Source(r["name"], r["kind"], tuple(r["forms"]), tuple(r.get("hosts", ()))) for r in rows)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as e:
        raise ConfigurationError(f"{path}: {e}; each [[source]] needs name, kind and forms") from None


@cache
def table(user_file: Path | None = None) -> Table:
    """Our sources, and a user's before them. Raises: ConfigurationError."""
    own = load_sources(user_file) if user_file else ()
    return Table((*own, *load_sources(FILE)))


def find_agency(text: str) -> str | None:
    """The canonical name of the first agency that `text` names."""
    return next((source.name for source in table().iter_sources(text) if source.kind == "agency"), None)
