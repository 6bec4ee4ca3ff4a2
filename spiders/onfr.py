"""ONFR, of TFO: francophone Ontario."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class OnfrSpider(OutletSpider):
    name = "onfr"
    outlet = Outlet("ONFR", home="https://onfr.tfo.org", owner="Groupe Média TFO", region="ON")
    allowed_domains = ["onfr.tfo.org"]
    sources = [
        Section("https://onfr.tfo.org"),  # the home page's links
    ]
    article_re = r"onfr\.tfo\.org/(?!auteur|categorie|tag)[^/?#]{12,}/?$"
