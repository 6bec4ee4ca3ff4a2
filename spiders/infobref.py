"""InfoBref, Montréal: a slug alone is an article's address, so lists and the house's own pages are left out."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class InfobrefSpider(OutletSpider):
    name = "infobref"
    outlet = Outlet("InfoBref", home="https://infobref.com", region="QC")
    allowed_domains = ["infobref.com"]
    sources = [Section("https://infobref.com")]  # no feed was seen: the home page's links
    article_re = r"infobref\.com/(?!politique-d|a-propos|nous-joindre)(?:[^/?#-]+-){2,}[^/?#-]+/?$"
