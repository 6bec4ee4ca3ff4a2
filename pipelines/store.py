"""The finished article goes into the database; only then is its address done with."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newsmon.errors import DatabaseError
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
        try:
            saved = await self._visit.run.save(item)
        except DatabaseError as e:
            # The run has kept it, and says it once: not a traceback for each page that was on its way.
            self._visit.settle(item.url, "failed", "store")
            raise DropItem(str(e), log_level="DEBUG") from None
        self._visit.stored(item, saved)
        return item
