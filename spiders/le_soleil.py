"""Le Soleil, Québec, and what the Coops de l'information have in common: one platform, two forms of address."""

from newsmon.outlets import NewsSitemap, Outlet
from newsmon.spider import OutletSpider

OWNER = "Coopérative nationale de l'information indépendante"


def coops_article_re(domain: str) -> str:
    """Until 2022 an address ends in 32 hexadecimal digits; since then it holds its day."""
    host = domain.replace(".", r"\.")
    return host + r"/(?:[^/]+/)*(?:[^/]+-[0-9a-f]{32}|\d{4}/\d{2}/\d{2}/[^/]+(?:-[A-Z0-9]{26})?)/?$"


class LeSoleilSpider(OutletSpider):
    name = "le_soleil"
    outlet = Outlet("Le Soleil", home="https://www.lesoleil.com", owner=OWNER, region="QC")
    allowed_domains = ["lesoleil.com"]
    # B; its RSS was said to answer 404 in 2026
    sources = [NewsSitemap("https://www.lesoleil.com/arc/outboundfeeds/sitemap-news?outputType=xml")]
    article_re = coops_article_re("lesoleil.com")
