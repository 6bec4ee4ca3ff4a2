"""A page as one HTML file: everything inside, nothing from elsewhere, no word of a stranger taken for markup."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from newsmon import __version__

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _own(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(style: str, script: str) -> str:
    """The content policy: our own style and script by their hashes, and nothing else at all."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def render(template: str, page: Any) -> str:
    """`page` as HTML; `template` is topic or index."""
    style, script = _own("style.css"), _own("page.js")
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            page=page, policy=policy(style, script), style=Markup(style), script=Markup(script), version=__version__
        )
    )
