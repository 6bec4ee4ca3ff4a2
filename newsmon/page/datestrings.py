"""Every string of a page that may be a date, with the place where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newsmon.items import DateString
from newsmon.outlets import Layout
from newsmon.page.date_metas import find_meta_dates
from newsmon.page.document import Document
from newsmon.page.jsonld_dates import find_jsonld_dates
from newsmon.page.metadata import Metadata
from newsmon.page.printed_dates import PrintedDates
from newsmon.text.urls import find_url_day

STRINGS_MAX = 60
ELSEWHERE_MAX = 3
"""Dates kept of each place that is not the article's own: enough to show that they were seen and why they lost."""


def find_date_strings(document: Document, layout: Layout, metadata: Metadata | None = None) -> tuple[DateString, ...]:
    """Every candidate, the most trusted place first, each (place, text) once.

    `metadata`, when it is at hand, saves the cost of making it again.
    """
    metadata = metadata or Metadata(document)
    strings: list[DateString] = [*find_jsonld_dates(document, metadata), *find_meta_dates(document.tree)]
    body = document.tree.find("body")
    if body is not None:
        strings += PrintedDates(document.tree, body, metadata, layout, most=ELSEWHERE_MAX).strings()
    if day := find_url_day(document.url):
        strings.append(DateString(source="url", selector="url", raw=day.isoformat(), role="published"))
    return _kept(strings)


def _kept(strings: Iterable[DateString]) -> tuple[DateString, ...]:
    found: dict[tuple[str, str, str], DateString] = {}
    elsewhere: Counter[str] = Counter()
    for string in strings:
        identity = (string.source, string.selector, string.raw)
        if identity in found or len(found) >= STRINGS_MAX:
            continue
        if string.place not in ("", "end"):
            elsewhere[string.place] += 1
            if elsewhere[string.place] > ELSEWHERE_MAX:
                continue
        found[identity] = string
    return tuple(found.values())
