"""La Nouvelle Union, Victoriaville, of icimédias."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LaNouvelleUnionSpider(OutletSpider):
    name = "la_nouvelle_union"
    outlet = Outlet("La Nouvelle Union", home="https://www.lanouvelle.net", owner="Icimédias inc.", region="QC")
    allowed_domains = ["lanouvelle.net"]
    sources = [
        Section("https://www.lanouvelle.net"),  # the home page's links
    ]
    article_re = r"lanouvelle\.net/\d{4}/\d{2}/\d{2}/[^/?#]+/?$"
