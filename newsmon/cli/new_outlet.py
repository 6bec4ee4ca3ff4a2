"""newsmon new-outlet: a site becomes an outlet, for review."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from newsmon.cli.crawl import setting
from newsmon.cli.freeze import REVIEW, into, tuning


@click.command("new-outlet")
@click.argument("slug", metavar="SLUG")
@click.argument("home", metavar="HOME")
@click.option("--name", help="As it calls itself. Default: what its home page says.")
@click.option("--region", default="CA", show_default=True, help="A province's code, CA or another country's.")
@click.option("--timezone", default="America/Toronto", show_default=True, metavar="ZONE", help="Where it is written.")
@into
@tuning
def new_outlet(
    slug: str, home: str, name: str | None, region: str, timezone: str, root: Path, settings: tuple[str, ...]
) -> None:
    """Look at the site HOME, and write what it takes to follow it as SLUG.

    Asks the home page and robots.txt for feeds and sitemaps, tries the cleaner on three articles, and writes
    spiders/SLUG.py, a frozen page and its golden article. The page's text is its publisher's: put sentences of your
    own in its place before you hand it on.

    \b
    Exit: 1 when they are written (review them), or when no article could be read:
    then nothing is written; 2 usage or configuration.
    """
    from newsmon.errors import ConfigurationError, PageError
    from newsmon.fieldwork.looking import look
    from newsmon.fieldwork.scouting import Order, scout, spider_file, spider_source
    from newsmon.outlets import Declaration, Outlet
    from newsmon.registry import all_declarations, declaration_for

    Declaration(slug=slug, outlet=Outlet(name or slug, home=home, region=region, timezone=timezone))
    if slug in all_declarations():
        raise ConfigurationError(f"{slug} is declared already; `newsmon freeze {slug} URL` keeps another page of it")
    owner = declaration_for(home)
    if owner is not None:
        raise ConfigurationError(f"{home} is of {owner.slug} already: `newsmon outlets check {owner.slug}` looks at it")
    path = spider_file(root, slug)
    order = Order(slug=slug, home=home, name=name, region=region, timezone=timezone, root=root)
    (found,) = look([lambda fetcher: scout(fetcher, order)], dict(map(setting, settings)))

    for listing, count in found.listings:
        click.echo(f"{type(listing).__name__:12} {listing.url}: {count} links")
    for problem in found.problems:
        click.echo(f"newsmon: {problem}", err=True)
    for article in found.articles:
        click.echo(f"article      {article.golden['url']}: {_read(article.golden)}")
    if not found.articles:
        raise PageError("no_body", f"{home}: no article of it could be read; nothing was written")
    best = found.best
    best.write()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(spider_source(found.declaration, datetime.now(UTC).date().isoformat()), "utf-8")
    except OSError as e:
        raise ConfigurationError(f"{path}: {e.strerror}") from None
    for written in (path, best.html, best.json):
        click.echo(written.relative_to(root) if written.is_relative_to(root) else written)
    click.echo(f"newsmon: {REVIEW}", err=True)
    sys.exit(1)


def _read(golden: dict[str, object]) -> str:
    """What was read of an article, and what was not."""
    body = golden["body"]
    words = sum(len(paragraph.split()) for paragraph in body) if isinstance(body, list) else 0
    known = [name for name in ("headline", "deck", "authors", "published_at", "section") if golden[name]]
    missing = [name for name in ("headline", "deck", "authors", "published_at", "section") if not golden[name]]
    return f"{', '.join(known)}, {words} words" + (f"; no {', no '.join(missing)}" if missing else "")
