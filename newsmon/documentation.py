"""The generated parts of the documents: between two marks in a Markdown file stands what the code says.

`python -m newsmon.documentation` writes them anew; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from newsmon.environment import PROJECT_ROOT, VARIABLES

DOCUMENTS = ("README.md", "docs/*.md")


def table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def variables() -> str:
    rows = [(f"`{v.name}`", v.meaning, v.default or "not set") for v in VARIABLES]
    return table(("variable", "meaning", "default"), rows)


def commands() -> str:
    from newsmon.cli import COMMANDS

    return table(("command", "what it does"), [(f"`newsmon {name}`", text) for name, (_, text) in COMMANDS.items()])


def reports() -> str:
    from newsmon.reports.named import all_reports

    return table(("report", "the question it answers"), [(f"`{r.name}`", r.question[1]) for r in all_reports()])


def topics() -> str:
    from newsmon.topics import load_topics

    return table(("topic", "name", "part of"), [(f"`{t.slug}`", t.name, t.parent or "") for t in load_topics()])


def outlets() -> str:
    from newsmon.registry import shipped_declarations

    rows = []
    for slug, declaration in shipped_declarations().items():
        ways: dict[str, int] = {}
        for source in declaration.sources:
            ways[source.kind] = ways.get(source.kind, 0) + 1
        told = ", ".join(f"{n} {kind}" for kind, n in ways.items()) or "imports only"
        rows.append((f"`{slug}`", declaration.outlet.name, declaration.outlet.region, told))
    return table(("outlet", "name", "region", "ways in"), rows)


def local_press() -> str:
    from newsmon.registry import local_declarations

    rows = [(f"`{slug}`", d.outlet.name, d.outlet.region, d.outlet.home) for slug, d in local_declarations().items()]
    return table(("outlet", "name", "region", "home"), rows)


def views() -> str:
    from newsmon.store.views import VIEWS

    parts = []
    for view in VIEWS:
        rows = [(f"`{c.name}`", c.type, c.meaning, c.example) for c in view.columns]
        parts.append(
            f"## {view.name}\n\nA row is {view.row}.\n\n{table(('column', 'type', 'meaning', 'example'), rows)}"
        )
    return "\n\n".join(parts)


PARTS: dict[str, Callable[[], str]] = {
    "variables": variables,
    "commands": commands,
    "reports": reports,
    "topics": topics,
    "views": views,
    "outlets": outlets,
    "local_press": local_press,
}


def renewed(text: str) -> str:
    """`text` with every marked part written anew."""

    def part(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n{PARTS[match[1]]()}\n<!-- /{match[1]} -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", part, text, flags=re.DOTALL)


def documents() -> list[Path]:
    return [path for pattern in DOCUMENTS for path in sorted(PROJECT_ROOT.glob(pattern))]


def main() -> None:
    for path in documents():
        before = path.read_text("utf-8")
        after = renewed(before)
        if after != before:
            path.write_text(after, "utf-8")


if __name__ == "__main__":
    main()
