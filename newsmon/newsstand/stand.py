"""The newsstand: the four sample outlets side by side, and the file that declares them."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime

from newsmon.newsstand import sites
from newsmon.newsstand.server import Server

PORTS = 4

DECLARATIONS = """\
# The sample outlets of the newsstand, declared without Python: an example of a file for NEWSMON_OUTLETS.

[[outlet]]
slug = "le_meridien"
name = "Le Méridien"
home = "{0}/"
region = "QC"
feeds = ["{0}/feed/"]

[[outlet]]
slug = "la_gazette_des_monts"
name = "La Gazette des Monts"
home = "{1}/"
region = "QC"
news_sitemaps = ["{1}/news.xml"]

[[outlet]]
slug = "radio_fleuve"
name = "Radio Fleuve"
home = "{2}/"
region = "QC"
atom_feeds = ["{2}/atom.xml"]
allowed_domains = ["127.0.0.1"]

[[outlet]]
slug = "echo_de_la_baie"
name = "L’Écho de la Baie"
home = "{3}/"
region = "NB"
timezone = "America/Moncton"
sections = ["{3}/actualites/"]
"""

SLUGS = ("le_meridien", "la_gazette_des_monts", "radio_fleuve", "echo_de_la_baie")


class Newsstand:
    """Serves the sample outlets until the block ends, on `port` and the next ones (0: any free ones)."""

    def __init__(self, *, port: int = 0) -> None:
        """Raises: ConfigurationError when a port is taken."""
        numbers = range(port, port + PORTS) if port else [0] * PORTS
        stands = [sites.meridien(lambda: datetime.now(UTC)), sites.gazette(), sites.fleuve(), sites.echo()]
        self._stack = ExitStack()
        self.servers: dict[str, Server] = {}
        with ExitStack() as undo:
            undo.callback(self._stack.close)
            for slug, site, number in zip(SLUGS, stands, numbers, strict=True):
                self.servers[slug] = self._stack.enter_context(Server(site, port=number))
            undo.pop_all()

    def declarations(self) -> str:
        """The outlets as TOML, for NEWSMON_OUTLETS."""
        return DECLARATIONS.format(*(server.url for server in self.servers.values()))

    def __enter__(self) -> Newsstand:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
