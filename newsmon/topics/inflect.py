"""French number and gender: the forms that a term stands for, spelt out when a topic is compiled.

Nothing is stemmed: a stem joins Crimée with crime and port with porter. A form that no French word has does
no harm; a form that is another word does, and the tables below keep those out.
"""

from __future__ import annotations

from itertools import product

_FUNCTION_WORDS = (
    "a à au aux avec contre d dans de des du elle en entre et hors il l la le les leur leurs ne ni notre ou où par "
    "pas plus pour qu que qui sa sans se ses si son sous sur un une vers votre ce cette ces"
)
_INVARIABLE = frozenset(_FUNCTION_WORDS.split())
"""Inside a phrase they keep their form."""

_AILS_TO_AUX = frozenset(("bail", "corail", "email", "émail", "soupirail", "travail", "vitrail"))
_OUS_TO_OUX = frozenset(("bijou", "caillou", "chou", "genou", "hibou", "joujou", "pou"))
_ALS_ONLY = frozenset(("bal", "carnaval", "chacal", "festival", "récital", "régal", "naval", "natal", "fatal"))

_ONE_GENDER_ENDINGS = ("tion", "sion", "xion", "ison", "ment", "port", "tien")
"""Nouns that end so have one gender: `sanctionne` is no form of sanction, `soutienne` none of soutien."""
_NOUNS = (
    "abandon abus accord accueil appareil appel arrêt an bois bord bout bras budget but camp canon cap cas champ char "
    "chat chemin conseil contact coup cours départ dessin destin don droit état fer fin fond fonds format front fruit "
    "gaz gel impact lieu lit livre lot main mandat mar mat médecin mer mont mot mur pain parc pardon parti pas pays "
    "pin plan point pont pot prix projet puits quai rang rappel record recueil refus regard règlement retard réveil "
    "sac sel soleil sommeil son sort tank tarif temps test ton tour train trait traité vaccin vent vol vote voix"
)
_ONE_GENDER = frozenset(_NOUNS.split())
"""Common nouns whose would-be feminine is another word: mur, mûre; conseil, (il) conseille."""

_FEMININES = {
    "beau": "belle", "blanc": "blanche", "bref": "brève", "chef": "cheffe", "doux": "douce", "favori": "favorite",
    "faux": "fausse", "fou": "folle", "frais": "fraîche", "franc": "franche", "gentil": "gentille", "grec": "grecque",
    "jumeau": "jumelle", "long": "longue", "maire": "mairesse", "mou": "molle", "nouveau": "nouvelle",
    "pareil": "pareille", "public": "publique", "roux": "rousse", "sec": "sèche", "turc": "turque", "vieux": "vieille",
}  # fmt: skip
_FEMININE_ENDINGS = (
    ("teur", ("trice", "teuse")),
    ("eur", ("euse", "eure")),
    ("eux", ("euse",)),
    ("if", ("ive",)),
    ("en", ("enne",)),
    ("on", ("onne",)),
    ("er", ("ère",)),
    ("el", ("elle",)),
    ("eil", ("eille",)),
    ("ot", ("ote", "otte")),
    ("et", ("ette", "ète")),
    ("gu", ("guë", "güe")),
)


def plurals(word: str) -> tuple[str, ...]:
    """The plural forms of a word, without the word itself; none for a word in s, x or z.

    >>> plurals("canal"), plurals("réfugié"), plurals("prix")
    (('canaux', 'canals'), ('réfugiés',), ())
    """
    low = word.lower()
    if low.endswith(("s", "x", "z")) or low in _INVARIABLE or not word[-1:].isalpha():
        return ()
    if low in _ALS_ONLY:
        return (word + "s",)
    if low.endswith("al"):
        return word[:-2] + "aux", word + "s"
    if low in _AILS_TO_AUX:
        return (word[:-3] + "aux",)
    if low.endswith(("au", "eu")):
        return word + "x", word + "s"
    return (word + ("x" if low in _OUS_TO_OUX else "s"),)


def feminines(word: str) -> tuple[str, ...]:
    """The feminine forms of a masculine noun or adjective, in the singular; none where French has none.

    >>> feminines("ukrainien"), feminines("directeur"), feminines("sanction"), feminines("port")
    (('ukrainienne',), ('directrice', 'directeuse'), (), ())
    """
    low = word.lower()
    if low in _FEMININES:
        return (_FEMININES[low],)
    if low in _INVARIABLE or low in _ONE_GENDER or low.endswith(_ONE_GENDER_ENDINGS) or not word[-1:].isalpha():
        return ()
    for masculine, endings in _FEMININE_ENDINGS:
        if low.endswith(masculine):
            return tuple(word[: -len(masculine)] + ending for ending in endings)
    if low.endswith(("a", "e", "o", "x", "z")):
        return ()
    return (word + "e",)


def _numbers(word: str) -> tuple[str, ...]:
    return (word, *plurals(word))


def _lemma(word: str) -> tuple[str, ...]:
    return (*_numbers(word), *(form for feminine in feminines(word) for form in _numbers(feminine)))


MAX_INFLECTED = 4
"""Words of a phrase that are inflected, from its first on; the others stand as written."""


def inflect(words: list[str], *, gender: bool = False) -> tuple[str, ...]:
    """Every form of a word or a phrase in singular and plural, and in both genders where `gender`.

    >>> inflect(["salle", "d", "urgence"])
    ('salle d urgence', 'salle d urgences', 'salles d urgence', 'salles d urgences')
    """
    choices, inflected = [], 0
    for word in words:
        free = word.lower() not in _INVARIABLE and inflected < MAX_INFLECTED
        inflected += free
        choices.append((_lemma(word) if gender else _numbers(word)) if free else (word,))
    return tuple(" ".join(form) for form in product(*choices))
