"""Four sample outlets in four dresses, each with a page or two that must be refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from newsmon.newsstand.server import Answer, Request, Site
from newsmon.newsstand.stories import HERE, Story, stories_of

TORONTO = ZoneInfo("America/Toronto")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)

NOT_FOUND = Answer(status=404, body=b"<!doctype html><title>404</title><h1>Page introuvable</h1>")
SOFT_404 = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Page introuvable</title></head>
<body><main><h1>Oups! Page introuvable</h1><p>La page que vous cherchez n’existe pas ou a été déplacée.</p>
<p><a href="/">Retour à l’accueil</a></p></main></body></html>"""


def _day(at: datetime) -> str:
    return f"{at.day}{'er' if at.day == 1 else ''} {MONTHS[at.month - 1]} {at.year}"


def _page(template: str, story: Story, base: str, **more: object) -> str:
    others = [s for s in stories_of(story.outlet) if s is not story]
    return _templates.get_template(template).render(
        story=story,
        url=base + story.path,
        others=others,
        day=_day(story.at),
        hour=f"{story.at.hour} h {story.at.minute:02}" if story.at.minute else f"{story.at.hour} h",
        year=story.at.year,
        **more,
    )


def _html(text: str, charset: str = "utf-8") -> Answer:
    return Answer(body=text.encode(charset, "xmlcharrefreplace"), content_type=f"text/html; charset={charset}")


def _xml(text: str) -> Answer:
    return Answer(body=text.encode(), content_type="application/xml; charset=utf-8")


def _site(outlet: str, pages: Callable[[Story, str], Answer], extra: Callable[[str], dict[str, Answer]]) -> Site:
    """A site of one outlet's stories, and of the addresses that `extra(base)` answers."""

    def answer(request: Request) -> Answer:
        base = f"http://{request.headers.get('host', '127.0.0.1')}"
        others = extra(base)
        if request.path in others:
            return others[request.path]
        for story in stories_of(outlet):
            if request.path == story.path:
                return pages(story, base)
        return NOT_FOUND

    return answer


# --- Le Méridien: a WordPress theme whose only visible date is the clock in its header; an RSS feed


def meridien(now: Callable[[], datetime]) -> Site:
    def page(story: Story, base: str) -> Answer:
        clock = now().astimezone(TORONTO)
        text = _page("meridien.html", story, base, clock=f"{_day(clock)} {clock:%H:%M}")
        return Answer(body=text.encode(), cacheable=False)

    def extra(base: str) -> dict[str, Answer]:
        items = "".join(_rss_item(story, base) for story in stories_of("le_meridien"))
        items += f"<item><title>Archives du journal</title><link>{base}/prive/archives-1987/</link></item>"
        rss = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Le Méridien</title>'
        robots = Answer(body=b"User-agent: *\nDisallow: /prive/\n", content_type="text/plain")
        return {"/feed/": _xml(f"{rss}{items}</channel></rss>"), "/robots.txt": robots}

    return _site("le_meridien", page, extra)


def _rss_item(story: Story, base: str) -> str:
    date = "" if story.undated else f"<pubDate>{format_datetime(story.at)}</pubDate>"
    link = f"{base}{story.path}?utm_source=rss"
    return f"<item><title>{escape(story.headline)}</title><link>{link}</link><guid>{story.slug}</guid>{date}</item>"


# --- La Gazette des Monts: JSON-LD, a news sitemap


def gazette() -> Site:
    def page(story: Story, base: str) -> Answer:
        agency = story.byline == "La Presse Canadienne"
        node = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "description": story.deck,
            "datePublished": story.at.isoformat(),
            "mainEntityOfPage": base + story.path,
            "articleSection": story.section,
            "author": {"@type": "Organization" if agency else "Person", "name": story.byline},
            "publisher": {"@type": "NewsMediaOrganization", "name": "La Gazette des Monts"},
        }
        jsonld = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
        return _html(_page("gazette.html", story, base, jsonld=Markup(jsonld)))

    def extra(base: str) -> dict[str, Answer]:
        urls = "".join(
            _news_url(s.path, s.headline, s.at.isoformat(), base) for s in stories_of("la_gazette_des_monts")
        )
        urls += _news_url("/2022/02/20/avis-de-tempete/", "Avis de tempête", "2022-02-20T06:00:00-05:00", base)
        sitemap = (
            '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
        )
        return {"/news.xml": _xml(sitemap), "/2022/02/20/avis-de-tempete/": _html(SOFT_404)}

    return _site("la_gazette_des_monts", page, extra)


def _news_url(path: str, title: str, at: str, base: str) -> str:
    return (
        f"<url><loc>{base}{path}</loc><news:news><news:publication><news:name>La Gazette des Monts</news:name>"
        f"<news:language>fr</news:language></news:publication><news:publication_date>{at}</news:publication_date>"
        f"<news:title>{escape(title)}</news:title></news:news></url>"
    )


# --- Radio Fleuve: an Atom feed; agency copy; one address leads to another site


def fleuve() -> Site:
    def page(story: Story, base: str) -> Answer:
        return _html(_page("fleuve.html", story, base))

    def extra(base: str) -> dict[str, Answer]:
        entries = "".join(_atom_entry(story, base) for story in stories_of("radio_fleuve"))
        entries += (
            f'<entry><title>Concours : gagnez un traîneau</title><link href="{base}/2022/03/01/concours/"/>'
            "<updated>2022-03-01T12:00:00Z</updated><id>concours</id></entry>"
        )
        atom = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        away = Answer(status=302, headers={"Location": "http://localhost:9/concours"})
        feed = (
            f"{atom}<title>Radio Fleuve</title><id>{base}/</id><updated>2022-03-11T21:25:00Z</updated>{entries}</feed>"
        )
        return {"/atom.xml": _xml(feed), "/2022/03/01/concours/": away}

    return _site("radio_fleuve", page, extra)


def _atom_entry(story: Story, base: str) -> str:
    updated = (story.updated or story.at).isoformat()
    return (
        f'<entry><title>{escape(story.headline)}</title><link rel="alternate" href="{base}{story.path}"/>'
        f"<id>tag:radio-fleuve,2022:{story.slug}</id><published>{story.at.isoformat()}</published>"
        f"<updated>{updated}</updated><author><name>{escape(story.byline)}</name></author></entry>"
    )


# --- L'Écho de la Baie: a page of links, tables, windows-1252, dates as text; one dead link


def echo() -> Site:
    def page(story: Story, base: str) -> Answer:
        return _html(_page("echo.html", story, base), "windows-1252")

    def extra(base: str) -> dict[str, Answer]:
        rows = "".join(
            f'<li><a href="{s.path}"><img src="/photo.jpg"></a> <a href="{s.path}">{escape(s.headline)}</a>'
            f" <small>{_day(s.at)}</small></li>"
            for s in stories_of("echo_de_la_baie")
        )
        rows += '<li><a href="/2022/03/02/quai-ferme-glaces-municipal/">Le quai municipal fermé par les glaces</a></li>'
        rows += (
            '<li><a href="javascript:void(0)">Menu</a> <a href="mailto:redaction@exemple.test">Écrivez-nous</a></li>'
        )
        menu = '<a href="/actualites/">Actualités</a> <a href="/peches/">Pêches</a> <a href="/a-propos/">À propos</a>'
        return {
            "/actualites/": _html(f"<html><title>Actualités</title><p>{menu}</p><ul>{rows}</ul></html>", "windows-1252")
        }

    return _site("echo_de_la_baie", page, extra)
