"""Les Affaires, Montréal."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LesAffairesSpider(OutletSpider):
    name = "les_affaires"
    outlet = Outlet("Les Affaires", home="https://www.lesaffaires.com", owner="Groupe Contex inc.", region="QC")
    allowed_domains = ["lesaffaires.com"]
    sources = [
        Section("https://www.lesaffaires.com"),  # the home page's links
    ]
    article_re = r"lesaffaires\.com/(?:[^/]+/)+[^/]+/\d{6}"
