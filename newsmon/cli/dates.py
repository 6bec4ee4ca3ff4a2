"""newsmon dates."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from newsmon.text.dates import FLAGS, DateReading, read_date


def _zone(key: str) -> ZoneInfo:
    """Raises: ValueError for what is not an IANA zone."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{key!r} is not an IANA zone; write e.g. America/Toronto") from None


def _instant(text: str, tz: ZoneInfo) -> datetime:
    """Raises: ValueError for what is not an ISO time."""
    try:
        now = datetime.fromisoformat(text)
        return (now.replace(tzinfo=tz) if now.tzinfo is None else now).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not an ISO 8601 time; write e.g. 2022-01-17T09:16:00-05:00") from None


def _iso(value: datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


def _local(value: datetime, tz: ZoneInfo) -> str:
    return f"{_iso(value)}  ({value.astimezone(tz).isoformat(sep=' ')} {tz.key})"


def _iter_report(text: str, reading: DateReading, tz: ZoneInfo) -> Iterator[str]:
    """The lines that a person reads."""
    yield text.strip() or repr(text)
    if reading.value is None:
        yield f"  {reading.rule}"
        return
    yield f"  value      {_local(reading.value, tz)}"
    if reading.until:
        yield f"  until      {_local(reading.until, tz)}"
    yield f"  precision  {reading.precision}"
    yield f"  role       {reading.role or 'none stated'}"
    yield f"  rule       {reading.rule}"
    yield f"  zone       from the {reading.zone_from}" if reading.zone_from != "utc" else "  zone       UTC by its form"
    for flag in reading.flags:
        yield f"  flag       {flag}: {FLAGS[flag]}"


def _text_of(row: dict[str, Any], key: str, default: str | None) -> str:
    """Raises: ValueError when the value is missing or no string."""
    value = row.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f'"{key}" must be a string')
    return value


def _read_row(row: dict[str, Any], now: datetime, tz: ZoneInfo) -> dict[str, Any]:
    """Raises: ValueError for a row that cannot be used."""
    text = _text_of(row, "text", None)
    tz = _zone(_text_of(row, "tz", tz.key))
    if row.get("now") is not None:
        now = _instant(_text_of(row, "now", None), tz)
    reading = read_date(text, now=now, tz=tz)
    return {
        "id": row.get("id"),
        "value": _iso(reading.value),
        "precision": reading.precision,
        "role": reading.role,
        "rule": reading.rule,
        "flags": list(reading.flags),
    }


def _parse(line: bytes) -> Any:
    """Raises: ValueError for what is not JSON in UTF-8."""
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError as e:
        raise ValueError(f"not JSON: {e}") from None


def _answer(number: int, line: bytes, now: datetime, tz: ZoneInfo) -> dict[str, Any]:
    """What one line of JSON is answered with: a reading, or an error that names the line."""
    identity = None
    try:
        row = _parse(line)
        if not isinstance(row, dict):
            raise ValueError('not an object; write {"id": "1", "text": "17 janvier 2022"}')
        identity = row.get("id")
        return _read_row(row, now, tz)
    except ValueError as e:
        return {"id": identity, "error": f"line {number}: {e}"}


def _dump(row: dict[str, Any]) -> str:
    text = json.dumps(row, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate in the id
        text = json.dumps(row)
    return text


def _answer_all(lines: Iterable[bytes], now: datetime, tz: ZoneInfo) -> bool:
    """Answers every line that is not blank; whether all were understood."""
    well = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        answer = _answer(number, line, now, tz)
        well = well and "error" not in answer
        click.echo(_dump(answer))
        sys.stdout.flush()
    return well


@click.command()
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--tz", "zone", metavar="ZONE", default="America/Toronto", show_default=True, help="Zone of the outlet.")
@click.option("--now", metavar="ISO", help="When the text was seen; the clock's time unless given.")
@click.option("--jsonl", is_flag=True, help='Read lines {"id","text","now","tz"} and answer each with a line of JSON.')
def dates(texts: tuple[str, ...], zone: str, now: str | None, jsonl: bool) -> None:
    """Dates as newsmon reads them: each TEXT, or each line of standard input.

    Prints the instant in UTC, its precision, its role, the rule that read it and what was doubtful; for what is not
    a date, why it was refused. With --jsonl a line that cannot be used gets a line with "error", and the exit code
    is 1.
    """
    if jsonl and texts:
        raise click.UsageError("--jsonl reads standard input: leave TEXT out")
    try:
        tz = _zone(zone)
        seen = _instant(now, tz) if now is not None else datetime.now(UTC)
    except ValueError as e:
        raise click.UsageError(str(e)) from None
    lines = sys.stdin.buffer
    if jsonl:
        if not _answer_all(lines, seen, tz):
            sys.exit(1)
        return
    for text in texts or (line.decode("utf-8", "replace") for line in lines if line.strip()):
        click.echo("\n".join(_iter_report(text, read_date(text, now=seen, tz=tz), tz)))
