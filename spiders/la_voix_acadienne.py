"""La Voix acadienne, Summerside, on Joomla (inferred from its addresses)."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LaVoixAcadienneSpider(OutletSpider):
    name = "la_voix_acadienne"
    outlet = Outlet("La Voix acadienne", home="https://lavoixacadienne.com", region="PE", timezone="America/Halifax")
    allowed_domains = ["lavoixacadienne.com"]
    sources = [Section("https://lavoixacadienne.com")]  # no feed was seen: the home page's links
    article_re = r"lavoixacadienne\.com/(?:index\.php/)?[a-z-]+/(?:[a-z-]+/)?\d+-[^/?#]+$"
