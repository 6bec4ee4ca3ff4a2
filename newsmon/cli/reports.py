"""newsmon report."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmon.cli.report_options import DATED_ONLY, LANG, LIMIT, SINCE, TOPIC, UNTIL

if TYPE_CHECKING:
    from newsmon.reports.named import Language, Report
    from newsmon.reports.run import Answer

FORMATS = ("table", "csv", "json", "jsonl", "markdown", "parquet")


OUTPUT = click.Option(
    ["-o", "--output"],
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write here, not to standard output.",
)
FORMAT = click.Option(["--format", "form"], type=click.Choice(FORMATS), default="table", show_default=True)
SEPARATOR = click.Option(
    ["--separator"],
    type=click.Choice([",", ";"]),
    help="Of csv. With ; numbers have a decimal comma: so a French Excel opens it by a click.",
)


PAGE = (
    "Une page à ouvrir, à imprimer, à envoyer : un sujet, ou tous.",
    "A page to open, print and send: a topic, or all.",
)


class Reports(click.Group):
    """A command for each named report, made of its file; and the page."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["page", *(report.name for report in _all_reports())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name == "page":
            from newsmon.cli.report_page import page

            return page
        from newsmon.environment import reports_folder
        from newsmon.reports.named import find_report

        return _command(find_report(cmd_name, reports_folder()))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from newsmon.cli.report_page import page

        with formatter.section("To open, print and send"):
            formatter.write_dl([("page", page.get_short_help_str(80))])
        with formatter.section("Reports"):
            formatter.write_dl([(report.name, report.question[1]) for report in _all_reports()])


def _all_reports() -> list[Report]:
    from newsmon.environment import reports_folder
    from newsmon.reports.named import all_reports

    return all_reports(reports_folder())


def _command(report: Report) -> click.Command:
    """Its help is the question, and shows the options that the question takes; the others say that it takes none."""
    options: list[click.Parameter] = []
    for parameter, option in zip(
        ("topic", "since", "until", "undated", "limit"), (TOPIC, SINCE, UNTIL, DATED_ONLY, LIMIT), strict=True
    ):
        options.append(option if parameter in report.parameters else _hidden(option))
    columns = "\n".join(f"  {name}: {english}" for name, (_, english) in report.headings.items())
    return click.Command(
        report.name,
        params=[*options, FORMAT, SEPARATOR, OUTPUT, LANG],
        callback=lambda **given: _answer(report, **given),
        help=f"{report.question[1]}\n\n\b\nColumns:\n{columns}",
        short_help=report.question[1],
    )


def option_of(report: Report) -> Callable[[str], str]:
    """A parameter as the option that gives it; between brackets when the report answers without it, too."""

    def option(parameter: str) -> str:
        name = "--dated-only" if parameter == "undated" else f"--{parameter}"
        return f"[{name}]" if parameter == "topic" and report.any_topic else name

    return option


def _hidden(option: click.Option) -> click.Option:
    return click.Option(
        option.opts, is_flag=option.is_flag, type=option.type if not option.is_flag else None, hidden=True
    )


@click.group(cls=Reports, invoke_without_command=True, subcommand_metavar="[NAME [OPTIONS]]")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Of the list.")
@click.pass_context
def report(ctx: click.Context, lang: Language) -> None:
    """Answer a named question from the database, read-only. Without NAME: the list of questions.

    A report is a .sql file; your own go into the folder NEWSMON_REPORTS. `newsmon report NAME --help` has its options.
    """
    ctx.obj = lang
    if ctx.invoked_subcommand:
        return
    reports = _all_reports()
    width = max(len(one.name) for one in reports)
    click.echo(f"{'page':{width}} {PAGE[lang == 'en']}")
    for one in reports:
        options = " ".join(map(option_of(one), one.parameters))
        click.echo(f"{one.name:{width}} {one.question[lang == 'en']}  {options}".rstrip())


def _answer(report: Report, *, form: str, separator: Any, output: Path | None, lang: Any, **asked: Any) -> None:
    from newsmon.environment import database_url
    from newsmon.reports.run import run_report
    from newsmon.store.schema import open_reader

    if separator and form != "csv":
        raise click.UsageError("--separator is of --format csv")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("parquet is no text: add -o FILE, or send standard output to a file")
    language: Language = lang or click.get_current_context().obj
    engine = open_reader(database_url())
    try:
        answer = run_report(engine, report, **asked)
    finally:
        engine.dispose()
    write_output(answer_bytes(answer, form, language, separator, output), output)
    _note(answer, form, language, dated_only=asked["dated_only"])


def answer_bytes(answer: Answer, form: Any, language: Language, separator: Any, output: Path | None) -> bytes:
    if form != "table":
        from newsmon.reports.formats import as_bytes

        return as_bytes(answer, form, language, separator=separator or ",")
    from newsmon.reports.output import as_table

    folded = output is None and (sys.stdout.isatty() or "COLUMNS" in os.environ)
    width = shutil.get_terminal_size((120, 40)).columns if folded else None
    return (as_table(answer, language, width=width) + "\n").encode()


def write_output(data: bytes, output: Path | None) -> None:
    """Bytes: a text stream would turn the line ends of RFC 4180 into something else."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as e:
        raise click.UsageError(f"{output}: cannot be written ({e.strerror}); name another file") from None


def _note(answer: Answer, form: str, language: Language, *, dated_only: bool) -> None:
    from newsmon.reports.output import footnote

    if note := footnote(answer, language, dated_only=dated_only):
        # Beside data, not in it: a program reads the one, a person the other.
        click.echo(note if form == "table" else f"{answer.report.name}: {note}", err=form != "table")
