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


TOLD_BY_THE_RUN = ("scrapy.core.downloader.handlers.http11",)
"""Loggers that warn of bodies that were cut or too large: each has its outcome and its reason."""


class OneLine(logging.Formatter):
    """A formatter that keeps a message on its line; only a traceback, which is ours, has more."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = visible(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:
        return "\n".join(map(visible, super().formatException(ei).splitlines()))  # type: ignore[arg-type]


def tame(handlers: list[logging.Handler], *, form: str, dates: str) -> None:
    """Let `handlers` write so, and only what the run's own lines do not say."""
    # What no handler will show is not made: Scrapy has some lines for every request.
    logging.root.setLevel(min((handler.level for handler in handlers), default=logging.WARNING))
    for name in TOLD_BY_THE_RUN:
        logging.getLogger(name).setLevel(logging.ERROR)
    for handler in handlers:
        handler.setFormatter(OneLine(form, dates))
