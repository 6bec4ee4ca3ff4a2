"""What is logged: an event is one line, and nothing that a stranger wrote steers the terminal that shows it."""

from __future__ import annotations

import logging
import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""`text` with its controls, directions and line ends spelled out: `\x1b`, `\u202e`, `\n`."""
    return "".join(
        c.encode("unicode_escape").decode("ascii") if unicodedata.category(c) in _STEERING else c for c in text
    )


class OneLine(logging.Formatter):
    """A formatter that keeps a message on its line; only a traceback, which is ours, has more."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = visible(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:
        return "\n".join(map(visible, super().formatException(ei).splitlines()))  # type: ignore[arg-type]


def tame(handlers: list[logging.Handler], *, form: str, dates: str) -> None:
    """Let `handlers` write so."""
    for handler in handlers:
        handler.setFormatter(OneLine(form, dates))
