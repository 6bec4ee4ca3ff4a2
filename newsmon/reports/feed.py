"""A topic as an Atom feed (RFC 4287): its articles, and the days on which it stood out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree
from sqlalchemy import Connection, Row, bindparam, text

from newsmon import __version__
from newsmon.reports.named import Language
from newsmon.reports.output import cell, plain
from newsmon.reports.run import as_day, as_instant, check_topic
from newsmon.reports.wording import Wording

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SUMMARY = 400
"""Characters of a summary, at most."""

_ARTICLES = """
SELECT m.article_id, m.headline, m.url, m.day, m.level, m.why, a.outlet_name, a.deck, a.body, a.published_at,
       a.first_seen_at, a.modified_at
FROM v_match m
JOIN v_article a ON a.article_id = m.article_id
WHERE m.topic = :topic
ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, m.article_id DESC
LIMIT :limit
"""
_ALERTS = "SELECT day, n, usual, threshold, raised_at FROM v_alert WHERE topic = :topic ORDER BY day DESC LIMIT :limit"
_AUTHORS = "SELECT article_id, author FROM v_author WHERE article_id IN :ids ORDER BY article_id, position"


def topic_feed(
    conn: Connection, topic: str, language: Language, *, limit: int, now: datetime, address: str | None = None
) -> bytes:
    """The feed's document: the last `limit` articles, and as many alerts. `address` is where it will be found.

    Raises: ConfigurationError for a topic that is not there.
    """
    check_topic(conn, topic)
    wording = Wording(language)
    name = conn.scalar(text("SELECT name FROM v_topic WHERE topic = :topic"), {"topic": topic})
    rows = list(conn.execute(text(_ARTICLES), {"topic": topic, "limit": limit}))
    alerts = list(conn.execute(text(_ALERTS), {"topic": topic, "limit": limit}))
    authors = _authors(conn, [row.article_id for row in rows])
    entries = [_article(row, authors.get(row.article_id, []), wording) for row in rows]
    entries += [_alert(topic, plain(name), row, wording) for row in alerts]
    entries.sort(key=lambda entry: entry.findtext("updated") or "", reverse=True)
    feed = etree.Element("feed", {LANG: str(language)}, nsmap={None: ATOM})  # type: ignore[dict-item]
    _add(feed, "id", _urn(f"newsmon:{topic}"))
    _add(feed, "title", plain(name))
    _add(feed, "updated", max((entry.findtext("updated") or "" for entry in entries), default=_stamp(now)))
    _add(feed, "generator", "newsmon", version=__version__)
    _add(_add(feed, "author"), "name", "newsmon")
    if address:
        _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    feed.extend(entries)
    return _bytes(feed)


def _bytes(feed: Any) -> bytes:
    for element in feed.iter():  # the names were written without their namespace: a default one is not inherited
        element.tag = f"{{{ATOM}}}{element.tag}" if not element.tag.startswith("{") else element.tag
    etree.cleanup_namespaces(feed)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _authors(conn: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    if ids:
        query = text(_AUTHORS).bindparams(bindparam("ids", list(ids), expanding=True))
        for row in conn.execute(query):
            names.setdefault(row.article_id, []).append(plain(row.author))
    return names


def _article(row: Row[Any], authors: list[str], wording: Wording) -> Any:
    entry = etree.Element("entry")
    published = as_instant(row.published_at) if row.published_at else None
    seen = as_instant(row.first_seen_at)
    updated = as_instant(row.modified_at) if row.modified_at else published or seen
    _add(entry, "id", _urn(row.url))
    _add(entry, "title", plain(row.headline or row.url))
    _add(entry, "updated", _stamp(max(updated, published or updated)))
    if published:
        _add(entry, "published", _stamp(published))
    if href := _href(row.url):
        _add(entry, "link", rel="alternate", type="text/html", hreflang="fr", href=href)
    for name in [*authors, plain(row.outlet_name)]:
        _add(_add(entry, "author"), "name", name)
    _add(entry, "category", term=row.level, label=wording.value("level", row.level))
    told = _cut(row.deck or row.body or "")
    _add(entry, "summary", f"{told}\n\n[{plain(row.why)}]" if told else plain(row.why))
    return entry


def _alert(topic: str, name: str, row: Row[Any], wording: Wording) -> Any:
    day, counted = as_day(row.day), wording.counted("articles", row.n)
    entry = etree.Element("entry")
    at = _stamp(as_instant(row.raised_at))
    _add(entry, "id", _urn(f"newsmon:{topic}:{day}"))
    _add(entry, "title", wording("feed_alert", articles=counted, name=name, day=wording.day(day)))
    _add(entry, "updated", at)
    _add(entry, "published", at)
    _add(entry, "category", term="alert", label="alerte" if wording.language == "fr" else "alert")
    usual, threshold = (cell(float(n), wording.language) for n in (row.usual, row.threshold))
    _add(entry, "content", wording("feed_alert_told", usual=usual, threshold=threshold), type="text")
    return entry


def _add(parent: Any, name: str, words: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, name, attributes)
    element.text = words
    return element


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _href(url: str) -> str | None:
    """The address as an IRI reference that any reader takes; None for what is no web address."""
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _cut(words: str) -> str:
    line = plain(words)
    return line if len(line) <= SUMMARY else line[:SUMMARY].rsplit(" ", 1)[0] + " …"
