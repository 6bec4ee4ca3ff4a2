"""24 heures, Montréal, on the Québecor platform."""

from newsmon.outlets import NewsSitemap, Outlet
from spiders.journal_de_montreal import QuebecorSpider


class VingtQuatreHeuresSpider(QuebecorSpider):
    name = "vingt_quatre_heures"
    outlet = Outlet("24 heures", home="https://www.24heures.ca", owner="NumériQ inc.", region="QC")
    allowed_domains = ["24heures.ca"]
    sources = [
        NewsSitemap("https://www.24heures.ca/news.xml"),  # B
    ]
    article_re = r"24heures\.ca/\d{4}/\d{2}/\d{2}/[^/?#]+"
