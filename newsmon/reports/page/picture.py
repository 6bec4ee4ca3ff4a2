"""Attention over time as columns: where they stand and how high, in percent of a drawing that stretches.

Only dated articles are drawn: an undated one has a last possible day, and a column there would be a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsmon.reports.wording import Wording

DAYS_MAX, WEEKS_MAX = 92, 160
"""More days than that are drawn as weeks, more weeks as months."""
TOP_MIN = 4
"""Articles: the least that a full height stands for, so that one article is no tower."""
ROWS_MAX = 12
"""Outlets with a row of their own; the others share one."""
TICKS_MAX = 6


@dataclass(frozen=True, slots=True)
class Count:
    """What an outlet wrote on a day."""

    day: date
    outlet: str
    n: int
    n_primary: int


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time with a column of its own, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: all articles, and of them those that are about the topic. x, width and heights in percent."""

    x: float
    width: float
    height: float
    primary_height: float
    n: int
    n_primary: int
    when: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet's columns; `told` is what a reader hears who sees none."""

    outlet: str
    n: int
    bars: tuple[Bar, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under the columns. Minor ones give way where the page is narrow."""

    x: float
    text: str
    minor: bool
    anchor: str
    """SVG's: start, or end for the last one that would reach over the edge."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch that is marked behind the columns."""

    x: float
    width: float
    told: str


@dataclass(frozen=True, slots=True)
class Picture:
    unit: str
    """day, week, month."""
    bins: tuple[Bin, ...]
    top: int
    """Articles that the full height of the first row stands for."""
    row_top: int
    """The same of the other rows."""
    all: Row
    rows: tuple[Row, ...]
    """The most articles first; the last may be the other outlets together."""
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]


def draw(
    counts: Sequence[Count], wording: Wording, names: dict[str, str], bursts: Iterable[tuple[date, date]] = ()
) -> Picture | None:
    """The picture; None when there is nothing to draw."""
    if not counts:
        return None
    unit, bins = bins_of(min(c.day for c in counts), max(c.day for c in counts))
    index = _index(bins)
    table: dict[str, list[list[int]]] = {}
    for count in counts:
        cell = table.setdefault(count.outlet, [[0, 0] for _ in bins])[index[count.day]]
        cell[0] += count.n
        cell[1] += count.n_primary
    order = sorted(table, key=lambda outlet: (-sum(n for n, _ in table[outlet]), outlet))
    rows = [(names.get(outlet, outlet), table[outlet]) for outlet in order[:ROWS_MAX]]
    if rest := order[ROWS_MAX:]:
        rows.append((wording("others", n=len(rest)), _sum([table[outlet] for outlet in rest], len(bins))))
    everything = _sum(list(table.values()), len(bins))
    maker = _RowMaker(unit, bins, wording)
    row_top = max(TOP_MIN, *(n for _, cells in rows for n, _ in cells))
    top = max(TOP_MIN, *(n for n, _ in everything))
    return Picture(
        unit=unit,
        bins=bins,
        top=top,
        row_top=row_top,
        all=maker.row(wording("all_outlets"), everything, top),
        rows=tuple(maker.row(name, cells, row_top) for name, cells in rows),
        ticks=ticks_of(bins, unit, wording),
        bands=tuple(_bands(bursts, index, len(bins), wording)),
    )


def trend(name: str, days: Mapping[date, int], span: tuple[date, date], wording: Wording) -> Row:
    """One row of columns over the whole `span`, to its own height; days must not be empty."""
    unit, bins = bins_of(*span)
    cells = [[0, 0] for _ in bins]
    index = _index(bins)
    for day, n in days.items():
        cells[index[day]][0] += n
    return _RowMaker(unit, bins, wording).row(name, cells, max(n for n, _ in cells))


def _index(bins: Sequence[Bin]) -> dict[date, int]:
    return {b.first + timedelta(days=i): k for k, b in enumerate(bins) for i in range((b.last - b.first).days + 1)}


def _sum(tables: Sequence[list[list[int]]], bins: int) -> list[list[int]]:
    return [[sum(t[k][0] for t in tables), sum(t[k][1] for t in tables)] for k in range(bins)]


def bins_of(first: date, last: date) -> tuple[str, tuple[Bin, ...]]:
    """Days, weeks from Monday, or months: as many as a picture can show. Weeks and months are whole."""
    days = (last - first).days + 1
    if days <= DAYS_MAX:
        return "day", tuple(Bin(day, day) for day in (first + timedelta(days=i) for i in range(days)))
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    if weeks <= WEEKS_MAX:
        starts = (monday + timedelta(weeks=i) for i in range(weeks))
        return "week", tuple(Bin(day, day + timedelta(days=6)) for day in starts)
    months, start = [], first.replace(day=1)
    while start <= last:
        after = (start + timedelta(days=32)).replace(day=1)
        months.append(Bin(start, after - timedelta(days=1)))
        start = after
    return "month", tuple(months)


@dataclass(frozen=True, slots=True)
class _RowMaker:
    unit: str
    bins: tuple[Bin, ...]
    wording: Wording

    def row(self, name: str, cells: list[list[int]], top: int) -> Row:
        step = 100 / len(self.bins)
        bars = tuple(
            Bar(
                round(k * step + 0.1 * step, 3), round(0.8 * step, 3), round(100 * n / top, 2),
                round(100 * primary / top, 2), n, primary, when(self.bins[k], self.unit, self.wording),
            )
            for k, (n, primary) in enumerate(cells) if n
        )  # fmt: skip
        n = sum(cell[0] for cell in cells)
        peak = max(bars, key=lambda bar: bar.n)
        counted = self.wording.counted("articles", n)
        told = self.wording("row_told", name=name, articles=counted, peak=self.wording.number(peak.n), when=peak.when)
        return Row(name, n, bars, told)


def when(bin_: Bin, unit: str, wording: Wording) -> str:
    """The stretch in words: "1er mars 2022", "semaine du 28 février 2022", "mars 2022"."""
    if unit == "month":
        return wording.month(bin_.first, year=True)
    return wording("week_of", day=wording.day(bin_.first)) if unit == "week" else wording.day(bin_.first)


def ticks_of(bins: Sequence[Bin], unit: str, wording: Wording) -> tuple[Tick, ...]:
    """Labels at the firsts of months; of days where they are few."""
    if unit == "day" and len(bins) < 32:
        at = range(0, len(bins), max(1, -(-len(bins) // TICKS_MAX)))
        labels = [(k, wording.short_day(bins[k].first)) for k in at]
    else:
        starts = [k for k, b in enumerate(bins) if b.first.day == 1 or (unit == "week" and b.first.day > b.last.day)]
        starts = starts or [0]
        shown = starts[:: max(1, -(-len(starts) // TICKS_MAX))]
        labels = [(k, wording.month(bins[k].last, year=True)) for k in shown]
    ticks = []
    for i, (k, text) in enumerate(labels):
        x = round(100 * k / len(bins), 2)
        ticks.append(Tick(x, text, minor=i % 2 == 1, anchor="end" if x > 88 else "start"))
    return tuple(ticks)


def _bands(bursts: Iterable[tuple[date, date]], index: dict[date, int], bins: int, wording: Wording) -> Iterable[Band]:
    first_day, last_day = min(index), max(index)
    for start, end in bursts:
        if end < first_day or start > last_day:
            continue
        k, m = index[max(start, first_day)], index[min(end, last_day)]
        told = wording("burst_told", start=wording.day(start), end=wording.day(end))
        yield Band(round(100 * k / bins, 3), round(100 * (m - k + 1) / bins, 3), told)
