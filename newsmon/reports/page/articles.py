"""The articles of a page: each with the sentence that put it there, each changed headline with what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsmon.reports.output import plain
from newsmon.reports.page import gather
from newsmon.reports.page.excerpts import Pieces, Span, changed, excerpt, headline
from newsmon.reports.page.gather import Match, Reader
from newsmon.reports.page.tables import Cell, safe_url
from newsmon.reports.wording import Wording


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
        headline=headline(match.headline, spans.get("headline", ())),
        href=safe_url(match.url),
        level=match.level,
        sentence=sentence,
    )


def changes_of(reader: Reader, wording: Wording, names: dict[str, str]) -> Iterator[Change]:
    """The headlines of the page's articles that changed, the latest change first."""
    answer = reader.answer("headline-changes", limit=gather.SHORT)
    for row in answer.rows:
        one = dict(zip(answer.columns, row, strict=True))
        before, after = changed(one["headline_before"], one["headline"])
        seen = Cell(wording.instant(one["seen_at"]), one["seen_at"].isoformat())
        outlet = Cell(plain(names.get(one["outlet"], one["outlet"])), one["outlet"])
        yield Change(seen, outlet, before, after, safe_url(one["url"]))
