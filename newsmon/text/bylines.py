"""Bylines, datelines, credits: who signs, from where, whose picture. Their parts are in modules of their own."""

from __future__ import annotations

from collections.abc import Iterable

from newsmon.items import Author
from newsmon.text.agencies import Table
from newsmon.text.attribution_lines import is_attribution_line
from newsmon.text.byline_reader import Byline, read_byline
from newsmon.text.credits import split_credit
from newsmon.text.datelines import split_dateline
from newsmon.text.names import fuller, same_person

__all__ = [
    "Byline",
    "is_attribution_line",
    "is_same_author",
    "merge_authors",
    "read_authors",
    "read_byline",
    "split_credit",
    "split_dateline",
]


def read_authors(
    byline_raw: Iterable[str], *, outlet_name: str = "", sources: Table | None = None
) -> tuple[Author, ...]:
    """The people and agencies of bylines as printed or stated, in their order, each once, with the function of each.

    The outlet's own name is nobody. Addresses, handles, dates and photographers are left out; of "mail (Name)" the
    name is kept. A name all in capitals gets a name's case.

    >>> [author.name for author in read_authors(["Par JEAN UNTEL et Anne Autre, La Presse Canadienne"])]
    ['Jean Untel', 'Anne Autre', 'La Presse Canadienne']
    """
    return merge_authors(read_byline(raw, outlet_name=outlet_name, sources=sources) for raw in byline_raw)


def merge_authors(bylines: Iterable[Byline]) -> tuple[Author, ...]:
    """The authors of several bylines of one article, each once, by the fullest of the ways the name is written."""
    found: list[Author] = []
    pen_name = None
    for byline in bylines:
        pen_name = pen_name or byline.pen_name
        for author in byline.authors:
            place = next((i for i, other in enumerate(found) if is_same_author(author, other)), None)
            if place is None:
                found.append(author)
            else:
                known = found[place]
                name = fuller(known.name, author.name) if known.kind == "person" else known.name
                found[place] = Author(name=name, kind=known.kind, role=known.role or author.role)
    if not found and pen_name:
        return (Author(name=pen_name),)
    return tuple(found)


def is_same_author(one: Author, other: Author) -> bool:
    """Whether two prints are of one person or agency."""
    return one.kind == other.kind and same_person(one.name, other.name)
