"""Outlets declared without Python: a TOML file, `[[outlet]]` by `[[outlet]]`."""

from __future__ import annotations

import dataclasses
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
KEYS = ("slug", *WHO, *LISTINGS, "article_re", "allowed_domains", *LAYOUT)


def load_outlets(path: Path) -> tuple[Declaration, ...]:
    """The outlets of a TOML file. Raises: ConfigurationError, with the file, the outlet and what to do."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as e:
        raise ConfigurationError(f"{path}: {e.strerror}; correct NEWSMON_OUTLETS or unset it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigurationError(f"{path}: not TOML: {e}") from None
    for key in content.keys() - {"outlet"}:
        raise ConfigurationError(f"{path}: unknown key {key!r}; outlets are written as [[outlet]]")
    declarations: dict[str, Declaration] = {}
    for number, row in enumerate(content.get("outlet", []), start=1):
        where = f"{path}, outlet {number} ({row.get('slug', 'without a slug')})"
        declaration = _declaration(row, where)
        if declaration.slug in declarations:
            raise ConfigurationError(f"{where}: the slug is there twice; give each outlet its own")
        declarations[declaration.slug] = declaration
    return tuple(declarations.values())


def _declaration(row: dict[str, Any], where: str) -> Declaration:
    for key, value in row.items():
        _check(key, value, where)
    for key in ("slug", "name"):
        if key not in row:
            raise ConfigurationError(f"{where}: it has no {key}; add one")
    try:
        outlet = Outlet(**{key: row[key] for key in WHO if key in row})
        return Declaration(
            slug=row["slug"],
            outlet=outlet,
            allowed_domains=tuple(row.get("allowed_domains", [outlet.domain] if outlet.domain else [])),
            sources=tuple(kind(url) for key, kind in LISTINGS.items() for url in row.get(key, ())),
            article_re=row.get("article_re", ""),
            layouts=(_layout(row),),
        )
    except ConfigurationError as e:
        raise ConfigurationError(f"{where}: {e}") from None


def _layout(row: dict[str, Any]) -> Layout:
    values: dict[str, Any] = {key: row[key] for key in LAYOUT if key in row}
    values["strip_css"] = tuple(values.get("strip_css", ()))
    return Layout(**values)


def _check(key: str, value: Any, where: str) -> None:
    if key not in KEYS:
        near = get_close_matches(key, KEYS, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(KEYS)}"
        raise ConfigurationError(f"{where}: unknown key {key!r}; {hint}")
    fits = isinstance(value, str)
    if key in LISTS:
        fits = isinstance(value, list) and all(isinstance(part, str) for part in value)
    if not fits:
        raise ConfigurationError(f"{where}: {key} is {'a list of texts' if key in LISTS else 'a text'}, not {value!r}")
