"""Topic files looked at before they are used: everything that is wrong, not only the first of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsmon.topics.definition import Topic
from newsmon.topics.loading import arrange, load_topics, read_topic
from newsmon.topics.names import Name, load_names, read_names
from newsmon.topics.problems import Problem, TopicError
from newsmon.topics.tables import Table


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: a topic, or a table of names, or what is wrong."""

    path: Path
    topic: Topic | None = None
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def _has_names_only(path: Path) -> bool:
    data = Table(path).data
    return path.parent.name == "names" or (bool(data) and all(isinstance(value, dict) for value in data.values()))


def _check_file(path: Path, names: dict[str, Name]) -> Checked:
    try:
        if _has_names_only(path):
            read = read_names(path, names)
            return Checked(path, names=tuple(key for key in Table(path).data if key in read))
        return Checked(path, read_topic(path, names))
    except TopicError as e:
        return Checked(path, problems=e.problems)


def check_files(paths: Sequence[Path], user_folder: Path | None = None) -> list[Checked]:
    """Read each file as it would be read in `user_folder`, beside our topics and the others given.

    Raises: TopicError when the user's own names cannot be read.
    """
    names = load_names(user_folder)
    checked = [_check_file(path, names) for path in paths]
    ours = {topic.slug: topic for topic in load_topics()}
    given = {one.topic.slug: one.topic for one in checked if one.topic}
    try:
        placed = {topic.slug: topic for topic in arrange({**ours, **given}.values())}
    except TopicError as e:
        by_file = {problem.file: problem for problem in e.problems}
        return [
            Checked(one.path, problems=(by_file[str(one.path)],)) if str(one.path) in by_file else one
            for one in checked
        ]
    return [Checked(one.path, placed[one.topic.slug], one.names) if one.topic else one for one in checked]
