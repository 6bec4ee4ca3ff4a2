"""Bare Scrapy over a list of addresses: `_scrapy.py FILE`. It downloads and keeps nothing: the machinery's ceiling."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        for url in Path(sys.argv[1]).read_text("utf-8").splitlines():
            yield scrapy.Request(url, callback=self.parse)

    def parse(self, response: Any) -> None:
        """Nothing: the download is all."""


if __name__ == "__main__":
    process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 32, "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    process.start()
