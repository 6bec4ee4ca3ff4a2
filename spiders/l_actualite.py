"""L'actualité, Montréal, a magazine on WordPress; /actualites/ holds La Presse Canadienne's texts."""

from newsmon.outlets import Feed, Outlet
from newsmon.spider import OutletSpider


class LActualiteSpider(OutletSpider):
    name = "l_actualite"
    outlet = Outlet("L'actualité", home="https://lactualite.com", owner="Fonds XPNDCroissance s.e.c.", region="QC")
    allowed_domains = ["lactualite.com"]
    sources = [
        Feed("https://lactualite.com/feed/"),  # A
    ]
    article_re = r"lactualite\.com/(?!auteur/|tag/|magazine/|category/|page/)(?:[a-z0-9-]+/)+[^/?#]+/?$"
    headline_css = "h1.entry-title"
    deck_css = "p.entry-lead"
    body_css = "div.entry-content"
    strip_css = ("aside.suggested-link", ".newsletter-callout", ".entry-sidebar")
