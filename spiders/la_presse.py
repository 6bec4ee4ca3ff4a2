"""La Presse, Montréal: articles carry their day in the address, and a surtitre in the headline."""

from newsmon.outlets import Feed, NewsSitemap, Outlet
from newsmon.spider import OutletSpider

# Grade A: a maintained recipe lists them (the first two with http).
SECTIONS = (
    "actualites",
    "international",
    "actualites/politique",
    "actualites/national",
    "actualites/analyses",
    "actualites/grand-montreal",
    "actualites/regional",
    "actualites/justice-et-faits-divers",
    "actualites/sante",
    "actualites/education",
    "actualites/environnement",
    "actualites/sciences",
    "actualites/chroniques",
    "actualites/caricatures",
    "actualites/editoriaux",
    "international/etats-unis",
    "international/europe",
    "international/moyen-orient",
    "international/caraibes",
    "international/amerique-latine",
    "international/asie-et-oceanie",
    "international/afrique",
    "international/chroniques",
    "dialogue/chroniques",
    "dialogue/opinions",
    "dialogue/courrier-des-lecteurs",
    "dialogue/temoignages",
    "contexte/chroniques",
    "affaires",
    "sports",
    "auto",
    "arts",
    "cinema",
    "societe",
    "gourmand",
    "voyage",
    "maison",
)


class LaPresseSpider(OutletSpider):
    name = "la_presse"
    outlet = Outlet("La Presse", home="https://www.lapresse.ca", owner="La Presse inc.", region="QC")
    allowed_domains = ["lapresse.ca"]
    sources = [
        NewsSitemap("https://www.lapresse.ca/newsSitemap.xml"),  # B
        *(Feed(f"https://www.lapresse.ca/{section}/rss") for section in SECTIONS),
    ]
    article_re = r"lapresse\.ca/(?:[a-z0-9-]+/)+(?:\d{4}-\d{2}-\d{2}|\d{6}/\d{2})/(?:[^/]+/)?[^/]+?(?:\.php)?/?$"
    headline_css = "h1 span.titleModule__main, h1 span.title"
    deck_css = "p.lead"
    byline_css = "span.authorModule__name"
    body_css = "div.articleBody"
    strip_css = ("figure.quote", ".greyLineFrame")
