"""Narcity Québec. Its sitemap (B) holds English articles too: only French addresses are taken."""

from newsmon.outlets import NewsSitemap, Outlet, Section
from newsmon.spider import OutletSpider


class NarcityQuebecSpider(OutletSpider):
    name = "narcity_quebec"
    outlet = Outlet("Narcity Québec", home="https://www.narcity.com/fr", owner="Narcity Média", region="QC")
    allowed_domains = ["narcity.com"]
    sources = [
        Section("https://www.narcity.com/fr"),
        NewsSitemap("https://www.narcity.com/feeds/sitemaps/news_1.xml"),  # B
    ]
    article_re = r"narcity\.com/fr/(?!u/|tag/|auteurs?/)(?:[a-z-]+/)?(?:[^/?#-]+-){2,}[^/?#-]+/?$"
