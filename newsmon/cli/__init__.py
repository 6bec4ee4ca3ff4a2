"""The command line. A command's module is imported when the command is called, so that --help answers at once."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import Any

import click

from newsmon import __version__
from newsmon.environment import PROJECT_ROOT
from newsmon.errors import NewsmonError

COMMANDS = {
    "crawl": ("newsmon.cli.crawl:crawl", "Fetch what is new at the outlets."),
    "outlets": ("newsmon.cli.outlets:outlets", "What is followed: feeds, last poll, articles, health."),
    "freeze": ("newsmon.cli.freeze:freeze", "A page of an outlet, kept for the tests with its golden article."),
    "new-outlet": ("newsmon.cli.new_outlet:new_outlet", "Look at a site, and write its declaration for review."),
    "status": ("newsmon.cli.outlets:status", "The last runs and each outlet's outcome."),
    "extract": ("newsmon.cli.extract:extract", "Saved pages to JSON."),
    "dates": ("newsmon.cli.dates:dates", "Dates as newsmon reads them."),
    "links": ("newsmon.cli.links:links", "What a listing brings."),
    "import": ("newsmon.cli.imports:import_", "Saved pages and WARC files into the database."),
    "reprocess": ("newsmon.cli.reprocess:reprocess", "The archived pages read again, better."),
    "topics": ("newsmon.cli.topics:topics", "The topics, and what they match."),
    "article": ("newsmon.cli.article:article", "A stored article: its date and why, its topics and why."),
    "search": ("newsmon.cli.search:search", "Articles by the words of their text."),
    "cite": ("newsmon.cli.cite:cite", "A stored article as a source: APA, Chicago, BibTeX."),
    "digest": ("newsmon.cli.digest:digest", "The week in the topics, as Markdown, HTML or mail."),
    "feed": ("newsmon.cli.feed:feed", "A topic as an Atom feed, with its alerts."),
    "browse": ("newsmon.cli.browse:browse", "The database in a browser, read-only (Datasette)."),
    "report": ("newsmon.cli.reports:report", "Answers from the database."),
    "sql": ("newsmon.cli.sql:sql", "The database in SQL, read-only."),
    "db": ("newsmon.cli.database:db", "The database: upgrade, check, rebuild, copy, backup, prune, grant, path."),
    "schedule": ("newsmon.cli.machine:schedule", "The crontab line and the systemd timer of this machine."),
    "doctor": ("newsmon.cli.machine:doctor", "What is wrong on this machine, and what to do about it."),
    "newsstand": ("newsmon.cli.newsstand:newsstand", "Serve the sample outlets of the demo on loopback."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and short help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsmon")
def cli() -> None:
    """Watch francophone Canadian news: crawl, clean, date, label, store, report."""


def main(arguments: list[str] | None = None) -> Any:
    """The console script. Exit codes: see README.md."""
    # The checkout's spiders and pipelines must win over any other package of that name.
    sys.path.insert(0, str(PROJECT_ROOT))
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newsmon.settings")
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli.main(args=arguments, prog_name="newsmon", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as e:
        sys.exit(e.exit_code)
    except click.ClickException as e:
        e.show()
        sys.exit(2)
    except NewsmonError as e:
        click.echo(f"newsmon: {e}", err=True)
        sys.exit(e.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (| head): nothing is wrong, and nothing more can be printed.
        _mute_stdout()
        sys.exit(0)
    except OSError as e:
        if e.errno not in UNWRITABLE:
            raise
        _mute_stdout()
        click.echo(f"newsmon: standard output cannot be written: {e.strerror}", err=True)
        sys.exit(1)


UNWRITABLE = (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EDQUOT)


def _mute_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _open_closed_streams() -> None:
    """Under `>&-` a file that is opened next, the database's even, would be standard output to whoever writes there."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
            setattr(sys, name, open(number, "r" if number == 0 else "w", closefd=False))  # noqa: SIM115


def say_last(line: str) -> None:
    """Print a line after the work is done: an output that cannot be written alters no exit code."""
    try:
        click.echo(line)
    except OSError as e:
        _mute_stdout()
        if not isinstance(e, BrokenPipeError):
            click.echo(f"newsmon: standard output cannot be written: {e.strerror}", err=True)
