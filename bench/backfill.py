"""A backfill from WARC: records a second where nothing is wanted, articles per core-second where everything is.

20,000 generated records, a gzip member each, of other sites: newsmon's reading with its filter of hosts against
fastwarc that only counts. Then 4,000 articles of declared outlets through the whole import, against the cleaner alone.
Run: .venv/bin/python -m bench.backfill [RECORDS]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench._outlets import Newsroom
from bench._rows import add_row
from bench._spending import spend
from bench.crawl import clean_pages, newsmon_command, newsmon_environment

ARTICLES = 4_000
ROUNDS = 5


def write_warc(path: Path, records: Iterator[tuple[str, bytes]]) -> Path:
    """A request and a response a page, as CC-NEWS has them."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, (url, body) in enumerate(records):
            date = {"WARC-Date": f"2026-03-02T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"}
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", url.split("/")[2])], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=date))
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
            answered = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=_stream(body), http_headers=answered, warc_headers_dict=date
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path


def _stream(body: bytes) -> object:
    from io import BytesIO

    return BytesIO(body)


def strangers(count: int) -> Iterator[tuple[str, bytes]]:
    """Pages of sites that nobody declared; a few hundred bodies, each with a beginning of its own."""
    newsroom, chance = Newsroom(), random.Random(7)
    bodies = [newsroom.story("http://ailleurs.example", number).html for number in range(200)]
    for number in range(count):
        url = f"https://www.journal-{chance.randrange(4_000)}.example/2026/03/{number}/un-titre-de-page"
        yield url, b"<!-- %d -->" % number + bodies[number % len(bodies)]


def count_with_fastwarc(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False))


def count_with_newsmon(path: Path) -> int:
    from newsmon.backfill import Sieve
    from newsmon.net.captures import Place, read_captures

    place = Place()
    assert not any(read_captures(path, place, Sieve().is_wanted))
    return place.records


def measure_reading(folder: Path, count: int) -> None:
    path = write_warc(folder / "strangers.warc.gz", strangers(count))
    print(f"{count:,} records, {path.stat().st_size / 2**20:.0f} MiB compressed, none wanted", flush=True)
    best = {count_with_fastwarc: float("inf"), count_with_newsmon: float("inf")}
    for _ in range(ROUNDS):
        for reader in best:
            began = time.process_time()
            assert reader(path) == count
            best[reader] = min(best[reader], time.process_time() - began)
    theirs, ours = (count / seconds for seconds in best.values())
    print(f"fastwarc alone {theirs:9,.0f} records/s\nnewsmon        {ours:9,.0f} records/s", flush=True)
    add_row(f"backfill, {count:,} records, none wanted", ours, "records per core-second", peer="fastwarc, counting",
            theirs=theirs, floor=0.8)  # fmt: skip
    add_row("backfill, bytes read", path.stat().st_size / 2**20 * ours / count, "MiB per core-second, compressed")


def measure_articles(folder: Path) -> None:
    newsroom = Newsroom()
    origins = [f"http://127.0.0.{n}:8000" for n in range(1, 21)]
    stories = [newsroom.story(origins[n % 20], n) for n in range(ARTICLES)]
    pages = folder / "pages"
    pages.mkdir()
    for n, story in enumerate(stories):
        (pages / f"{n}.html").write_bytes(story.html)
    path = write_warc(folder / "wanted.warc.gz", ((origins[n % 20] + s.path, s.html) for n, s in enumerate(stories)))
    paths = sorted(map(str, pages.glob("*.html")))
    clean_pages(paths[:20])
    before = clean_pages(paths)
    environment = newsmon_environment(folder / "desk", 8000)
    spend(newsmon_command("db", "upgrade"), environment)
    spent = spend(newsmon_command("import", "--only-declared", str(path)), environment)
    alone = ARTICLES / min(before, clean_pages(paths))
    rate = ARTICLES / spent.cpu_s
    print(spent.out.strip())
    cost = f"{rate:.1f} per core-second, {spent.wall_s:.1f} s, {spent.peak_mib:.0f} MiB"
    print(f"{ARTICLES:,} articles: {cost}; the cleaner alone {alone:.1f}", flush=True)
    add_row(f"backfill, {ARTICLES:,} articles, all wanted", rate, "articles per core-second", peer="the cleaner alone",
            theirs=alone, floor=0.8)  # fmt: skip
    size = os.path.getsize(folder / "desk" / "newsmon.db")
    print(f"the database: {size / ARTICLES / 1000:.1f} KB an article", flush=True)
    add_row("the database", size / ARTICLES / 1000, "KB an article")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory(prefix="newsmon-bench-") as folder:
        measure_reading(Path(folder), count)
        measure_articles(Path(folder))


if __name__ == "__main__":
    main()
