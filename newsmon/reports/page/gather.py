"""What a page says, read from the views in a few queries: nothing here is counted that SQL does not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Date, Text, bindparam, text

from newsmon.reports.named import find_report
from newsmon.reports.output import plain
from newsmon.reports.page.picture import Count
from newsmon.reports.run import FIRST_DAY, LAST_DAY, Answer, answer_on, as_day, as_instant, check_topic

LATEST = 40
"""Articles that the page of a topic shows with their sentence."""
UNDATED = 20
SHORT = 25
"""Rows of a list on the page; the report has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the page is about. Days are inclusive."""

    topic: str | None = None
    since: date | None = None
    until: date | None = None
    dated_only: bool = False

    def options(self, parameters: Sequence[str]) -> dict[str, Any]:
        """Those of the parameters that were asked for, for run_report."""
        given = {"topic": self.topic, "since": self.since, "until": self.until}
        options = {name: value for name, value in given.items() if name in parameters and value is not None}
        return options | ({"dated_only": True} if self.dated_only and "undated" in parameters else {})

    def command(self, name: str) -> str:
        """The command line that prints the same rows."""
        options = self.options(find_report(name).parameters)
        words = [
            f"--{key.replace('_', '-')}" + ("" if value is True else f" {value}") for key, value in options.items()
        ]
        return " ".join(["newsmon report", name, *words])


@dataclass(frozen=True, slots=True)
class Match:
    """An article of the topic with its text and the stretches that put it there."""

    article_id: int
    day: date
    day_basis: str
    outlet: str
    headline: str
    url: str
    level: str
    score: float
    deck: str
    body: str
    spans: tuple[tuple[str, int, int, float], ...]
    """Field, start, end, weight."""


class Reader:
    """A snapshot of the database (newsmon.reports.run.snapshot), for one page."""

    def __init__(self, conn: Connection, asked: Asked) -> None:
        self.conn = conn
        self.asked = asked
        if asked.topic is not None:
            check_topic(conn, asked.topic)

    def answer(self, name: str, *, limit: int | None = None, **changes: Any) -> Answer:
        """Our report of that name, with what was asked of the page."""
        report = find_report(name)
        options = self.asked.options(report.parameters) | changes
        if limit is not None and "limit" in report.parameters:
            options["limit"] = limit
        return answer_on(self.conn, report, **options)

    def rows(self, sql: str, **more: Any) -> list[Any]:
        """Rows of `sql`, with the topic and the days of the page and `more` as its parameters."""
        given = {"topic": self.asked.topic, **more}
        given |= {"since": self.asked.since or FIRST_DAY, "until": self.asked.until or LAST_DAY}
        types: dict[str, Any] = {"topic": Text(), "since": Date(), "until": Date()}
        used = {name: value for name, value in given.items() if f":{name}" in sql}
        named = [
            bindparam(name, expanding=True) if isinstance(value, list) else bindparam(name, type_=types.get(name))
            for name, value in used.items()
        ]
        return list(self.conn.execute(text(sql).bindparams(*named), used))


def outlet_names(reader: Reader) -> dict[str, str]:
    """Slug to the name that the outlet has for itself."""
    return {row.outlet: plain(row.name) for row in reader.rows("SELECT outlet, name FROM v_outlet")}


def attention(reader: Reader) -> list[Count]:
    """Dated articles by day and outlet."""
    answer = reader.answer("attention", dated_only=True)
    at = {name: i for i, name in enumerate(answer.columns)}
    return [Count(*(row[at[name]] for name in ("day", "outlet", "n", "n_primary"))) for row in answer.rows]


def bursts(reader: Reader) -> list[tuple[date, date]]:
    """First and last day of the topic's bursts, all outlets together."""
    rows = reader.rows("SELECT first_day, last_day FROM v_burst WHERE topic = :topic AND outlet IS NULL")
    return sorted((as_day(row.first_day), as_day(row.last_day)) for row in rows)


_MATCHES = """
SELECT m.article_id, m.day, m.day_basis, m.outlet, m.headline, m.url, m.level, m.score, a.deck, a.body
FROM (
    SELECT article_id, day, day_basis, outlet, headline, url, level, score
    FROM v_match
    WHERE topic = :topic AND day >= :since AND day <= :until AND {basis}
    ORDER BY {order}
    LIMIT :limit
) m
JOIN v_article a ON a.article_id = m.article_id
ORDER BY {outer}
"""
_ORDERS = {
    "latest": ("day DESC", "score DESC", "article_id"),
    "best": ("level", "score DESC", "day DESC", "article_id"),
}
_SPANS = """
SELECT article_id, field, start, "end", weight FROM v_why WHERE topic = :topic AND article_id IN :ids
"""


def matches(
    reader: Reader, *, limit: int, dated: bool | None = True, order: Literal["latest", "best"] = "latest"
) -> list[Match]:
    """Articles of the topic: the dated ones, the others, or (None) all; the latest first, or those most about it."""
    basis = {True: "day_basis = 'published'", False: "day_basis <> 'published'", None: "1 = 1"}[dated]
    keys = _ORDERS[order]
    outer = ", ".join(f"m.{key}" for key in keys)
    rows = reader.rows(_MATCHES.format(basis=basis, order=", ".join(keys), outer=outer), limit=limit)
    spans: dict[int, list[tuple[str, int, int, float]]] = {}
    if rows:
        for span in reader.rows(_SPANS, ids=[row.article_id for row in rows]):
            spans.setdefault(span.article_id, []).append((span.field, span.start, span.end, float(span.weight)))
    return [
        Match(
            row.article_id, as_day(row.day), row.day_basis, row.outlet, row.headline or "", row.url, row.level,
            float(row.score), row.deck or "", row.body or "", tuple(spans.get(row.article_id, ())),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CutOff:
    """Up to when the database has seen the outlets."""

    last_run_at: datetime | None
    last_article_at: datetime | None


def cut_off(reader: Reader) -> CutOff:
    """The end of the last run that ended, and the moment when the newest article was first seen."""
    run = reader.rows("SELECT max(finished_at) AS at FROM v_run")[0].at
    article = reader.rows("SELECT max(last_article_at) AS at FROM v_outlet")[0].at
    return CutOff(as_instant(run) if run else None, as_instant(article) if article else None)
