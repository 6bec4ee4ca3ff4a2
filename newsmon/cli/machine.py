"""newsmon schedule, doctor."""

from __future__ import annotations

import sys

import click


@click.command()
@click.option(
    "--minutes",
    type=click.Choice(["5", "10", "15", "20", "30", "60"]),
    default="15",
    show_default=True,
    help="Between two runs.",
)
def schedule(minutes: str) -> None:
    """Print the crontab line and the systemd timer of this machine, ready to paste.

    Runs may be frequent: each asks only the listings that are due, and a run that finds another one active ends
    at once.
    """
    from newsmon.machine import check_line, crontab_line, digest_line, systemd_units

    click.echo("# crontab -e, then paste this line:")
    click.echo(crontab_line(minutes=int(minutes)))
    click.echo("\n# a mail in the morning when an outlet went silent, thin, or lost a field:")
    click.echo(check_line())
    click.echo("\n# the week's digest by mail, on Mondays, with your address:")
    click.echo(digest_line())
    click.echo("\n# or, with systemd, two files in ~/.config/systemd/user/ and")
    click.echo("# systemctl --user enable --now newsmon.timer")
    for name, text in systemd_units(minutes=int(minutes)).items():
        click.echo(f"\n# {name}\n{text}", nl=False)


@click.command()
def doctor() -> None:
    """Say what is wrong on this machine, and what to do about it. Exit 1 when something is."""
    from newsmon.machine import examine

    fine = True
    for finding in examine():
        fine &= finding.fine
        click.echo(f"{'ok   ' if finding.fine else 'WRONG'} {finding.name:12} {finding.told}")
    sys.exit(not fine)
