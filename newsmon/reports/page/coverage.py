"""What a page covers: the topic's definition, up to when the outlets were seen, the days that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newsmon.reports.page import gather
from newsmon.reports.page.gather import Asked, Reader
from newsmon.reports.run import as_instant
from newsmon.reports.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What the topic covers."""

    name: str
    version: int
    added_at: datetime
    digest: str
    text: str


def definition_of(reader: Reader) -> Definition:
    """Of the page's topic, in the version that its articles match."""
    row = reader.rows("SELECT name, version, added_at, digest, definition FROM v_topic WHERE topic = :topic")[0]
    return Definition(
        name=row.name,
        version=row.version,
        added_at=as_instant(row.added_at),
        digest=row.digest,
        text=row.definition,
    )


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


def version_told(definition: Definition, wording: Wording) -> str:
    """The version, in a sentence."""
    return wording("covers_version", version=definition.version, at=wording.instant(definition.added_at))


def period(asked: Asked, wording: Wording) -> str:
    """The days that were asked for, in words."""
    since = wording.day(asked.since) if asked.since else ""
    until = wording.day(asked.until) if asked.until else ""
    key = {(True, True): "both", (True, False): "since", (False, True): "until"}.get((bool(since), bool(until)), "all")
    return wording(f"period_{key}", since=since, until=until)
