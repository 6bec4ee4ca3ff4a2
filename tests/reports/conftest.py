from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.store.conftest import Store


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)
