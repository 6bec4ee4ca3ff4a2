"""How far a long command is, on a terminal; under cron it is quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def counted(words: str) -> Iterator[Callable[[int], None]]:
    """Gives what is to be told each new number: `words` with it in the place of {}, e.g. "{} of 12 outlets"."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console

    with Console(stderr=True).status(words.format(0)) as status:
        yield lambda done: status.update(words.format(done))
