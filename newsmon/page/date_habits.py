"""What the dates of an outlet's earlier articles teach: its clocks, its template's constants, its false zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsmon.items import DateHabits, DateSource, Precision, Role
from newsmon.page.clocks import NOW_WITHIN, VISIBLE
from newsmon.page.date_reading import MACHINE
from newsmon.page.date_repairs import as_local, has_zone, is_plus_zero

SAME_TEXT_ARTICLES = 2
"""Articles that show one text in one place before the place is a clock."""
CONSTANT_ARTICLES = 5
"""Articles that state one date in one place before it is the template's."""
PROOFS = 3
"""Articles whose stamp is the feed's instant in local time before +00:00 is disbelieved."""

_WITNESSES: frozenset[DateSource] = frozenset({"jsonld", "meta", "feed", "news_sitemap", "url"})
_SAME = timedelta(minutes=2)
_HOUR = timedelta(hours=1)
_CONSTANT_DAYS = 3
_RARE = 5
"""One in so many articles that share a minute is an hour at which several are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDate:
    """A stored candidate of an earlier article of the outlet."""

    article: Hashable
    source: DateSource
    selector: str
    raw: str
    role: Role | None
    value: datetime | None
    """UTC, as stored: after the repairs that `flags` name."""
    precision: Precision | None = None
    flags: Collection[str] = ()
    fetched_at: datetime | None = None
    """When the page was fetched that said so; what depends on it is not learned without."""

    @property
    def is_fine(self) -> bool:
        return self.precision in ("second", "minute")


def learn(rows: Iterable[PastDate], *, tz: ZoneInfo) -> DateHabits:
    """The habits that `rows`, of one outlet, prove. `tz` is the outlet's zone."""
    articles: dict[Hashable, list[PastDate]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            articles[row.article].append(row)
    places = _by_place(articles)
    return DateHabits(
        clock_selectors=frozenset(s for s, found in places.items() if _Place(found, articles, tz).is_clock()),
        constants=frozenset(pair for found in places.values() for pair in _Place(found, articles, tz).constants()),
        local_as_utc=_is_local_as_utc(articles, tz),
    )


def _by_place(articles: Mapping[Hashable, list[PastDate]]) -> dict[str, list[PastDate]]:
    places: dict[str, list[PastDate]] = defaultdict(list)
    for rows in articles.values():
        for row in rows:
            if row.role in ("published", "clock", None) or (row.role == "event" and row.source in MACHINE):
                places[row.selector].append(row)
    return places


class _Place:
    """One selector of an outlet, with what each article showed there."""

    def __init__(self, rows: list[PastDate], articles: Mapping[Hashable, list[PastDate]], tz: ZoneInfo) -> None:
        self._rows = rows
        self._articles = articles
        self._tz = tz
        self._texts: dict[str, set[Hashable]] = defaultdict(set)
        for row in rows:
            self._texts[row.raw].add(row.article)

    # --- clocks

    def is_clock(self) -> bool:
        """The same text on two articles, unless what else is known of them says that it is their publication."""
        visible = [row for row in self._rows if row.source in VISIBLE and row.role != "event"]
        shared = [row for row in visible if len(self._texts[row.raw]) >= SAME_TEXT_ARTICLES]
        if not shared or self._is_hour_of_publication(visible, shared):
            return False
        confirmed = {row.article for row in visible if self._is_confirmed(row)}
        contradicted = {row.article for row in visible if self._is_contradicted(row)}
        if confirmed or contradicted:
            return len(contradicted) > len(confirmed)
        return any(row.is_fine for row in shared) or not self._varies_within_a_day(visible)

    def _is_hour_of_publication(self, visible: list[PastDate], shared: list[PastDate]) -> bool:
        sharing, all_of_them = {row.article for row in shared}, {row.article for row in visible}
        return all(row.is_fine for row in visible) and len(sharing) * _RARE <= len(all_of_them)

    def _witnesses(self, row: PastDate) -> list[PastDate]:
        """Other sources that tell when the article of `row` was published."""
        return [
            other
            for other in self._articles[row.article]
            if other.source in _WITNESSES and other.role == "published" and other.selector != row.selector
        ]

    def _is_confirmed(self, row: PastDate) -> bool:
        """Told by another source as well, and not by the hour of the fetch alone."""
        assert row.value is not None
        if row.fetched_at is not None:
            if row.is_fine and abs(row.fetched_at - row.value) < NOW_WITHIN:
                return False
            if not row.is_fine and self._day(row.fetched_at) == self._day(row.value):
                return False
        for other in self._witnesses(row):
            assert other.value is not None
            fine = row.is_fine and other.is_fine
            if abs(other.value - row.value) < _HOUR if fine else self._day(other.value) == self._day(row.value):
                return True
        return False

    def _is_contradicted(self, row: PastDate) -> bool:
        witnesses = self._witnesses(row)
        return bool(witnesses) and all(self._days_between(row, other) > 1 for other in witnesses)

    def _varies_within_a_day(self, visible: list[PastDate]) -> bool:
        """Whether pages fetched on one day showed several days there: no clock does."""
        days: dict[date, set[date]] = defaultdict(set)
        for row in visible:
            if row.fetched_at is not None and row.value is not None:
                days[self._day(row.fetched_at)].add(self._day(row.value))
        return any(len(shown) > 1 for shown in days.values())

    # --- constants

    def constants(self) -> list[tuple[str, str]]:
        """(selector, raw) that most articles bear, though they were not published together."""
        everywhere = len({row.article for row in self._rows})
        found = []
        for raw, articles in self._texts.items():
            rows = [row for row in self._rows if row.raw == raw and row.source in MACHINE]
            many = len(articles) >= CONSTANT_ARTICLES and 2 * len(articles) >= everywhere
            if rows and many and self._is_of_different_days(rows):
                found.append((rows[0].selector, raw))
        return found

    def _is_of_different_days(self, rows: list[PastDate]) -> bool:
        fetched = {self._day(row.fetched_at) for row in rows if row.fetched_at is not None}
        spread = bool(fetched) and (max(fetched) - min(fetched)).days >= _CONSTANT_DAYS
        return spread or len({row.article for row in rows if self._is_contradicted(row)}) >= SAME_TEXT_ARTICLES

    # --- days

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._tz).date()

    def _days_between(self, row: PastDate, other: PastDate) -> int:
        assert row.value is not None and other.value is not None
        return abs((self._day(row.value) - self._day(other.value)).days)


def _is_local_as_utc(articles: Mapping[Hashable, list[PastDate]], tz: ZoneInfo) -> bool:
    """Whether stamps with +00:00 show the feed's instant as a local clock does, on enough articles."""
    proofs = disproofs = 0
    for rows in articles.values():
        listed = [r.value for r in rows if r.source in ("feed", "news_sitemap") and r.is_fine and has_zone(r.raw)]
        stamps = [
            r for r in rows if r.source in MACHINE and r.role == "published" and r.is_fine and is_plus_zero(r.raw)
        ]
        readings = [_both_readings(row, tz) for row in stamps]
        proofs += any(abs(local - at) < _SAME for local, _ in readings for at in listed if at)
        disproofs += any(abs(stamped - at) < _SAME for _, stamped in readings for at in listed if at)
    return proofs >= PROOFS and proofs > 2 * disproofs


def _both_readings(row: PastDate, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """A stamp read as local time, and as stamped."""
    assert row.value is not None
    if "local_as_utc" in row.flags:
        wall = row.value.astimezone(tz).replace(tzinfo=None)
        return row.value, wall.replace(tzinfo=UTC)
    return as_local(row.value, tz), row.value
