"""Names of people: what may be one, and when two prints are of one person."""

from __future__ import annotations

import re
import unicodedata

from newsmon.text.agencies import fold
from newsmon.text.places import is_place

WORDS_MAX = 6

_WORD_RE = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|\.(?![.'’])|['’\-‐‑](?![.'’\-‐‑]))*\Z")
_HONORIFIC_RE = re.compile(
    r"(?:(?:M|Mme|Mmes|Mlle|Dre?|Me|Mes|Mgr|Pre?|Mr|Mrs|Ms|Prof)\.?|Monsieur|Madame|Maître|Docteure?)\s+(?=\S+\s)"
)
PARTICLES = frozenset(
    "de du des d la le les van von der den ter ten di da del della dos das do bin ben ibn el al y e et st zu".split()
)
_PREFIXED_RE = re.compile(r"(?:d|l|dell|o|n|m|s|t)['’](?=\S)", re.I)

NOT_NAMES = frozenset(
    """
    abonne abonnes abonnez accueil action actu actualite actualites actus admin administrateur administration
    administrator affaires agence agences agrandir alliance analyse and anonyme ans apres archives article
    articles arts as assemblee association at au auteur auteure auteures auteurs author authors aux avec avis
    bibliotheque blog blogue bourse bulletin by cahier carrefour categorie categories ce cegep centre ces cet
    cette chaine chronique chroniques cinema citoyen cnw coalition collectif comite commentaire commentaires
    comments commission communaute communique communiques confederation conseil consulter contact contenu
    contributeur contributor cookies copyright correspondance courriel courrier credit culture dans debat debats
    defaut delegation depuis derniere derniers direct direction dossier dossiers during economie ecouter edition
    editions editor editorial education election elections en encore enquete entrevue environnement envoyer
    equipe est exclusif exclusive experts externe facebook faculte fait faits federation fermer fondation fonds
    for france from gauche gouvernement groupe groupement guerre hebdo horoscope ici il immobilier imprimer
    inconnu info infolettre information informations infos initiative instagram institut institution
    international invite invites is jeu jeudi jeux journal journalisme journaliste journalistes journaux
    lecteurs lecture letter letters lettre ligue linkedin lire listen livres local locale logo lundi magazine
    mairie mais mardi maritime media medias menu mercredi meteo mettre ministere minute minutes mise modifie
    more mouvement municipalite musee musique national nationale news newsletter nos notre nous nouveau nouvelle
    nouvelles numerique numero open opinion opinions ordre organisation organisme ou our par parlement partage
    partager parti pendant photo photographe photographie photos plus podcast police politique populaire posted
    pour presse print produit programme province publicite publie publiee published quotidien radio reaction
    redacteur redaction redactrice regie regional regions reportage reporter reseau reserve reserves revue
    rubrique samedi sans sante science sciences secretariat selon semaine service services share site societe
    sommaire source sources spectacle sport sports staff subscribe suivre sujet sujets sur surete syndicat tags
    techno technologie technologies tele television temps the theatre this times titre toggle tous tout toute
    toutes traduction travail tribune twitter une union universite unknown update updated user utilisateur
    vendredi video videos vivre voici voir vol volume vos votre voyage voyages webmaster webmestre whatsapp with
    your youtube zone
    """.split()
)
"""Words that stand in headings, labels and names of bodies and never, or hardly ever, in a person's. Folded."""

_NOT_FIRST = frozenset(
    """
    au aux bureau cap chambre club college courant d de dernier des du front grand guest guide hier in
    justice l la le les live monde new page portrait post premiere read salle section story to un vie
    view
    """.split()
)
"""Words that open a heading or the name of a body, but may be a family's name: Stéphane Bureau, Lise Pagé. Folded."""

_SECTIONS = frozenset(
    """
    politique sport sports monde international economie culture societe sante arts environnement justice opinions
    debats affaires techno sciences education voyage vie style cinema musique livres theatre regional local national
    collectif agences videos loisirs divertissement chroniques editorial actualites accueil exclusif urgent direct
    texte textes hockey soccer football baseball
    """.split()
)
"""What else stands alone where a pen name may. Folded."""


def find_name(text: str) -> str | None:
    """`text` as a person's name, or None. A name all in capitals gets a name's case; nothing else is changed.

    >>> find_name("JEAN-MARC VALLIÈRE"), find_name("Patrick ANGEVIN"), find_name("Voir tous les articles")
    ('Jean-Marc Vallière', 'Patrick ANGEVIN', None)
    """
    words = _HONORIFIC_RE.sub("", " ".join(text.split()), count=1).split()
    if words and len(words[-1]) > 2 and words[-1].endswith(".") and fold(words[-1]) not in ("jr.", "sr."):
        words[-1] = words[-1].removesuffix(".")
    if not 2 <= len(words) <= WORDS_MAX or not all(map(_WORD_RE.match, words)):
        return None
    name = " ".join(words)
    own = [word for word in words if word[0].isupper() or fold(word) not in PARTICLES]
    if len(own) < 2 or own[0] is not words[0] or own[-1] is not words[-1] or not all(map(_is_capitalised, own)):
        return None
    if not _may_be_name(own) or is_place(name):
        return None
    return title_case(name) if name.isupper() else name


def find_pen_name(text: str) -> str | None:
    """`text` as a name of one word, which only a whole byline may be: "Elba"."""
    word = text.strip()
    if not 3 <= len(word) <= 20 or not _WORD_RE.match(word) or not word[0].isupper() or word[1:].isupper():
        return None
    key = fold(word)
    return None if NOT_NAMES.intersection(key.split()) or key in _SECTIONS or is_place(word) or "." in word else word


def _is_capitalised(word: str) -> bool:
    prefix = _PREFIXED_RE.match(word)
    return word[prefix.end() if prefix else 0].isupper() or word[0].isupper()


def _may_be_name(words: list[str]) -> bool:
    """Neither everyday words nor initials alone: a family name has two letters at least."""
    keys = [fold(word).strip(".") for word in words]
    if any(key in NOT_NAMES for key in keys) or keys[0] in _NOT_FIRST:
        return False
    if any(NOT_NAMES.intersection(key.split()) and len(key.split()) > 2 for key in keys):
        return False
    return any(len(word.rstrip(".")) > 1 and not re.fullmatch(r"(?:\w\.-?)+\w?", word) for word in words)


def title_case(name: str) -> str:
    """A name in capitals as it is written otherwise: "MARC O'BRIEN DE LA TOUR" gives "Marc O'Brien de la Tour"."""
    words = unicodedata.normalize("NFC", name).split()
    cased = [_cased(word) for word in words]
    for i, word in enumerate(words[1:-1], start=1):
        if fold(word) in PARTICLES:
            cased[i] = word.lower()
    return " ".join(cased)


def _cased(word: str) -> str:
    cased = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)
    cased = re.sub(r"^([DL])(?=['’])", lambda m: m[1].lower(), cased)
    return re.sub(r"^Mc(?=[a-z])(\w)", lambda m: "Mc" + m[1].upper(), cased)


def same_person(one: str, other: str) -> bool:
    """Whether two prints name one person: other accents or case, "J. Untel" for "Jean Untel", no middle name."""
    first, second = (fold(name).replace(".", " ").split() for name in (one, other))
    if first == second:
        return True
    if min(len(first), len(second)) < 2 or first[-1] != second[-1]:
        return False
    return _abbreviates(first[:-1], second[:-1]) or _abbreviates(second[:-1], first[:-1])


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Whether each given name of `short` is the next of `long`, or its initial, and the first is the first."""
    rest = iter(long)
    if not short or not long or not _stands_for(short[0], long[0]):
        return False
    # "Jean" is not "Jean Pierre" by itself: only initials are short for more than they say.
    if len(short) != len(long) and not any(len(word) == 1 for word in (*short, *long)):
        return False
    return all(any(_stands_for(word, candidate) for candidate in rest) for word in short)


def _stands_for(short: str, long: str) -> bool:
    return short == long or (len(short) == 1 and long.startswith(short))


def fuller(one: str, other: str) -> str:
    """Of two prints of one person's name the one that tells more: no initials, accents, a name's case."""
    return max(one, other, key=_fullness)


def _fullness(name: str) -> tuple[int, bool, int]:
    letters = sum(c.isalpha() for c in name)
    capitals = any(len(word) > 2 and word.isupper() for word in name.split())
    return letters, not capitals, sum(not c.isascii() for c in name)
