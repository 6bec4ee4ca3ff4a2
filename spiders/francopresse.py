"""Francopresse, Ottawa: its header shows the day of the visit, never the article's."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class FrancopresseSpider(OutletSpider):
    name = "francopresse"
    outlet = Outlet("Francopresse", home="https://francopresse.ca", owner="Réseau.Presse", region="CA")
    allowed_domains = ["francopresse.ca"]
    sources = [
        Section("https://francopresse.ca"),  # no feed was seen: the home page's links
    ]
    article_re = r"francopresse\.ca/[a-z-]+/\d{4}/\d{2}/\d{2}/[^/?#]+/?$"
