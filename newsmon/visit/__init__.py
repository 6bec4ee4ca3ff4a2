"""One outlet in one run: its listings, its pages, and the account that is kept of both."""

from newsmon.visit.outlet import StoredRobots, Visit

__all__ = ["StoredRobots", "Visit"]
