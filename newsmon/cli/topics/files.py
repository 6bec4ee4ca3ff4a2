"""newsmon topics list, match, check: the files alone, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from newsmon.topics import Matcher, Topic


def load() -> tuple[Topic, ...]:
    from newsmon.environment import topics_folder
    from newsmon.topics import load_topics

    return load_topics(topics_folder())


@click.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_(form: str) -> None:
    """The topics in use: ours, and yours over them."""
    rows = [_row(topic) for topic in load()]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    heads = ("slug", "name", "part of", "primary", "secondary", "terms", "version", "from")
    lines = [heads, *(tuple(str(value) for value in (*row.values(),)) for row in rows)]
    lines = [(*line[:6], line[6][:10], line[7]) for line in lines]
    widths = [max(len(line[k]) for line in lines) for k in range(len(heads))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _row(topic: Topic) -> dict[str, Any]:
    from newsmon.topics.language import query_terms
    from newsmon.topics.loading import FOLDER

    ours = Path(topic.path).parent == FOLDER
    return {
        "slug": topic.slug,
        "name": topic.name,
        "parent": topic.parent,
        "primary": topic.primary,
        "secondary": topic.secondary,
        "terms": len(set(query_terms(topic.query))),
        "version": topic.version,
        "from": "newsmon" if ours else topic.path,
    }


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="surrogateescape"), default="-")
@click.option("--jsonl", is_flag=True, help="Read and write JSON lines.")
@click.option("--topic", "slugs", metavar="SLUG", multiple=True, help="Only this topic (may be repeated).")
def match(file: TextIO, jsonl: bool, slugs: tuple[str, ...]) -> None:
    """Match articles given as JSON lines (FILE, or standard input).

    In: {"id", "title", "lede"?, "body", "day"?}. Out, a line for each: {"id", "matches": [{"topic", "level", "score",
    "spans": [{"field", "start", "end", "surface", "term", "clause", "weight"}]}]}, or {"id", "error"}. The field of a
    span is headline (the title), deck (the lede) or body; start and end count characters of that very text.
    """
    if not jsonl:
        raise click.UsageError('add --jsonl: articles come as JSON lines, {"id", "title", "lede"?, "body", "day"?}')
    from newsmon.topics import compile_topics

    loaded = load()
    _check_slugs(slugs, [topic.slug for topic in loaded])
    matcher = compile_topics(loaded)
    for line in file:
        if line.strip():
            click.echo(json.dumps(_answer(line, matcher, slugs), ensure_ascii=False))
            sys.stdout.flush()


def _check_slugs(slugs: Iterable[str], known: list[str]) -> None:
    from newsmon.topics.problems import nearest

    for slug in slugs:
        if slug not in known:
            raise click.BadParameter(
                f"no topic {slug!r}{nearest(slug, known)} (newsmon topics list)", param_hint="--topic"
            )


def _answer(line: str, matcher: Matcher, slugs: tuple[str, ...]) -> dict[str, Any]:
    try:
        row = json.loads(line.strip())
    except (ValueError, RecursionError) as e:
        return {"id": None, "error": f"not JSON: {e}"}
    if not isinstance(row, dict):
        return {"id": None, "error": 'not an object: each line is {"id", "title", "lede"?, "body", "day"?}'}
    answer: dict[str, Any] = {"id": row.get("id")}
    try:
        matches = matcher.match(
            headline=_text(row, "title", "headline"), deck=_text(row, "lede", "deck"), body=_text(row, "body") or "",
            day=_day(row.get("day")),
        )  # fmt: skip
    except ValueError as e:
        return {**answer, "error": str(e)}
    return {**answer, "matches": [asdict(match) for match in matches if not slugs or match.topic in slugs]}


def _text(row: dict[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key} must be a text, not {json.dumps(value)[:40]}")
        if value is not None:
            return value
    if keys == ("body",):
        raise ValueError("body is missing")
    return None


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"day {value!r}: write a day as 2022-01-17") from None


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check your own topics and tables of names before they are used.

    Says how each was understood, or everything that is wrong in it, with its line. Exit code 2 when anything is.
    """
    from newsmon.environment import topics_folder
    from newsmon.topics.checking import check_files
    from newsmon.topics.printing import print_query

    wrong = 0
    for one in check_files(files, topics_folder()):
        wrong += len(one.problems)
        for problem in one.problems:
            click.echo(str(problem), err=True)
        if one.topic:
            click.echo(
                f"{one.path}: {one.topic.slug}, version {one.topic.version[:10]}: {print_query(one.topic.query)}"
            )
        elif not one.problems:
            click.echo(f"{one.path}: {len(one.names)} names: {', '.join(f'@{key}' for key in one.names)}")
    if wrong:
        sys.exit(2)
