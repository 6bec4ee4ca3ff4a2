"""Reads the pages of a manifest with one tool, in that tool's own environment: `_reader.py TOOL MANIFEST`.

The manifest has a line {"id", "file", "url"} a page. Out: a line a page as the scorer wants it, then a line
{"ms", "loaded", "peak"}: milliseconds a page (the best of three rounds over all pages), resident MiB of the process
once the tool is imported and the pages are at hand, and at its highest.
Nothing of newsmon is imported but by newsmon's own reader: the others have nothing but themselves.
"""

from __future__ import annotations

import importlib
import json
import logging
import resource
import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROUNDS = 3
Record = dict[str, Any]
Reader = Callable[[bytes, str], Record]


def newsmon() -> Reader:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    extracted = importlib.import_module("newsmon.extraction").extracted
    # The outlets, and Scrapy with them, would else be loaded by the first page.
    importlib.import_module("newsmon.registry").all_declarations()
    return lambda body, url: extracted(body, url=url, outlet=None, fetched_at=datetime.now(UTC))


def trafilatura() -> Reader:
    module = importlib.import_module("trafilatura")

    def read(body: bytes, url: str) -> Record:
        found = module.bare_extraction(body.decode("utf-8", "replace"), url=url, with_metadata=True)
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"headline": found.title, "body": found.text, "authors": authors, "published_at": found.date}

    return read


def readability() -> Reader:
    module, html = importlib.import_module("readability"), importlib.import_module("lxml.html")

    def read(body: bytes, url: str) -> Record:
        document = module.Document(body.decode("utf-8", "replace"), url=url)
        text = html.fromstring(document.summary() or "<p/>").text_content()
        return {"headline": document.short_title(), "body": text}

    return read


def newspaper4k() -> Reader:
    module = importlib.import_module("newspaper")

    def read(body: bytes, url: str) -> Record:
        article = module.article(url, input_html=body.decode("utf-8", "replace"), language="fr")
        day = article.publish_date.isoformat() if article.publish_date else None
        return {"headline": article.title, "body": article.text, "authors": list(article.authors), "published_at": day}

    return read


def goose3() -> Reader:
    goose = importlib.import_module("goose3").Goose()

    def read(body: bytes, url: str) -> Record:
        article = goose.extract(raw_html=body.decode("utf-8", "replace"))
        day = article.publish_datetime_utc.isoformat() if article.publish_datetime_utc else None
        return {
            "headline": article.title,
            "body": article.cleaned_text,
            "authors": article.authors,
            "published_at": day,
        }

    return read


def resiliparse() -> Reader:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda body, url: {"body": extract(body.decode("utf-8", "replace"), main_content=True)}


def newsplease() -> Reader:
    please = importlib.import_module("newsplease").NewsPlease

    def read(body: bytes, url: str) -> Record:
        article = please.from_html(body.decode("utf-8", "replace"), url=url)
        day = str(article.date_publish) if article.date_publish else None
        authors = list(article.authors or [])
        return {"headline": article.title, "body": article.maintext, "authors": authors, "published_at": day}

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "newsmon": newsmon, "trafilatura": trafilatura, "readability-lxml": readability, "newspaper4k": newspaper4k,
    "goose3": goose3, "resiliparse": resiliparse, "news-please": newsplease,
}  # fmt: skip


def main(tool: str, manifest: str) -> None:
    logging.disable(logging.CRITICAL)
    _cut_off()
    rows = [json.loads(line) for line in Path(manifest).read_text("utf-8").splitlines()]
    pages = [(row, Path(row["file"]).read_bytes()) for row in rows]
    read, best, records = READERS[tool](), float("inf"), []
    loaded = _peak_mib()
    for _ in range(ROUNDS):
        began = time.process_time()
        records = [{"id": row["id"], **_read(read, body, row["url"])} for row, body in pages]
        best = min(best, time.process_time() - began)
    for record in records:
        print(json.dumps(record, ensure_ascii=False, default=str))
    print(json.dumps({"ms": best * 1000 / len(pages), "loaded": loaded, "peak": _peak_mib()}))


def _peak_mib() -> float:
    """The most that this program held. getrusage's figure begins with that of the process which started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _cut_off() -> None:
    """Some tools ask the network for pictures and lists: nothing leaves this machine for a measurement."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("no network in a bench")

    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = refuse


def _read(read: Reader, body: bytes, url: str) -> Record:
    try:
        return read(body, url)
    except Exception as e:  # a tool that fails on a page is scored as silent on it
        return {"error": f"{type(e).__name__}: {e}"}


if __name__ == "__main__":
    main(*sys.argv[1:])
