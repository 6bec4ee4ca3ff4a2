"""A fetched page becomes an article: cleaned, its French dates normalised, its signatures told apart."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newsmon.errors import PageError
from newsmon.items import Article, Page
from newsmon.page.reading import read_whole
from newsmon.spider import visit_of
from newsmon.visit import Visit

UNREAD = frozenset({"parse_timeout", "parse_crash", "parse_error"})
"""The reader's faults, not the page's: it is kept raw, where a folder is named for it."""


class CleanPipeline:
    """Reads the page in a worker process, once there and back; what is no article is refused by name."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        return cls(visit_of(crawler))

    async def process_item(self, item: Page) -> Article:
        try:
            article = await self._visit.run.workers.call(read_whole, item, self._visit.declaration, self._visit.habits)
        except PageError as e:
            kept = self._visit.run.keep_unread(item) if e.reason in UNREAD else ""
            await self._visit.refuse(item.url, e.reason, f"{e}; {kept}" if kept else str(e))
            raise DropItem(f"{e.reason}: {item.url}", log_level="DEBUG") from None
        article.archived_as = item.archived_as
        article.etag, article.last_modified = item.headers.get("etag"), item.headers.get("last-modified")
        return article
