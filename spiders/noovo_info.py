"""Noovo Info, of Bell Média.

Four lists name four different feeds of it (grade C) and none was verified: the home page is followed. Its articles'
address was seen as /nouvelle/<slug>.html, until 2024; that it holds today is inferred.
"""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class NoovoInfoSpider(OutletSpider):
    name = "noovo_info"
    outlet = Outlet("Noovo Info", home="https://www.noovo.info", owner="Bell Média inc.", region="QC")
    allowed_domains = ["noovo.info"]
    sources = [Section("https://www.noovo.info")]
    article_re = r"noovo\.info/nouvelle/[^/?#]+\.html$"
