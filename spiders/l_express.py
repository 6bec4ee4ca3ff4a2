"""L'Express, Toronto."""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LExpressSpider(OutletSpider):
    name = "l_express"
    outlet = Outlet("L'Express", home="https://l-express.ca", region="ON")
    allowed_domains = ["l-express.ca"]
    sources = [
        Section("https://l-express.ca"),  # the home page's links
    ]
    article_re = r"l-express\.ca/(?!tag/|auteur/|category/)[^/?#]{12,}/?$"
