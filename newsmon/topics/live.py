"""The versions that new articles are matched with, as the database has them.

Of most topics that is one, which views show. Where a file has changed it is two: the version that is shown until
the stored articles were matched with the new one, and the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from newsmon.items import Article, TopicMatch
from newsmon.store.topics import Definition, Followed, Version, followed_topics, sync_topics, versions_of
from newsmon.topics.definition import Topic
from newsmon.topics.frozen import freeze, thaw
from newsmon.topics.match import Matcher, compile_topics

Known = Mapping[str, Topic]
"""Topics by their version's digest: what is at hand need not be read from the database."""


@dataclass(frozen=True, slots=True)
class Live:
    """What an article is matched with. A match with a version that is shown, but is to go, is of topic "slug@3"."""

    followed: tuple[Followed, ...]
    matchers: tuple[Matcher, ...]
    versions: dict[str, int]
    """Topic of a match to the id of its version."""

    def matches(self, article: Article) -> tuple[TopicMatch, ...]:
        """Of all live versions."""
        every = [
            match
            for matcher in self.matchers
            for match in matcher.match(headline=article.headline, deck=article.deck, body=article.body, day=article.day)
        ]
        return tuple(match for match in every if match.topic in self.versions)

    def label(self, article: Article) -> Article:
        """Fill `article.matches` in place and return the article."""
        article.matches = self.matches(article)
        return article


def definition_of(topic: Topic) -> Definition:
    """The row of a topic's version."""
    return Definition(topic.slug, topic.name, topic.parent or None, topic.version, topic.source, freeze(topic))


def sync_files(conn: Connection, topics: Sequence[Topic], *, now: datetime) -> Live:
    """Tell the database what the files say (`topics` are all of them); what articles are matched with from now on."""
    sync_topics(conn, map(definition_of, topics), now=now, whole=True)
    return read_live(conn, {topic.version: topic for topic in topics})


def read_live(conn: Connection, known: Known) -> Live:
    """What articles are matched with now."""
    followed = followed_topics(conn)
    shown = {t.version_id for t in followed if t.version_id} | {t.target for t in followed if t.target}
    rows = versions_of(conn, shown)
    targets = runnable([rows[t.target] for t in followed if t.target], known)
    waiting = {t.slug for t in followed if t.pending_id and t.version_id}
    matchers = [compile_topics(targets.values())]
    versions = {t.slug: t.target for t in followed if t.target and t.target in targets}
    if waiting:
        before = [rows[t.version_id] for t in followed if t.version_id]
        keys = {row.slug: f"{row.slug}@{row.seq}" for row in before}
        older = runnable(before, known)
        matchers.append(compile_topics(qualified(topic, keys) for topic in older.values()))
        versions |= {keys[topic.slug]: id for id, topic in older.items() if topic.slug in waiting}
    return Live(followed, tuple(matchers), versions)


def runnable(rows: Iterable[Version], known: Known) -> dict[int, Topic]:
    """Those versions that can be run, by id: each with its definition, and its parent among them."""
    topics = {row.id: topic for row in rows if (topic := topic_of(row, known))}
    while orphans := [id for id, t in topics.items() if t.parent and t.parent not in {o.slug for o in topics.values()}]:
        for id in orphans:
            del topics[id]
    return topics


def topic_of(row: Version, known: Known) -> Topic | None:
    """The topic of a version; None when its definition was not kept."""
    if row.digest in known:
        return known[row.digest]
    return thaw(row.frozen, source=row.source) if row.frozen else None


def qualified(topic: Topic, keys: Mapping[str, str]) -> Topic:
    """The topic under another key than its slug, its parent likewise."""
    return replace(topic, slug=keys[topic.slug], parent=keys[topic.parent] if topic.parent else "")
