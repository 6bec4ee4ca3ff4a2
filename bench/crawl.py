"""The whole crawl: articles stored per second, from outlets on loopback, with no pause between requests.

2,000 distinct pages of some 50 KB at 20 outlets; newsmon into SQLite, news-please into JSON files (in an environment of
its own, a process per core, its list of addresses given), bare Scrapy that keeps nothing as the ceiling, and newsmon's
cleaner alone, a process per core, before and after: what the machine can do. Then what a run without work takes, and
the memory of a frontier of 50,000 addresses. Run: .venv/bin/python -m bench.crawl [PAGES]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil

from bench._outlets import declarations, free_port, served, write_outlets
from bench._rows import add_row
from bench.pages import interpreter

OUTLETS = 20
CORES = os.cpu_count() or 1
HERE = Path(__file__).parent
FRONTIER = 50_000


@dataclass(frozen=True, kw_only=True)
class Spent:
    """A command's cost, with its children's: wall and processor seconds, and the most MiB that it held at a time."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    out: str


def spend(command: list[str], environment: dict[str, str] | None = None, *, allowed: tuple[int, ...] = (0,)) -> Spent:
    """Run `command` to its end. Raises: CalledProcessError for an exit code that is not allowed."""
    began, before = time.perf_counter(), os.times()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=err, text=True, encoding="utf-8"
        )
        peak = [0.0]
        watching = threading.Thread(target=_watch_memory, args=(process, peak), daemon=True)
        watching.start()
        out, _ = process.communicate()
        wall, after = time.perf_counter() - began, os.times()
        if process.returncode not in allowed:
            err.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, out, err.read()[-2000:])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(wall_s=wall, cpu_s=cpu, peak_mib=peak[0], out=out)


def _watch_memory(process: subprocess.Popen[str], peak: list[float]) -> None:
    """The proportional share: pages that parent and workers have in common count once."""
    while process.poll() is None:
        try:
            root = psutil.Process(process.pid)
            total = sum(_pss(p) for p in [root, *root.children(recursive=True)])
        except psutil.Error:
            return
        peak[0] = max(peak[0], total / 2**20)
        time.sleep(0.25)


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


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


def crawl_with_newsplease(folder: Path, urls: list[str]) -> tuple[Spent, int, float]:
    """What it cost, how many articles it wrote, and the seconds to the last of them: it ends on a clock of its own."""
    config = folder / "config"
    config.mkdir(parents=True)
    shares = [urls[n::CORES] for n in range(CORES)]
    sites = [{"url": share, "crawler": "Download"} for share in shares]
    (config / "sitelist.hjson").write_text(json.dumps({"base_urls": sites}), "utf-8")
    python = interpreter("news-please")
    (package,) = (python.parents[1] / "lib").glob("python*/site-packages/newsplease")
    text = (package / "config" / "config.cfg").read_text("utf-8")
    for name, value in {
        "working_path": str(folder / "data"),
        "number_of_parallel_crawlers": str(CORES),
        "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
        "LOG_LEVEL": "ERROR",
    }.items():
        lines = [f"{name} = {value}" if line.startswith(f"{name} =") else line for line in text.splitlines()]
        text = "\n".join(lines) + "\n"
    (config / "config.cfg").write_text(text, "utf-8")
    began = time.time()
    spent = spend([str(python), "-W", "ignore", "-m", "newsplease", "-c", f"{config}/"])
    written = [path.stat().st_mtime for path in (folder / "data").rglob("*.json")]
    return spent, len(written), max(written, default=began) - began


def crawl_with_scrapy(folder: Path, urls: list[str]) -> Spent:
    (folder / "urls.txt").write_text("\n".join(urls), "utf-8")
    return spend([sys.executable, str(HERE / "_scrapy.py"), str(folder / "urls.txt")])


def compile_modules() -> None:
    """Of every library here and at the peer's: the first run would pay for it, and the others not."""
    for python in (sys.executable, str(interpreter("news-please"))):
        libraries = sysconfig.get_path("purelib") if python == sys.executable else str(Path(python).parents[1] / "lib")
        subprocess.run([python, "-m", "compileall", "-q", "-j", "0", libraries], capture_output=True)


def clean_pages(paths: list[str]) -> float:
    """Processor seconds that the cleaner takes for them in this process."""
    from newsmon.items import Page
    from newsmon.page.article import read_page

    bodies = [Path(path).read_bytes() for path in paths]
    began = time.process_time()
    for number, body in enumerate(bodies):
        url = f"http://127.0.0.1/actualites/2026/03/{number}/"
        read_page(Page(outlet="", url=url, final_url=url, body=body, fetched_at=datetime.now(UTC)))
    return time.process_time() - began


def cleaner_alone(paths: list[str]) -> tuple[float, float]:
    """Pages a second with a process per core, and pages per core-second."""
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(clean_pages, [paths[:20]] * CORES))  # the imports are not of the cleaner's cost
        began = time.perf_counter()
        cpu = sum(pool.map(clean_pages, [paths[n::CORES] for n in range(CORES)]))
        return len(paths) / (time.perf_counter() - began), len(paths) / cpu


def measure_crawls(folder: Path, pages: int) -> None:
    port = free_port()
    compile_modules()
    urls = write_outlets(folder / "outlets", outlets=OUTLETS, stories=pages, port=port)
    paths = sorted(str(path) for path in (folder / "outlets").glob("*/*.html"))
    size = sum(os.path.getsize(path) for path in paths) / len(paths) / 1000
    what = f"crawl, {pages:,} pages of {size:.0f} KB"
    print(f"{what} at {OUTLETS} outlets, {CORES} cores", flush=True)
    with served(folder / "outlets", port):
        before = cleaner_alone(paths)
        print(f"cleaner alone      {before[0]:7.1f} pages/s, {before[1]:.1f} per core-second", flush=True)
        ours = crawl_with_newsmon(folder / "newsmon", port)
        print(f"newsmon            {line(pages, ours)}; {ours.out.strip()}", flush=True)
        ceiling = crawl_with_scrapy(folder, urls)
        print(f"bare Scrapy        {line(pages, ceiling)}", flush=True)
        after = cleaner_alone(paths)
        print(f"cleaner alone      {after[0]:7.1f} pages/s, {after[1]:.1f} per core-second", flush=True)
        _peer(what, pages, ours, partial(crawl_with_newsplease, folder / "newsplease", urls))
        idle = idle_run(folder / "newsmon", port)
    stored = stored_articles(folder / "newsmon")
    assert stored == pages, f"{stored} of {pages} pages are stored"
    measure_frontier(folder, port)
    rate = pages / ours.wall_s
    add_row(what, rate, "articles/s", peer=f"the cleaner alone on {CORES} cores", theirs=max(before[0], after[0]),
            floor=0.7)  # fmt: skip
    add_row(f"{what}, all processes", pages / ours.cpu_s, "articles per core-second", peer="the cleaner alone",
            theirs=max(before[1], after[1]))  # fmt: skip
    add_row(what, rate, "articles/s", peer="bare Scrapy, nothing kept", theirs=pages / ceiling.wall_s)
    add_row(f"{what}, memory with workers", ours.peak_mib, "MiB", at_most=400)
    add_row("crawl with nothing to do", idle, "s", at_most=2)
    add_row("newsmon --help", help_time(), "s", at_most=0.3)


def measure_frontier(folder: Path, port: int) -> None:
    """Memory with few and with FRONTIER addresses to fetch, after so many seconds; nobody answers at any of them."""
    few, many = (frontier_peak(folder / f"frontier-{count}", port, count) for count in (FRONTIER // 50, FRONTIER))
    print(
        f"frontier           {few:.0f} MiB with {FRONTIER // 50:,} addresses, {many:.0f} MiB with {FRONTIER:,}",
        flush=True,
    )
    add_row(f"memory with {FRONTIER:,} addresses to fetch", many, "MiB", peer=f"with {FRONTIER // 50:,}", theirs=few,
            more_is_better=False, floor=0.9)  # fmt: skip


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
    command = ["timeout", "-s", "TERM", "60", *newsmon_command("crawl", "-s", "DOWNLOAD_DELAY=0", *slugs())]
    return spend(command, environment, allowed=(0, 1, 124, 143)).peak_mib


def _peer(what: str, pages: int, ours: Spent, crawl: Callable[[], tuple[Spent, int, float]]) -> None:
    try:
        spent, written, seconds = crawl()
    except (subprocess.CalledProcessError, OSError) as e:
        print(f"news-please        not measured: {(getattr(e, 'stderr', '') or str(e)).strip()[-300:]}", flush=True)
        return
    rate = written / seconds if written else 0.0
    print(f"news-please        {rate:7.1f} articles/s ({written} articles, {seconds:.1f} s to the last of them), "
          f"{written / spent.cpu_s:.1f} per core-second, {spent.peak_mib:.0f} MiB", flush=True)  # fmt: skip
    add_row(what, pages / ours.wall_s, "articles/s", peer="news-please 1.6.16", theirs=rate, floor=3)
    add_row(f"{what}, memory", ours.peak_mib, "MiB", peer="news-please 1.6.16", theirs=spent.peak_mib,
            more_is_better=False)  # fmt: skip


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
