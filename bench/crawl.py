"""The whole crawl: articles stored per second, from outlets on loopback, with no pause between requests.

2,000 distinct pages of some 50 KB at 20 outlets; newsmon into SQLite, with newsmon's cleaner alone, a process per core,
before and after: what the machine can do. Bare Scrapy that keeps nothing as the ceiling; what a run without work takes;
news-please and trafilatura over the same addresses (bench/_peers.py says how they are set). Then the memory of a
frontier of 50,000 addresses. Run: .venv/bin/python -m bench.crawl [PAGES]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from bench._outlets import declarations, free_port, served, write_outlets
from bench._peers import CORES, CRAWLS, compile_modules, crawl_with_scrapy, named
from bench._rows import add_row
from bench._spending import Spent, spend

OUTLETS = 20
FRONTIER = 50_000
FLOORS = {"news-please": 3.0}


def newsmon_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "newsmon", *arguments]


def newsmon_environment(folder: Path, port: int, *, outlets: int = OUTLETS) -> dict[str, str]:
    """A desk with the bench's outlets and an empty database."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "outlets.toml").write_text(declarations(outlets, port), "utf-8")
    # Compiled modules are kept on a user's machine; a development machine may say otherwise.
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMON_") and k != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "NEWSMON_DATABASE_URL": f"sqlite:///{folder / 'newsmon.db'}",
        "NEWSMON_OUTLETS": str(folder / "outlets.toml"),
        "NEWSMON_ALLOW_NETWORKS": "127.0.0.0/8",
    }


def slugs(outlets: int = OUTLETS) -> list[str]:
    return [f"courrier_{n}" for n in range(1, outlets + 1)]


def crawl_with_newsmon(folder: Path, port: int) -> Spent:
    command = newsmon_command("crawl", "-s", "DOWNLOAD_DELAY=0", *slugs())
    return spend(command, newsmon_environment(folder, port))


def clean_pages(paths: list[str]) -> float:
    """Processor seconds that the cleaner takes for them in this process: text, metadata, date, signatures."""
    from newsmon.items import Page
    from newsmon.page.reading import read_whole

    bodies = [Path(path).read_bytes() for path in paths]
    began = time.process_time()
    for number, body in enumerate(bodies):
        url = f"http://127.0.0.1/actualites/2026/03/{number}"
        read_whole(Page(outlet="", url=url, final_url=url, body=body, fetched_at=datetime.now(UTC)), None)
    return time.process_time() - began


def cleaner_alone(paths: list[str]) -> tuple[float, float]:
    """Pages a second with a process per core, and pages per core-second."""
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(clean_pages, [paths[:20]] * CORES))  # the imports are not of the cleaner's cost
        began = time.perf_counter()
        cpu = sum(pool.map(clean_pages, [paths[n::CORES] for n in range(CORES)]))
        rates = len(paths) / (time.perf_counter() - began), len(paths) / cpu
    say("cleaner alone", f"{rates[0]:7.1f} pages/s, {rates[1]:.1f} per core-second")
    return rates


def measure_crawls(folder: Path, pages: int) -> None:
    """Each stage prints its line and adds its rows as it ends: what comes later cannot take them away."""
    port = free_port()
    urls = write_outlets(folder / "outlets", outlets=OUTLETS, stories=pages, port=port)
    paths = sorted(str(path) for path in (folder / "outlets").glob("*/*.html"))
    size = sum(os.path.getsize(path) for path in paths) / len(paths) / 1000
    what = f"crawl, {pages:,} pages of {size:.0f} KB"
    print(f"{what} at {OUTLETS} outlets, {CORES} cores", flush=True)
    compile_modules([])
    with served(folder / "outlets", port):
        before = cleaner_alone(paths)
        ours = crawl_with_newsmon(folder / "newsmon", port)
        stored = stored_articles(folder / "newsmon")
        say("newsmon", f"{line(pages, ours)}; {ours.out.strip()}")
        assert stored == pages, f"{stored} of {pages} pages are stored"
        alone = [max(pair) for pair in zip(before, cleaner_alone(paths), strict=True)]
        rate = pages / ours.wall_s
        add_row(what, rate, "articles/s", peer=f"the cleaner alone on {CORES} cores", theirs=alone[0], floor=0.7)
        add_row(f"{what}, all processes", pages / ours.cpu_s, "articles per core-second", peer="the cleaner alone",
                theirs=alone[1])  # fmt: skip
        add_row(f"{what}, memory with workers", ours.peak_mib, "MiB", at_most=400)
        ceiling = crawl_with_scrapy(folder, urls)
        say("bare Scrapy", line(pages, ceiling))
        add_row(what, rate, "articles/s", peer="bare Scrapy, nothing kept", theirs=pages / ceiling.wall_s)
        measure_idle(folder / "newsmon", port)
        for tool in CRAWLS:
            measure_peer(tool, what, ours, folder / tool, urls)
    measure_frontier(folder, port)


def measure_peer(tool: str, what: str, ours: Spent, folder: Path, urls: list[str]) -> None:
    """A peer that keeps less than all pages has no row: its rate would be of other work."""
    try:
        compile_modules([tool])
        kept = CRAWLS[tool](folder, urls)
    except (subprocess.CalledProcessError, OSError) as e:
        say(tool, f"not measured: {(getattr(e, 'stderr', '') or str(e)).strip()[-300:]}")
        return
    each = f"{kept.rate:7.1f} articles/s, {kept.articles / kept.spent.cpu_s:.1f} per core-second, {kept.seconds:.1f} s"
    say(tool, f"{each}, {kept.spent.peak_mib:.0f} MiB; {kept.articles} of {len(urls)} kept")
    if kept.articles < 0.98 * len(urls):
        say(tool, "no row: it kept too few of the pages")
        return
    add_row(what, len(urls) / ours.wall_s, "articles/s", peer=named(tool), theirs=kept.rate, floor=FLOORS.get(tool))
    add_row(f"{what}, memory", ours.peak_mib, "MiB", peer=named(tool), theirs=kept.spent.peak_mib,
            more_is_better=False)  # fmt: skip


def measure_idle(folder: Path, port: int) -> None:
    idle, shown = idle_run(folder, port), help_time()
    say("nothing to do", f"{idle:.2f} s; newsmon --help {shown:.2f} s")
    add_row("crawl with nothing to do", idle, "s", at_most=2)
    add_row("newsmon --help", shown, "s", at_most=0.3)


def measure_frontier(folder: Path, port: int) -> None:
    """Memory with few and with FRONTIER addresses to fetch, after so many seconds; nobody answers at any of them."""
    few, many = (frontier_peak(folder / f"frontier-{count}", port, count) for count in (FRONTIER // 50, FRONTIER))
    say("frontier", f"{few:.0f} MiB with {FRONTIER // 50:,} addresses, {many:.0f} MiB with {FRONTIER:,}")
    add_row(f"memory with {FRONTIER:,} addresses to fetch", many, "MiB", peer=f"with {FRONTIER // 50:,}", theirs=few,
            more_is_better=False, floor=0.9)  # fmt: skip


def say(who: str, text: str) -> None:
    print(f"{who:18} {text}", flush=True)


def frontier_peak(folder: Path, port: int, count: int) -> float:
    """The addresses are of a port where nobody listens: each request fails at once."""
    from newsmon.items import Link
    from newsmon.outlets_toml import load_outlets
    from newsmon.store import frontier, links
    from newsmon.store.engine import write
    from newsmon.store.schema import open_ready

    environment = newsmon_environment(folder, port)
    engine = open_ready(environment["NEWSMON_DATABASE_URL"])
    with write(engine) as conn:
        for declaration in load_outlets(folder / "outlets.toml"):
            outlet_id, home = frontier.sync_outlet(conn, declaration), declaration.outlet.home
            found = [Link(url=f"{home}actualites/2026/{n}/un-titre-de-nouvelle") for n in range(count // OUTLETS)]
            links.save_links(conn, outlet_id, "rss", found, now=datetime.now(UTC))
    engine.dispose()
    command = ["timeout", "-s", "TERM", "40", *newsmon_command("crawl", "-s", "DOWNLOAD_DELAY=0", *slugs())]
    return spend(command, environment, allowed=(0, 1, 124, 143)).peak_mib


def line(pages: int, spent: Spent) -> str:
    return (
        f"{pages / spent.wall_s:7.1f} pages/s, {pages / spent.cpu_s:.1f} per core-second, {spent.wall_s:.1f} s, "
        f"{spent.peak_mib:.0f} MiB"
    )


def stored_articles(folder: Path) -> int:
    from sqlalchemy import create_engine, text

    engine = create_engine(f"sqlite:///{folder / 'newsmon.db'}")
    with engine.connect() as conn:
        return int(conn.scalar(text("SELECT count(*) FROM v_article")) or 0)


def idle_run(folder: Path, port: int) -> float:
    """The least of three: `newsmon crawl` when no listing and no article is due."""
    environment = newsmon_environment(folder, port)
    return min(spend(newsmon_command("crawl", *slugs()), environment).wall_s for _ in range(3))


def help_time() -> float:
    return min(spend(newsmon_command("--help")).wall_s for _ in range(5))


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory(prefix="newsmon-bench-") as folder:
        measure_crawls(Path(folder), pages)


if __name__ == "__main__":
    main()
