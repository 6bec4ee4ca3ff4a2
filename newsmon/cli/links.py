"""newsmon links: what a listing brings, before anything is crawled."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

import click

from newsmon.discovery import parse_listing
from newsmon.errors import ListingError
from newsmon.items import Link, ListingKind
from newsmon.outlets import Declaration, Outlet

KINDS = ("rss", "atom", "news_sitemap", "sitemap", "section")


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--kind", type=click.Choice(KINDS), required=True, help="How the outlet's declaration calls the listing.")
@click.option("--base", metavar="URL", required=True, help="Where the listing was found.")
@click.option("--outlet", "slug", metavar="SLUG", help="Read it as this outlet's: its zone, domains and article_re.")
@click.option("--now", metavar="ISO", help="When it was fetched, for dates such as « hier »; by default now.")
def links(file: BinaryIO, kind: ListingKind, base: str, slug: str | None, now: str | None) -> None:
    """The links of a saved listing (FILE, or - for standard input), a JSON line each.

    The sitemaps that an index names, and what could not be read, are said on standard error.
    """
    declaration = _declaration(slug)
    try:
        listing = parse_listing(
            file.read(),
            kind=kind,
            base_url=_address(base),
            tz=declaration.tz,
            now=_instant(now),
            article_re=declaration.article_re,
            allowed_domains=declaration.allowed_domains,
        )
    except ListingError as e:
        raise ListingError(e.reason, f"{file.name}: {e.reason}: {e}") from None
    for link in listing.links:
        click.echo(json.dumps(_row(link), ensure_ascii=False))
        sys.stdout.flush()
    for child in listing.children:
        click.echo(f"child: {child}", err=True)
    nothing = () if listing.links or listing.children else ("no_links",)
    for problem in (*listing.problems, *nothing):
        click.echo(f"problem: {problem}", err=True)


def _declaration(slug: str | None) -> Declaration:
    if slug is None:
        return Declaration(slug="none", outlet=Outlet("none"))
    from newsmon.registry import find_declaration  # imports every outlet: only when one is named

    return find_declaration(slug)


def _address(base: str) -> str:
    if not base.lower().startswith(("http://", "https://")):
        raise click.BadParameter(f"{base!r} is not an http(s) address", param_hint="--base")
    return base


def _instant(now: str | None) -> datetime:
    if now is None:
        return datetime.now(UTC)
    try:
        read = datetime.fromisoformat(now)
    except ValueError:
        raise click.BadParameter(
            f"{now!r} is not an ISO date, e.g. 2026-11-23T09:00:00-05:00", param_hint="--now"
        ) from None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=ZoneInfo("UTC"))


def _row(link: Link) -> dict[str, str | None]:
    return {
        "url": link.url,
        "title": link.title,
        "date_raw": link.date_raw,
        "published_at": link.published_at.isoformat().replace("+00:00", "Z") if link.published_at else None,
        "guid": link.guid,
    }
