"""La Voix de l'Est, Granby, of the Coops de l'information."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider
from spiders.le_soleil import OWNER, coops_article_re


class LaVoixDeLEstSpider(OutletSpider):
    name = "la_voix_de_l_est"
    outlet = Outlet("La Voix de l'Est", home="https://www.lavoixdelest.ca", owner=OWNER, region="QC")
    allowed_domains = ["lavoixdelest.ca"]
    sources = [Section("https://www.lavoixdelest.ca")]  # no feed was seen: the home page's links
    article_re = coops_article_re("lavoixdelest.ca")
