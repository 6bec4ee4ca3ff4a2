"""La Tribune, Sherbrooke, of the Coops de l'information."""

from newsmon.outlets import NewsSitemap, Outlet
from newsmon.spider import OutletSpider
from spiders.le_soleil import OWNER, coops_article_re


class LaTribuneSpider(OutletSpider):
    name = "la_tribune"
    outlet = Outlet("La Tribune", home="https://www.latribune.ca", owner=OWNER, region="QC")
    allowed_domains = ["latribune.ca"]
    sources = [NewsSitemap("https://www.latribune.ca/arc/outboundfeeds/sitemap-news/?outputType=xml")]  # B
    article_re = coops_article_re("latribune.ca")
