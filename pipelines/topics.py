"""Every topic is looked for in one pass over the article."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newsmon.items import Article
from newsmon.spider import visit_of
from newsmon.visit import Visit


class TopicsPipeline:
    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TopicsPipeline:
        return cls(visit_of(crawler))

    def process_item(self, item: Article) -> Article:
        return self._visit.run.live.label(item)
