"""Radio Canada International in French: its own site until 2021, now a part of Radio-Canada's, with its markup.

The listing is the service that Radio-Canada's pages ask (B); "fr" in its address is inferred from the other languages'.
"""

from newsmon.outlets import Outlet, Section
from spiders.radio_canada import RadioCanadaFamily


class RciSpider(RadioCanadaFamily):
    name = "rci"
    outlet = Outlet(
        "Radio Canada International",
        home="https://ici.radio-canada.ca/rci/fr",
        owner="Société Radio-Canada",
        region="CA",
    )
    allowed_domains = ["radio-canada.ca", "rcinet.ca"]
    sources = [Section("https://services.radio-canada.ca/neuro/sphere/v1/rci/fr/continuous-feed?pageSize=50")]
    # The flat /en/ and /zh/ addresses of the old site are other languages'.
    article_re = (
        r"(?:ici\.radio-canada\.ca/rci/fr/(?:[a-z0-9-]+/)*\d{4,}(?:/|$)|rcinet\.ca/fr/\d{4}/\d{2}/\d{2}/[^/?#]+)"
    )
