"""TOML files of topics and names, read with the line of everything that is wrong in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsmon.topics.problems import ExpressionError, Problem, TopicError, nearest

KIND_WORDS: dict[type, str] = {
    str: "a text between quotes", list: "a list between [ ]", dict: "a table between { }", float: "a number",
    bool: "true or false",
}  # fmt: skip


class Table:
    """One TOML file while it is read. Problems are gathered, so that its author sees them all at once."""

    def __init__(self, path: Path) -> None:
        """Raises: TopicError for a file that cannot be read, or is not TOML."""
        self.path = path
        self.problems: list[Problem] = []
        try:
            self.text = path.read_text(encoding="utf-8")
        except OSError as e:
            raise TopicError([Problem(str(path), 1, f"cannot be read: {e.strerror}")]) from None
        except UnicodeDecodeError as e:
            line = path.read_bytes()[: e.start].count(b"\n") + 1
            raise TopicError([Problem(str(path), line, "is not UTF-8: save the file as UTF-8")]) from None
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as e:
            raise TopicError([self._syntax_problem(str(e))]) from None

    def _syntax_problem(self, message: str) -> Problem:
        found = re.search(r" \(at line (\d+), column (\d+)\)", message)
        line = int(found[1]) if found else self.text.count("\n") + 1
        what = message.replace(found[0], f" at column {found[2]}") if found else message.partition(" (at ")[0]
        if any(word in what for word in ("Illegal character", "Unescaped", "Unclosed", "Unterminated")):
            what += "; is a quote or a bracket not closed?"
        return Problem(str(self.path), line, f"is not TOML: {what.strip()}")

    def line_of(self, key: str, value: str = "", *, section: str = "") -> int:
        """The line where `key` is set, or the first one from there on that holds `value`; that of [section] else."""
        text, at, start, stop = self.text, 0, 0, len(self.text)
        if section and (header := re.search(rf"^[ \t]*\[\"?{re.escape(section)}\"?\]", text, re.MULTILINE)):
            at, start = header.start(), header.end()
            following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, start)
            stop = following.start() if following else stop
        name = rf"[\"']?{re.escape(key)}[\"']?"
        setting = re.compile(rf"(?:^[ \t]*|[{{,]\s*){name}\s*=|^[ \t]*\[+{name}\]", re.MULTILINE)
        if key and (found := setting.search(text, start, stop)):
            at = text.index(key, found.start())
            inside = text.find(value, at, stop) if value else -1
            at = max(at, inside)
        return text.count("\n", 0, at) + 1

    def report(self, message: str, key: str = "", value: str = "", *, section: str = "") -> None:
        line = self.line_of(key, value, section=section) if key or section else 1
        problem = Problem(str(self.path), line, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def check_keys(self, table: Mapping[str, Any], allowed: Iterable[str], *, section: str = "", of: str = "") -> None:
        """Report every key that is not among `allowed`."""
        for key in table:
            if key not in allowed:
                where = f" of {of}" if of else ""
                self.report(f"unknown key {key!r}{where}{nearest(key, allowed)}", key, section=section)

    def take(self, table: Mapping[str, Any], key: str, kind: type, default: Any, *, section: str = "") -> Any:
        """The value of a key when it is of `kind` (float takes whole numbers too), else `default` and a problem."""
        value = table.get(key, default)
        right = isinstance(value, kind) or (kind is float and isinstance(value, int))
        if not right or (kind is not bool and isinstance(value, bool)):
            self.report(f"{key} must be {KIND_WORDS[kind]}", key, section=section)
            return default
        return value

    def take_texts(self, table: Mapping[str, Any], key: str, *, section: str = "") -> list[str]:
        """A list of texts; what is not a text is reported and left out."""
        values = self.take(table, key, list, [], section=section)
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < len(values):
            self.report(f"{key} must be a list of texts between quotes", key, section=section)
        return texts

    def failed(self, error: ExpressionError, key: str, value: str, *, section: str = "") -> None:
        """Report an expression that could not be read."""
        column = f" (at character {error.column})" if error.column > 1 else ""
        self.report(f"{key}: {error}{column}", key, value, section=section)

    def finish(self) -> None:
        """Raises: TopicError when anything was reported."""
        if self.problems:
            raise TopicError(sorted(self.problems, key=lambda problem: problem.line))


def toml_files(folder: Path) -> list[Path]:
    """The TOML files of a folder, by name; hidden ones and editors' copies left out."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith((".", "#", "~")))
