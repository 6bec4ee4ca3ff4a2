"""The page of a topic, ready to be printed: what was read from the views, in words and in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from newsmon.reports.named import Language
from newsmon.reports.output import plain
from newsmon.reports.page import gather
from newsmon.reports.page.articles import Change, Listed, changes_of, listed_as
from newsmon.reports.page.coverage import Definition, covers, definition_of, version_told
from newsmon.reports.page.gather import Asked, Reader
from newsmon.reports.page.picture import Count, Picture, draw, when
from newsmon.reports.page.tables import Cell, Column, Table, table_of
from newsmon.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top of the page."""

    key: str
    value: str
    """As the database has it."""
    text: str
    label: str


SECTIONS = (
    "attention", "share-of-voice", "first", "delays", "first-of-day", "persistence", "latest", "undated",
    "headline-changes", "cooccurrence", "topic-origin", "wire", "topic-dates",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    wording: Wording
    asked: Asked
    title: str
    standfirst: str
    figures: tuple[Figure, ...]
    picture: Picture | None
    picture_table: Table | None
    articles: tuple[Listed, ...]
    undated: tuple[Listed, ...]
    n_dated: int
    """Articles with a day of their own: `articles` are the latest of them."""
    changes: tuple[Change, ...]
    changes_command: str
    tables: dict[str, Table]
    definition: Definition
    covers: tuple[str, ...]
    made_at: datetime
    index_href: str | None = None
    """Of the page of all topics, where this one lies beside it."""

    @property
    def contents(self) -> tuple[str, ...]:
        """The sections, by the key of their title."""
        some: dict[str, Sequence[object]] = {"undated": self.undated, "headline-changes": self.changes}
        some |= {name: self.tables[name].rows for name in MAY_BE_EMPTY}
        return (*(id for id in SECTIONS if some.get(id, True)), "covers")


def topic_page(
    conn: Connection, asked: Asked, language: Language, *, now: datetime, index_href: str | None = None
) -> TopicPage:
    """The page of `asked.topic`. Raises: ConfigurationError for a topic that is not there."""
    assert asked.topic is not None
    reader, wording = Reader(conn, asked), Wording(language)
    names = gather.outlet_names(reader)
    definition = definition_of(reader)
    counts = gather.attention(reader)
    figures = _figures(reader, wording)
    listed = gather.matches(reader, limit=gather.LATEST)
    undated = [] if asked.dated_only else gather.matches(reader, dated=False, limit=gather.UNDATED)
    picture = draw(counts, wording, names, gather.bursts(reader))
    return TopicPage(
        wording=wording,
        asked=asked,
        title=plain(definition.name),
        standfirst=_standfirst(figures, counts, wording),
        figures=figures,
        picture=picture,
        picture_table=_picture_table(counts, picture, wording, asked, names) if picture else None,
        articles=tuple(listed_as(match, wording, names) for match in listed),
        undated=tuple(listed_as(match, wording, names) for match in undated),
        n_dated=sum(count.n for count in counts),
        changes=tuple(changes_of(reader, wording, names)),
        changes_command=asked.command("headline-changes"),
        tables=_tables(reader, wording, names),
        definition=definition,
        covers=(version_told(definition, wording), *covers(reader, wording)),
        made_at=now,
        index_href=index_href,
    )


def _figures(reader: Reader, wording: Wording) -> tuple[Figure, ...]:
    """Articles, those about the topic, outlets, share undated: of all articles, or of the dated ones when so asked."""
    answer = reader.answer("share-of-voice")
    at = {name: i for i, name in enumerate(answer.columns)}
    n, primary = (sum(row[at[name]] for row in answer.rows) for name in ("n", "n_primary"))
    undated, everything = reader.answer("attention").undated or (0, 0)
    share = f"{100 * undated / everything:.1f}" if everything else ""
    return (
        Figure("n", str(n), wording.number(n), wording("figure_articles")),
        Figure("n_primary", str(primary), wording.number(primary), wording("figure_primary")),
        Figure("outlets", str(len(answer.rows)), wording.number(len(answer.rows)), wording("figure_outlets")),
        Figure("undated", share, wording.percent(undated, everything), wording("figure_undated")),
    )


def _standfirst(figures: Sequence[Figure], counts: Sequence[Count], wording: Wording) -> str:
    value = {figure.key: figure.value for figure in figures}
    if not int(value["n"]):
        return wording("standfirst_nothing")
    told = {
        "articles": wording.counted("articles", int(value["n"])),
        "outlets": wording.counted("outlets", int(value["outlets"])),
        "primary": wording.number(int(value["n_primary"])),
        "have": wording.form("have", int(value["outlets"])),
    }
    if not counts:
        return wording("standfirst_undated", **told)
    days = [count.day for count in counts]
    return wording("standfirst", first=wording.day(min(days)), last=wording.day(max(days)), **told)


def _picture_table(
    counts: Sequence[Count], picture: Picture, wording: Wording, asked: Asked, names: dict[str, str]
) -> Table:
    """The numbers of the picture: a row for each column that is drawn, a column for each outlet that has a row."""
    cells = [Column(wording("when"), False), Column(wording("all_outlets"), True)]
    cells += [Column(row.outlet, True) for row in picture.rows]
    at = [{bar.when: bar for bar in row.bars} for row in (picture.all, *picture.rows)]
    rows = []
    for bin_ in picture.bins:
        told = when(bin_, picture.unit, wording)
        if told not in at[0]:
            continue
        numbers = [bars[told].n if told in bars else 0 for bars in at]
        shown = tuple(Cell(wording.number(n) if n else "–", str(n)) for n in numbers)
        rows.append((Cell(told, bin_.first.isoformat()), *shown))
    return Table("chiffres", wording("picture_table"), tuple(cells), tuple(rows), command=asked.command("attention"))


TOPIC_TABLES = (
    ("share-of-voice", "voice"),
    ("first", "first_share"),
    ("delays", ""),
    ("first-of-day", "first_share"),
    ("persistence", "days_active"),
    ("cooccurrence", "share"),
    ("topic-origin", "wire_share"),
    ("wire", ""),
    ("topic-dates", "share"),
)
"""Reports that stand on the page whole, and the column that is drawn as a bar."""
MAY_BE_EMPTY = ("first", "delays", "first-of-day", "persistence", "cooccurrence", "wire")
"""A table without a row is left out with its title."""
HIDDEN = ("topic", "story_id")
"""Columns whose words stand beside them."""


def _tables(reader: Reader, wording: Wording, names: dict[str, str]) -> dict[str, Table]:
    tables = {}
    for name, bar in TOPIC_TABLES:
        command = reader.asked.command(name)
        tables[name] = table_of(
            reader.answer(name, limit=gather.SHORT),
            wording,
            id=name,
            names=names,
            hide=HIDDEN,
            bar=bar,
            command=command,
        )
    return tables
