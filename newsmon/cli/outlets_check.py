"""newsmon outlets check: does what is declared still hold?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsmon.fieldwork.checking import Check


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--pages", type=click.IntRange(1, 20), default=3, show_default=True, help="Articles of each outlet.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--quiet", is_flag=True, help="Print nothing but what was lost.")
@click.option("-s", "settings", multiple=True, metavar="SETTING=VALUE", help="Change one of newsmon/settings.py.")
def check(slugs: tuple[str, ...], pages: int, form: str, quiet: bool, settings: tuple[str, ...]) -> None:
    """Fetch a few live articles of each outlet, and tell by field what its declaration still gets.

    What an outlet used to give is told by its last articles in the database, or else by its golden pages: a field
    that at least 80 % of them have and none of the live pages is lost, as is a body a third as long. Nothing is
    stored. Meant for a weekly cron: 17 6 * * 1 newsmon outlets check --quiet

    \b
    Exit: 0 all well, 1 an outlet lost a field or gave no article, 2 usage or
    configuration, 3 database, 143 stopped.
    """
    from newsmon.cli.crawl import setting
    from newsmon.cli.progress import counted
    from newsmon.crawl import Order, wanted
    from newsmon.fieldwork.checking import as_answer, check_outlet
    from newsmon.fieldwork.looking import Work, look
    from newsmon.reports.formats import as_bytes
    from newsmon.reports.output import as_table

    declarations = wanted(Order(slugs=slugs))
    works: list[Work[Check]] = [lambda fetcher, d=d: check_outlet(fetcher, d, count=pages) for d in declarations]  # type: ignore[misc]
    with counted(f"{{}} of {len(works)} outlets") as watch:
        checks = look(works, dict(map(setting, settings)), watch=watch)
    if form != "table":
        sys.stdout.buffer.write(as_bytes(as_answer(checks), "json" if form == "json" else "csv", "en"))
    elif not quiet:
        click.echo(as_table(as_answer(checks), "en", width=None))
    for one in checks:
        _say(one)
    sys.exit(any(one.lost for one in checks))


def _say(check: Check) -> None:
    if check.lost:
        why = f": {check.problems[0]}" if check.problems else ""
        advice = "look at a page of it, mend the declaration, then `newsmon freeze` that page"
        click.echo(f"newsmon: {check.slug} lost {', '.join(check.lost)}{why}; {advice}", err=True)
    else:
        for problem in check.problems:
            click.echo(f"newsmon: {check.slug}: {problem}", err=True)
