"""Who signs an article, and where its text came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from newsmon.items import Article, Attribution, Author
from newsmon.outlets import Declaration
from newsmon.text.agencies import Source, Table, table
from newsmon.text.attribution_lines import (
    SOURCE_LABEL_RE,
    WITH_RE,
    find_note_source,
    is_attribution_line,
    is_note,
    iter_hosts,
)
from newsmon.text.byline_words import AUTHOR_LABEL_RE
from newsmon.text.bylines import Byline, is_same_author, merge_authors, read_byline
from newsmon.text.sources import find_source

_SECOND_LEVEL = frozenset("co com org gov ac qc gc gouv on ab bc".split())
_DATELINE_PART_RE = re.compile(r"[()/|—–]")
_LABEL_END_RE = re.compile(r"\s*(?:de\s+l['’]|de\s+la|de|du|des|d['’]|par|from|by|:)?\s*\Z", re.I)


def attribute_article(
    article: Article, declaration: Declaration | None = None, *, sources: Table | None = None
) -> Article:
    """Fill authors and attribution in place from what the page prints and states, and return the article.

    `sources` in place of newsmon.text.agencies.table().
    """
    return _Attributor(article, declaration, sources or table()).attributed()


Kind = Literal["original", "wire", "mixed", "republished"]


@dataclass(frozen=True, slots=True)
class _Told:
    """A line that tells where a text came from."""

    raw: str
    where: str
    sources: tuple[Source, ...] = ()
    """Not the outlet itself."""
    shared: bool = False
    """Whether others than these sources wrote too: "avec Reuters"."""

    @property
    def kind(self) -> Kind:
        """Of a text that an agency has part in."""
        return "mixed" if self.shared else "wire"


class _Attributor:
    def __init__(self, article: Article, declaration: Declaration | None, sources: Table) -> None:
        self._article = article
        self._table = sources
        self._outlet_name = declaration.outlet.name if declaration else article.site_name or ""
        self._hosts = set(_hosts_of(article, declaration))
        self._own = {source for source in self._iter_own(article.site_name or "") if source}
        raws = [(raw, self._read(raw)) for raw in article.byline_raw]
        trusted = article.methods.get("byline") == "declared"
        self._bylines = raws if trusted else list(_of_article(raws))
        self._lines = [(line, self._read(line)) for line in article.tail_raw if self._is_signature(line)]

    def _iter_own(self, site_name: str) -> Iterator[Source | None]:
        yield self._table.whole(self._outlet_name)
        yield self._table.whole(site_name)
        yield from map(self._table.at_host, self._hosts)

    def _read(self, raw: str) -> Byline:
        """A byline without the outlet itself, whatever name of its own it uses."""
        found = read_byline(raw, outlet_name=self._outlet_name, sources=self._table)
        own_names = {source.name for source in self._own}
        return replace(
            found,
            authors=tuple(a for a in found.authors if a.kind == "person" or a.name not in own_names),
            sources=self._foreign(found.sources),
            own=found.own or any(source in self._own for source in found.sources),
        )

    def _foreign(self, sources: Iterable[Source]) -> tuple[Source, ...]:
        return tuple(source for source in sources if source not in self._own and source.kind != "photo")

    def _is_signature(self, line: str) -> bool:
        return not SOURCE_LABEL_RE.match(line) and not is_note(line, self._table)

    def attributed(self) -> Article:
        self._article.authors = merge_authors([*(byline for _, byline in self._bylines), *self._signatures()])
        self._article.attribution = self._attribution()
        return self._article

    # --- authors

    def _signatures(self) -> Iterator[Byline]:
        """What closing lines add: who signs below the text, and, by function, who helped."""
        for line, byline in self._lines:
            people = tuple(author for author in byline.authors if author.kind == "person")
            if not WITH_RE.match(line):
                yield replace(byline, pen_name=None)
            elif people:
                label = AUTHOR_LABEL_RE.match(line.lstrip("–—-*( \u00a0"))
                role = _LABEL_END_RE.sub("", label[0]) if label else None
                yield Byline(authors=tuple(Author(name=a.name, role=a.role or role) for a in people))

    # --- attribution

    def _attribution(self) -> Attribution | None:
        for told in self._iter_told():
            if found := self._judged(told):
                return found
        return self._elsewhere() or self._original()

    def _iter_told(self) -> Iterator[_Told]:
        for line in reversed(self._article.tail_raw):
            yield self._from_line(line)
        if raw := self._article.dateline_raw:
            credits = (find_source(piece, self._table)[0] for piece in _DATELINE_PART_RE.split(raw))
            found = self._foreign(source for source in credits if source)
            yield _Told(raw, "dateline", found, self._people)
        for raw, byline in self._bylines:
            yield _Told(raw, "byline", byline.sources, self._people or byline.own or self._own_signs)
        if closing := _closing(self._article.deck or ""):
            yield replace(self._from_line(closing), where="deck")

    @property
    def _people(self) -> bool:
        return any(author.kind == "person" for author in self._article.authors)

    @property
    def _own_signs(self) -> bool:
        return any(byline.own for _, byline in self._bylines)

    def _from_line(self, line: str) -> _Told:
        """A closing line: a note on the text, "Source : …", or a signature."""
        if is_note(line, self._table):
            return _Told(line, "tail", self._foreign(self._table.iter_sources(line)), self._people)
        if SOURCE_LABEL_RE.match(line):
            return _Told(line, "tail", self._read(SOURCE_LABEL_RE.sub("", line, count=1)).sources, self._people)
        byline = self._read(line)
        shared = self._people or byline.own or WITH_RE.match(line) is not None
        shared = shared or any(author.kind == "person" for author in byline.authors)
        return _Told(line, "tail", byline.sources, shared)

    def _judged(self, told: _Told) -> Attribution | None:
        """An address is the surest, an agency says more than an outlet that took its text."""
        if told.where in ("tail", "deck") and (found := self._at_address(told)):
            return found
        agency = next((source for source in told.sources if source.kind == "agency"), None)
        if agency:
            return Attribution(kind=told.kind, agency=agency.name, raw=told.raw, where_found=told.where)
        note = told.where == "tail" and is_note(told.raw, self._table)
        name = told.sources[0].name if told.sources else find_note_source(told.raw) if note else None
        if not name or name == self._outlet_name:
            return None
        kind: Kind = "mixed" if WITH_RE.match(told.raw) and not note else "republished"
        return Attribution(kind=kind, source_name=name, raw=told.raw, where_found=told.where)

    def _at_address(self, told: _Told) -> Attribution | None:
        """ "Source : www.cbc.ca": the outlet of another address."""
        for host in iter_hosts(told.raw):
            if _site(host) in map(_site, self._hosts):
                continue
            source = self._table.at_host(host)
            if source in self._own:
                continue
            if source is not None and source.kind == "agency":
                return Attribution(
                    kind=told.kind, agency=source.name, source_host=host, raw=told.raw, where_found=told.where
                )
            name = source.name if source else host.removeprefix("www.")
            return Attribution(
                kind="republished", source_name=name, source_host=host, raw=told.raw, where_found=told.where
            )
        return None

    def _elsewhere(self) -> Attribution | None:
        """A page whose canonical address is at another known outlet."""
        address = self._article.canonical_url
        host = (urlsplit(address).hostname or "").lower() if "://" in address else ""
        source = self._table.at_host(host) if host else None
        if source is None or source in self._own or _site(host) in map(_site, self._hosts) or not self._hosts:
            return None
        kind: Kind = "wire" if source.kind == "agency" else "republished"
        return Attribution(
            kind=kind,
            agency=source.name if kind == "wire" else None,
            source_name=None if kind == "wire" else source.name,
            source_host=host,
            raw=address,
            where_found="canonical",
        )

    def _original(self) -> Attribution | None:
        """What a person or the outlet itself signs and nothing else claims."""
        people = (raw for raw, byline in self._bylines if byline.authors or byline.pen_name)
        own = (raw for raw, byline in self._bylines if byline.own)
        if raw := next(people, None) or next(own, None):
            return Attribution(kind="original", raw=raw, where_found="byline")
        lines = (line for line, byline in self._lines if byline.own or (byline.authors and not WITH_RE.match(line)))
        line = next(lines, None)
        return Attribution(kind="original", raw=line, where_found="tail") if line else None


def _of_article(raws: list[tuple[str, Byline]]) -> Iterator[tuple[str, Byline]]:
    """The bylines that are of this article: after one that says "Par…", other people's are of comments and boxes."""
    settled = False
    known: list[Author] = []
    for raw, byline in raws:
        people = [author for author in byline.authors if author.kind == "person"]
        stranger = bool(people or byline.pen_name) and not any(is_same_author(a, b) for a in people for b in known)
        if settled and stranger and known:
            continue
        yield raw, byline
        known += byline.authors
        settled = settled or (byline.labelled and bool(byline.authors))


def _closing(deck: str) -> str | None:
    """The remark that closes a deck: "… du budget. (Avec AFP)", "… – AFP"."""
    for pattern in (r"\(([^()]{2,80})\)\s*\.?\s*\Z", r"(?:[.!?…»]|\s[–—|-])\s*([^.!?…»–—|]{2,80})\Z"):
        match = re.search(pattern, deck)
        if match and is_attribution_line(match[1]):
            return match[1].strip()
    return None


def _hosts_of(article: Article, declaration: Declaration | None) -> Iterator[str]:
    addresses = [article.final_url or article.url]
    if declaration:
        yield from (domain.lower() for domain in declaration.allowed_domains)
        addresses.append(declaration.outlet.home)
    for address in addresses:
        if host := urlsplit(address).hostname if "://" in address else None:
            yield host.lower()


def _site(host: str) -> str:
    """The part of a host that one owner has: "ici.radio-canada.ca" gives "radio-canada.ca"."""
    labels = host.lower().rstrip(".").split(".")
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2 :])
