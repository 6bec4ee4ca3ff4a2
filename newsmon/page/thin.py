"""Pages that are no article: consent, login, error pages under 200, the stub before a paywall."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsmon.page.metadata import Metadata

WORDS_MAX = 120
"""Longer bodies are articles whatever their title says."""
WORDS_MIN = 25
"""Shorter ones are no article."""

_NOT_FOUND_RE = re.compile(
    r"page\s+(?:introuvable|non\s+trouv[ée]e|inexistante|not\s+found)|erreur\s+404|\b404\b|error\s+404|cette\s+page\s+n['’]existe"
    r"|(?:page|contenu|article)\s+(?:que\s+vous\s+(?:cherchez|recherchez|demandez))|n['’]est\s+plus\s+disponible|oups\b|oops\b",
    re.I,
)
_CONSENT_RE = re.compile(
    r"(?:accepter|refuser|g[ée]rer|param[ée]trer)\s+(?:les|mes|vos|tous\s+les)\s+(?:cookies|t[ée]moins|pr[ée]f[ée]rences)|"
    r"avant\s+(?:de\s+(?:continuer|poursuivre)|d['’]acc[ée]der)|before\s+you\s+continue|consentement|votre\s+vie\s+priv[ée]e|we\s+value\s+your\s+privacy",
    re.I,
)
_LOGIN_RE = re.compile(
    r"(?:se\s+connecter|connectez-vous|connexion|identifiez-vous|log\s*in|sign\s*in|cr[ée]er\s+un\s+compte)", re.I
)
_PAYWALL_RE = re.compile(
    r"(?:r[ée]serv[ée]e?s?\s+(?:aux|à\s+nos)\s+abonn[ée]s|il\s+(?:vous\s+)?reste\s+\d+\s*%|abonnez-vous\s+pour\s+(?:lire|continuer|acc[ée]der)|"
    r"pour\s+(?:lire|acc[ée]der\s+[àa])\s+(?:la\s+suite|cet\s+article|l['’]int[ée]gralit[ée])|contenu\s+(?:exclusif\s+)?r[ée]serv[ée]|"
    r"d[ée]j[àa]\s+abonn[ée]|subscribe\s+to\s+(?:read|continue)|subscribers?\s+only)",
    re.I,
)
_CONSENT_PATH_RE = re.compile(r"/(?:consent|cookie|privacy-?gate|gdpr)(?:[/_.-]|$)", re.I)
_LOGIN_PATH_RE = re.compile(r"/(?:login|log-in|signin|sign-in|connexion|auth|oauth2?|sso|compte)(?:[/_.?-]|$)", re.I)


def find_thin(metadata: Metadata, words: int, *, url: str) -> str | None:
    """Why a page of a body of `words` words is not a whole article: a reason of REASONS; None when it is one."""
    if words > WORDS_MAX:
        return None
    path = urlsplit(url).path
    title = f"{metadata.title or ''} {metadata.headline.value or ''}"
    if metadata.is_error_page or _NOT_FOUND_RE.search(title):
        return "not_found_page"
    if _CONSENT_PATH_RE.search(path) or _CONSENT_RE.search(title):
        return "consent"
    if _LOGIN_PATH_RE.search(path) or (words < WORDS_MIN and _LOGIN_RE.search(title)):
        return "login"
    text = " ".join(metadata.root.itertext())[:200_000] if words < WORDS_MAX else ""
    if metadata.paywall or _PAYWALL_RE.search(text):
        return "paywall"
    if words < WORDS_MIN:
        if _CONSENT_RE.search(text):
            return "consent"
        return "not_found_page" if _NOT_FOUND_RE.search(text) else "thin"
    return None
