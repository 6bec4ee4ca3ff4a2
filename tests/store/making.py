"""Articles as the pipelines would hand them over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from newsmon.items import Article, Attribution, Author, Caption, DateCandidate, Link, Span, TopicMatch
from newsmon.outlets import Declaration, Feed, Outlet

AT = datetime(2022, 1, 18, 14, 0, tzinfo=UTC)
PUBLISHED = datetime(2022, 1, 18, 2, 40, tzinfo=UTC)
BODY = (
    "Le conseil de Sainte-Ursule a voté le budget lundi soir.\n\nLa hausse de taxes sera de 2,4 %, selon la mairesse.\n\n"
    "L’opposition aurait voulu reporter la réfection de l’aréna, un chantier de 12 millions de dollars."
)
OUTLET = Declaration(slug="essai", outlet=Outlet("L’Essai"), sources=(Feed("https://essai.example/rss"),))


def made(number: int = 1, **changes: Any) -> Article:
    """An article of `essai`, published on the evening of the 17th in Québec, which is the 18th in UTC."""
    url = f"https://essai.example/nouvelles/{number}"
    fields: dict[str, Any] = {
        "outlet": "essai",
        "url": url,
        "final_url": url,
        "canonical_url": url,
        "fetched_at": AT,
        "headline": f"Le budget adopté, acte {number}",
        "deck": "Deux heures de discussions.",
        "body": BODY,
        "captions": (Caption(text="La salle du conseil.", credit="Yvan Thériault"),),
        "language": "fr",
        "link": Link(url=url, title="Le budget adopté"),
        "link_kind": "rss",
        "dates": [
            DateCandidate(
                role="published", source="jsonld", selector="NewsArticle.datePublished", raw="2022-01-17T21:40:00-05:00",
                value=PUBLISHED, precision="second", chosen=True, reason="first in order", flags=("a", "b"),
            )
        ],
        "published_at": PUBLISHED,
        "published_precision": "second",
        "published_source": "jsonld",
        "day": date(2022, 1, 17),
        "day_basis": "published",
        "authors": (Author(name="Maude Charlebois-Roy"), Author(name="La Presse Canadienne", kind="agency")),
        "attribution": Attribution(kind="mixed", agency="La Presse Canadienne", where_found="byline"),
    }  # fmt: skip
    return Article(**{**fields, **changes})


def match(body: str = BODY, level: str = "primary") -> TopicMatch:
    start = body.index("budget")
    span = Span(
        field="body", start=start, end=start + 6, surface="budget", term="budget*", clause="require 1", weight=2.0
    )
    return TopicMatch(topic="budgets", level=level, score=2.0, spans=(span,))  # type: ignore[arg-type]
