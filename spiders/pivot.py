"""Pivot, Québec."""

from newsmon.outlets import Feed, Outlet
from newsmon.spider import OutletSpider


class PivotSpider(OutletSpider):
    name = "pivot"
    outlet = Outlet("Pivot", home="https://pivot.quebec", owner="Coop de solidarité Pivot", region="QC")
    allowed_domains = ["pivot.quebec"]
    sources = [
        Feed("https://pivot.quebec/feed/"),  # B
    ]
    article_re = r"pivot\.quebec/\d{4}/\d{2}/\d{2}/[^/?#]+/?$"
