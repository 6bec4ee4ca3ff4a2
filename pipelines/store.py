"""The finished article goes into the database; only then is its address done with."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newsmon.items import Article
from newsmon.spider import visit_of
from newsmon.visit import Visit


class StorePipeline:
    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        return cls(visit_of(crawler))

    async def process_item(self, item: Article) -> Article:
        self._visit.stored(item, await self._visit.run.save(item))
        return item
