"""The README's picture: what the demo prints, drawn as a terminal.

`python -m newsmon.newsstand.picture` draws docs/demo.svg anew.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from newsmon.environment import PROJECT_ROOT
from newsmon.newsstand.demo import WIDTH_MIN

PICTURE = PROJECT_ROOT / "docs" / "demo.svg"


def demo_output(folder: Path, *, port: int) -> str:
    """What the demo prints on a new database in `folder`."""
    command = [sys.executable, "-m", "newsmon", "newsstand", "--demo", "--folder", str(folder), "--port", str(port)]
    done = subprocess.run(
        command,
        env={**os.environ, "COLUMNS": str(WIDTH_MIN)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    shown = re.sub(r"The database is .*?\. ", "", done.stdout)
    return "$ make demo\n" + shown.replace(str(folder.resolve()), "demo")


def drawn(text: str) -> str:
    """`text` as an SVG picture."""
    console = Console(record=True, width=WIDTH_MIN, file=io.StringIO())
    console.print(Text(text))
    return console.export_svg(title="newsmon", unique_id="demo")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(drawn(demo_output(Path(folder), port=8661)), "utf-8")


if __name__ == "__main__":
    main()
