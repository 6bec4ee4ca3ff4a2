"""Acadie Nouvelle, Caraquet: the day stands in the address."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class AcadieNouvelleSpider(OutletSpider):
    name = "acadie_nouvelle"
    outlet = Outlet(
        "Acadie Nouvelle",
        home="https://www.acadienouvelle.com",
        owner="Les Éditions de L'Acadie Nouvelle (1984) Ltée",
        region="NB",
        timezone="America/Moncton",
    )
    allowed_domains = ["acadienouvelle.com"]
    sources = [
        Section("https://www.acadienouvelle.com"),  # no feed was seen: the home page's links
    ]
    article_re = r"acadienouvelle\.com/(?:[a-z0-9-]+/)+\d{4}/\d{2}/\d{2}/[^/?#]+/?$"
