"""How far each WARC file has come in: an import that was killed goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from newsmon.outlets import Declaration
from newsmon.store.engine import insert
from newsmon.store.models import ImportedFile

HEAD = 2**20


@dataclass(frozen=True, slots=True)
class Progress:
    offset_bytes: int
    records: int
    is_finished: bool


def file_key(file: Path, declarations: Iterable[Declaration]) -> str:
    """Of the file's size and beginning, wherever it lies, and of the outlets that are looked for in it.

    Another outlet is declared: the file is read again.
    """
    sought = hashlib.sha256()
    for declaration in sorted(declarations, key=lambda d: d.slug):
        domains = ",".join((*declaration.allowed_domains, declaration.outlet.domain))
        sought.update(f"{declaration.slug} {domains} {declaration.article_re}\n".encode())
    with file.open("rb") as f:
        sought.update(f"{file.stat().st_size}\n".encode() + f.read(HEAD))
    return sought.hexdigest()


def find_progress(conn: Connection, key: str) -> Progress | None:
    row = conn.execute(select(ImportedFile).where(ImportedFile.file_key == key)).first()
    return Progress(row.offset_bytes, row.records, row.finished_at is not None) if row else None


def keep_progress(
    conn: Connection, key: str, file: Path, *, offset: int, records: int, run_id: int, now: datetime, finished: bool
) -> None:
    values = {
        "name": file.name, "size_bytes": file.stat().st_size, "offset_bytes": offset, "records": records,
        "run_id": run_id, "updated_at": now, "finished_at": now if finished else None,
    }  # fmt: skip
    statement = insert(conn, ImportedFile).values(file_key=key, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["file_key"], set_=values))
