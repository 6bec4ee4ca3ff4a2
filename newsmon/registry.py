"""Every outlet that is declared: those of spiders/, the local press, and the user's own."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from newsmon.environment import followed_besides, outlets_file
from newsmon.errors import ConfigurationError
from newsmon.outlets import Declaration
from newsmon.outlets_toml import load_outlets


@cache
def shipped_declarations() -> dict[str, Declaration]:
    """The outlets of the package `spiders`, by slug. Raises: ConfigurationError for one that is ill declared."""
    # By name: newsmon may not import spiders, which import newsmon.
    package = importlib.import_module("spiders")
    found: dict[str, Declaration] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        for value in vars(importlib.import_module(f"spiders.{module.name}")).values():
            declaration = getattr(value, "declaration", None)
            if isinstance(declaration, Declaration):
                found[declaration.slug] = declaration
    return found


LOCAL_PRESS = Path(__file__).with_name("local_press")
"""A TOML file for each family of weeklies, stations and magazines: known, and crawled only when asked for."""


@cache
def local_declarations() -> dict[str, Declaration]:
    """By slug, family by family. Raises: ConfigurationError for a file that is ill written."""
    return {d.slug: d for path in sorted(LOCAL_PRESS.glob("*.toml")) for d in load_outlets(path)}


@cache
def _own_declarations(path: Path | None) -> dict[str, Declaration]:
    return {declaration.slug: declaration for declaration in load_outlets(path)} if path else {}


@cache
def _all_declarations(path: Path | None) -> Mapping[str, Declaration]:
    return {**local_declarations(), **shipped_declarations(), **_own_declarations(path)}


def all_declarations() -> Mapping[str, Declaration]:
    """By slug; an outlet of the user's file replaces the shipped one of its slug. Raises: ConfigurationError."""
    return _all_declarations(outlets_file())


def followed_declarations() -> dict[str, Declaration]:
    """What `newsmon crawl` without a name visits.

    Raises: ConfigurationError, also for a slug in NEWSMON_FOLLOW that no outlet has.
    """
    besides = followed_besides()
    named = {slug: find_declaration(slug) for slug in besides if slug != "all"}
    if "all" in besides:
        wanted = dict(all_declarations())
    else:
        # Without the local press, which takes a while to read.
        ours = {**shipped_declarations(), **_own_declarations(outlets_file())}
        wanted = {slug: d for slug, d in ours.items() if d.followed} | named
    return {slug: d for slug, d in wanted.items() if d.sources}


def find_declaration(slug: str) -> Declaration:
    """Raises: ConfigurationError, with the nearest slugs."""
    own = _own_declarations(outlets_file())
    if found := own.get(slug) or shipped_declarations().get(slug) or local_declarations().get(slug):
        return found
    near = get_close_matches(slug, all_declarations(), 3, 0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`newsmon outlets` lists them"
    raise ConfigurationError(f"no outlet {slug!r}; {hint}")


def declaration_for(url: str) -> Declaration | None:
    """The outlet that an address belongs to: the one with the longest domain that its host is on.

    Of outlets on one domain (Radio-Canada and RCI), the one whose home's path the address lies under.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    best: tuple[tuple[int, int], Declaration] | None = None
    for declaration in all_declarations().values():
        fit = max((len(d) for d in _domains(declaration) if host == d or host.endswith("." + d)), default=0)
        rank = (fit, _depth(declaration, parts.path))
        if fit and (best is None or rank > best[0]):
            best = (rank, declaration)
    return best[1] if best else None


def _depth(declaration: Declaration, path: str) -> int:
    """How much of the home's path an address shares: all of it, or less than a home without one."""
    own = urlsplit(declaration.outlet.home).path.rstrip("/")
    return len(own) if f"{path}/".startswith(f"{own}/") else -1


def _domains(declaration: Declaration) -> tuple[str, ...]:
    if declaration.allowed_domains:
        return declaration.allowed_domains
    domain = declaration.outlet.domain
    return (domain,) if domain else ()
