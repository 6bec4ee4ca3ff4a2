"""Le Journal de Montréal, and what the Québecor sites have in common: the day in the address, one platform."""

from newsmon.outlets import Feed, NewsSitemap, Outlet
from newsmon.spider import OutletSpider


class QuebecorSpider(OutletSpider):
    """The Québecor platform. Feeds print stories of the paper at midnight: their day only is known."""

    deck_css = "h3.exergue-inf"
    body_css = "div.article-main-txt"
    # Teasers of other articles stand in the text of a .story-row.
    strip_css = (
        ".story-row .article",
        ".bigbox-container",
        ".before-comments",
        ".dfp-container",
        "#paywallArticleOffer",
    )


class JournalDeMontrealSpider(QuebecorSpider):
    name = "journal_de_montreal"
    outlet = Outlet(
        "Le Journal de Montréal", home="https://www.journaldemontreal.com", owner="MédiaQMI inc.", region="QC"
    )
    allowed_domains = ["journaldemontreal.com"]
    sources = [
        Feed("https://www.journaldemontreal.com/rss.xml"),  # A
        NewsSitemap("https://www.journaldemontreal.com/news.xml"),  # B
    ]
    article_re = r"journaldemontreal\.com/\d{4}/\d{2}/\d{2}/[^/?#]+"
