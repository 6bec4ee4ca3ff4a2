"""One saved page to one plain record, by the steps of a crawl."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newsmon.errors import PageError
from newsmon.items import Article, Page
from newsmon.page.article import find_address
from newsmon.page.reading import read_whole
from newsmon.registry import declaration_for, find_declaration

RECORD: dict[str, Any] = dict.fromkeys(
    (
        "url", "canonical_url", "headline", "deck", "authors", "published_at", "published_day", "published_precision",
        "published_source", "modified_at", "day", "day_basis", "dates", "section", "language", "body", "captions",
        "attribution", "methods", "error",
    )
)  # fmt: skip
"""The fields of a record, in their order."""


def extracted(body: bytes, *, url: str | None, outlet: str | None, fetched_at: datetime) -> dict[str, Any]:
    """What a page says, as JSON's types; `error` tells why there is nothing else.

    Raises: ConfigurationError for an outlet that is not declared.
    """
    address = url or find_address(body) or "urn:newsmon:saved-page"
    declaration = find_declaration(outlet) if outlet else declaration_for(address)
    slug = declaration.slug if declaration else ""
    page = Page(outlet=slug, url=address, final_url=address, body=body, fetched_at=fetched_at)
    try:
        return record_of(read_whole(page, declaration), url)
    except PageError as e:
        return {**RECORD, "url": url, "error": f"{e.reason}: {e}"}


def record_of(article: Article, url: str | None) -> dict[str, Any]:
    attribution = article.attribution
    return {
        "url": url,
        "canonical_url": None if article.canonical_url.startswith("urn:") else article.canonical_url,
        "headline": article.headline,
        "deck": article.deck,
        "authors": [author.name for author in article.authors],
        "published_at": _iso(article.published_at),
        "published_day": article.day.isoformat() if article.day and article.day_basis == "published" else None,
        "published_precision": article.published_precision,
        "published_source": article.published_source,
        "modified_at": _iso(article.modified_at),
        "day": article.day.isoformat() if article.day else None,
        "day_basis": article.day_basis,
        "dates": [
            {
                "role": candidate.role,
                "source": candidate.source,
                "raw": candidate.raw,
                "value": _iso(candidate.value),
                "precision": candidate.precision,
                "chosen": candidate.chosen,
                "reason": candidate.reason,
            }
            for candidate in article.dates
        ],
        "section": article.section,
        "language": article.language,
        "body": article.body,
        "captions": [{"text": caption.text, "credit": caption.credit} for caption in article.captions],
        "attribution": {
            "kind": attribution.kind,
            "agency": attribution.agency,
            "source_name": attribution.source_name,
            "source_host": attribution.source_host,
            "raw": attribution.raw,
        }
        if attribution
        else None,
        "methods": article.methods,
        "error": None if article.thin == "paywall" else article.thin,
    }


def _iso(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
