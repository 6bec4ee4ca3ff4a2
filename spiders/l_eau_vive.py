"""L'Eau vive, Regina, on DotNetNuke (inferred from its addresses).

One article answers under many paths: the number after articleid is its key. Newer addresses end in a slug.
"""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LEauViveSpider(OutletSpider):
    name = "l_eau_vive"
    outlet = Outlet(
        "L'Eau vive",
        home="https://leau-vive.ca",
        owner="Coopérative des publications fransaskoises",
        region="SK",
        timezone="America/Regina",
    )
    allowed_domains = ["leau-vive.ca"]
    sources = [Section("https://leau-vive.ca")]  # no feed was seen: the home page's links
    article_re = r"(?i)leau-vive\.ca/(?:[^/?#]+/)+(?:artmid/\d+/articleid/\d+|(?:[a-z0-9]+-){2,}[a-z0-9]+)(?:/|$)"
