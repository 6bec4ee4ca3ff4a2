"""The page of a topic, ready to be printed: what was read from the views, in words and in percent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from newsmon.reports.named import Language
from newsmon.reports.output import plain
from newsmon.reports.page import gather
from newsmon.reports.page.excerpts import Pieces, Span, changed, excerpt, pieces
from newsmon.reports.page.gather import Asked, Match, Reader
from newsmon.reports.page.picture import Count, Picture, draw, when
from newsmon.reports.page.tables import Cell, Column, Table, safe_url, table_of
from newsmon.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top of the page."""

    key: str
    value: str
    """As the database has it."""
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An article with the sentence that put it there."""

    day: Cell
    outlet: Cell
    headline: Pieces
    href: str | None
    level: str
    sentence: Pieces


@dataclass(frozen=True, slots=True)
class Change:
    """A headline before and after; marked is what went and what came."""

    seen: Cell
    outlet: Cell
    before: Pieces
    after: Pieces
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What the topic covers."""

    name: str
    version: int
    added_at: datetime
    digest: str
    text: str


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
        some = {"undated": self.undated, "headline-changes": self.changes}
        order = ("attention", "share-of-voice", "latest", "undated", "headline-changes", "topic-origin", "topic-dates")
        return (*(id for id in order if some.get(id, True)), "covers")


def topic_page(
    engine: Engine, asked: Asked, language: Language, *, now: datetime, index_href: str | None = None
) -> TopicPage:
    """The page of `asked.topic`. Raises: ConfigurationError for a topic that is not there; DatabaseError."""
    assert asked.topic is not None
    reader, wording = Reader(engine, asked), Wording(language)
    names = gather.outlet_names(reader)
    definition = _definition(reader)
    counts = gather.attention(reader)
    figures = _figures(reader, wording)
    listed = gather.matches(reader, limit=gather.LATEST)
    undated = [] if asked.dated_only else gather.matches(reader, dated=False, limit=gather.UNDATED)
    picture = draw(counts, wording, names)
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
        changes=tuple(_changes(reader, wording, names)),
        changes_command=asked.command("headline-changes"),
        tables=_tables(reader, wording, names),
        definition=definition,
        covers=(_version(definition, wording), *covers(reader, wording)),
        made_at=now,
        index_href=index_href,
    )


def _definition(reader: Reader) -> Definition:
    row = reader.rows("SELECT name, version, added_at, digest, definition FROM v_topic WHERE topic = :topic")[0]
    added_at = gather.as_instant(row.added_at)
    assert added_at is not None
    return Definition(name=row.name, version=row.version, added_at=added_at, digest=row.digest, text=row.definition)


def covers(reader: Reader, wording: Wording) -> Iterator[str]:
    """Cut-off and period, a sentence each."""
    cut_off, asked = gather.cut_off(reader), reader.asked
    if cut_off.last_run_at:
        yield wording("covers_cut_off", at=wording.instant(cut_off.last_run_at))
    else:
        yield wording("covers_no_run")
    if cut_off.last_article_at:
        yield wording("covers_newest", at=wording.instant(cut_off.last_article_at))
    yield wording("covers_period", period=period(asked, wording))
    if asked.dated_only:
        yield wording("covers_dated")


def _version(definition: Definition, wording: Wording) -> str:
    return wording("covers_version", version=definition.version, at=wording.instant(definition.added_at))


def period(asked: Asked, wording: Wording) -> str:
    """The days that were asked for, in words."""
    since = wording.day(asked.since) if asked.since else ""
    until = wording.day(asked.until) if asked.until else ""
    key = {(True, True): "both", (True, False): "since", (False, True): "until"}.get((bool(since), bool(until)), "all")
    return wording(f"period_{key}", since=since, until=until)


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


def listed_as(match: Match, wording: Wording, names: dict[str, str]) -> Listed:
    """An article of the topic with its words marked."""
    spans: dict[str, list[Span]] = {}
    for field, start, end, weight in match.spans:
        spans.setdefault(field, []).append(Span(start, end, weight))
    sentence = excerpt(match.body, spans.get("body", ())) or excerpt(match.deck, spans.get("deck", ()))
    told = wording.short_day(match.day)
    if match.day_basis != "published":
        told = wording("not_after", day=told)
    return Listed(
        day=Cell(told, match.day.isoformat()),
        outlet=Cell(plain(names.get(match.outlet, match.outlet)), match.outlet),
        headline=pieces(match.headline, spans.get("headline", ())),
        href=safe_url(match.url),
        level=match.level,
        sentence=sentence,
    )


def _changes(reader: Reader, wording: Wording, names: dict[str, str]) -> Iterator[Change]:
    answer = reader.answer("headline-changes", limit=gather.SHORT)
    for row in answer.rows:
        one = dict(zip(answer.columns, row, strict=True))
        before, after = changed(one["headline_before"], one["headline"])
        seen = Cell(wording.instant(one["seen_at"]), one["seen_at"].isoformat())
        outlet = Cell(plain(names.get(one["outlet"], one["outlet"])), one["outlet"])
        yield Change(seen, outlet, before, after, safe_url(one["url"]))


TOPIC_TABLES = (("share-of-voice", "voice"), ("topic-origin", "wire_share"), ("topic-dates", "share"))
"""Reports that stand on the page whole, and the column that is drawn as a bar."""


def _tables(reader: Reader, wording: Wording, names: dict[str, str]) -> dict[str, Table]:
    return {
        name: table_of(reader.answer(name), wording, id=name, names=names, bar=bar, command=reader.asked.command(name))
        for name, bar in TOPIC_TABLES
    }
