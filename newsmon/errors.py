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


class RunActiveError(NewsmonError):
    """Another run holds the lock."""

    exit_code = 4


class ListingError(NewsmonError):
    """A listing that cannot be read at all. `reason` is one of newsmon.items.REASONS."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class PageError(NewsmonError):
    """A page that cannot be made into an article. `reason` is one of newsmon.items.REASONS."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
