"""newsmon newsstand: the sample outlets, to look at or to crawl."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from newsmon.environment import PROJECT_ROOT


@click.command()
@click.option("--demo", is_flag=True, help="Crawl the stand, print what came of it, and end.")
@click.option("--port", type=click.IntRange(1024, 65531), default=8641, show_default=True, help="The first of four.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=PROJECT_ROOT / "demo",
    help="Where the demo keeps its database and its outlets.  [default: demo beside scrapy.cfg]",
)
def newsstand(demo: bool, port: int, folder: Path) -> None:
    """Serve four sample outlets on loopback until Ctrl-C, and print their declarations."""
    if demo:
        from newsmon.newsstand.demo import run_demo

        sys.exit(run_demo(folder, port=port))

    from newsmon.newsstand.stand import Newsstand

    with Newsstand(port=port) as stand:
        click.echo(stand.declarations(), nl=False)
        sys.stdout.flush()
        while True:
            time.sleep(3600)
