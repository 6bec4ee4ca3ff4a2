"""Who signs an article, and where its text came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newsmon.items import Article, Attribution
from newsmon.outlets import Declaration
from newsmon.text.agencies import Source, table
from newsmon.text.bylines import read_authors

_HOST_RE = re.compile(r"(?<![\w@])(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,12})(?:/\S*)?", re.I)
_WITH_RE = re.compile(r"(?:^|[\s–—-])(?:avec|with)\b", re.I)


def attribute_article(article: Article, declaration: Declaration | None = None) -> Article:
    """Fill authors and attribution from what the page prints and states."""
    outlet_name = declaration.outlet.name if declaration else article.site_name or ""
    article.authors = read_authors(article.byline_raw, outlet_name=outlet_name)
    article.attribution = _attribution(article, outlet_name)
    return article


def _attribution(article: Article, outlet_name: str) -> Attribution | None:
    own = table().whole(outlet_name)
    people = [author for author in article.authors if author.kind == "person"]
    for line in reversed(article.tail_raw):
        if found := _from_tail(line, own, article.final_url, signed=bool(people)):
            return found
    agencies = [author.name for author in article.authors if author.kind == "agency"]
    if agencies:
        raw = next(
            (raw for raw in article.byline_raw if any(s.name == agencies[0] for s in table().iter_sources(raw))), None
        )
        kind = "mixed" if people else "wire"
        return Attribution(kind=kind, agency=agencies[0], raw=raw, where_found="byline")  # type: ignore[arg-type]
    for raw in article.byline_raw:
        for source in _others(table().iter_sources(raw), own):
            kind = "mixed" if people and source.kind == "agency" else "republished"
            agency = source.name if source.kind == "agency" else None
            return Attribution(kind=kind, agency=agency, source_name=source.name, raw=raw, where_found="byline")  # type: ignore[arg-type]
    if people or article.byline_raw:
        return Attribution(kind="original", raw=article.byline_raw[0], where_found="byline")
    return None


def _others(sources: Iterator[Source], own: Source | None) -> Iterator[Source]:
    return (source for source in sources if own is None or source.name != own.name)


def _from_tail(line: str, own: Source | None, url: str, *, signed: bool) -> Attribution | None:
    """What a closing line tells: "Source : www.cbc.ca", "– Avec l'Agence France-Presse"."""
    here = (urlsplit(url).hostname or "").removeprefix("www.")
    host = next((m[1].lower() for m in _HOST_RE.finditer(line) if m[1].lower().removeprefix("www.") != here), None)
    if host:
        source = table().at_host(host)
        name = source.name if source else host.removeprefix("www.")
        return Attribution(kind="republished", source_name=name, source_host=host, raw=line, where_found="tail")
    for source in _others(table().iter_sources(line), own):
        if source.kind == "agency":
            kind = "mixed" if signed or _WITH_RE.search(line) else "wire"
            return Attribution(kind=kind, agency=source.name, raw=line, where_found="tail")  # type: ignore[arg-type]
        return Attribution(kind="republished", source_name=source.name, raw=line, where_found="tail")
    return None
