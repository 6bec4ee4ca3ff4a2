"""The scores of the shipped topics over labelled articles; a change may not lower them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from newsmon.topics import compile_topics, load_topics

DATA = Path(__file__).parents[2] / "../shared/data/topics"
MATCHER = compile_topics(load_topics())

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no labelled articles: {DATA} is absent")


def _f1(right: int, said: int, true: int) -> float:
    return 2 * right / (said + true) if said + true else 0.0


def _score(file: str, topic: str) -> tuple[float, float, int]:
    """Strict F1, tolerant F1 (a primary match of a secondary article is not counted), wrong spans."""
    counts: Counter[tuple[str, bool]] = Counter()
    wrong = 0
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        article: dict[str, Any] = json.loads(line)
        parts = {"headline": article["title"] or "", "deck": "", "body": article["body"]}
        matches = MATCHER.match(headline=article["title"], deck=None, body=article["body"])
        wrong += sum(parts[s.field][s.start : s.end] != s.surface for match in matches for s in match.spans)
        primary = any(match.topic == topic and match.level == "primary" for match in matches)
        counts[article.get(topic.replace("-", "_"), "off"), primary] += 1
    right, said = counts["primary", True], sum(n for (_, primary), n in counts.items() if primary)
    true = sum(n for (label, _), n in counts.items() if label == "primary")
    return _f1(right, said, true), _f1(right, said - counts["secondary", True], true), wrong


def test_news_of_the_world() -> None:
    strict, tolerant, wrong = _score("masakha_fra_dev.jsonl", "guerre-ukraine")
    assert strict >= 0.96 and tolerant >= 0.99 and wrong == 0


@pytest.mark.parametrize(
    ("topic", "least"),
    [
        ("guerre-ukraine", 0.93),
        ("langue-francaise", 0.92),
        ("immigration", 0.87),
        ("sante", 0.92),
        ("logement", 0.95),
        ("climat", 0.92),
        ("canada-etats-unis", 0.87),
        ("premieres-nations", 0.92),
        ("francophonie-hors-quebec", 0.90),
    ],
)
def test_pages_of_francophone_canada(topic: str, least: float) -> None:
    strict, _, wrong = _score("quebec_open.jsonl", topic)
    assert strict >= least and wrong == 0


def test_lures_are_refused() -> None:
    """An article that has nothing of the war is never said to be about it."""
    for line in (DATA / "quebec_open.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article["lure"] and "guerre_ukraine" not in article:
            matches = MATCHER.match(headline=article["title"], deck=None, body=article["body"])
            assert "guerre-ukraine" not in {match.topic for match in matches}, article["lure"]
