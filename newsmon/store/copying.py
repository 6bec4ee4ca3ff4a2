"""From one database into another, of either engine: every row, counted and compared.

All of it is one transaction: killed half-way, the target is as empty as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, exc, func, insert, select, text

from newsmon.errors import ConfigurationError, DatabaseError
from newsmon.store import schema
from newsmon.store.engine import explained, is_sqlite, parse_url, shown, snapshot, sqlite_file, write
from newsmon.store.models import Base

AT_ONCE = 500
TABLES: tuple[Table, ...] = tuple(Base.metadata.sorted_tables)
"""Those that others point to stand first."""

Watch = Callable[[str, int], None]
"""Told the table and how many of its rows are written."""


def copy(source: str, target: str, *, watch: Watch = lambda table, done: None) -> dict[str, int]:
    """Copy the database at the first address into the empty one at the second; rows by table.

    Raises: DatabaseError, also when the target holds anything, or when what was written is not what was read;
    ConfigurationError when both are one.
    """
    _refuse_same(source, target)
    reader = schema.open_reader(source)
    try:
        writer = schema.open_ready(target)
        try:
            with snapshot(reader) as old, write(writer) as new:
                _refuse_full(new, target)
                counts = {table.name: _copy_table(old, new, table, watch) for table in TABLES}
                _set_counters(new)
                return counts
        finally:
            writer.dispose()
    finally:
        reader.dispose()


def _refuse_same(source: str, target: str) -> None:
    old, new = parse_url(source, "FROM"), parse_url(target, "TO")
    if old == new or (is_sqlite(old) and is_sqlite(new) and sqlite_file(old).resolve() == sqlite_file(new).resolve()):
        raise ConfigurationError(f"{shown(new)}: FROM and TO are one database; name a new one")


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
    try:
        with conn.execute(query.execution_options(yield_per=AT_ONCE)) as result:
            yield from (list(rows) for rows in result.partitions())
    except exc.DBAPIError as e:
        raise explained(e, conn.engine.url) from None  # of two databases, this one


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
