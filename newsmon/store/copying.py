"""From one database into another, of either engine: every row, counted and compared.

All of it is one transaction: killed half-way, the target is as empty as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, select, text

from newsmon.errors import DatabaseError
from newsmon.store import schema
from newsmon.store.engine import parse_url, shown, write
from newsmon.store.models import Base

AT_ONCE = 500
TABLES: tuple[Table, ...] = tuple(Base.metadata.sorted_tables)
"""Those that others point to stand first."""

Watch = Callable[[str, int], None]
"""Told the table and how many of its rows are written."""


def copy(source: str, target: str, *, watch: Watch = lambda table, done: None) -> dict[str, int]:
    """Copy the database at the first address into the empty one at the second; rows by table.

    Raises: DatabaseError, also when the target holds anything, or when what was written is not what was read.
    """
    reader = schema.open_reader(source)
    try:
        writer = schema.open_ready(target)
        try:
            with _snapshot(reader) as old, write(writer) as new:
                _refuse_full(new, target)
                counts = {table.name: _copy_table(old, new, table, watch) for table in TABLES}
                _set_counters(new)
                return counts
        finally:
            writer.dispose()
    finally:
        reader.dispose()


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """One state of the source, whatever is written there meanwhile."""
    with engine.connect() as conn:
        if conn.dialect.name == "postgresql":
            conn = conn.execution_options(isolation_level="REPEATABLE READ")
        with conn.begin():
            yield conn


def _refuse_full(conn: Connection, target: str) -> None:
    for table in TABLES:
        if conn.execute(select(table).limit(1)).first() is not None:
            raise DatabaseError(
                f"{shown(parse_url(target))}: not empty (there are rows in {table.name}); name a new one"
            )


def _copy_table(old: Connection, new: Connection, table: Table, watch: Watch) -> int:
    new.execute(delete(table))  # what triggers put there while other tables were written
    read = Tally()
    for batch in _batches(old, table):
        new.execute(insert(table), [dict(row._mapping) for row in batch])
        read.add(batch)
        watch(table.name, read.n)
    written = Tally()
    for batch in _batches(new, table):
        written.add(batch)
    if (read.n, read.sum) != (written.n, written.sum):
        raise DatabaseError(
            f"{table.name}: {read.n} rows were read and {written.n} written, and they are not the same; "
            "nothing was kept, copy again"
        )
    return read.n


def _batches(conn: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    with conn.execute(query.execution_options(yield_per=AT_ONCE)) as result:
        yield from (list(rows) for rows in result.partitions())


class Tally:
    """How many rows, and a sum of what each holds that their order does not change."""

    def __init__(self) -> None:
        self.n = self.sum = 0

    def add(self, rows: Iterable[Row[Any]]) -> None:
        for row in rows:
            said = "\x1f".join(map(_plain, row)).encode("utf-8", "surrogatepass")
            self.n += 1
            self.sum = (self.sum + int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")) % 2**64


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return repr(sorted(value.items()))
    return repr(value)


def _set_counters(conn: Connection) -> None:
    """PostgreSQL gives the next key by a counter of its own, which rows with keys do not move."""
    if conn.dialect.name != "postgresql":
        return
    for table in TABLES:
        key = table.autoincrement_column
        if key is not None:
            last = conn.scalar(select(func.max(key))) or 0
            counter = {"table": table.name, "column": key.name, "next": last + 1}
            conn.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)"), counter)
