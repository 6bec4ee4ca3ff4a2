"""The language of a text, told by its function words."""

from __future__ import annotations

import re
from collections import Counter

WORDS_MIN = 12
"""Fewer tell nothing."""
WORDS_READ = 400

_FUNCTION_WORDS = {
    "fr": """
        le la les un une des du de et est que qui dans pour pas sur au aux avec ce cette ces par plus ne se
        son sa ses ils elle sont été mais ou où leur leurs comme nous vous il en a ont être fait selon après
    """,
    "en": """
        the of and to in is that for it was on with as are be this by from at have has not but they his her
        which or an were been their will would who said more about than after when
    """,
    "es": """
        el la los las de y que en un una por con para del se no su al es lo como más pero sus le ya o fue
        este ha sobre entre cuando muy sin también
    """,
    "de": """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden
        aus er hat dass sie nach wird bei einer um am sind noch wie
    """,
    "it": """
        il di che e la in un per è una con non del si della i le da sono al come anche ma più ha dei nel
        alla gli lo delle questo su
    """,
    "pt": """
        o de e que a do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua
        ou quando muito foi são
    """,
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _FUNCTION_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)

_WORD_RE = re.compile(r"[^\W\d_]+")


def find_language(text: str) -> str | None:
    """ISO 639-1 of the language that most function words of the text's beginning belong to; None when unsure."""
    words = _WORD_RE.findall(text[: WORDS_READ * 8].casefold())[:WORDS_READ]
    if len(words) < WORDS_MIN:
        return None
    votes: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in _LANGUAGES_OF.get(word, ()):
            votes[language] += times
    if not votes:
        return None
    (best, count), *others = votes.most_common(2)
    sure = count >= 0.12 * len(words) and (not others or count >= 1.2 * others[0][1])
    return best if sure else None
