"""newsmon digest."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from newsmon.cli.report_options import DATED_ONLY, SINCE, UNTIL, with_options

if TYPE_CHECKING:
    from newsmon.reports.digest import Digest
    from newsmon.reports.named import Language


@click.command()
@with_options(SINCE, UNTIL, DATED_ONLY)
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["markdown", "html", "mail"]), default="markdown", show_default=True
)
@click.option("--to", metavar="ADDRESS", help="Of mail: who receives it.")
@click.option("--from", "sender", metavar="ADDRESS", help="Of mail: who sends it.  [default: the receiver]")
def digest(
    since: date | None,
    until: date | None,
    dated_only: bool,
    lang: Language,
    form: str,
    to: str | None,
    sender: str | None,
) -> None:
    """The week in the topics: how much was written, more or less than before, and what is most about it.

    Without --since: the seven days before today. `--format mail --to ADDRESS | sendmail -t` sends it.
    """
    from newsmon.environment import database_url
    from newsmon.reports.digest import make_digest
    from newsmon.reports.page.gather import Asked
    from newsmon.store.schema import open_reader

    if (form == "mail") != bool(to):
        raise click.UsageError("--format mail and --to ADDRESS go together")
    engine = open_reader(database_url())
    try:
        made = make_digest(engine, Asked(since=since, until=until, dated_only=dated_only), lang, now=datetime.now(UTC))
    finally:
        engine.dispose()
    sys.stdout.buffer.write(_formed(made, form, to or "", sender))
    sys.stdout.buffer.flush()


def _formed(made: Digest, form: str, to: str, sender: str | None) -> bytes:
    from newsmon.reports.digest import as_html, as_mail, as_markdown

    if form == "mail":
        return as_mail(made, sender=sender or to, to=to)
    return (as_html(made) if form == "html" else as_markdown(made)).encode()
