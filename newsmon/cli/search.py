"""newsmon search."""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmon.cli.report_options import LANG, SINCE, UNTIL, with_options
from newsmon.cli.reports import FORMAT, OUTPUT, SEPARATOR

if TYPE_CHECKING:
    from newsmon.reports.run import Answer

BOLD = ("\x1b[1m", "\x1b[0m")


class _Asking(click.Command):
    """-mot is a word that is not wanted: click would take its letters for options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f"{_NOT}{a[1:]}" if re.match(r"-[^-].", a) else a for a in args])


_NOT = "\N{NON-BREAKING HYPHEN}"


@click.command(cls=_Asking)
@click.argument("words", nargs=-1, required=True)
@with_options(
    SINCE,
    UNTIL,
    click.Option(["--outlet"], multiple=True, metavar="SLUG", help="Of this outlet; may be given several times."),
    click.Option(["--best"], is_flag=True, help="The best first, not the newest."),
    click.Option(["--limit"], type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many."),
    FORMAT,
    SEPARATOR,
    OUTPUT,
    LANG,
)
def search(words: tuple[str, ...], **asked: Any) -> None:
    """Find articles by the words of their current text, the newest first.

    Accents, capitals and elisions make no difference (ukraine finds « l’Ukraine »), nor does the plural.

    \b
      sanctions russie           both words
      '"sanctions contre la"'    in this order, as written
      otan OU nato               either (OR, too)
      ukraine -hockey            without the second
      canad*                     what begins so
    """
    _answer(" ".join(f"-{word[1:]}" if word.startswith(_NOT) else word for word in words), **asked)


def _answer(
    words: str, *, since: date | None, until: date | None, outlet: tuple[str, ...], best: bool, limit: int,
    form: Any, separator: Any, output: Path | None, lang: Any,
) -> None:  # fmt: skip
    from newsmon.cli.reports import write_output
    from newsmon.environment import database_url
    from newsmon.reports.search import MARKS
    from newsmon.reports.search import search as find
    from newsmon.store.schema import open_reader

    on_screen = form == "table" and output is None and sys.stdout.isatty()
    engine = open_reader(database_url())
    try:
        answer = find(
            engine, words, order="best" if best else "newest", since=since, until=until, outlets=outlet, limit=limit,
            marks=BOLD if on_screen else MARKS,
        )  # fmt: skip
    finally:
        engine.dispose()
    if form == "table":
        write_output(_listed(answer, lang or "fr").encode(), output)
    else:
        from newsmon.reports.formats import as_bytes

        write_output(as_bytes(answer, form, lang or "fr", separator=separator or ","), output)


def _listed(answer: Answer, language: Any) -> str:
    """An article in three lines: what and when, the words around, where."""
    import textwrap

    if not answer.rows:
        return "Rien à montrer.\n" if language == "fr" else "Nothing to show.\n"
    folded = sys.stdout.isatty() or "COLUMNS" in os.environ
    width = shutil.get_terminal_size((120, 40)).columns if folded else 10_000
    lines = []
    for article_id, day, basis, outlet, headline, snippet, url in answer.rows:
        known = "" if basis == "published" else f" ({basis})"
        lines.append(f"{day or '–'}{known} {outlet}  {headline}  [{article_id}]")
        lines += textwrap.wrap(snippet, max(width - 4, 20), initial_indent="    ", subsequent_indent="    ")
        lines.append(f"    {url}")
    return "\n".join(lines) + "\n"
