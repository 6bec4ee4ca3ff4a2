"""The words and signs of bylines, as expressions: what parts names, what opens a byline, what is no part of one."""

from __future__ import annotations

import re

from newsmon.text.agencies import fold


def _any(words: str) -> str:
    """An expression for any of `words`, each an expression; ~ stands for blanks within one."""
    return "(?:" + "|".join(word.replace("~", r"\s+") for word in words.split()) + ")"


_TEXT = _any(
    """
    textes? articles? reportages? r[ée]cits? chroniques? analyses? entrevues? entretiens? interviews? dossiers?
    enqu[êe]tes? critiques? billets? [ée]ditorial opinions? commentaires? tribunes? lettres? portraits?
    compte[-~]rendus? propos recherches? r[ée]daction documentaires? balados? blogues? traitement story words text
    reporting
    """
)
_PICTURE = _any(
    """
    photos? photographies? images? illustrations? infographies? vid[ée]os? caricatures? dessins? montages? cam[ée]ra
    cr[ée]dits?(?:[-~](?:photos?|images?|vid[ée]os?))? graphics? pictures? photography capture~d['’][ée]cran
    """
)
_DONE = (
    _any(
        """
        [ée]crit r[ée]dig[ée] recueilli r[ée]alis[ée] sign[ée] pr[ée]par[ée] publi[ée] post[ée] propos[ée] men[ée]
        produit compil[ée] coordonn[ée] recens[ée] written reported posted published compiled
        """
    )
    + r"(?:e?s)?e?"
)
_BY = r"(?::|(?:par|by|de|du)(?=\s)|d['’])"
_AND = r"\s*(?:,|&|\+|et|and)\s*"
_INFORMATION = _any("informations? contributions? aide concours participation pr[ée]cisions extraits? reportages?")
_OF = r"(?:de\s+l['’]|de\s+la|de|du|des|d['’]|par|recueillies\s+par|avec)"

AUTHOR_LABEL_RE = re.compile(
    r"(?:"
    rf"(?:(?:un|une|le|la|ce|cet|cette|les|mes|a|an)\s+)?{_TEXT}(?:{_AND}(?:{_TEXT}|{_PICTURE}))*(?:\s+{_DONE})?\s*{_BY}|"
    rf"{_PICTURE}{_AND}{_TEXT}\s*{_BY}|"
    rf"{_DONE}\s*(?:par|by)\b(?:\s*:)?|"
    r"(?:par|by)\b\s*:?|"
    r"(?:auteur(?:\W?e)?(?:\W?s)?|auteurices?|authors?|journalistes?|r[ée]dact(?:eur|rice)s?|signature)\s*:|"
    r"(?:en|avec)\s+(?:la\s+)?(?:(?:pr[ée]cieuse|[ée]troite)\s+)?collaboration\s+(?:sp[ée]ciale\s+)?" + _OF + "|"
    rf"avec\s+(?:(?:les|des|l['’]|la|le|plus)\s*)?(?:d['’])?{_INFORMATION}\s+{_OF}|"
    r"avec\b|with\s+(?:files|reporting|notes|additional\s+reporting)\s+(?:from|by)\b|additional\s+reporting\s+by\b|"
    r"with\b"
    r")\s*",
    re.I,
)
"""What opens the names of authors: "Un texte de", "Par", "Texte et photos :", "avec la collaboration de"."""

OTHER_LABEL_RE = re.compile(
    rf"(?:{_PICTURE}(?!\w)(?:\s+fournies?)?(?:\s*:|\s+(?:de|d['’]|du|par|by|credit)\b)?|©|ph\.|"
    + _any("traduit adapt[ée] r[ée]vis[ée] mont[ée] illustr[ée] translated edited photographed")
    + r"(?:e?s)?(?:\s+(?:de\s+l['’]|du\s+|from\s+)\w+)?\s+(?:par|by)\b|traduction\s*(?::|de\b|par\b))\s*",
    re.I,
)
"""What opens the names of people who did not write the text: "Photos :", "Traduit de l'anglais par"."""

SEPARATOR_RE = re.compile(
    r"\s*[|•·;/\\\n:()\[\]«»\"“”*<>]|\s+[–—-]+(?=\s|\Z)|^\s*[–—-]+\s*|[–—]|\s*[,&+]|\s+(?:et|and)(?=\s)", re.I
)
"""What parts a byline's pieces."""

ADDRESS_RE = re.compile(
    r"<?\b(?:mailto:)?[^\s@<>()|,;]+@[^\s@<>()|,;]+\.\w+>?|(?<!\w)@[\w.]+|\bhttps?:/*\S*|\bwww\.\S+|"
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|ca|fr|org|net|quebec|info|be|ch|qc|co|tv)\b(?:/\S*)?",
    re.I,
)
MAIL_NAME_RE = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\s*\(([^()@]{3,80})\)")

_BUTTONS = _any(
    """
    Twitter Facebook Courriel Instagram LinkedIn Email E-mail Suivre Partager Publi[ée] Mise?~à~jour Modifi Journaliste
    Collaborat Correspondant Envoy[ée] Chroniqueu La~Presse Agence Radio-Canada Par(?=\\s) Photo
    """
)
GLUED_RE = re.compile(rf"(?<=[a-zà-öø-ÿ])(?={_BUTTONS})")
"""Where a blank was lost between a name and the button or date after it."""
GLUED_NAMES_RE = re.compile(r"(?<=[a-zà-öø-ÿ]{3})(?<!\bMac)(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+\b)")

_MONTH = (
    _any(
        """
        janv(?:ier)? f[ée]vr?(?:ier)? mars avr(?:il)? mai juin juil(?:let)? ao[uû]t sept?(?:embre)? oct(?:obre)?
        nov(?:embre)? d[ée]c(?:embre)? jan(?:uary)? feb(?:ruary)? march apr(?:il)? may june? july? aug(?:ust)?
        october november december
        """
    )
    + r"\b\.?"
)
_DAY = (
    _any(
        """
        lun(?:di)? mar(?:di)? mer(?:credi)? jeu(?:di)? ven(?:dredi)? sam(?:edi)? dim(?:anche)?
        (?:mon|tues|wednes|thurs|fri|satur|sun)day
        """
    )
    + r"\b\.?"
)
_UNIT = (
    _any(
        r"""
        er h heures? minutes? mins? a\.?m\.? p\.?m\.? HNE HAE HNA HAA EST EDT ET UTC\S* GMT\S* ago jours? hours? days?
        de~lecture lues? read vues? views? commentaires? partages?
        """
    )
    + r"\b\.?"
)
_STATED = _any("publi(?:[ée]e?s?|cation) mise?s?~[àa]~jour modifi(?:[ée]e?s?|cation) actualis[ée]e? diffus[ée]e?")
WHEN_RE = re.compile(
    rf"\b(?:(?:derni[èe]re\s+)?{_STATED}|(?:last\s+)?(?:updated|posted|published))\b(?:\s*(?:le|sur|on|at|:|il\s+y\s+a))*|"
    rf"(?:\b(?:le|on|à|at|du|il\s+y\s+a|vers|depuis)\s+)?(?:\b{_DAY},?\s*(?:le\s+)?)?(?:\b{_MONTH}\s+)?"
    r"(?<![^\s(|,.•–—-])[#n°]*\d[^\s|)]*"
    rf"(?:\s*,?\s*(?:{_MONTH}|{_UNIT}|\d[^\s|)]*|à(?=\s*\d)))*|"
    r"\b(?:temps\s+de\s+lecture|hier|aujourd['’]hui|yesterday|today)\b",
    re.I,
)
"""Dates, times and counters, with the words about them."""

# Without accents or case; a stem stands for all that begins so, and \b closes a word.
_ROLE_RE = re.compile(
    r"(?:(?:le|la|les|notre|nos|un|une|ex|ancien|ancienne)\s+|l')?"
    + _any(
        r"""
        adjoint agence\b agences\b agronome analyse analyst animat anthropolog architecte archiviste artiste assistant
        associate auteur avocat biolog blogueu bureau\b. cadreu candidat carrefour charge chef\b chercheu chronique
        chroniqu cineaste citoyen cofondat collaborat collectif columnist commentat conseill consultant contribut
        coordinat coordonn correspondan depute desk\b directeur directrice doctorant dossier economiste ecrivain editeur
        editor editorial editorialis editrice enseignant envoye equipe essayiste etudiant expert fellow fondat for\b
        freelance from\b geograph gestionnaire historien ingenieur initiative journalis junior\b. lecteur lectrice
        lecturer maire\b mairesse medecin membre ministre multimedia news\b numerique opinion phd\b philosophe
        photograph photojournal pigiste poete\b politolog porte~parole postdoc pour\b presiden producer prof\b professeu
        psycholog realisat recherchist redac redigee?~par reporter reporting responsable retrait romanci salle~de
        secretaire senateur senatrice senior\b. service sociolog special staff stagiaire texte\b traduct tribune
        urbaniste vice\b videast videojournal web\b
        """
    )
)
_LEADING_ROLE_RE = re.compile(
    r"(?:(?:le|la|les|notre|nos)\s+|l['’])?(?:ex-)?"
    + _any(
        """
        journalistes? collaborat(?:eur|rice)s?(?:~sp[ée]ciale?s?)? collaboration(?:~sp[ée]ciale)? textes?
        correspondant(?:e)?s? envoy[ée]e?s?~sp[ée]cial(?:e|es|aux)? chroniqueu(?:r|se)s? [ée]ditorialistes? stagiaires?
        blogueu(?:r|se) animat(?:eur|rice) coll[èe]gues? reporters? r[ée]dact(?:eur|rice)(?:~en~chef)? staff~writer
        """
    )
    + r"\s+(?:[àa]\s+\S+\s+)?(?=[^\W\d_])",
    re.I,
)
PICTURE_ROLE_RE = re.compile(
    r"(?:photo(?:s|graph\w*|journalis\w*)?|vid[ée]aste|cadreur|cadreuse|illustra\w+|images?|vid[ée]os?)\b", re.I
)
WRITER_ROLE_RE = re.compile(r"(?:textes?|words|text|article|r[ée]daction)\Z", re.I)


def is_role(piece: str) -> bool:
    """Whether a piece of a byline tells a function: "envoyée spéciale à Kiev", "Professeur titulaire"."""
    return _ROLE_RE.match(fold(piece)) is not None


def leading_role(piece: str) -> str | None:
    """The function before a name: of "le journaliste Jean Untel" "le journaliste ", with its blank."""
    match = _LEADING_ROLE_RE.match(piece)
    return match[0] if match else None
