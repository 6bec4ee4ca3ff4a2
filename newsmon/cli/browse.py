"""newsmon browse."""

from __future__ import annotations

import importlib.util
import json
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmon.errors import ConfigurationError

if TYPE_CHECKING:
    from newsmon.reports.named import Language


@click.command()
@click.option("--port", type=click.IntRange(1024, 65535), default=8001, show_default=True)
@click.option("--open", "open_", is_flag=True, help="Open it in the browser of this machine.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Of the saved queries.")
def browse(port: int, open_: bool, lang: Language) -> None:
    """Look around in the database with a browser, until Ctrl-C: the views with facets, the reports as saved queries.

    Read-only, on this machine only. It needs the extra `browse` (Datasette) and a SQLite database; for PostgreSQL it
    says which tools to use.
    """
    from newsmon.environment import database_url
    from newsmon.store.engine import is_sqlite, parse_url
    from newsmon.store.schema import open_reader

    engine = open_reader(database_url())
    engine.dispose()
    url = parse_url(database_url())
    if is_sqlite(url):
        _serve(Path(url.database or "").expanduser().absolute(), port, open_, lang)
        return
    plain = url.set(drivername="postgresql").render_as_string(hide_password=True)
    click.echo("Datasette reads SQLite only. PostgreSQL has its own tools, which ask for the password themselves:")
    for name, what in (("psql", f'psql "{plain}"'), ("pgcli", f'pgcli "{plain}"'), ("DBeaver, pgAdmin", plain)):
        click.echo(f"  {name:17} {what}")
    click.echo("Read-only: export PGOPTIONS='-c default_transaction_read_only=on'. Columns: docs/data-dictionary.md.")


def _serve(path: Path, port: int, open_: bool, language: Language) -> None:
    from newsmon.environment import reports_folder
    from newsmon.reports.browsing import SETTINGS, metadata
    from newsmon.reports.named import all_reports

    if importlib.util.find_spec("datasette") is None:
        raise ConfigurationError("newsmon browse needs Datasette; run pip install 'newsmon[browse]'")
    _check_free(port)
    described: dict[str, Any] = metadata(path, all_reports(reports_folder()), language)
    with tempfile.TemporaryDirectory(prefix="newsmon-browse-") as folder:
        file = Path(folder) / "metadata.json"
        file.write_text(json.dumps(described), "utf-8")
        command = [sys.executable, "-m", "datasette", "serve", str(path), "--host", "127.0.0.1", "--port", str(port)]
        command += ["--metadata", str(file)]
        for name, value in SETTINGS.items():
            command += ["--setting", name, str(value)]
        click.echo(f"http://127.0.0.1:{port}/{path.stem} (Ctrl-C ends it)")
        sys.stdout.flush()
        # Its standard output is a line for each request and a traceback for each mistyped SQL; what goes wrong with
        # the program itself is on standard error. Ended from outside, it takes Datasette along.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        process = subprocess.Popen([*command, *(["--open"] if open_ else [])], stdout=subprocess.DEVNULL)
        try:
            code = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code:
        raise ConfigurationError(f"Datasette ended with exit code {code}; its own lines above say why")


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigurationError(f"port {port} is taken; name another one with --port") from None
