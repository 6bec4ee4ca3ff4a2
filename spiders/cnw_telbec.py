"""CNW Telbec, press releases in French: not journalism, and what outlets republish often begins here.

Its RSS was said to answer 404 in 2026: the French home page is followed.
"""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class CnwTelbecSpider(OutletSpider):
    name = "cnw_telbec"
    outlet = Outlet("CNW Telbec", home="https://www.newswire.ca/fr/", owner="Cision", region="CA")
    allowed_domains = ["newswire.ca"]
    sources = [Section("https://www.newswire.ca/fr/")]
    article_re = r"newswire\.ca/fr/(?:news-releases|releases/archive)/[^?#]+\.html$"
    # Inferred: the issuer's line and whom to call close every release.
    strip_css = ("#PURL ~ p", "#PURL")
