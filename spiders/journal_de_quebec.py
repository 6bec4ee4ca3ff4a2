"""Le Journal de Québec, sister of the Journal de Montréal: the same text often stands under the same path."""

from newsmon.outlets import Feed, NewsSitemap, Outlet
from spiders.journal_de_montreal import QuebecorSpider


class JournalDeQuebecSpider(QuebecorSpider):
    name = "journal_de_quebec"
    outlet = Outlet("Le Journal de Québec", home="https://www.journaldequebec.com", owner="MédiaQMI inc.", region="QC")
    allowed_domains = ["journaldequebec.com"]
    sources = [
        Feed("https://www.journaldequebec.com/rss.xml"),  # A
        NewsSitemap("https://www.journaldequebec.com/news.xml"),  # B
    ]
    article_re = r"journaldequebec\.com/\d{4}/\d{2}/\d{2}/[^/?#]+"
