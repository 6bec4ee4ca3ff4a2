"""La Conversation Canada: authors are researchers; the edition is not in the address."""

from newsmon.outlets import AtomFeed, NewsSitemap, Outlet
from newsmon.spider import OutletSpider


class LaConversationCanadaSpider(OutletSpider):
    name = "la_conversation_canada"
    outlet = Outlet(
        "La Conversation Canada",
        home="https://theconversation.com/ca-fr",
        owner="Academic Journalism Society",
        region="CA",
    )
    allowed_domains = ["theconversation.com"]
    sources = [
        AtomFeed("https://theconversation.com/ca-fr/articles.atom"),  # A
        NewsSitemap("https://theconversation.com/ca-fr/sitemap_news.xml"),  # A, of its robots.txt
    ]
    article_re = r"theconversation\.com/[^/?#]+-\d{5,6}$"
