"""Néomédia, local news of several regions on one site. Its sister titles stand in newsmon/local_press."""

from newsmon.outlets import Feed, Outlet, Section
from newsmon.spider import OutletSpider


class NeomediaSpider(OutletSpider):
    name = "neomedia"
    outlet = Outlet(
        "Néomédia", home="https://www.neomedia.com", owner="Neomedias agence de marketing web s.e.n.c.", region="QC"
    )
    allowed_domains = ["neomedia.com"]
    sources = [
        Section("https://www.neomedia.com"),
        Feed("https://www.neomedia.com/vaudreuil-soulanges/Rss/RssFeed"),  # B; other regions' are not evidenced
    ]
    article_re = r"neomedia\.com/[a-z-]+/(?:[^/?#]+/)+\d{5,6}/[^/?#]+"
