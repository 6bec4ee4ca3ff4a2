"""Outlets declared without Python: a TOML file, `[[outlet]]` by `[[outlet]]`.

A family says once what its outlets share, in `[defaults]`; there {domain} and {home} stand for each outlet's own.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from newsmon.errors import ConfigurationError
from newsmon.outlets import AtomFeed, Declaration, Feed, Layout, NewsSitemap, Outlet, Section, Sitemap, Source

LISTINGS: dict[str, type[Source]] = {
    "feeds": Feed,
    "atom_feeds": AtomFeed,
    "news_sitemaps": NewsSitemap,
    "sitemaps": Sitemap,
    "sections": Section,
}
WHO = ("name", "home", "owner", "region", "timezone", "language")
LAYOUT = tuple(f.name for f in dataclasses.fields(Layout) if f.name != "until")
LISTS = (*LISTINGS, "allowed_domains", "strip_css")
SHARED = ("owner", "region", "timezone", "language", *LISTINGS, "article_re", *LAYOUT, "followed")
"""What `[defaults]` may hold."""
KEYS = ("slug", *WHO, *LISTINGS, "article_re", "allowed_domains", *LAYOUT, "followed")


def load_outlets(path: Path) -> tuple[Declaration, ...]:
    """The outlets of a TOML file. Raises: ConfigurationError, with the file, the outlet and what to do."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as e:
        raise ConfigurationError(f"{path}: {e.strerror}; correct NEWSMON_OUTLETS or unset it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigurationError(f"{path}: not TOML: {e}") from None
    for key in content.keys() - {"outlet", "defaults"}:
        raise ConfigurationError(f"{path}: unknown key {key!r}; outlets are written as [[outlet]]")
    defaults = _defaults(content.get("defaults", {}), path)
    declarations: dict[str, Declaration] = {}
    for number, row in enumerate(content.get("outlet", []), start=1):
        where = f"{path}, outlet {number} ({row.get('slug', 'without a slug')})"
        declaration = _declaration(row, defaults, where)
        if declaration.slug in declarations:
            raise ConfigurationError(f"{where}: the slug is there twice; give each outlet its own")
        declarations[declaration.slug] = declaration
    return tuple(declarations.values())


def _defaults(table: Any, path: Path) -> dict[str, Any]:
    where = f"{path}, [defaults]"
    if not isinstance(table, dict):
        raise ConfigurationError(f"{where}: it is a table of what the outlets share, not {table!r}")
    for key, value in table.items():
        _check(key, value, where, SHARED)
    return table


def _declaration(row: dict[str, Any], defaults: dict[str, Any], where: str) -> Declaration:
    for key, value in row.items():
        _check(key, value, where)
    for key in ("slug", "name"):
        if key not in row:
            raise ConfigurationError(f"{where}: it has no {key}; add one")
    try:
        row = {**_filled(defaults, row.get("home", "")), **row}
        outlet = Outlet(**{key: row[key] for key in WHO if key in row})
        return Declaration(
            slug=row["slug"],
            outlet=outlet,
            allowed_domains=tuple(row.get("allowed_domains", [outlet.domain] if outlet.domain else [])),
            sources=tuple(kind(url) for key, kind in LISTINGS.items() for url in row.get(key, ())),
            article_re=row.get("article_re", ""),
            layouts=(_layout(row),),
            followed=row.get("followed", True),
        )
    except ConfigurationError as e:
        raise ConfigurationError(f"{where}: {e}") from None


def _filled(defaults: dict[str, Any], home: str) -> dict[str, Any]:
    """The family's values for an outlet of this home."""
    domain = re.escape(Outlet("-", home=home).domain)

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(part) for part in value]
        return value.replace("{domain}", domain).replace("{home}", home) if isinstance(value, str) else value

    return {key: fill(value) for key, value in defaults.items()}


def _layout(row: dict[str, Any]) -> Layout:
    values: dict[str, Any] = {key: row[key] for key in LAYOUT if key in row}
    values["strip_css"] = tuple(values.get("strip_css", ()))
    return Layout(**values)


def _check(key: str, value: Any, where: str, keys: tuple[str, ...] = KEYS) -> None:
    if key not in keys:
        near = get_close_matches(key, keys, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(keys)}"
        raise ConfigurationError(f"{where}: unknown key {key!r}; {hint}")
    kind, fits = "a text", isinstance(value, str)
    if key in LISTS:
        kind, fits = "a list of texts", isinstance(value, list) and all(isinstance(part, str) for part in value)
    elif key == "followed":
        kind, fits = "true or false", isinstance(value, bool)
    if not fits:
        raise ConfigurationError(f"{where}: {key} is {kind}, not {value!r}")
