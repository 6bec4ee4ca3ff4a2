"""How much of a list of addresses belongs to outlets that newsmon knows."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from newsmon.errors import ConfigurationError
from newsmon.registry import declaration_for

SET_ASIDE = Path(__file__).with_name("set_aside.toml")
_PLACES = ("domain", "domaine", "host", "hôte", "site", "url", "adresse", "address", "link", "lien")
_COUNTS = ("count", "urls", "nombre", "articles", "addresses", "adresses", "hits", "pages", "total", "n")
_HOST_RE = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+")
# Endings of two letters that say nothing of a country, as they are used.
_NO_COUNTRY = frozenset({"ca", "co", "fm", "io", "me", "tv"})


@dataclass(slots=True)
class Coverage:
    """Addresses, not domains, are counted: each row's number, or one."""

    domains: int = 0
    followed: int = 0
    """Of outlets that `newsmon crawl` visits without being told to."""
    on_request: int = 0
    """Of outlets that are known, and crawled when named."""
    aside: Counter[str] = field(default_factory=Counter)
    """By reason: what is no francophone Canadian news."""
    unknown: Counter[str] = field(default_factory=Counter)
    """By host; nobody said that they are no francophone Canadian news, so they count as such."""

    @property
    def known(self) -> int:
        return self.followed + self.on_request

    @property
    def news(self) -> int:
        return self.known + self.unknown.total()

    @property
    def share(self) -> float:
        """Of 1; 0 without any address of francophone Canadian news."""
        return self.known / self.news if self.news else 0.0


def measure(path: Path) -> Coverage:
    """Read a CSV: a column of hosts or addresses, and perhaps one of how many, both found by their headings.

    Raises: ConfigurationError for a file that cannot be read so, with what to do.
    """
    coverage, hosts = Coverage(), set()
    for host, count in _rows(path):
        hosts.add(host)
        kind, value = _place(host)
        if kind == "aside":
            coverage.aside[value] += count
        elif kind == "unknown":
            coverage.unknown[host] += count
        elif kind == "followed":
            coverage.followed += count
        else:
            coverage.on_request += count
    coverage.domains = len(hosts)
    return coverage


@cache
def _place(host: str) -> tuple[str, str]:
    """Where a host belongs: followed, on request, aside (and why), unknown."""
    aside = {entry: reason for reason, entries in _set_aside().items() for entry in entries}
    named = max((entry for entry in aside if host == entry or host.endswith("." + entry)), key=len, default="")
    declaration = declaration_for(f"https://{host}/")
    # What is said of jobs.example.ca goes before an outlet of example.ca; an outlet before what is said of its host.
    if declaration and len(named) <= len(declaration.outlet.domain):
        return ("followed" if declaration.followed and declaration.sources else "on request"), declaration.slug
    if named:
        return "aside", aside[named]
    ending = host.rpartition(".")[2]
    if len(ending) == 2 and ending not in _NO_COUNTRY:
        return "aside", "foreign"
    return "unknown", ""


@cache
def _set_aside() -> dict[str, tuple[str, ...]]:
    content = tomllib.loads(SET_ASIDE.read_text("utf-8"))
    return {reason.replace("_", " "): tuple(hosts.split()) for reason, hosts in content.items()}


# --- the file


def _rows(path: Path) -> Iterator[tuple[str, int]]:
    """A host without www and a number for each row."""
    lines = _lines(path)
    headings = [heading.strip().lower() for heading in next(lines)]
    place = _column(headings, _PLACES)
    if place is None:
        known = "domain, host, site, url or adresse"
        raise ConfigurationError(f"{path}: no column of addresses; head one {known} (there is {', '.join(headings)})")
    number = _column(headings, _COUNTS, besides=place)
    found = 0
    for line, row in enumerate(lines, start=2):
        if not any(row):
            continue
        host = _host(row[place]) if place < len(row) else None
        if host is None:
            said = row[place] if place < len(row) else ""
            raise ConfigurationError(f"{path}, line {line}: {said[:60]!r} is neither a host nor an address")
        found += 1
        yield host, _number(row, number, f"{path}, line {line}")
    if not found:
        raise ConfigurationError(f"{path}: no row below the headings")


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as e:
        raise ConfigurationError(f"{path}: {e.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not UTF-8 text; save it as CSV in UTF-8") from None
    heading = text.lstrip().partition("\n")[0]
    if not heading:
        raise ConfigurationError(f"{path}: it is empty; a CSV with a column of hosts or addresses is read")
    delimiter = max(",;\t", key=heading.count)
    try:
        yield from csv.reader(text.lstrip().splitlines(), delimiter=delimiter)
    except csv.Error as e:
        raise ConfigurationError(f"{path}: not CSV: {e}") from None


def _column(headings: Sequence[str], names: Iterable[str], *, besides: int | None = None) -> int | None:
    """The first heading that is one of `names`, or else one that begins with it: urls_2021."""
    ranked = [
        (heading != name, order, index)
        for order, name in enumerate(names)
        for index, heading in enumerate(headings)
        if index != besides and (heading == name or re.match(rf"{re.escape(name)}[\W_]", heading))
    ]
    return min(ranked)[2] if ranked else None


def _host(said: str) -> str | None:
    said = said.strip().lower()
    try:
        host = urlsplit(said if "//" in said else f"//{said}").hostname or ""
    except ValueError:
        return None
    host = host.rstrip(".").removeprefix("www.")
    return host if _HOST_RE.fullmatch(host) else None


def _number(row: list[str], column: int | None, where: str) -> int:
    if column is None or column >= len(row):
        return 1
    said = re.sub(r"[\s,]", "", row[column])
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise ConfigurationError(f"{where}: {row[column][:40]!r} is not a number of addresses")
    return int(said)
