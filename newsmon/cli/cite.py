"""newsmon cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsmon.reports.citing import Style
    from newsmon.reports.named import Language


@click.command()
@click.argument("which", metavar="ID|URL")
@click.option("--style", type=click.Choice(["apa", "chicago", "bibtex"]), default="apa", show_default=True)
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def cite(which: str, style: Style, lang: Language) -> None:
    """Cite a stored article: outlet, headline, date and how it is known, address, archived copy, hash of the text."""
    from newsmon.environment import database_url
    from newsmon.reports.citing import cite as cited
    from newsmon.reports.citing import find_source
    from newsmon.reports.wording import Wording
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        with engine.connect() as conn:
            source = find_source(conn, which)
    finally:
        engine.dispose()
    click.echo(cited(source, style, Wording(lang)))
