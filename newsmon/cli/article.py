"""newsmon article."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from newsmon.reports.article import Found
    from newsmon.reports.run import Answer


@click.command()
@click.argument("which", metavar="ID|URL|SLUG")
@click.option("--dates", is_flag=True, help="Every date candidate, and why it won or lost.")
@click.option("--history", is_flag=True, help="Every stored text of it, and when it went, came back or moved.")
@click.option(
    "--diff", "revisions", nargs=2, type=int, metavar="OLD NEW", help="What changed from one revision to another."
)
def article(which: str, dates: bool, history: bool, revisions: tuple[int, int] | None) -> None:
    """Show a stored article: its date and how it is known, who signs it, which topics it matches and why.

    URL is any address that it has or had. SLUG is the last part of its address, e.g. sanctions-banques-russes.
    --diff marks the words: in colour on a terminal, else [-gone-] and {+new+}.
    """
    from newsmon.environment import database_url
    from newsmon.reports.article import dates_of, events_of, find_article, history_of
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    try:
        with engine.connect() as conn:
            found = find_article(conn, which)
            number = found.article.article_id
            shown = _difference(conn, number, revisions) if revisions else None
            _show(found)
            if dates:
                _table(dates_of(conn, number))
            if history:
                _table(history_of(conn, number))
                if (events := events_of(conn, number)).rows:
                    _table(events)
            if shown is not None:
                click.echo(f"\n{shown}")
    finally:
        engine.dispose()


def _table(answer: Answer) -> None:
    from newsmon.reports.output import as_table

    folded = sys.stdout.isatty() or "COLUMNS" in os.environ
    width = shutil.get_terminal_size((120, 40)).columns if folded else None
    click.echo("\n" + as_table(answer, "fr", width=width))


def _difference(conn: Connection, article_id: int, revisions: tuple[int, int]) -> str:
    from newsmon.reports.changes import difference, find_pair, in_brackets

    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return "\n".join(difference(find_pair(conn, article_id, *revisions), _coloured if colours else in_brackets))


def _coloured(words: str, kind: str) -> str:
    if kind == "added":
        return click.style(words, fg="green", bold=True)
    return click.style(words, fg="red", strikethrough=True)


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
