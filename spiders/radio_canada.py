"""Radio-Canada, the public broadcaster, with its regional and thematic feeds."""

from newsmon.outlets import Feed, Outlet
from newsmon.spider import OutletSpider

# Grade A: the outlet's own list of feeds, as a maintained recipe copied it in 2024-05.
FEEDS = (
    4159,  # Grands titres
    1000524,  # En continu
    7239,  # Alimentation
    4163,  # Art de vivre
    5717,  # Économie
    92408,  # Environnement
    96,  # International
    92411,  # Justice et faits divers
    4175,  # Politique
    4171,  # Santé
    4165,  # Science
    7110,  # Société
    4169,  # Techno
    771,  # Grands titres
    1000057,  # Football
    1000056,  # Hockey
    64852,  # Olympiques
    555082,  # Podium
    1000058,  # Soccer
    1000059,  # Tennis
    4167,  # Grands Titres
    1000232,  # Célébrités
    1000229,  # Cinéma
    1000231,  # Humour
    1000083,  # Livres
    1000230,  # Musique
    1000233,  # Télé
    5763,  # Abitibi-Témiscamingue
    5767,  # Alberta
    35004,  # Bas-Saint-Laurent
    5769,  # Colombie-Brittanique
    35019,  # Côte-Nord
    5773,  # Estrie
    35015,  # Gaspésie-Îles-de-la-Madeleine
    4201,  # Grand Montréal
    1001049,  # Grand Nord
    1000814,  # Île-du-Prince-Édouard
    5775,  # Manitoba
    5777,  # Mauricie–Centre-du-Québec
    36518,  # Nord de l’Ontario
    5765,  # Nouveau-Brunswick
    1000813,  # Nouvelle-Écosse
    6102,  # Ottawa-Gatineau
    6104,  # Québec
    6106,  # Saguenay-Lac-St-Jean
    6108,  # Saskatchewan
    1000815,  # Terre-Neuve-et-Labrador
    5779,  # Toronto
    475289,  # Windsor
    1000548,  # Archives
    6735,  # Dossiers
    116435,  # Espaces autochtones
)


class RadioCanadaFamily(OutletSpider):
    """The markup that all of Radio-Canada's sites share."""

    body_css = "section.document-content-style"
    byline_css = ".m-signature .signature-avatar-first-name, .signature-avatar-first-name"
    strip_css = ("div.framed", ".hidden-tag")


class RadioCanadaSpider(RadioCanadaFamily):
    name = "radio_canada"
    outlet = Outlet("Radio-Canada", home="https://ici.radio-canada.ca", owner="Société Radio-Canada", region="CA")
    allowed_domains = ["radio-canada.ca", "rad.ca"]
    sources = [Feed(f"https://ici.radio-canada.ca/rss/{number}") for number in FEEDS]
    # A number in the path is the article's key; radio segments and live pages come with the same lists.
    # What lies under /rci/ is Radio Canada International's.
    article_re = r"(?:ici\.radio-canada\.ca/(?!rci/)(?:[a-z0-9-]+/)*(?:\d{4,}(?:/|$)|info/\d{4}/)|rad\.ca/)"
