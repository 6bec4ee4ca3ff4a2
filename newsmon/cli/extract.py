"""newsmon extract."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from newsmon.cli.imports import instant


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--url", metavar="URL", help="Where the page was. Default: what it says of itself.")
@click.option("--outlet", metavar="SLUG", help="The outlet it is from. Default: the one that its address belongs to.")
@click.option("--fetched-at", metavar="ISO", callback=instant, help="When it was saved. Default: now.")
@click.option("--jsonl", is_flag=True, help='FILE is a manifest of {"id","file","url"…} lines ("-": standard input).')
def extract(
    files: tuple[str, ...], url: str | None, outlet: str | None, fetched_at: datetime | None, jsonl: bool
) -> None:
    """Read saved pages (HTML, or a plain-text dump of one) and print what is in them as JSON.

    Without FILE a page is read from standard input. A page that fails gives its error in the same place, and the
    exit code is 1.
    """
    from newsmon.environment import agencies_file
    from newsmon.text.agencies import use_sources

    use_sources(agencies_file())
    now = fetched_at or datetime.now(UTC)
    if jsonl:
        sys.exit(_manifest(files, outlet, now))

    from newsmon.extraction import extracted

    failed = False
    for name in files or ("-",):
        body = _read(name)
        record = extracted(body, url=url, outlet=outlet, fetched_at=now)
        failed |= record["error"] is not None
        click.echo(json.dumps({"id": None if name == "-" else name, **record}, ensure_ascii=False, indent=1))
    sys.exit(failed)


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as e:
        raise click.BadParameter(f"{name}: {e.strerror}; name a saved page", param_hint="FILE") from None


def _manifest(files: tuple[str, ...], outlet: str | None, now: datetime) -> int:
    """A line out for each line in, never silence."""
    from newsmon.extraction import RECORD, extracted

    failed = False
    for name in files or ("-",):
        lines: Iterable[str] = sys.stdin if name == "-" else _read(name).decode("utf-8", "replace").splitlines()
        for line in lines:
            if not line.strip():
                continue
            row: dict[str, Any] = {}
            try:
                row = json.loads(line)
                at = datetime.fromisoformat(row["fetched_at"]) if row.get("fetched_at") else now
                record = extracted(
                    Path(row["file"]).read_bytes(),
                    url=row.get("url"),
                    outlet=row.get("outlet") or outlet,
                    fetched_at=at if at.tzinfo else at.replace(tzinfo=UTC),
                )
            except (ValueError, TypeError, AttributeError, KeyError, OSError) as e:
                record = {**RECORD, "error": f"{type(e).__name__}: {e}"}
            failed |= record["error"] is not None
            identity = row.get("id") if isinstance(row, dict) else None
            click.echo(json.dumps({"id": identity, **record}, ensure_ascii=False))
    return int(failed)
