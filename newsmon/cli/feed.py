"""newsmon feed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsmon.reports.named import Language


@click.command()
@click.argument("slug")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Articles, the latest.")
@click.option("--address", metavar="URL", help="Where the feed will be found: the standard wants it to say so.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def feed(slug: str, limit: int, address: str | None, lang: Language) -> None:
    """A topic as an Atom feed: its latest articles, and the days on which it stood out.

    \b
    newsmon feed guerre-ukraine > ukraine.atom

    Put the line behind a crawl in your crontab, with the file in a folder that a web server shows.
    """
    from newsmon.environment import database_url
    from newsmon.reports.feed import topic_feed
    from newsmon.store.engine import snapshot
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        with snapshot(engine) as conn:
            document = topic_feed(conn, slug, lang, limit=limit, now=datetime.now(UTC), address=address)
    finally:
        engine.dispose()
    sys.stdout.buffer.write(document)
    sys.stdout.buffer.flush()
