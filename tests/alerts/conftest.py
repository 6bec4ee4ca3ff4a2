from __future__ import annotations

from tests.reports.conftest import newsmon, newsmon_on
from tests.store.conftest import store

__all__ = ["newsmon", "newsmon_on", "store"]
