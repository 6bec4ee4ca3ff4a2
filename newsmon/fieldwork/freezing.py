"""Frozen pages: one real page of an outlet, and the golden article that must be read from it for ever."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsmon.errors import ConfigurationError, PageError
from newsmon.extraction import record_of
from newsmon.items import Page
from newsmon.outlets import Declaration
from newsmon.page.document import decode
from newsmon.page.reading import read_whole
from newsmon.text.agencies import fold

FOLDER = Path("tests") / "outlets"
_KEPT = (
    "url", "headline", "deck", "authors", "published_at", "published_precision", "day", "day_basis", "section",
    "language",
)  # fmt: skip
_WORDS_IN_NAME = 4


@dataclass(frozen=True, slots=True)
class Frozen:
    """A page and its golden article, not yet written."""

    html: Path
    body: bytes
    golden: dict[str, Any]

    @property
    def json(self) -> Path:
        return self.html.with_suffix(".json")

    def write(self) -> None:
        """Raises: ConfigurationError when a page of that name is there, or the folder cannot be written."""
        for path in (self.html, self.json):
            if path.exists():
                raise ConfigurationError(f"{path} is there already; remove it to freeze the page anew")
        try:
            self.html.parent.mkdir(parents=True, exist_ok=True)
            self.html.write_bytes(self.body)
            self.json.write_text(json.dumps(self.golden, ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as e:
            raise ConfigurationError(f"{e.filename}: {e.strerror}") from None


def freeze(page: Page, declaration: Declaration, root: Path) -> Frozen:
    """`page` as a frozen page of its outlet below `root`, a checkout.

    Raises: PageError, also for a page that is no whole article.
    """
    body = _readable_alone(page)
    saved = Page(
        outlet=declaration.slug, url=page.final_url, final_url=page.final_url, body=body, fetched_at=page.fetched_at
    )
    article = read_whole(saved, declaration)
    if article.thin:
        raise PageError(article.thin, f"{article.thin}: it is no whole article; choose another page")
    record = record_of(article, page.final_url)
    name = f"{record['day']}-{_words(record['headline'])}"
    html = root / FOLDER / declaration.slug / f"{name}.html"
    return Frozen(html, body, golden_article(record, page.fetched_at))


def golden_article(record: dict[str, Any], fetched_at: datetime) -> dict[str, Any]:
    """What is held of a record of newsmon.extraction, in the order of the golden files."""
    attribution = record["attribution"]
    golden = {
        **{name: record[name] for name in _KEPT},
        "body": record["body"].split("\n\n"),
        "captions": [caption["text"] for caption in record["captions"]],
        "attribution": attribution and {name: attribution[name] for name in ("kind", "agency", "source_host")},
    }
    return {"url": golden.pop("url"), "fetched_at": fetched_at.isoformat(), **golden}


def _readable_alone(page: Page) -> bytes:
    """The page's bytes; where only its HTTP header told the encoding, as UTF-8 with a mark that says so."""
    text, _, _ = decode(page.body, page.headers.get("content-type", ""))
    return page.body if decode(page.body)[0] == text else text.encode("utf-8-sig", "replace")


def _words(headline: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(headline))
    telling = [word for word in words if len(word) > 3] or words or ["page"]
    return "-".join(telling[:_WORDS_IN_NAME])
