"""Le Devoir, Montréal: JSON-LD tells the day only, as midnight."""

from newsmon.outlets import Feed, Outlet
from newsmon.spider import OutletSpider


class LeDevoirSpider(OutletSpider):
    name = "le_devoir"
    outlet = Outlet("Le Devoir", home="https://www.ledevoir.com", owner="Le Devoir inc.", region="QC")
    allowed_domains = ["ledevoir.com"]
    sources = [  # B: named by several lists
        Feed("https://www.ledevoir.com/rss/manchettes.xml"),
        Feed("https://www.ledevoir.com/rss/section/politique/quebec.xml"),
        Feed("https://www.ledevoir.com/rss/section/politique/canada.xml"),
        Feed("https://www.ledevoir.com/rss/section/politique/ville-de-quebec.xml"),
        Feed("https://www.ledevoir.com/rss/section/actualites.xml?id=10"),
        Feed("https://www.ledevoir.com/rss/section/economie.xml?id=49"),
        Feed("https://www.ledevoir.com/rss/section/culture.xml?id=48"),
        Feed("https://www.ledevoir.com/rss/section/plaisirs.xml?id=50"),
        Feed("https://www.ledevoir.com/rss/section/monde.xml?id=76"),
    ]
    # Galleries end in a number instead of holding one.
    article_re = r"ledevoir\.com/(?!photos/|auteur/|motcle/)(?:[a-z0-9-]+/)+\d+/[^/?#]+"
    byline_css = "aside.author h3 a span"
    body_css = "div.editor.scrolling-tracker"
