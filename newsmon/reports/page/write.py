"""Pages onto the disk: one file, or a folder with the page of all topics and one for each."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from newsmon.errors import ConfigurationError
from newsmon.reports.named import Language
from newsmon.reports.page.build import topic_page
from newsmon.reports.page.gather import Asked, Reader
from newsmon.reports.page.index import index_page
from newsmon.reports.page.render import render
from newsmon.store.engine import snapshot

INDEX = "index.html"


def one_page(engine: Engine, asked: Asked, language: Language, *, now: datetime) -> str:
    """The page of the topic, or of all topics, as HTML. Raises: ConfigurationError, DatabaseError."""
    with snapshot(engine) as conn:
        if asked.topic is None:
            return render("index", index_page(conn, asked, language, now=now))
        return render("topic", topic_page(conn, asked, language, now=now))


def write_folder(
    engine: Engine,
    asked: Asked,
    language: Language,
    folder: Path,
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, all_: None,
) -> list[Path]:
    """index.html and a page for each topic that has articles in the period; returns what was written.

    Raises: ConfigurationError when the folder cannot be written, DatabaseError.
    """
    written = []
    with snapshot(engine) as conn:
        answer = Reader(conn, asked).answer("topics")
        topic, n = answer.columns.index("topic"), answer.columns.index("n")
        hrefs = {row[topic]: file_name(row[topic]) for row in answer.rows if row[n]}
        for i, (slug, name) in enumerate(hrefs.items()):
            progress(i, len(hrefs) + 1)
            page = topic_page(conn, replace(asked, topic=slug), language, now=now, index_href=INDEX)
            written.append(write_page(folder / name, render("topic", page)))
        progress(len(hrefs), len(hrefs) + 1)
        index = index_page(conn, asked, language, now=now, hrefs=hrefs)
    written.append(write_page(folder / INDEX, render("index", index)))
    return written


def file_name(slug: str) -> str:
    """A topic's file; a slug is a name in lower case, but a database may hold anything."""
    name = re.sub(r"[^a-z0-9-]", "_", slug.lower())[:100]
    return f"sujet-{name}.html"


def write_page(path: Path, html: str) -> Path:
    """The whole file or none of it. Raises: ConfigurationError when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(html)
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError as e:
        raise ConfigurationError(f"{path}: cannot be written ({e.strerror}); name another file with -o") from None
    return path
