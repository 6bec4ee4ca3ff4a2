"""TVA Nouvelles, on the Québecor platform; its pages tell their time in a cXense meta."""

from newsmon.outlets import Feed, NewsSitemap, Outlet
from spiders.journal_de_montreal import QuebecorSpider


class TvaNouvellesSpider(QuebecorSpider):
    name = "tva_nouvelles"
    outlet = Outlet("TVA Nouvelles", home="https://www.tvanouvelles.ca", owner="Groupe TVA inc.", region="QC")
    allowed_domains = ["tvanouvelles.ca"]
    sources = [
        Feed("https://www.tvanouvelles.ca/rss.xml"),  # A
        NewsSitemap("https://www.tvanouvelles.ca/news.xml"),  # B
    ]
    article_re = r"tvanouvelles\.ca/\d{4}/\d{2}/\d{2}/[^/?#]+"
    body_css = "div.row.story-row"
