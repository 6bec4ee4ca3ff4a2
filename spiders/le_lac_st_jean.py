"""Le Lac-St-Jean, Alma, of Trium Médias; its sister titles stand in newsmon/local_press."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LeLacStJeanSpider(OutletSpider):
    name = "le_lac_st_jean"
    outlet = Outlet("Le Lac-St-Jean", home="https://lelacstjean.com", owner="Trium Médias inc.", region="QC")
    allowed_domains = ["lelacstjean.com"]
    sources = [Section("https://lelacstjean.com")]  # no feed was seen: the home page's links
    article_re = r"lelacstjean\.com/(?!category/|tag/|author/|auteur/|page/)[a-z-]+/(?=[^/?#]*-)[^/?#]{6,}/?$"
