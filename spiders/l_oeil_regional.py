"""L'Œil régional, Belœil. Two forms of address were seen: ?p=<number> in 2020, a slug alone in 2021."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LOeilRegionalSpider(OutletSpider):
    name = "l_oeil_regional"
    outlet = Outlet("L'Œil régional", home="https://www.oeilregional.com", region="QC")
    allowed_domains = ["oeilregional.com"]
    sources = [Section("https://www.oeilregional.com")]  # no feed was seen: the home page's links
    article_re = r"oeilregional\.com/(?:\?p=\d+|(?!politique-d|a-propos|nous-joindre)(?:[^/?#-]+-){2,}[^/?#-]+/?)$"
    # The layout of 2020; should it be gone, the generic cleaner decides.
    headline_css = "div.title"
    byline_css = "div.author"
    date_css = "div.date"
