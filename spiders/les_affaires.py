"""Les Affaires, Montréal. An article's number ends its address until about 2022; later ones end in the slug alone."""

from newsmon.outlets import Feed, Outlet
from newsmon.spider import OutletSpider

# Grade B: used by running programs.
FEEDS = (
    "dernieres-nouvelles", "bourse", "actualites-boursieres", "analyses", "placements", "revue-des-marches", "economie",
    "mes-finances", "fiscalite", "immobilier", "techno", "energie", "commerce-de-detail", "environnement", "politique",
    "monde", "intelligence-artificielle", "mon-entreprise", "entrepreneuriat", "management",
)  # fmt: skip


class LesAffairesSpider(OutletSpider):
    name = "les_affaires"
    outlet = Outlet("Les Affaires", home="https://www.lesaffaires.com", owner="Groupe Contex inc.", region="QC")
    allowed_domains = ["lesaffaires.com"]
    sources = [Feed(f"https://www.lesaffaires.com/rss/{section}") for section in FEEDS]
    article_re = (
        r"lesaffaires\.com/(?:(?:[^/?#]+/)+[^/?#]+/\d{6}"
        r"|(?!auteur|mots-cles|tag/)[a-z-]+/[a-z-]+/(?:[^/?#-]+-){3,}[^/?#-]+/?$)"
    )
    byline_css = "[itemprop=author]"
    body_css = "[itemprop=articleBody]"
