"""Signs of life: what a process at work holds in the database, and the server takes away however the process ends.

PostgreSQL's advisory locks, held by a connection of their own. SQLite has none and needs none: one machine, and a lock
on a file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Connection, Engine, text

SIGNS = {"run": 0x6E657773, "holder": 0x6E657775}
"""The first key of the lock, by what is alive; the second tells which."""


@contextmanager
def signs_of_life(engine: Engine, *, run_id: int | None, holder: str) -> Iterator[None]:
    """Lets others see that the run, if it is this process's own, and the holder of leases are at work."""
    if engine.dialect.name == "sqlite":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        for sign, which in (("run", run_id), ("holder", holder)):
            if which is not None:
                # Shared: a process may be holder for several of its parts.
                conn.execute(text("SELECT pg_advisory_lock_shared(:sign, :which)"), _keys(sign, which))
        yield
        # The pool keeps the connection: without this the signs would outlive the run.
        conn.invalidate()


def is_alive(conn: Connection, sign: Literal["run", "holder"], which: int | str) -> bool:
    """Whether the run, or the holder, that has not said its end is still at work.

    On SQLite the caller has the lock of the file, so that nobody else is.
    """
    if conn.dialect.name == "sqlite":
        return False
    return not conn.scalar(text("SELECT pg_try_advisory_xact_lock(:sign, :which)"), _keys(sign, which))


def _keys(sign: str, which: int | str) -> dict[str, int]:
    # The server's keys are signed and of 32 bits. Two holders with one key: the dead one is then waited for until its
    # lease runs out, as it is when a whole machine dies.
    number = which if isinstance(which, int) else zlib.crc32(which.encode()) - 2**31
    return {"sign": SIGNS[sign], "which": number}
