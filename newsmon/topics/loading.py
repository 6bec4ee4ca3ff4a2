"""Topics from their files: ours, and over them those of a user's folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from newsmon.topics.definition import Topic, Weights
from newsmon.topics.expression import parse_query
from newsmon.topics.groups import GroupReader
from newsmon.topics.language import Query, query_terms
from newsmon.topics.names import Name, check_names, load_names
from newsmon.topics.problems import ExpressionError, Problem, TopicError, nearest
from newsmon.topics.tables import Table, toml_files

FOLDER = Path(__file__).parent / "definitions"
SLUG_RE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
KEYS = (
    "slug", "name", "parent", "since", "until", "iptc", "note",
    "require", "expression", "near", "bonus", "mask", "exclude", "weights", "primary", "secondary",
)  # fmt: skip
WEIGHT_KEYS = ("headline", "deck", "opening", "body")


def _read_day(table: Table, key: str) -> date | None:
    value = table.data.get(key)
    if isinstance(value, datetime) or not (value is None or isinstance(value, date)):
        table.report(f"{key} is a day without quotes, e.g. {key} = 2022-02-24", key)
        return None
    return value


def _read_level(table: Table, key: str, default: float) -> float:
    value = float(table.take(table.data, key, float, default))
    if not 0 < value < 10_000:
        table.report(f"{key} must be above 0", key)
    return value


def _read_weights(table: Table, reader: GroupReader) -> Weights:
    given = table.take(table.data, "weights", dict, {})
    table.check_keys(given, WEIGHT_KEYS, of="weights")
    usual = Weights()
    headline, deck, opening, body = (reader.weight(given, key, getattr(usual, key), lowest=0.0) for key in WEIGHT_KEYS)
    return Weights(headline, deck, opening if "opening" in given else max(opening, body), body)


def used_names(query: Query, names: Mapping[str, Name]) -> tuple[Name, ...]:
    """The names that a query uses, by key."""
    keys = {term.text for term in query_terms(query) if term.kind == "name"}
    return tuple(names[key] for key in sorted(keys))


def read_topic(path: Path, names: Mapping[str, Name]) -> Topic:
    """The topic of one file; whether its parent exists is seen when all are loaded.

    Raises: TopicError with every problem of the file.
    """
    table = Table(path)
    data, reader = table.data, GroupReader(table, names)
    table.check_keys(data, KEYS)
    slug, name = table.take(data, "slug", str, ""), table.take(data, "name", str, "")
    if not SLUG_RE.match(slug):
        table.report(f'slug {slug!r}: small ASCII letters and hyphens, e.g. slug = "guerre-ukraine"', "slug")
    if not name.strip():
        table.report('a topic needs a name, e.g. name = "Guerre Russie–Ukraine"', "name")
    since, until = _read_day(table, "since"), _read_day(table, "until")
    if since and until and until < since:
        table.report(f"until {until} is before since {since}", "until")
    primary, secondary = _read_level(table, "primary", 5.0), _read_level(table, "secondary", 1.5)
    if primary < secondary:
        table.report(f"primary ({primary:g}) is below secondary ({secondary:g})", "primary")
    table.take(data, "note", str, "")
    iptc, parent = table.take(data, "iptc", str, ""), table.take(data, "parent", str, "")
    query, weights = reader.query(), _read_weights(table, reader)
    table.finish()
    return Topic(
        slug=slug, name=name, query=query, parent=parent, weights=weights, primary=primary, secondary=secondary,
        since=since, until=until, iptc=iptc, names=used_names(query, names), source=table.text, path=str(path),
    )  # fmt: skip


def make_topic(line: str, names: Mapping[str, Name] | None = None) -> Topic:
    """A topic of one line, before it has a file: slug "expression", matched by any score above nought.

    Raises: TopicError with the column in its message.
    """
    known = load_names() if names is None else names
    try:
        query = parse_query(line)
        check_names(query, known)
    except ExpressionError as e:
        raise TopicError([Problem("expression", 1, f"{e} (at character {e.column})")]) from None
    used = used_names(query, known)
    return Topic(slug="expression", name=line, query=query, secondary=0.0001, names=used, source=line)


def read_folder(folder: Path, names: Mapping[str, Name]) -> dict[str, Topic]:
    """The topics of a folder's files, by slug.

    Raises: TopicError with every problem of every file.
    """
    topics: dict[str, Topic] = {}
    problems: list[Problem] = []
    for path in toml_files(folder):
        try:
            topic = read_topic(path, names)
        except TopicError as e:
            problems += e.problems
            continue
        if topic.slug in topics:
            problems.append(Problem(str(path), 1, f"{topic.slug} is a topic of {topics[topic.slug].path} already"))
        topics[topic.slug] = topic
    if problems:
        raise TopicError(problems)
    return topics


def _parent_problem(topic: Topic, topics: Mapping[str, Topic]) -> Problem | None:
    seen, at = [topic.slug], topic.parent
    while at:
        line = next((k for k, text in enumerate(topic.source.splitlines(), 1) if re.match(r"\s*parent\b", text)), 1)
        if at not in topics:
            return Problem(topic.path, line, f"parent {at!r} is no topic{nearest(at, topics)}")
        if at in seen:
            return Problem(topic.path, line, f"{' is in '.join([*seen, at])}: a topic cannot be a part of itself")
        seen.append(at)
        at = topics[at].parent
    return None


def arrange(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Topics with each parent before its parts, and each part told its parent's version.

    Raises: TopicError for a parent that is missing, or is a part of its own part.
    """
    by_slug = {topic.slug: topic for topic in topics}
    problems = [problem for topic in by_slug.values() if (problem := _parent_problem(topic, by_slug))]
    if problems:
        raise TopicError(problems)
    placed: dict[str, Topic] = {}

    def place(topic: Topic) -> Topic:
        if topic.slug not in placed:
            above = place(by_slug[topic.parent]).version if topic.parent else ""
            placed[topic.slug] = replace(topic, parent_version=above)
        return placed[topic.slug]

    for slug in sorted(by_slug):
        place(by_slug[slug])
    return tuple(placed.values())


def load_topics(user_folder: Path | None = None) -> tuple[Topic, ...]:
    """Our topics and those of `user_folder`/*.toml; a user's topic of the same slug replaces ours.

    Raises: TopicError (exit code 2) with file and line.
    """
    if user_folder is not None and not user_folder.is_dir():
        raise TopicError([Problem(str(user_folder), 1, "is no folder: NEWSMON_TOPICS names a folder of *.toml files")])
    names = load_names(user_folder)
    topics = read_folder(FOLDER, names)
    if user_folder is not None:
        topics |= read_folder(user_folder, names)
    return arrange(topics.values())
