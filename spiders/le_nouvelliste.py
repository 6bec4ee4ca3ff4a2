"""Le Nouvelliste, Trois-Rivières, of the Coops de l'information."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider
from spiders.le_soleil import OWNER, coops_article_re


class LeNouvellisteSpider(OutletSpider):
    name = "le_nouvelliste"
    outlet = Outlet("Le Nouvelliste", home="https://www.lenouvelliste.ca", owner=OWNER, region="QC")
    allowed_domains = ["lenouvelliste.ca"]
    sources = [Section("https://www.lenouvelliste.ca")]  # no feed was seen: the home page's links
    article_re = coops_article_re("lenouvelliste.ca")
