"""Bylines and credits become authors and an attribution."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newsmon.items import Article
from newsmon.page.attribution import attribute_article
from newsmon.spider import visit_of
from newsmon.visit import Visit


class AttributionPipeline:
    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AttributionPipeline:
        return cls(visit_of(crawler))

    def process_item(self, item: Article) -> Article:
        return attribute_article(item, self._visit.declaration)
