"""newsmon watches francophone Canadian news sites."""

__version__ = "0.1.0"
