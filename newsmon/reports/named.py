"""Named reports: a .sql file each, the same on both engines. This module reads them and runs nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from newsmon.errors import ConfigurationError

FOLDER = Path(__file__).parent / "sql"
PARAMETERS = ("topic", "since", "until", "undated", "limit")
RESERVED = ("page",)
"""Names of `newsmon report` that are no .sql file."""

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A question and the SQL that answers it. Two texts stand for French and English."""

    name: str
    title: tuple[str, str]
    question: tuple[str, str]
    parameters: tuple[str, ...]
    """Of `topic` (required), `topic?` (may be NULL: all of them; here without its mark), `since`, `until`, `undated`
    (0 leaves uncertain days out), `limit`."""
    headings: dict[str, tuple[str, str]]
    """Column to its heading."""
    sql: str
    any_topic: bool = False
    """It stands as `topic?`: the report answers without one, too."""


def all_reports(user_folder: Path | None = None) -> list[Report]:
    """Every report by its name; a user's file of the same name replaces ours. Raises: ConfigurationError."""
    return [parse_report(path) for _, path in sorted(_files(user_folder).items())]


def find_report(name: str, user_folder: Path | None = None) -> Report:
    """Raises: ConfigurationError, with the nearest names."""
    files = _files(user_folder)
    if name not in files:
        near = get_close_matches(name, files, 3, 0.5) or sorted(files)
        raise ConfigurationError(f"no report {name!r}; there is {', '.join(near)}")
    return parse_report(files[name])


def _files(user_folder: Path | None) -> dict[str, Path]:
    files = {path.stem: path for path in FOLDER.glob("*.sql")}
    if user_folder:
        if not user_folder.is_dir():
            raise ConfigurationError(f"NEWSMON_REPORTS: {user_folder} is not a folder; correct it or unset it")
        files |= {path.stem: path for path in user_folder.glob("*.sql")}
    for name in RESERVED:
        if name in files:
            raise ConfigurationError(f"{files[name]}: `newsmon report {name}` is taken; give the file another name")
    return files


_HEADER_RE = re.compile(r"--\s*(title|question|parameters|column\s+\w+)\s*:\s*(.*)")
_BIND_RE = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")
"""What SQLAlchemy takes for a parameter."""
_TEXT_RE = re.compile(r"'[^']*'|\"[^\"]*\"|--.*")


def parse_report(path: Path) -> Report:
    """A report from its file: comment lines `-- title:`, `-- question:`, `-- parameters:`, `-- column NAME:`, then SQL.

    Raises: ConfigurationError, with file and line.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise ConfigurationError(f"{path}: cannot be read as UTF-8 text ({e}); save it as UTF-8") from None
    said: dict[str, str] = {}
    headings: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines, start=1):
        if not (match := _HEADER_RE.match(line)):
            continue
        key, value = match[1], match[2].strip()
        if key.startswith("column"):
            headings[key.split()[1]] = _two(value, path, number)
        else:
            said[key] = value
    for key in ("title", "question", "parameters"):
        if key not in said:
            raise ConfigurationError(f"{path}:1: the header has no `-- {key}:` line; add one")
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
    if ";" in _TEXT_RE.sub("", sql):
        raise ConfigurationError(f"{path}: keep one statement, a SELECT; put the other into a file of its own")
    return Report(
        name=path.stem,
        title=_two(said["title"], path, 1),
        question=_two(said["question"], path, 1),
        parameters=_parameters(said["parameters"].replace("topic?", "topic"), sql, path),
        headings=headings,
        sql=sql,
        any_topic="topic?" in said["parameters"],
    )


def _parameters(said: str, sql: str, path: Path) -> tuple[str, ...]:
    """The header's, each known and used, and none used that it does not name."""
    names = tuple(word.strip() for word in said.split(",") if word.strip())
    used = set(_BIND_RE.findall(sql))
    for name in names:
        if name not in PARAMETERS:
            raise ConfigurationError(f"{path}: unknown parameter {name!r}; there is {', '.join(PARAMETERS)}")
        if name not in used:
            raise ConfigurationError(f"{path}: the SQL has no :{name}; use it, or take it out of `-- parameters:`")
    if unnamed := sorted(used.difference(names)):
        raise ConfigurationError(f"{path}: `-- parameters:` does not name {unnamed[0]!r}; add it")
    return names


def _two(value: str, path: Path, number: int) -> tuple[str, str]:
    french, bar, english = value.partition("|")
    if not french.strip():
        raise ConfigurationError(f"{path}:{number}: nothing after the colon; write `français | English`")
    return french.strip(), (english if bar else french).strip()
