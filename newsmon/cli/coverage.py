"""newsmon outlets --coverage."""

from __future__ import annotations

from pathlib import Path

import click

SHOWN = 20
"""Unknown hosts, the largest first."""


def say_coverage(path: Path) -> None:
    """Print the share of the file's addresses that newsmon knows. Raises: ConfigurationError."""
    from newsmon.coverage import measure

    found = measure(path)
    aside = ", ".join(f"{reason} {n:,}" for reason, n in found.aside.most_common())
    click.echo(f"{found.news + found.aside.total():,} addresses of {found.domains:,} domains")
    click.echo(f"{found.aside.total():,} are no francophone Canadian news{f': {aside}' if aside else ''}")
    click.echo(f"{found.known:,} of the other {found.news:,} belong to a known outlet: {found.share:.1%}")
    click.echo(
        f"  {found.followed:,} to one that is crawled by default, {found.on_request:,} to one that is when named"
    )
    if found.unknown:
        click.echo("The largest domains that no outlet has:")
    for host, n in found.unknown.most_common(SHOWN):
        click.echo(f"  {n:>9,}  {host}")
