"""Fingerprints of a text: what finds the same words elsewhere, and the words that tell an event from another.

Two sketches, for two questions. *Marks* are for the same text: of all runs of five words the few with the lowest
hashes (bottom-k sampling), so that two texts that share half of their runs share about half of their marks, and a
text that is held by a longer one leaves its marks there. *Telling words* are for the same event in other words.

Source: Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

RUN = 5
"""Words in a row: shorter runs are in every text, longer ones break at every edit."""
MARKS = 12
LEAD = 120
"""Words of a body that tell the event: what comes after is background, alike in articles on different events."""

_WORD_RE = re.compile(r"[^\W_]+")
_COMPOUND_RE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# The accents that Latin letters come apart into; whether signs are left that may be accents of other scripts.
_ACCENTS_RE = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_OTHER_SCRIPTS_RE = re.compile("[^\x00-\u02ff\u2000-\u20cf]")
_SENTENCE_ENDS = ".!?:…\n"
_SKIPPED = ' \t\xa0\u202f«»"“”—–-('


def fold(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    if plain.isascii():
        return plain
    plain = _ACCENTS_RE.sub("", plain)
    if _OTHER_SCRIPTS_RE.search(plain):
        return "".join(c for c in plain if not unicodedata.combining(c))
    return plain


def runs_of(body: str) -> set[str]:
    """Every run of RUN words, folded; signs and white space count for nothing. A shorter text is one run."""
    words = _WORD_RE.findall(fold(body))
    if not words:
        return set()
    return {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}


def marks_of(body: str) -> tuple[int, ...]:
    """At most MARKS numbers of 63 bits, in order: the lowest hashes among the runs."""
    digests = sorted(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs_of(body))
    return tuple(int.from_bytes(digest, "big") >> 1 for digest in digests[:MARKS])


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """What makes two printed words one: folded, without the plural's letter."""
    key = fold(word)
    return key[:-1] if len(key) > 4 and key[-1] in "sx" else key


_COMMON = frozenset(
    word_key(word)
    for word in (
        "affirme afin ainsi ajoute alors annee aout apres aucun aussi autre aux avait avant avec avoir avril beaucoup "
        "bien ceci cela celle celui cent cependant certain ces cette ceux chaque chez comme comment contre dans "
        "decembre declare deja depuis dernier derniere des deux devait devant devrait dimanche dit doit donc dont "
        "durant elle elles encore entre environ etaient etait etant ete etre explique faire fait falla fevrier fois "
        "heure heures hier huit ici ils indique janvier jeudi jour juillet juin les leur lors lorsque lui lundi mai "
        "mais mardi mars meme mercredi mes mille moins mois neuf non nos notamment notre nous novembre octobre ont ou "
        "par parce parmi partir pas pendant peu peut plus plusieurs pour pourrait pourtant precise premier premiere "
        "pres prochain prochaine puis quand quatre que quel quelle quelque qui quinze quoi rapporte rien samedi sans "
        "selon semaine sept septembre sera seront ses seulement six soit sont sous sur tandis temps tous tout toute "
        "trois trop une vendredi vers veut voir vont votre vous"
    ).split()
)
"""Words that tell no event apart from another."""


def is_name(word: str) -> bool:
    """Of a telling word: it is written with a capital, or is a number."""
    return not word[0].islower()


def telling_words(headline: str | None, deck: str | None, body: str) -> tuple[str, ...]:
    """The words of headline, deck and LEAD that may tell the event, as printed, each once, in their order.

    Names keep their capital; a word that only begins a sentence is written small. Everyday words are left out.
    """
    found: dict[str, str] = {}
    lead = " ".join(body.split(" ", LEAD)[:LEAD])
    for match in _COMPOUND_RE.finditer(text := "\n".join((headline or "", deck or "", lead))):
        word, key = match[0], word_key(match[0])
        if _begins_sentence(text, match.start()) and not word.isupper():
            word = word.lower()
        if key in _COMMON or key.strip("0") == "" or len(key) < (3 if is_name(word) else 4):
            continue
        if key not in found or is_name(word):
            found[key] = word
    return tuple(found.values())


def _begins_sentence(text: str, start: int) -> bool:
    """An elision counts: in "L’Ukraine" both may be the beginning, so a name is known by another mention."""
    at = start - 1
    while at >= 0 and text[at] in _SKIPPED:
        at -= 1
    return at < 0 or text[at] in _SENTENCE_ENDS
