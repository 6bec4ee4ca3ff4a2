"""The dates that <meta> elements state, by the names that news sites use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from newsmon.items import DateString, Role
from newsmon.text.clean import clean_line

PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "dc.date.created", "dc.date.issued", "dcterms.created", "dcterms.issued",
    "dc.date.published", "dcterms.available", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxenseparse:recs:recs:publishtime",
    "publishtime", "publish-date", "publish_date", "publishdate", "published_at", "pubdate", "pub_date",
    "publication_date", "publication-date", "publicationdate", "published_time", "date_published",
    "published_date", "published-date", "publisheddate", "article_date_original", "original-publish-date",
    "article.published", "article:published_date", "article:publish_date", "article:original_publish_date",
    "article:post_date", "bt:pubdate", "rnews:datepublished", "citation_publication_date",
    "citation_online_date", "shareaholic:article_published_time", "dcsext.articlefirstpublished",
    "vf:published_time", "video:release_date", "prism.publicationdate", "firstpublished", "releasedate",
    "article:create_time", "first_publication_date",
)  # fmt: skip
WEAK = (
    "dc.date", "dcterms.date", "dc:date", "dc:created", "date", "displaydate", "dateposted", "created",
    "creation_date", "ptime", "article.created", "datecreated", "citation_date", "article:created_time",
    "release_date",
)  # fmt: skip
"""Names that also stand for the day when a template or a site was made."""
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "og:article:modified_time", "datemodified",
    "article:modified", "article:updated_time", "article:modified_date", "dc.date.modified", "dcterms.modified",
    "dc:modified", "lastmodified", "last-modified", "lastmod", "last_modified", "modified_time",
    "modified_date", "modified", "modification_date", "article.updated", "updated_time", "update_date",
    "revision_date", "revised", "utime", "rnews:datemodified", "shareaholic:article_modified_time",
    "eomportal-lastupdate", "dcsext.articlelastupdated",
    "cxenseparse:modifiedtime", "article:last_modified",
)  # fmt: skip
_ROLES: dict[str, tuple[int, Role | None]] = {
    **{name: (rank, "published") for rank, name in enumerate(PUBLISHED)},
    **{name: (100 + rank, None) for rank, name in enumerate(WEAK)},
    **{name: (200 + rank, "modified") for rank, name in enumerate(MODIFIED)},
}
_RADIO_CANADA_RE = re.compile(r"\A(?:19|20)\d\d-\d\d-\d\d\|\d\dh\d\d\Z")
"""The form of Radio-Canada's server, whose clock is in UTC: seen beside +00:00 stamps on pages of 2017 and 2020."""


def find_meta_dates(tree: HtmlElement) -> Iterator[DateString]:
    """Dates of the head's metas: published, weak (role None), modified; those of the body belong to its microdata."""
    found: list[tuple[int, DateString]] = []
    for meta in tree.iter("meta"):
        name = _name_of(meta)
        if name not in _ROLES or (meta.get("itemprop") and _is_in_body(meta)):
            continue
        raw = clean_line(meta.get("content") or meta.get("value") or "")[:200]
        if raw:
            rank, role = _ROLES[name]
            zone = "UTC" if _RADIO_CANADA_RE.match(raw) else None
            found.append((rank, DateString(source="meta", selector=f"meta[{name}]", raw=raw, role=role, zone=zone)))
    found.sort(key=lambda pair: pair[0])
    return (string for _, string in found)


def _name_of(meta: HtmlElement) -> str:
    name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
    return name.strip().lower()


def _is_in_body(meta: HtmlElement) -> bool:
    return any(ancestor.tag == "body" for ancestor in meta.iterancestors())
