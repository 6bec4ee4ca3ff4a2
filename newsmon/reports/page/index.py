"""The page of all topics: one line for each, the outlets, the dates, the last runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from newsmon.reports.named import Language
from newsmon.reports.output import plain
from newsmon.reports.page import gather
from newsmon.reports.page.build import Figure
from newsmon.reports.page.coverage import covers, period
from newsmon.reports.page.gather import Asked, Reader
from newsmon.reports.page.picture import Row, trend
from newsmon.reports.page.tables import Cell, Table, cell_of, table_of
from newsmon.reports.run import as_day
from newsmon.reports.wording import Wording

RUNS = 10
TABLES = (
    ("output", "original_share", None),
    ("outlet-health", "", None),
    ("date-quality", "share", None),
    ("run-history", "", RUNS),
)
"""Reports that stand on the page, the column that is drawn as a bar, how many rows."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic of the list."""

    slug: str
    name: str
    href: str | None
    cells: tuple[Cell, ...]
    """Articles, those about it, those of unknown date, last day."""
    trend: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    wording: Wording
    asked: Asked
    title: str
    standfirst: str
    figures: tuple[Figure, ...]
    topics: tuple[TopicLine, ...]
    headings: tuple[str, ...]
    command: str
    tables: Mapping[str, Table]
    period: str
    covers: tuple[str, ...]
    made_at: datetime

    @property
    def contents(self) -> tuple[str, ...]:
        """The sections, by the key of their title."""
        return ("topics", *(name for name, _, _ in TABLES), "covers_all")


def index_page(
    conn: Connection, asked: Asked, language: Language, *, now: datetime, hrefs: Mapping[str, str] | None = None
) -> IndexPage:
    """The page; `hrefs` has the page of each topic that has one, by slug."""
    reader, wording = Reader(conn, asked), Wording(language)
    names = gather.outlet_names(reader)
    tables = {
        name: table_of(
            reader.answer(name, limit=limit), wording, id=name, names=names, bar=bar, command=asked.command(name)
        )
        for name, bar, limit in TABLES
    }
    figures, days = _figures(reader, wording)
    topics, headings = _topics(reader, wording, hrefs or {})
    return IndexPage(
        wording=wording,
        asked=asked,
        title=wording("all_topics"),
        standfirst=_standfirst(figures, days, wording),
        figures=figures,
        topics=topics,
        headings=headings,
        command=asked.command("topics"),
        tables=tables,
        period=period(asked, wording),
        covers=tuple(covers(reader, wording)),
        made_at=now,
    )


def _figures(reader: Reader, wording: Wording) -> tuple[tuple[Figure, ...], tuple[date, date] | None]:
    """Articles, outlets, share undated; the first and the last dated day."""
    basis = "AND day_basis = 'published'" if reader.asked.dated_only else ""
    row = reader.rows(
        "SELECT count(*) AS n, count(DISTINCT outlet) AS outlets FROM v_article"
        f" WHERE day >= :since AND day <= :until {basis}"
    )[0]
    dated = reader.rows(
        "SELECT sum(n) AS n, sum(n_undated) AS undated, min(CASE WHEN n > n_undated THEN day END) AS first_day,"
        " max(CASE WHEN n > n_undated THEN day END) AS last_day FROM v_outlet_day WHERE day >= :since AND day <= :until"
    )[0]
    n, undated = int(dated.n or 0), int(dated.undated or 0)
    share = f"{100 * undated / n:.1f}" if n else ""
    figures = (
        Figure("n", str(row.n), wording.number(row.n), wording("figure_articles")),
        Figure("outlets", str(row.outlets), wording.number(row.outlets), wording("figure_outlets")),
        Figure("undated", share, wording.percent(undated, n), wording("figure_undated")),
    )
    days = (as_day(dated.first_day), as_day(dated.last_day)) if dated.first_day else None
    return figures, days


def _standfirst(figures: tuple[Figure, ...], days: tuple[date, date] | None, wording: Wording) -> str:
    n, outlets = int(figures[0].value), int(figures[1].value)
    if not n:
        return wording("index_nothing")
    told = {"articles": wording.counted("articles", n), "outlets": wording.counted("outlets", outlets)}
    if days is None:
        return wording("index_undated", **told)
    return wording("index_standfirst", first=wording.day(days[0]), last=wording.day(days[1]), **told)


def _topics(
    reader: Reader, wording: Wording, hrefs: Mapping[str, str]
) -> tuple[tuple[TopicLine, ...], tuple[str, ...]]:
    answer = reader.answer("topics")
    shown = ("n", "n_primary", "n_undated", "last_day")
    at = {name: i for i, name in enumerate(answer.columns)}
    headings = dict(zip(answer.columns, answer.headings(wording.language), strict=True))
    trends = _trends(reader, wording, {row[at["topic"]]: plain(row[at["name"]]) for row in answer.rows})
    lines = []
    for row in answer.rows:
        slug = row[at["topic"]]
        cells = tuple(cell_of(row[at[name]], name, wording, {}) for name in shown)
        lines.append(TopicLine(slug, plain(row[at["name"]]), hrefs.get(slug), cells, trends.get(slug)))
    return tuple(lines), (headings["topic"], *(headings[name] for name in shown))


def _trends(reader: Reader, wording: Wording, names: Mapping[str, str]) -> dict[str, Row]:
    """Dated articles over time, all topics on one axis of time, each to its own height."""
    rows = reader.rows(
        "SELECT topic, day, sum(n - n_undated) AS n FROM v_attention_day"
        " WHERE day >= :since AND day <= :until AND n > n_undated GROUP BY topic, day"
    )
    days: dict[str, dict[date, int]] = {}
    for row in rows:
        days.setdefault(row.topic, {})[as_day(row.day)] = int(row.n)
    if not days:
        return {}
    everywhen = [day for some in days.values() for day in some]
    span = min(everywhen), max(everywhen)
    return {topic: trend(names.get(topic, topic), some, span, wording) for topic, some in days.items()}
