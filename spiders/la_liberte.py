"""La Liberté, Winnipeg."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LaLiberteSpider(OutletSpider):
    name = "la_liberte"
    outlet = Outlet(
        "La Liberté",
        home="https://www.la-liberte.ca",
        owner="Presse-Ouest Ltée",
        region="MB",
        timezone="America/Winnipeg",
    )
    allowed_domains = ["la-liberte.ca"]
    sources = [
        Section("https://www.la-liberte.ca"),  # the home page's links
    ]
    article_re = r"la-liberte\.ca/\d{4}/\d{2}/\d{2}/[^/?#]+/?$"
