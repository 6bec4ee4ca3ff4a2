"""Le Quotidien, Saguenay, of the Coops de l'information."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider
from spiders.le_soleil import OWNER, coops_article_re


class LeQuotidienSpider(OutletSpider):
    name = "le_quotidien"
    outlet = Outlet("Le Quotidien", home="https://www.lequotidien.com", owner=OWNER, region="QC")
    allowed_domains = ["lequotidien.com"]
    sources = [Section("https://www.lequotidien.com")]  # no feed was seen: the home page's links
    article_re = coops_article_re("lequotidien.com")
    byline_css = "article > div > p > em"  # until 2022; later pages tell machines
