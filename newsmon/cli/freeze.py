"""newsmon freeze: a page of an outlet, kept to hold its declaration to what it promises."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmon.cli.crawl import setting
from newsmon.cli.imports import instant
from newsmon.environment import PROJECT_ROOT
from newsmon.errors import ConfigurationError

if TYPE_CHECKING:
    from newsmon.items import Page
    from newsmon.outlets import Declaration

REVIEW = "review it, then run the tests again"

into = click.option(
    "--into",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=PROJECT_ROOT,
    help="The checkout that is written to. Default: this one.",
)

tuning = click.option(
    "-s", "settings", multiple=True, metavar="SETTING=VALUE", help="Change one of newsmon/settings.py."
)


@click.command()
@click.argument("slug", metavar="SLUG")
@click.argument("source", metavar="URL|FILE")
@click.option("--url", metavar="URL", help="Where a saved FILE was. Default: what it says of itself.")
@click.option("--fetched-at", metavar="ISO", callback=instant, help="When FILE was saved. Default: its own time.")
@into
@tuning
def freeze(
    slug: str, source: str, url: str | None, fetched_at: datetime | None, root: Path, settings: tuple[str, ...]
) -> None:
    """Keep a page of the outlet SLUG, and the article that is read from it, for the tests.

    Fetches URL as politely as a crawl, or takes the saved FILE. Writes tests/outlets/SLUG/<day>-<words>.html and the
    golden article beside it. The text is its publisher's: put sentences of your own in its place before you hand it on.

    \b
    Exit: 1 when they are written (review them: the tests hold what they say), or when
    the page could not be fetched or is no article; 2 usage or configuration.
    """
    is_address = source.startswith(("http://", "https://"))
    if is_address and (url or fetched_at):
        raise click.UsageError("--url and --fetched-at speak of a saved FILE; a fetched page knows both")

    from newsmon.fieldwork.freezing import freeze
    from newsmon.registry import find_declaration

    declaration = find_declaration(slug)
    page = _fetched(source, settings) if is_address else _saved(Path(source), url, fetched_at)
    _check_address(page.final_url, declaration)
    frozen = freeze(page, declaration, root)
    frozen.write()
    for path in (frozen.html, frozen.json):
        click.echo(path.relative_to(root) if path.is_relative_to(root) else path)
    click.echo(f"newsmon: {REVIEW}", err=True)
    sys.exit(1)


def _fetched(address: str, settings: tuple[str, ...]) -> Page:
    from newsmon.fieldwork.looking import fetch_page, look

    (page,) = look([lambda fetcher: fetch_page(fetcher, address)], dict(map(setting, settings)))
    return page


def _saved(file: Path, url: str | None, fetched_at: datetime | None) -> Page:
    from newsmon.items import Page
    from newsmon.page.article import find_address

    if not file.is_file():
        raise ConfigurationError(f"{file}: no such file; name a saved page, or an address with http:// or https://")
    body = file.read_bytes()
    address = url or find_address(body)
    if not address:
        raise ConfigurationError(f"{file}: it does not say where it is from; add --url URL")
    at = fetched_at or datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(microsecond=0)
    return Page(outlet="", url=address, final_url=address, body=body, fetched_at=at)


def _check_address(url: str, declaration: Declaration) -> None:
    """Raises: ConfigurationError when the page is another outlet's, or nobody's."""
    from newsmon.registry import declaration_for

    owner = declaration_for(url)
    if owner is None or owner.slug != declaration.slug:
        whose = f"is of {owner.slug}" if owner else "is of no declared outlet"
        raise ConfigurationError(f"{url} {whose}, not of {declaration.slug}; see its allowed_domains")
