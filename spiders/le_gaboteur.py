"""Le Gaboteur, St. John's: a slug alone is an article's address, so lists and the house's own pages are left out."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LeGaboteurSpider(OutletSpider):
    name = "le_gaboteur"
    outlet = Outlet("Le Gaboteur", home="https://www.gaboteur.ca", region="NL", timezone="America/St_Johns")
    allowed_domains = ["gaboteur.ca"]
    sources = [Section("https://www.gaboteur.ca")]  # no feed was seen: the home page's links
    article_re = r"gaboteur\.ca/(?!politique-d|a-propos|nous-joindre)(?:[^/?#-]+-){2,}[^/?#-]+/?$"
