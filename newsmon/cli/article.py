"""newsmon article."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from newsmon.reports.article import Found


@click.command()
@click.argument("which", metavar="ID|URL|SLUG")
@click.option("--dates", is_flag=True, help="Every date candidate, and why it won or lost.")
@click.option("--history", is_flag=True, help="Every stored text of it.")
def article(which: str, dates: bool, history: bool) -> None:
    """Show a stored article: its date and how it is known, who signs it, which topics it matches and why.

    SLUG is the last part of its address, e.g. sanctions-banques-russes.
    """
    from newsmon.environment import database_url
    from newsmon.reports.article import dates_of, find_article, history_of
    from newsmon.reports.output import as_table
    from newsmon.store.schema import open_reader

    folded = sys.stdout.isatty() or "COLUMNS" in os.environ
    width = shutil.get_terminal_size((120, 40)).columns if folded else None
    engine = open_reader(database_url())
    try:
        with engine.connect() as conn:
            found = find_article(conn, which)
            _show(found)
            if dates:
                click.echo("\n" + as_table(dates_of(conn, found.article.article_id), "fr", width=width))
            if history:
                click.echo("\n" + as_table(history_of(conn, found.article.article_id), "fr", width=width))
    finally:
        engine.dispose()


def _show(found: Found) -> None:
    from newsmon.reports.output import cell

    row = found.article
    at = f"{cell(row.published_at, 'fr')[:19]} UTC" if row.published_at else "inconnue"
    known = f" ({row.published_precision}, {row.published_source})" if row.published_at else ""
    lines = [
        ("titre", row.headline),
        ("média", f"{row.outlet_name} ({row.outlet})"),
        ("adresse", row.url),
        ("parution", f"{at}{known}"),
        ("jour", f"{row.day} (su par : {row.day_basis})"),
        ("signature", ", ".join(found.authors) or None),
        ("origine", " ".join(part for part in (row.origin, row.agency or row.source_name) if part) or None),
        ("révisions", str(row.revisions)),
        *((f"sujet {m.topic}", f"{m.level}, {cell(float(m.score), 'fr')} – {m.why}") for m in found.matches),
        *(("histoire", f"mots communs : {one.words}") for one in found.story[:1]),
        *((f"  n° {one.article_id}", f"{one.outlet}, {one.day} – {one.headline}") for one in found.story),
        *((f"texte n° {one.other_id}", _copy(one)) for one in found.copies),
    ]
    for name, value in lines:
        click.echo(f"{name:12} {cell(value, 'fr')}")


def _copy(one: Any) -> str:
    """The same text elsewhere, in one line."""
    lag = "" if one.lag_hours is None else f", {_lag(float(one.lag_hours))}"
    return f"{one.other_outlet} – {one.other_headline} ({100 * one.share:.0f} % de ce texte{lag})"


def _lag(hours: float) -> str:
    told = f"{abs(hours):.1f}".replace(".", ",")
    return "à la même heure" if hours == 0 else f"{told} h {'plus tôt' if hours > 0 else 'plus tard'}"
