"""The date strings of an article become instants, one of them its publication."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newsmon.items import Article
from newsmon.page.published import date_article
from newsmon.spider import visit_of
from newsmon.visit import Visit


class DatesPipeline:
    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DatesPipeline:
        return cls(visit_of(crawler))

    def process_item(self, item: Article) -> Article:
        return date_article(item, tz=self._visit.declaration.tz, habits=self._visit.habits)
