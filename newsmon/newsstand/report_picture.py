"""The README's picture of a report: the demo's page of guerre-ukraine, as chromium shows it.

`python -m newsmon.newsstand.report_picture` draws docs/report.png anew. The picture carries the hash of the page that
it shows, so that a test can tell an old one without a browser.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from newsmon.environment import PROJECT_ROOT
from newsmon.errors import ConfigurationError
from newsmon.newsstand.demo import REPORT
from newsmon.newsstand.picture import demo_output

PICTURE = PROJECT_ROOT / "docs" / "report.png"
PAGE = Path(REPORT) / "sujet-guerre-ukraine.html"
"""In the demo's folder."""
KEY = "newsmon-page-sha256"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH, HEIGHT = 1100, 1540
SIGNATURE = b"\x89PNG\r\n\x1a\n"

# What changes from run to run: the day of the visit, in each way that the page writes it, and the stand's ports.
_CHANGING_RE = re.compile(
    r"127\.0\.0\.1:\d+|\d{1,2}(?:er)?\s\w+\.?\s\d{4}(?:,\s\d+\sh\s\d\d)?|\d{4}-\d\d-\d\d(?:T[\d:.+]+)?|newsmon \d[\w.]*"
)


def page_hash(html: str) -> str:
    """Of all that the page says and how it looks, but for what changes from run to run."""
    days_apart = re.sub(r"\b2022-\d\d-\d\d", lambda day: day[0].replace("-", "/"), html)
    return hashlib.sha256(_CHANGING_RE.sub("…", days_apart).encode()).hexdigest()


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG file, type and data. Source: PNG (Third Edition), 5.3."""
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def with_text(png: bytes, key: str, value: str) -> bytes:
    """The same picture with a tEXt chunk after its header."""
    out = SIGNATURE
    for kind, data in chunks(png):
        out += _chunk(kind, data)
        if kind == b"IHDR":
            out += _chunk(b"tEXt", key.encode() + b"\0" + value.encode())
    return out


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def text_of(png: bytes, key: str) -> str | None:
    """What with_text wrote; None when it did not."""
    for kind, data in chunks(png):
        name, _, value = data.partition(b"\0")
        if kind == b"tEXt" and name == key.encode():
            return value.decode()
    return None


def shot(page: Path) -> bytes:
    """The top of the page as PNG. Raises: ConfigurationError where there is no chromium."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        raise ConfigurationError("no chromium on this machine; run apt-get install chromium fonts-urw-base35")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=os.getuid() != 0)
        opened = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        opened.goto(page.resolve().as_uri())
        png = opened.screenshot()
        browser.close()
    return png


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo_output(folder, port=8661)
        page = folder / PAGE
        PICTURE.write_bytes(with_text(shot(page), KEY, page_hash(page.read_text("utf-8"))))


if __name__ == "__main__":
    main()
