"""Le Courrier de la Nouvelle-Écosse."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LeCourrierDeLaNouvelleEcosseSpider(OutletSpider):
    name = "le_courrier_de_la_nouvelle_ecosse"
    outlet = Outlet(
        "Le Courrier de la Nouvelle-Écosse", home="https://lecourrier.com", region="NS", timezone="America/Halifax"
    )
    allowed_domains = ["lecourrier.com"]
    sources = [
        Section("https://lecourrier.com"),  # the home page's links
    ]
    article_re = r"lecourrier\.com/[a-z-]+/\d{4}/\d{2}/\d{2}/[^/?#]+/?$"
