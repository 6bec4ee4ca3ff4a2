"""The errors of newsmon: each says what, where and what to do on one line, and knows its exit code."""

from __future__ import annotations


class NewsmonError(Exception):
    """What a user can read and act on. `exit_code` is the process's when nothing catches it."""

    exit_code = 1


class ConfigurationError(NewsmonError):
    """A declaration, a topic, a setting or a command line that cannot be used."""

    exit_code = 2


class DatabaseError(NewsmonError):
    """The database cannot be opened, read or written, or its schema is not this program's."""

    exit_code = 3


class NoDatabaseError(DatabaseError):
    """There is no database yet, or one without tables: nothing was stored."""


class RunActiveError(NewsmonError):
    """Another run holds the lock."""

    exit_code = 4


class ReasonedError(NewsmonError):
    """Something of a site's that cannot be used. `reason` is one of newsmon.items.REASONS."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type[ReasonedError], tuple[str, str]]:
        # It comes out of a worker process: an exception is rebuilt from its message alone unless it says otherwise.
        return type(self), (self.reason, str(self))


class ListingError(ReasonedError):
    """A listing that cannot be read at all."""


class PageError(ReasonedError):
    """A page that cannot be made into an article."""
