"""Québec Science, Montréal, a magazine on WordPress. One list names a feed (grade C): the home page is followed."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class QuebecScienceSpider(OutletSpider):
    name = "quebec_science"
    outlet = Outlet("Québec Science", home="https://www.quebecscience.qc.ca", owner="Vélo Québec Éditions", region="QC")
    allowed_domains = ["quebecscience.qc.ca"]
    sources = [Section("https://www.quebecscience.qc.ca")]
    article_re = (
        r"quebecscience\.qc\.ca/(?!auteur/|author/|tag/|category/|page/)[a-z0-9-]+/(?:[a-z0-9-]+/)?"
        r"(?:[^/?#-]+-)+[^/?#-]+/?$"
    )
