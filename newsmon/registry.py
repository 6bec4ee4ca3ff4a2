"""Every outlet that is declared: those of spiders/, and the user's own."""

from __future__ import annotations

import importlib
import pkgutil
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from newsmon.environment import outlets_file
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


@cache
def _own_declarations(path: Path | None) -> dict[str, Declaration]:
    return {declaration.slug: declaration for declaration in load_outlets(path)} if path else {}


def all_declarations() -> dict[str, Declaration]:
    """By slug; an outlet of the user's file replaces the shipped one of its slug. Raises: ConfigurationError."""
    return {**shipped_declarations(), **_own_declarations(outlets_file())}


def find_declaration(slug: str) -> Declaration:
    """Raises: ConfigurationError, with the nearest slugs."""
    declarations = all_declarations()
    if slug not in declarations:
        near = get_close_matches(slug, declarations, 3, 0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "`newsmon outlets` lists them"
        raise ConfigurationError(f"no outlet {slug!r}; {hint}")
    return declarations[slug]


def declaration_for(url: str) -> Declaration | None:
    """The outlet that an address belongs to: the one with the longest domain that its host is on."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    best: tuple[int, Declaration] | None = None
    for declaration in all_declarations().values():
        for domain in _domains(declaration):
            if (host == domain or host.endswith("." + domain)) and (best is None or len(domain) > best[0]):
                best = (len(domain), declaration)
    return best[1] if best else None


def _domains(declaration: Declaration) -> tuple[str, ...]:
    if declaration.allowed_domains:
        return declaration.allowed_domains
    domain = declaration.outlet.domain
    return (domain,) if domain else ()
