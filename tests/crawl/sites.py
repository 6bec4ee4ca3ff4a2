"""Scripted sites: an outlet in a few lines, whose pages a test can change between two runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from newsmon.newsstand.server import Answer, Request

LONG = (
    "Le conseil municipal de Sainte-Ursule a adopté lundi soir le budget de la prochaine année, après deux heures de "
    "discussions serrées dans une salle comble. ",
    "La hausse de taxes sera de 2,4 %, un peu moins que l’inflation prévue par les économistes de la région. ",
    "« Nous avons coupé dans le gras, pas dans les services », a soutenu la mairesse Ginette Lapierre-Sow devant les "
    "contribuables venus l’interroger. ",
    "L’opposition aurait voulu reporter la réfection de l’aréna, un chantier de 12 millions de dollars qui doit "
    "commencer au printemps. ",
)


@dataclass
class ScriptedSite:
    """An RSS feed at /rss and the pages it lists; `answers` wins over both."""

    pages: dict[str, str] = field(default_factory=dict)
    """Path to headline."""
    texts: dict[str, str] = field(default_factory=dict)
    """Path to an extra last paragraph."""
    answers: dict[str, Answer | Callable[[Request], Answer]] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))

    def __call__(self, request: Request) -> Answer:
        answer = self.answers.get(request.path)
        if answer is not None:
            return answer(request) if callable(answer) else answer
        if request.path == "/rss":
            return Answer(body=self.rss(request.headers["host"]).encode(), content_type="application/rss+xml")
        if request.path in self.pages:
            return Answer(body=self.page(request.path).encode())
        return Answer(status=404, body=b"rien ici")

    def rss(self, host: str) -> str:
        items = "".join(
            f"<item><title>{title}</title><link>http://{host}{path}</link><pubDate>{format_datetime(self.at)}</pubDate></item>"
            for path, title in self.pages.items()
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Essai</title>{items}</channel></rss>'

    def page(self, path: str) -> str:
        paragraphs = "".join(f"<p>{text}</p>" for text in (*LONG, self.texts.get(path, "")) if text)
        title = self.pages[path]
        return (
            f'<!doctype html><html lang="fr"><head><title>{title}</title></head><body><article><h1>{title}</h1>'
            f"{paragraphs}</article></body></html>"
        )


def declared(slug: str, url: str, *, feed: str = "/rss") -> str:
    """The outlet of `url` as TOML."""
    return f'[[outlet]]\nslug = "{slug}"\nname = "{slug}"\nhome = "{url}/"\nfeeds = ["{url}{feed}"]\n'
