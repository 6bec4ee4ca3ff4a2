"""Which stored article a page is: by its address, by an address that it had, by its number or its feed's identifier.

A headline that changes often changes the address with it. An address alone would make a second article of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, bindparam, select

from newsmon.items import Article as Item
from newsmon.store.engine import insert
from newsmon.store.models import Article, ArticleAddress, Revision
from newsmon.store.revisions import StoredText, is_same_work
from newsmon.text.urls import canonical_url, url_key

MOST_CANDIDATES = 5
"""Articles of one number that are compared with a page, the latest first."""

_NUMBER_RE = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*[0-9])[0-9a-f]{16,40}|[0-9]{5,15})(?![0-9a-z])"
)
_DAY_RE = re.compile(r"(?:19|20)[0-9]{4}(?:[0-9]{2})?\Z")


@lru_cache(maxsize=1024)  # as url_key
def address_number(url: str) -> str | None:
    """The number by which a site knows an article, when it stands in the path: the last of five digits or more.

    A long hexadecimal name counts as one; a date does not.

    >>> address_number("https://exemple.ca/nouvelle/1865432/budget-adopte")
    '1865432'
    >>> address_number("https://exemple.ca/20220226/budget-adopte") is None
    True
    """
    numbers = [n for n in _NUMBER_RE.findall(urlsplit(url).path.lower()) if not _DAY_RE.match(n)]
    return numbers[-1] if numbers else None


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of the article of a page."""

    article_id: int | None
    """None: it is new."""
    asked_its_address: bool = False
    """The page was asked at an address of this very article: where it led is where the article is."""
    left_id: int | None = None
    """Another article, whose address led here: it is no longer there."""


Pair = tuple[int, Item]
"""The id of the article's outlet, and the article."""


def strangers(conn: Connection, pairs: Mapping[int, Pair]) -> list[int]:
    """The places of those that nothing, stored or earlier in `pairs`, could be: not by address, number or guid."""
    marks = {place: _marks(*pair) for place, pair in pairs.items()}
    known = _known_marks(conn, set[Mark]().union(*marks.values()))
    new = []
    for place, mine in marks.items():
        if known.isdisjoint(mine):
            new.append(place)
        known |= mine
    return new


Mark = tuple[str, int, str]
"""Kind, outlet id and value of what a page can be known again by."""


def _marks(outlet_id: int, item: Item) -> set[Mark]:
    urls = {item.url, item.canonical_url}
    keys = {url_key(url) for url in urls}
    if len(urls) > 1:  # else the address asked is in its canonical form already
        keys.update(_own_key(item.url))
    marks = {("key", outlet_id, key) for key in keys}
    if item.link and item.link.guid:
        marks.add(("guid", outlet_id, item.link.guid))
    return marks | {("number", outlet_id, number) for number in map(address_number, urls) if number}


_COLUMNS = {
    "key": (ArticleAddress.outlet_id, ArticleAddress.url_key),
    "guid": (Article.outlet_id, Article.guid),
    "number": (ArticleAddress.outlet_id, ArticleAddress.number),
}
# Asked for pairs of the two, SQLite would read the whole index.
_WITH_MARK = {
    kind: select(outlet, column).where(
        outlet.in_(bindparam("outlets", expanding=True)), column.in_(bindparam("values", expanding=True))
    )
    for kind, (outlet, column) in _COLUMNS.items()
}


def _known_marks(conn: Connection, wanted: set[Mark]) -> set[Mark]:
    """Those that the store has, in one question for each kind."""
    known: set[Mark] = set()
    for kind, query in _WITH_MARK.items():
        outlets = {outlet_id for one, outlet_id, _ in wanted if one == kind}
        values = {value for one, _, value in wanted if one == kind}
        if values:
            found = conn.execute(query, {"outlets": list(outlets), "values": list(values)})
            known.update((kind, *row) for row in found)  # type: ignore[misc]
    return known


def identify(conn: Connection, outlet_id: int, item: Item) -> Identity:
    """The stored article that `item` shows."""
    asked = _by_addresses(conn, outlet_id, (url_key(item.url), *_own_key(item.url)))
    here = _by_addresses(conn, outlet_id, [url_key(item.canonical_url)])
    if here is not None:
        return Identity(here, asked_its_address=asked == here, left_id=asked if asked not in (None, here) else None)
    text = StoredText(item.headline, item.deck, item.body)
    if asked is not None:
        if url_key(item.final_url) == url_key(item.url) or _is_same(conn, asked, text):
            return Identity(asked, asked_its_address=True)
        return Identity(None, left_id=asked)
    candidates = _by_guid_or_number(conn, outlet_id, item)
    return Identity(next((number for number in candidates if _is_same(conn, number, text)), None))


def _own_key(url: str) -> Iterable[str]:
    canonical = canonical_url(url)
    return [url_key(canonical)] if canonical else []


def _by_addresses(conn: Connection, outlet_id: int, keys: Sequence[str]) -> int | None:
    query = select(ArticleAddress.article_id).where(
        ArticleAddress.outlet_id == outlet_id, ArticleAddress.url_key.in_(keys)
    )
    return conn.scalar(query.order_by(ArticleAddress.seen_at.desc()).limit(1))


def _by_guid_or_number(conn: Connection, outlet_id: int, item: Item) -> list[int]:
    found: list[int] = []
    if item.link and item.link.guid:
        query = select(Article.id).where(Article.outlet_id == outlet_id, Article.guid == item.link.guid)
        found += conn.scalars(query.order_by(Article.id.desc()).limit(MOST_CANDIDATES))
    if number := address_number(item.canonical_url):
        query = select(ArticleAddress.article_id).where(
            ArticleAddress.outlet_id == outlet_id, ArticleAddress.number == number
        )
        found += conn.scalars(query.distinct().order_by(ArticleAddress.article_id.desc()).limit(MOST_CANDIDATES))
    return list(dict.fromkeys(found))


def _is_same(conn: Connection, article_id: int, text: StoredText) -> bool:
    query = (
        select(Revision.headline, Revision.deck, Revision.body)
        .join(Article, and_(Article.id == Revision.article_id, Article.revision_seq == Revision.seq))
        .where(Article.id == article_id)
    )
    row = conn.execute(query).one()
    return is_same_work(StoredText(row.headline, row.deck, row.body), text)


def keep_addresses(conn: Connection, outlet_id: int, article_id: int, item: Item) -> None:
    """The addresses at which the article was found: the one asked, and the one that it calls its own."""
    for row in address_rows(outlet_id, article_id, item):
        statement = insert(conn, ArticleAddress).values(row)
        seen_later = and_(ArticleAddress.article_id == article_id, ArticleAddress.seen_at < statement.excluded.seen_at)
        conn.execute(
            statement.on_conflict_do_update(
                index_elements=["outlet_id", "url_key"],
                set_={"seen_at": statement.excluded.seen_at},
                where=seen_later,
            )
        )


def address_rows(outlet_id: int, article_id: int, item: Item) -> list[dict[str, Any]]:
    """A row for each address at which the article was found: an address that is written in two ways is one."""
    urls = {url_key(url): url for url in (item.url, item.canonical_url)}
    return [
        {
            "outlet_id": outlet_id, "url_key": key, "url": url, "article_id": article_id,
            "number": address_number(url), "seen_at": item.fetched_at,
        }
        for key, url in urls.items()
    ]  # fmt: skip


def other_address(conn: Connection, article_id: int, *, since: datetime) -> str | None:
    """The address, other than the ones that the article goes by, at which it was last found, not before `since`."""
    own = conn.execute(select(Article.url_key, Article.url).where(Article.id == article_id)).one()
    query = (
        select(ArticleAddress.url)
        .where(ArticleAddress.article_id == article_id, ArticleAddress.url_key.not_in([own.url_key, url_key(own.url)]))
        .where(ArticleAddress.seen_at >= since)
        .order_by(ArticleAddress.seen_at.desc())
    )
    return conn.scalar(query.limit(1))


FRONT_WORDS = 2
"""Of a section's name in an address, at most: "mont-royal"."""


def is_front(url: str, reached: str) -> bool:
    """Whether an article's address led to the site's home page, or to a section above the article."""
    asked, there = (urlsplit(address).path.strip("/").split("/") for address in (url, reached))
    if there == [""]:
        return asked != [""]
    above = len(there) < len(asked) and asked[: len(there)] == there
    return above and len(re.split("[-_]", there[-1])) <= FRONT_WORDS and address_number(reached) is None
