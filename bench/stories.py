"""Stories and copies among 100,000 articles, on both engines: what a run pays an article, what a rebuild takes, what
the views take; and how right the stories are on events that are made up here.

An event has names and words of its own; each of its articles tells some of them, in among the words of its topic,
which other events of the same week share. A fifth of the articles are wire copy, whole or with paragraphs added.
Run: .venv/bin/python -m bench.stories [ARTICLES]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, text

from bench._rows import add_row
from bench.page import DAYS, FIRST, OUTLETS, databases
from newsmon.store import models, stories
from newsmon.store.engine import write
from newsmon.store.schema import open_ready

ARTICLES = 100_000
LAST_RUN = 50
"""Articles of the run whose price is measured, into the full database."""
VIEWS = ("v_story", "v_first", "v_copy", "v_attribution", "v_persistence", "v_topic_cooccurrence")
SYLLABLES = (
    "bar",
    "cor",
    "dul",
    "fen",
    "gim",
    "jol",
    "kar",
    "lem",
    "mon",
    "nad",
    "pel",
    "rov",
    "sut",
    "tam",
    "vil",
    "zor",
)


@dataclass(frozen=True, slots=True)
class Draft:
    event: int
    """0: an article that is on its own."""
    copy_of: int
    """The dispatch that it holds; 0 for none."""
    day: int
    outlet: int
    headline: str
    body: str


class Maker:
    """Events, their articles, and articles on no event."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        self._common = [self._word(2) for _ in range(3000)]
        self._weights = [1 / (10 + i) for i in range(3000)]
        self._topics = [
            ([self._word(3).capitalize() for _ in range(15)], [self._word(3) for _ in range(40)]) for _ in range(14)
        ]
        self._event = self._dispatch = 0

    def _word(self, syllables: int) -> str:
        return "".join(self._random.choice(SYLLABLES) for _ in range(syllables))

    def drafts(self, n: int) -> list[Draft]:
        made: list[Draft] = []
        while len(made) < n:
            made += self._one_event() if self._random.random() < 0.3 else [self._alone()]
        return sorted(made[:n], key=lambda draft: draft.day)

    def _alone(self) -> Draft:
        words = self._words_of_event()
        return self._draft(0, 0, self._random.randrange(DAYS), self._random.randrange(len(OUTLETS)), words)

    def _words_of_event(self) -> tuple[list[str], list[str], list[str], list[str]]:
        names = [self._word(4).capitalize() for _ in range(self._random.randrange(4, 9))]
        return (names, self._random.choices(self._common[300:], k=14), *self._random.choice(self._topics))

    def _one_event(self) -> list[Draft]:
        self._event += 1
        words, day = self._words_of_event(), self._random.randrange(DAYS)
        outlets = self._random.sample(range(len(OUTLETS)), min(len(OUTLETS), 2 + int(self._random.expovariate(0.4))))
        drafts = [
            self._draft(self._event, 0, min(DAYS - 1, day + self._random.choice((0, 0, 0, 1))), outlet, words)
            for outlet in outlets
        ]
        if self._random.random() < 0.5:
            self._dispatch += 1
            for i, draft in enumerate(drafts[: 1 + len(drafts) // 2]):
                body = drafts[0].body if i % 2 == 0 else f"{drafts[0].body} {draft.body[:600]}"
                drafts[i] = Draft(draft.event, self._dispatch, draft.day, draft.outlet, draft.headline, body)
        return drafts

    def _draft(self, event: int, copy_of: int, day: int, outlet: int, words: tuple[list[str], ...]) -> Draft:
        names, own, topic_names, topic_words = words
        told = self._random.sample(names, k=max(3, int(0.7 * len(names))))
        telling = [
            *told,
            *self._random.sample(own, 8),
            *self._random.choices(topic_names, k=6),
            *self._random.choices(topic_words, k=14),
        ]
        lead = telling + self._random.choices(self._common, self._weights, k=50)
        self._random.shuffle(lead)
        rest = self._random.choices(self._common, self._weights, k=150) + self._random.choices(names, k=10)
        sentences = [" ".join(["la", *(lead + rest)[i : i + 14]]) for i in range(0, len(lead + rest), 14)]
        headline = " ".join(["le", *self._random.sample(told, 2), *self._random.sample(topic_words, 4)])
        return Draft(event, copy_of, day, outlet, headline, ". ".join(sentences) + ".")


def fill(engine: Engine, drafts: list[Draft], *, start: int = 1) -> None:
    at = datetime(2026, 1, 1, 6, tzinfo=UTC)
    with write(engine) as conn:
        if start == 1:
            run = {
                "kind": "crawl",
                "started_at": at,
                "status": "ok",
                "pid": 1,
                "version": "0",
                "arguments": "",
                "counts": {},
            }
            conn.execute(insert(models.Run), [{"id": 1, **run}])
            outlets = [
                {
                    "id": i + 1,
                    "slug": f"outlet_{i:02}",
                    "name": name,
                    "region": "QC",
                    "timezone": "America/Toronto",
                    "language": "fr",
                }
                for i, name in enumerate(OUTLETS)
            ]
            conn.execute(insert(models.Outlet), outlets)
        for first in range(0, len(drafts), 5000):
            some = list(enumerate(drafts[first : first + 5000], start + first))
            conn.execute(insert(models.Article), [_article(id, draft) for id, draft in some])
            conn.execute(insert(models.Revision), [_revision(id, draft, at) for id, draft in some])
        if conn.dialect.name == "postgresql":
            for table in ("article", "revision"):
                conn.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
                )


def _article(id: int, draft: Draft) -> dict[str, Any]:
    day = FIRST + timedelta(days=draft.day)
    at = datetime(day.year, day.month, day.day, 5 + id % 17, id % 60, tzinfo=UTC)
    url = f"https://outlet-{draft.outlet}.example/{id}"
    return {
        "id": id, "outlet_id": draft.outlet + 1, "url_key": f"{id:064x}", "url": url, "canonical_url": url,
        "first_seen_at": at, "last_seen_at": at, "published_at": at, "published_precision": "minute",
        "published_source": "jsonld", "day": day, "day_basis": "published", "origin": None, "revision_seq": 1,
    }  # fmt: skip


def _revision(id: int, draft: Draft, at: datetime) -> dict[str, Any]:
    return {
        "id": id, "article_id": id, "run_id": 1, "seq": 1, "seen_at": at, "headline": draft.headline, "deck": None,
        "body": draft.body, "words": len(draft.body.split()), "text_sha256": f"{id:064x}", "methods": {},
        "change": "first", "words_added": 0, "words_removed": 0,
    }  # fmt: skip


def score(engine: Engine, drafts: list[Draft]) -> str:
    """Pairs of articles that stand in one story, against pairs of one event; the same for copies."""
    story_of: dict[int, int] = {}
    with engine.connect() as conn:
        for id, story in conn.execute(text("SELECT article_id, story_id FROM v_story_article")):
            story_of[id] = story
        copies = {(a, b) for a, b in conn.execute(text("SELECT article_id, other_id FROM v_copy")) if a < b}
    events = [(draft.event, story_of.get(id)) for id, draft in enumerate(drafts, 1)]
    right = _pairs(Counter((e, s) for e, s in events if e and s))
    found = _pairs(Counter(s for _, s in events if s))
    true = _pairs(Counter(e for e, _ in events if e))
    copied = sum(1 for a, b in copies if drafts[a - 1].copy_of and drafts[a - 1].copy_of == drafts[b - 1].copy_of)
    copy_true = _pairs(Counter(draft.copy_of for draft in drafts if draft.copy_of))
    return (
        f"stories: precision {right / max(1, found):.4f}, recall {right / true:.4f} of {true} pairs; "
        f"copies: precision {copied / max(1, len(copies)):.4f}, recall {copied / copy_true:.4f} of {copy_true} pairs"
    )


def _pairs(counted: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counted.values())


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    drafts = Maker(random.Random(11)).drafts(n)
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as urls:
        for name, url in urls.items():
            engine = open_ready(url)
            fill(engine, drafts[:-LAST_RUN])
            began, cpu = time.perf_counter(), time.process_time()
            stories.rebuild(engine)
            print(
                f"{name}: rebuild of {n} articles {time.perf_counter() - began:.0f} s ({time.process_time() - cpu:.0f} s CPU here)",
                flush=True,
            )
            fill(engine, drafts[-LAST_RUN:], start=n - LAST_RUN + 1)
            began = time.perf_counter()
            stories.refresh(engine)
            took = 1000 * (time.perf_counter() - began)
            print(f"{name}: a run of {LAST_RUN} new articles {took:.0f} ms", flush=True)
            add_row(f"{name}, {LAST_RUN} new texts compared with {n:,}", took, "ms")
            began = time.perf_counter()
            stories.refresh(engine)
            took = 1000 * (time.perf_counter() - began)
            print(f"{name}: a run of none {took:.0f} ms", flush=True)
            add_row(f"{name}, no new text, {n:,} stored", took, "ms")
            print(f"{name}: {score(engine, drafts)}", flush=True)
            with engine.connect() as conn:
                for view in VIEWS:
                    times = []
                    for _ in range(3):
                        began = time.perf_counter()
                        rows = conn.execute(text(f"SELECT * FROM {view}")).all()
                        times.append(time.perf_counter() - began)
                    print(f"{name}: {view} {1000 * min(times):.0f} ms for all {len(rows)} rows", flush=True)
            engine.dispose()


if __name__ == "__main__":
    main()
