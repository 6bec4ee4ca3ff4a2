"""A real Dask cluster on loopback: a scheduler, two worker processes, PostgreSQL, scripted outlets."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsmon.newsstand.server import Answer, Request, Server
from tests.crawl.conftest import Desk
from tests.crawl.sites import ScriptedSite, declared

ROOT = Path(__file__).parents[2]
Serve = Callable[[ScriptedSite], Server]
OUTLETS = 4


@pytest.fixture
def desk(postgres_url: str, tmp_path: Path) -> Desk:
    return Desk(postgres_url, tmp_path)


class Cluster:
    """`dask scheduler` and two `dask worker`, as docs/scale.md starts them."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = {**environment, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
        self._folder = folder
        self._scheduler = self._dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._said(self._scheduler, r"Scheduler at:\s+(tcp://\S+)")
        self.workers: list[subprocess.Popen[str]] = []

    def start_workers(self) -> None:
        for _ in range(2):
            self.workers.append(
                self._dask(
                    "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"
                )
            )
        for worker in self.workers:
            self._said(worker, r"Registered to:\s+(tcp://\S+)")

    def _dask(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "dask", *arguments]
        return subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    @staticmethod
    def _said(process: subprocess.Popen[str], pattern: str) -> str:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError("".join(lines))

    def stop(self) -> None:
        for process in (*self.workers, self._scheduler):
            process.terminate()
        for process in (*self.workers, self._scheduler):
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


@pytest.fixture
def cluster(desk: Desk, tmp_path: Path) -> Iterator[Cluster]:
    desk.environment["NEWSMON_OUTLETS"] = str(tmp_path / "outlets.toml")
    started = Cluster(desk.environment_with({}), tmp_path)
    try:
        yield started
    finally:
        started.stop()


def _site(number: int) -> ScriptedSite:
    pages = {
        f"/nouvelles/2026/la-ville-{number}-refait-son-pont-{n}/": f"La ville {number} refait son pont, étape {n}"
        for n in range(5)
    }
    site = ScriptedSite(pages=pages)

    def answer(request: Request) -> Answer:
        time.sleep(0.4)
        return Answer(body=site.page(request.path).encode())

    site.answers = dict.fromkeys(pages, answer)
    return site


def _crawl(desk: Desk, cluster: Cluster) -> subprocess.Popen[str]:
    slugs = [f"ville_{n}" for n in range(OUTLETS)]
    command = [sys.executable, "-m", "newsmon", "crawl", "--cluster", cluster.address, "-s", "DOWNLOAD_DELAY=0", *slugs]
    return subprocess.Popen(
        command, env=desk.environment_with({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.timeout(600)
def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(
    desk: Desk, serve: Serve, cluster: Cluster
) -> None:
    servers = [serve(_site(n)) for n in range(OUTLETS)]
    desk.declare("".join(declared(f"ville_{n}", server.url) for n, server in enumerate(servers)))
    desk.run("db", "upgrade")
    cluster.start_workers()
    crawl = _crawl(desk, cluster)

    victim = _busy_worker(cluster, servers, crawl)
    (job,) = psutil.Process(victim.pid).children()
    jobs = [job, *job.children(recursive=True)]
    os.kill(victim.pid, signal.SIGKILL)
    victim.communicate()
    psutil.wait_procs(jobs, timeout=10)
    assert not [job for job in jobs if job.is_running() and job.status() != psutil.STATUS_ZOMBIE]
    out, err = crawl.communicate(timeout=240)
    assert crawl.returncode == 0, err
    assert desk.rows("SELECT count(*), count(DISTINCT url), max(revision_seq) FROM article") == [(20, 20, 1)]
    assert desk.rows("SELECT id, status, exit_code FROM run") == [(1, "ok", 0)]
    assert len(desk.rows("SELECT outlet_id FROM outlet_run")) == OUTLETS
    assert desk.rows("SELECT count(*) FROM lease") == [(0,)]
    assert out.startswith("run 1: "), out


def _busy_worker(cluster: Cluster, servers: list[Server], crawl: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """A worker whose job has begun to fetch pages."""
    deadline = time.monotonic() + 240
    while sum(len(server.paths()) for server in servers) < 4:
        assert crawl.poll() is None, crawl.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return next(worker for worker in cluster.workers if psutil.Process(worker.pid).children())


def _captures(path: Path, date: str, extra: str) -> Path:
    """Six pages of two outlets as captured on `date`, `extra` at the end of each."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for n in range(6):
            page = f"/nouvelles/2022/le-pont-est-ouvert-{n}/"
            site = ScriptedSite(pages={page: f"Le pont est ouvert, acte {n}"}, texts={page: extra})
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://ville-{n % 2}.example{page}", "response", payload=io.BytesIO(site.page(page).encode()),
                http_headers=head, warc_headers_dict={"WARC-Date": f"{date}T10:00:0{n}Z"},
            )  # fmt: skip
            writer.write_record(record)
            record.raw_stream.close()
    return path


@pytest.mark.timeout(600)
def test_files_are_shared_out_and_their_captures_come_in_their_order(
    desk: Desk, cluster: Cluster, tmp_path: Path
) -> None:
    desk.declare("".join(declared(f"ville_{n}", f"https://ville-{n}.example") for n in range(2)))
    desk.run("db", "upgrade")
    later = _captures(tmp_path / "a-later.warc.gz", "2022-01-19", "Le maire s'est dédit le lendemain.")
    first = _captures(tmp_path / "b-first.warc.gz", "2022-01-17", "Le maire a promis un péage.")
    cluster.start_workers()

    done = desk.run("import", "--cluster", cluster.address, str(later), str(first), timeout=240)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("run 1: 12 pages read: 6 new, 6 revised"), done.stdout
    assert "12 records looked at" in done.stdout
    texts = desk.rows("SELECT r.seq, r.body FROM revision r JOIN article a ON a.id = r.article_id ORDER BY 1")
    assert ["promis" in body for _, body in texts] == [True] * 6 + [False] * 6
    assert desk.rows("SELECT count(*), count(DISTINCT url), max(revision_seq) FROM article") == [(6, 6, 2)]
    assert desk.rows("SELECT id, kind, status FROM run") == [(1, "import", "ok")]
    assert desk.rows("SELECT count(*) FROM imported_file WHERE finished_at IS NOT NULL") == [(2,)]

    again = desk.run("import", "--cluster", cluster.address, str(later), timeout=240)
    assert "0 pages read" in again.stdout and "1 files were done already" in again.stdout


def test_what_a_cluster_needs_is_said(desk: Desk, tmp_path: Path) -> None:
    sqlite = desk.run("crawl", "--cluster", "tcp://127.0.0.1:1", NEWSMON_DATABASE_URL=f"sqlite:///{tmp_path / 'n.db'}")
    assert sqlite.returncode == 2
    assert "needs PostgreSQL" in sqlite.stderr and len(sqlite.stderr.splitlines()) == 1
    nobody = desk.run("crawl", "--cluster", "tcp://127.0.0.1:1")
    assert nobody.returncode == 2
    assert "no scheduler answers" in nobody.stderr and "Traceback" not in nobody.stderr
