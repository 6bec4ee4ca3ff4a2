"""Le Franco, Edmonton, on WordPress with the Penci theme.

No address of an article was seen: the generic rule tells them. Its sections' addresses were seen.
"""

from newsmon.outlets import Outlet, Section
from newsmon.spider import OutletSpider


class LeFrancoSpider(OutletSpider):
    name = "le_franco"
    outlet = Outlet("Le Franco", home="https://lefranco.ab.ca", region="AB", timezone="America/Edmonton")
    allowed_domains = ["lefranco.ab.ca"]
    sources = [
        Section("https://lefranco.ab.ca"),
        Section("https://lefranco.ab.ca/category/opinions/"),
        Section("https://lefranco.ab.ca/category/science/"),
    ]
    body_css = "article .entry-content"
    strip_css = (".penci-image-holder",)
