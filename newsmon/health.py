"""Is an outlet well? What went wrong with it, since when, and since which fetch; pure judgement over what is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean, median
from zoneinfo import ZoneInfo

from newsmon.store.health import Facts

MISSED = 5
"""Articles that an outlet should have brought, by its own weekdays, before its silence is said."""
BEFORE, AFTER = 20, 8
"""Articles that are needed before and after a change to call it one."""
RARE, USUAL = 0.2, 0.8
"""Shares of articles that are ill before and after."""
THIN = 0.5
"""Of the median length of the outlet's articles."""
STREAK = 3
"""Visits that fail one after the other."""
FIELDS = {"date": "publication date", "author": "author", "deck": "deck", "section": "section", "caption": "caption"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong with one outlet."""

    outlet: str
    kind: str
    """failing (its visits), silent (no new article), refused (its pages are no articles), thin, lost (a field)."""
    field: str = ""
    """Of FIELDS, for lost."""
    since: datetime
    """silent: its last new article; else the first that was ill. UTC."""
    url: str
    """The fetch of that moment; "" for failing."""
    detail: str


def troubles(facts: Facts, *, now: datetime) -> Iterator[Trouble]:
    """What is wrong with an outlet, the gravest first."""
    found = (_failing(facts), _silent(facts, now), _refused(facts), _thin(facts))
    yield from (trouble for trouble in found if trouble)
    for name in FIELDS:
        if trouble := _lost(facts, name):
            yield trouble


def _failing(facts: Facts) -> Trouble | None:
    streak = []
    for visit in reversed(facts.visits):
        if visit.outcome not in ("failed", "blocked"):
            break
        streak.append(visit)
    if len(streak) < STREAK:
        return None
    reason = Counter(visit.reason or "" for visit in streak).most_common(1)[0][0]
    detail = f"{len(streak)} visits one after the other came to nothing: {reason}"
    return Trouble(outlet=facts.outlet, kind="failing", since=streak[-1].at, url="", detail=detail)


def _silent(facts: Facts, now: datetime) -> Trouble | None:
    """Measured on days that were visited: a machine that was off is not the outlet's silence."""
    if not facts.articles:
        return None
    last = facts.articles[-1]
    missed = expected_since(facts, local_day(last.at, facts.tz), until=local_day(now, facts.tz))
    if missed < MISSED:
        return None
    detail = f"no new article, where its weekdays let expect {missed:.0f}"
    return Trouble(outlet=facts.outlet, kind="silent", since=last.at, url=last.url, detail=detail)


def expected_since(facts: Facts, last: date, *, until: date) -> float:
    """How many articles the visited days after `last` and before `until` should have brought."""
    visited = sorted({local_day(v.at, facts.tz) for v in facts.visits if v.outcome not in ("failed", "blocked")})
    counts = Counter(local_day(article.at, facts.tz) for article in facts.articles)
    by_weekday: dict[int, list[int]] = defaultdict(list)
    # The first day brings what the listings had gathered: it tells nothing.
    for day in visited[1:]:
        if day <= last:
            by_weekday[day.weekday()].append(counts[day])
    usual = {weekday: _usual(numbers) for weekday, numbers in by_weekday.items()}
    return sum(usual.get(day.weekday(), 0.0) for day in visited if last < day < until)


def _usual(numbers: list[int]) -> float:
    """The mean without the greatest day: an election night is no measure. Nothing is expected after one day alone."""
    return fmean(sorted(numbers)[:-1]) if len(numbers) > 1 else 0.0


def local_day(at: datetime, tz: ZoneInfo) -> date:
    return at.astimezone(tz).date()


def _refused(facts: Facts) -> Trouble | None:
    start = find_break([page.reason is not None for page in facts.pages])
    if start is None:
        return None
    reason = Counter(p.reason for p in facts.pages[start:] if p.reason).most_common(1)[0][0]
    n = sum(p.reason is not None for p in facts.pages[start:])
    detail = f"{n} of the last {len(facts.pages) - start} pages came to no article, most of them: {reason}"
    first = facts.pages[start]
    return Trouble(outlet=facts.outlet, kind="refused", since=first.at, url=first.url, detail=detail)


def _thin(facts: Facts) -> Trouble | None:
    lengths = [article.words for article in facts.articles]
    if len(lengths) < BEFORE + AFTER:
        return None
    usual = median(lengths[: max(BEFORE, len(lengths) // 3)])
    start = find_break([words < THIN * usual for words in lengths])
    if start is None:
        return None
    detail = f"the median article has {median(lengths[start:]):.0f} words, and had {median(lengths[:start]):.0f}"
    first = facts.articles[start]
    return Trouble(outlet=facts.outlet, kind="thin", since=first.at, url=first.url, detail=detail)


def _lost(facts: Facts, name: str) -> Trouble | None:
    start = find_break([name not in article.fields for article in facts.articles])
    if start is None:
        return None
    detail = f"no {FIELDS[name]} any more, which nearly every article had"
    first = facts.articles[start]
    return Trouble(outlet=facts.outlet, kind="lost", field=name, since=first.at, url=first.url, detail=detail)


def find_break(ill: Sequence[bool]) -> int | None:
    """Where a series that was well turned ill and has stayed so: the index of the first that is ill, or None.

    >>> find_break([False] * 30 + [True] * 9)
    30
    >>> find_break([False, True] * 30) is None
    True
    """
    best, found = 0.0, None
    total, before = sum(ill), 0
    for k, is_ill in enumerate(ill):
        after = len(ill) - k
        if k >= BEFORE and after >= AFTER and is_ill:
            share_before, share_after = before / k, (total - before) / after
            if share_before <= RARE and share_after >= USUAL and share_after - share_before > best:
                best, found = share_after - share_before, k
        before += is_ill
    return found


STALE = timedelta(hours=26)
"""Since the last run: cron itself may have stopped."""
