"""A real browser for the tests: Debian's chromium, or Chrome, found on this machine and driven by playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from newsmon.newsstand.report_picture import BROWSERS


def executable() -> str:
    """Its path; the test is skipped, with what to do, where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no chromium on this machine: apt-get install chromium, and the pages are opened in it")
    return found


@contextmanager
def opened_browser() -> Iterator[Browser]:
    # Chromium has no sandbox for root.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), chromium_sandbox=os.getuid() != 0)
        try:
            yield browser
        finally:
            browser.close()
