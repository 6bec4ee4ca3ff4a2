"""Titles as listings print them: cleaned, told from labels, compared with the words of an address."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote, urlsplit

from newsmon.text.clean import clean_line

LONGEST = 500
"""Characters kept of a title."""

_ENTITY_RE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_RE = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|em|font|h[1-6]|i|img|mark|p|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>",
    re.I,
)
_BREAK_RE = re.compile(r"<(?:br|p|h[1-6])\b", re.I)
_WORD_RE = re.compile(r"[^\W_]+")
_LABEL_RE = re.compile(
    r"(?:(?:cliquez (?:ici )?pour )?lire (?:la suite|l article|plus|davantage|aussi|egalement)|(?:en )?savoir plus"
    r"|(?:en )?lire plus|voir (?:plus|tout|tous|toutes|les|la|le)\b.*|la suite|suite|plus de .*"
    r"|afficher (?:plus|tout).*|tout(?:e)?s? (?:les|l) .*"
    r"|\d+ (?:autres )?(?:nouvelles?|articles?|commentaires?|photos?|videos?|reactions?)\b.*"
    r"|(?:aucun |laisser un |ajouter un )?commentaires?|commenter|reagir|partager.*|partage|copier le lien|imprimer"
    r"|envoyer|s abonner|abonnez vous.*|abonne(?:e)?s?|ecouter.*|regarder|video|photos?|galerie|en images|exclusif"
    r"|precedente?|suivante?|retour|accueil|read more|continue reading|more|share|comments?|image|photo|publicite"
    r"|(?:\d+ )?(?:h|min|jours?|heures?|minutes?)|il y a .*|hier.*|aujourd hui.*|publie .*|mis a jour .*)"
)


def clean_title(text: str | None) -> str | None:
    """A title in plain text on one line: entities (escaped once more than needed too) read, tags dropped.

    None when nothing is left.
    """
    if not text:
        return None
    text = text[: 8 * LONGEST]
    for _ in range(2):
        text = _ENTITY_RE.sub(lambda m: html.unescape(m[0]), text)
    text = _TAG_RE.sub(lambda m: " " if _BREAK_RE.match(m[0]) else "", text)
    return clean_line(text)[:LONGEST].rstrip() or None


def fold(text: str) -> str:
    """Lower case without accents, œ as oe."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, folded; an apostrophe parts."""
    return _WORD_RE.findall(fold(text))


def is_headline(text: str) -> bool:
    """Whether a text may be a title: not a number, a time, a count of comments or the words of a button."""
    found = words(text)
    letters = sum(len(word) for word in found if not word.isdigit())
    return letters >= 4 and not _LABEL_RE.fullmatch(" ".join(found))


def slug_words(url: str) -> list[str]:
    """The words of the longest slug of an address, without numbers."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    slugs = [[word for word in words(segment) if not word.isdigit()] for segment in path.split("/")]
    return max(slugs, key=len, default=[])


def likeness(title: str, url: str) -> float:
    """The share of an address's words that stand in a title, 0 to 1."""
    slug = {word for word in slug_words(url) if len(word) > 2}
    apart = set(words(title))
    glued = set(words(re.sub(r"['’ʼ]", "", title)))
    return len(slug & (apart | glued)) / len(slug) if slug else 0.0
