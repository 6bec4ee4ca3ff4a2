"""Métro, Montréal, on WordPress."""

from newsmon.outlets import Feed, Outlet
from newsmon.spider import OutletSpider


class MetroSpider(OutletSpider):
    name = "metro"
    outlet = Outlet("Métro", home="https://journalmetro.com", owner="Métro Média", region="QC")
    allowed_domains = ["journalmetro.com"]
    sources = [
        Feed("https://journalmetro.com/feed/"),  # B
    ]
    article_re = r"journalmetro\.com/(?:[a-z0-9-]+/)+\d{5,}/[^/?#]+/?(?:amp/)?$"
