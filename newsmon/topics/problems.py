"""What is wrong in a topic or in a table of names: where it stands, what to do, the nearest right word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from newsmon.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    """Path as given, or what was read: "expression"."""
    line: int
    """From 1."""
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class TopicError(ConfigurationError):
    """Topics or names that cannot be used. `problems` has each; the message is the first of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = len(problems) - 1
        where = dict.fromkeys(problem.file for problem in problems)
        rest = f" (and {more} more: newsmon topics check {' '.join(where)})" if more else ""
        super().__init__(f"{problems[0]}{rest}")
        self.problems = tuple(problems)


class ExpressionError(ConfigurationError):
    """A term or an expression that cannot be read. `column` counts from 1 in the expression."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


def nearest(word: str, right: Iterable[str]) -> str:
    """`; did you mean X?` for the right word nearest to `word`, or "" when none is near."""
    found = get_close_matches(word, list(right), n=1, cutoff=0.6)
    return f"; did you mean {found[0]}?" if found else ""
