"""Le Droit, Ottawa and Gatineau, of the Coops de l'information."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider
from spiders.le_soleil import OWNER, coops_article_re


class LeDroitSpider(OutletSpider):
    name = "le_droit"
    outlet = Outlet("Le Droit", home="https://www.ledroit.com", owner=OWNER, region="ON")
    allowed_domains = ["ledroit.com"]
    sources = [Section("https://www.ledroit.com")]  # no feed was seen: the home page's links
    article_re = coops_article_re("ledroit.com")
