"""A small newsroom: three outlets, a year of a topic, with all that a page has to tell apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from newsmon.items import Article, Attribution, Span, TopicMatch
from newsmon.outlets import Declaration, Feed, Outlet
from newsmon.store import frontier
from tests.store.conftest import Store
from tests.store.making import made

NOW = datetime(2022, 12, 31, 12, 0, tzinfo=UTC)
NAMES = {"essai": "L’Essai", "phare": "Le Phare de l’Anse", "maree": "Radio Marée"}
BODY = (
    "La séance a duré deux heures. Le budget de M. Roy a été adopté à l’unanimité, malgré la hausse de 2,4 %. "
    "On attend la suite.\n\nLe prochain budget sera présenté en mars."
)


def add_outlet(store: Store, slug: str, name: str) -> None:
    outlet = Declaration(slug=slug, outlet=Outlet(name), sources=(Feed(f"https://{slug}.example/rss"),))
    store.do(frontier.sync_outlet, outlet)


def spans_of(headline: str, body: str) -> tuple[Span, ...]:
    """Every "budget", wherever it stands."""
    found = []
    for field, text, weight in (("headline", headline, 4.0), ("body", body, 0.5)):
        start = text.lower().find("budget")
        while start >= 0:
            surface = text[start : start + 6]
            found.append(
                Span(
                    field=field,
                    start=start,
                    end=start + 6,
                    surface=surface,
                    term="budget*",
                    clause="require 1",
                    weight=weight,
                )  # type: ignore[arg-type]
            )
            start = text.lower().find("budget", start + 1)
    return tuple(found)


def on_topic(number: int, day: date, **changes: Any) -> Article:
    """An article on budgets, of `essai` unless `changes` say otherwise."""
    outlet = changes.get("outlet", "essai")
    url = changes.pop("url", f"https://{outlet}.example/{number}")
    headline, body = changes.get("headline", f"Budget, acte {number}"), changes.get("body", BODY)
    level = changes.pop("level", "primary")
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=15)
    return made(
        number,
        **{
            "url": url, "final_url": url, "canonical_url": url, "headline": headline, "body": body, "fetched_at": at,
            "day": day, "published_at": at, "link": None, "attribution": None,
            "matches": [TopicMatch(topic="budgets", level=level, score=4.5, spans=spans_of(headline, body))],
            **changes,
        },
    )  # fmt: skip


UNDATED: dict[str, Any] = {"published_at": None, "published_source": None, "published_precision": None, "dates": []}


def fill(store: Store) -> None:
    """Twenty-two articles on the topic: dated and not, about it or not, of the house and of an agency."""
    for slug, name in NAMES.items():
        add_outlet(store, slug, name)
    wire = Attribution(kind="wire", agency="La Presse Canadienne", where_found="byline")
    original = Attribution(kind="original")
    first = date(2022, 1, 10)
    articles = [on_topic(i, first + timedelta(days=9 * i), attribution=original) for i in range(12)]
    articles += [
        on_topic(20 + i, first + timedelta(days=11 * i), outlet="phare", level="secondary", attribution=wire)
        for i in range(6)
    ]
    articles += [on_topic(40, date(2022, 4, 1), outlet="maree")]
    articles += [
        on_topic(50 + i, date(2022, 6, 1), outlet="maree", day_basis="clock", headline=f"Sans date {i}", **UNDATED)
        for i in range(3)
    ]
    articles += [made(60 + i, day=first + timedelta(days=i), published_at=NOW, attribution=original) for i in range(30)]
    store.save(*articles)
    later = datetime(2022, 4, 19, 20, 15, tzinfo=UTC)
    store.save(on_topic(11, first + timedelta(days=99), headline="Budget adopté, acte 11", fetched_at=later), now=later)
