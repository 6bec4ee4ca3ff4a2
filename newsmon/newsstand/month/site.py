"""The two sites of the month, as they are at an hour of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from email.utils import format_datetime
from html import escape

from newsmon.newsstand.month.script import SLUGS, Piece, State, at_hour
from newsmon.newsstand.server import Answer, Request, Site

LISTED = 40
"""Articles in a feed, the latest first."""

NOT_FOUND = b"<!doctype html><html lang='fr'><title>Page introuvable</title><h1>Page introuvable</h1></html>"
FRONT = (
    b"<!doctype html><html lang='fr'><title>Accueil</title><h1>Le journal de la baie</h1><p>Bonne lecture.</p></html>"
)


def month_site(slug: str, pieces: Sequence[Piece], hour: Callable[[], int]) -> Site:
    """The site of one outlet; `hour()` tells the hour of the month."""
    mine = [piece for piece in pieces if piece.outlet == slug]

    def answer(request: Request) -> Answer:
        now, base = hour(), f"http://{request.headers.get('host', '')}"
        if request.path == "/rss":
            return Answer(body=_rss(mine, now, base).encode(), content_type="application/rss+xml")
        if request.path == "/robots.txt":
            return Answer(body=b"User-agent: *\nDisallow:\n", content_type="text/plain", cacheable=False)
        if request.path == "/":
            return Answer(body=FRONT, cacheable=False)
        for piece in mine:
            if piece.hour <= now and request.path in piece.paths(now):
                return _page(piece, request.path, now, base)
        return Answer(status=404, body=NOT_FOUND)

    return answer


def _rss(pieces: Sequence[Piece], now: int, base: str) -> str:
    there = [p for p in pieces if p.hour <= now and p.status(now) == 200]
    items = "".join(_item(piece, piece.state(now), base) for piece in sorted(there, key=lambda p: -p.hour)[:LISTED])
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>La baie</title>{items}</channel></rss>'


def _item(piece: Piece, state: State, base: str) -> str:
    guid = f'<guid isPermaLink="false">{base}/?p={piece.number}</guid>' if piece.outlet == SLUGS[1] else ""
    return (
        f"<item><title>{escape(state.headline)}</title><link>{base}{state.path}</link>{guid}"
        f"<pubDate>{format_datetime(piece.at)}</pubDate></item>"
    )


def _page(piece: Piece, path: str, now: int, base: str) -> Answer:
    status, state = piece.status(now), piece.state(now)
    if status == 301:
        return Answer(status=301, headers={"Location": "/"})
    if status != 200:
        return Answer(status=status, body=NOT_FOUND)
    # Half of the articles that move are served at both addresses, and name the new one as their own.
    if path != state.path and piece.number % 2:
        return Answer(status=301, headers={"Location": state.path})
    dressed = piece.outlet == SLUGS[0]
    return Answer(body=_html(piece, state, now, base, dressed=dressed).encode(), cacheable=not dressed)


def _html(piece: Piece, state: State, now: int, base: str, *, dressed: bool) -> str:
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": state.headline,
        "datePublished": piece.at.isoformat(),
        "mainEntityOfPage": base + state.path,
    }
    if state.modified is not None:
        node["dateModified"] = at_hour(state.modified).isoformat()
    paragraphs = [_retyped(text, now) if dressed else text for text in state.paragraphs]
    blocks = [f"<p>{escape(text)}</p>" for text in paragraphs]
    if dressed:
        blocks.insert(now % len(blocks), f'<div class="publicite"><p>Publicité</p><p>Offre numéro {now}</p></div>')
        blocks.append(f'<p class="heure">{at_hour(now):%d} mars 2026, {now % 24} h 05</p>')
    related = "".join(f"<li><a href='/{n}'>Autre nouvelle, {n} heures plus tôt</a></li>" for n in (now % 5, 7))
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(state.headline)}</title>'
        f'<link rel="canonical" href="{base}{state.path}">'
        f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script></head><body>'
        f"<main><article><h1>{escape(state.headline)}</h1>{''.join(blocks)}</article>"
        + (f"<aside><h2>À lire aussi</h2><ul>{related}</ul></aside>" if dressed else "")
        + "</main></body></html>"
    )


def _retyped(text: str, now: int) -> str:
    """The same words in the signs and blanks of another hour."""
    return text.replace("’", "'").replace(", ", ",  ") if now % 3 == 1 else text
