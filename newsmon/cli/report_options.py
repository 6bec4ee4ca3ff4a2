"""The options that commands which answer from the database share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click


def parse_day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """A click callback."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r}: write a day as 2022-01-17") from None


TOPIC = click.Option(["--topic"], metavar="SLUG", help="The topic that the question is about.")
SINCE = click.Option(["--since"], metavar="DAY", callback=parse_day, help="From this day on, e.g. 2022-01-17.")
UNTIL = click.Option(["--until"], metavar="DAY", callback=parse_day, help="To this day, included.")
DATED_ONLY = click.Option(
    ["--dated-only"],
    is_flag=True,
    help="Datés seulement: leave out every article whose publication date is unknown.",
)
LIMIT = click.Option(["--limit"], metavar="N", type=click.IntRange(1), help="The first N rows only.")
LANG = click.Option(["--lang"], type=click.Choice(["fr", "en"]), help="Of the headings.  [default: fr]")

Command = Callable[..., Any]


def with_options(*options: click.Option) -> Callable[[Command], Command]:
    """A decorator: these options, in this order, below those of the decorators above."""

    def add(function: Command) -> Command:
        parameters = function.__dict__.setdefault("__click_params__", [])
        parameters.extend(reversed(options))
        return function

    return add
