"""Lines that newspapers print around their articles and that belong to none."""

from __future__ import annotations

import re
import unicodedata

_LINE_RE = re.compile(
    r"""(?:
    [àa]\ (?:lire|voir|[ée]couter|consulter)(?:\ (?:aussi|[ée]galement|ensuite|plus\ tard))?\b(?:\ *:|\ *$|\ aussi|\ [ée]galement)
    |(?:lire|voir|[ée]couter)\ (?:aussi|[ée]galement|la\ suite)\b
    |(?:pour|en)\ (?:en\ )?(?:savoir|lire)\ plus\b
    |nous\ suivre\b|suivez(?:-nous|\ nous|\ l.actualit[ée])\b|rejoignez-nous\b
    |abonnez-vous\b|s.abonner\b|je\ m.abonne|d[ée]j[àa]\ abonn[ée]|inscrivez-vous\b|s.inscrire\b|connectez-vous|se\ connecter
    |(?:recevez|recevoir|obtenez)\ .{0,80}\b(?:infolettre|newsletter|courriel|alertes?)\b
    |(?:notre|nos|l.|une|cette)\ ?(?:infolettre|newsletter)s?\b|infolettre\b|newsletter\b
    |partage(?:r|z)?\b(?:\ (?:sur|cet|l.article|par|ce)\b|\ *$|\ *:)
    |share\ (?:this|on|via)\b|share$|tweet(?:er)?$|imprimer$|print$|e-?mail$|facebook$|twitter$|whatsapp$|linkedin$
    |la\ version\ audio\ de\ cet\ article\b|[ée]couter\ (?:cet\ )?article|ce\ texte\ est\ lu\ par
    |publicit[ée]$|advertisement$|annonce$|contenu\ (?:sponsoris[ée]|commandit[ée])|sponsored\b|la\ suite\ apr[èe]s\ (?:la\ )?publicit[ée]
    |commentaires?\ *(?:\(\d*\))?$|\d+\ commentaires?$|laisse[rz]\ un\ commentaire|comments?$|leave\ a\ (?:comment|reply)
    |(?:mots?-cl[ée]s?|[ée]tiquettes?|tags?|th[èe]mes?|sujets?)\ *:
    |©|tous\ droits\ r[ée]serv[ée]s|all\ rights\ reserved|copyright\b
    |derniers?\ articles?\b|vous\ pourriez\ (?:aimer|[êe]tre)|(?:articles?|contenus?|sujets?)\ (?:li[ée]s|similaires|connexes|recommand[ée]s)
    |sur\ le\ m[êe]me\ (?:sujet|th[èe]me)|les?\ plus\ (?:lus?|populaires?|consult[ée]s|partag[ée]s)\b|[àa]\ la\ une$
    |(?:related|recommended|more|latest)\ (?:articles?|stories|news|from|on)\b|read\ (?:more|also|next)\b|see\ also\b
    |cliquez\ ici\b.{0,80}$|click\ here\b.{0,80}$|article\ (?:suivant|pr[ée]c[ée]dent)|retour\ (?:[àa]\ l.accueil|en\ haut)
    |plus\ de\ d[ée]tails\ (?:[àa]\ venir|suivront|sous\ peu)\b
    |signaler\ une\ erreur|vous\ avez\ (?:rep[ée]r[ée]|remarqu[ée]|vu)\ une\ (?:erreur|coquille|faute)
    |vous\ avez\ aim[ée]\ cet\ article|soutenez\b.{0,60}(?:journal|m[ée]dia|ind[ée]pendan)|faites\ un\ don|faire\ un\ don
    |consultez\ (?:notre|nos|le)\ (?:dossier|infolettre)|\d+\ ?(?:fans|abonn[ée]s|followers|partages?|shares?)\b.{0,20}$
    |sign\ up\b.{0,100}\b(?:newsletters?|alerts?|inbox|updates?|emails?|daily|weekly)\b|sign\ up$|subscribe(?:\ (?:to|now|today|here)\b|$)
    |get\ .{0,80}\b(?:newsletter|inbox)\b|already\ a\ (?:subscriber|member)\b|log\ in\ to\b|join\ the\ conversation\b
    |(?:article|story)\ continues\ (?:below|after)\b|skip\ (?:advertisement|ad|to\ content)\b|video\ ad\ feedback$
    |follow\ (?:us|along)\b.{0,60}$|follow\ (?:@\w|on\ (?:facebook|twitter|x|instagram|google))|listen\ to\ this\ (?:article|story)\b
    |(?:view|show|hide|load|post)\ (?:all\ )?comments?\b|report\ (?:a\ typo|an\ error|this\ ad)\b|related\ *[:|]
    |most\ (?:read|popular|viewed|shared)\b.{0,20}$|support\ (?:our|independent|local)\ journalism\b|download\ (?:our|the)\ .{0,20}\bapp\b
    |(?:photo|image|cr[ée]dit(?:\ photo)?|source\ (?:photo|image))\ *:\ |image\ (?:source|caption|credit)s?\b\ *[,:]|getty\ images$|j.aime$
    )""",
    re.X,  # of lower-case text: the engine then passes over most alternatives at their first letter
)
LONGEST = 220
"""Signs; a longer paragraph that opens so is prose."""
_APPEAL_RE = re.compile(r"si,? comme nous,? vous croyez\b")
"""An appeal for money, which may be longer than the article."""

_ENDING_RE = re.compile(
    r"(?:derniers? articles?|vous pourriez aimer|vous aimerez aussi|[àa] lire (?:aussi|[ée]galement|ensuite)|lire aussi|"
    r"sur le m[êe]me (?:sujet|th[èe]me)|articles? (?:li[ée]s|similaires|connexes|recommand[ée]s)|commentaires?(?: \(\d+\))?|"
    r"les? plus (?:lus?|populaires?|consult[ée]s)|related(?: articles| stories)?|more (?:stories|news|from .{1,30})|"
    r"recommended(?: for you)?|read (?:more|next)|comments?|nous suivre|suivez-nous|laisser un commentaire|"
    r"leave a (?:reply|comment)|dans la m[êe]me (?:rubrique|cat[ée]gorie)|autres articles?.{0,20}|you (?:may|might) also like|"
    r"most (?:read|popular|viewed|shared)|trending(?: now| stories)?|around the web|recent (?:posts|stories|articles)|"
    r"editors?['’]?s? picks|what to read next|up next|part of complete coverage on)\W*\Z",
    re.I,
)


_BYLINE_RE = re.compile(
    r"(?:(?:un\s+)?(?:texte|article|reportage|entrevue|propos)\s+(?:recueillis?\s+)?(?:de|par)|par|by|publi[ée]e?|mise?\s+[àa]\s+jour|"
    r"modifi[ée]e?|published|updated|posted|derni[èe]re\s+(?:mise|modification)|lecture\s*:?\s*\d|temps\s+de\s+lecture|"
    r"\d+\s*min(?:utes?)?\s+(?:de\s+lecture|read))\b",
    re.I,
)
_DATE_RE = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2},?\s+\d{4}\b"
    r"|^(?:le\s+)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\s*\d{1,2}(?:er)?[\s/.-](?:[a-zéûà]{3,9}\.?|\d{1,2})[\s/.-]\d{4}\b",
    re.I,
)
_HALF_DAY_RE = re.compile(r"\d\s?[ap]\.\s?m\.\Z", re.I)

_CORRECTION_RE = re.compile(
    r"\W*(?:(?:dans\s+)?une\s+version\s+(?:pr[ée]c[ée]dente|ant[ée]rieure|initiale)\s+d|an?\s+(?:earlier|previous)\s+version\s+of\b"
    r"|(?:rectificatif|correction|corrigendum|erratum|pr[ée]cision|mise\s+au\s+point|mise\s+[àa]\s+jour|clarification|update"
    r"|note\s+de\s+la\s+r[ée]daction|editor['’]s\s+note)\s*[:–—-]"
    r"|(?:ce\s+texte|cet\s+article|cette\s+(?:nouvelle|chronique))\s+a\s+[ée]t[ée]\s+(?:modifi|corrig|mis)"
    r"|this\s+(?:story|article|report|column|post)\s+(?:has\s+been|was)\s+(?:updated|corrected|amended|clarified|edited)\b)",
    re.I,
)
_CORRECTION_WORDS = 120


def is_correction(text: str) -> bool:
    """Whether a sentence after an article tells what in it was wrong, or was changed."""
    return (
        text.endswith((".", "!", "»", "”", ")"))
        and bool(_CORRECTION_RE.match(text))
        and len(text.split()) <= _CORRECTION_WORDS
    )


def is_byline_or_date(text: str) -> bool:
    """Whether a short line tells who wrote it, or when, or how long it takes to read."""
    if len(text) > 120 or (text.endswith((".", "!", "?", "»")) and not _HALF_DAY_RE.search(text)):
        return False
    return bool(_BYLINE_RE.match(text) or _DATE_RE.match(text))


def is_boilerplate_line(text: str) -> bool:
    """Whether a line of `text` is an invitation, a label or a list's heading rather than part of an article."""
    line = unicodedata.normalize("NFC", text[:LONGEST]).lower().lstrip("–—•*»> \u00a0")
    return (len(text) <= LONGEST and _LINE_RE.match(line) is not None) or _APPEAL_RE.match(line) is not None


def ends_article(text: str) -> bool:
    """Whether `text` is the heading of what follows an article: more articles, comments."""
    return len(text) < 60 and _ENDING_RE.match(text.strip(" \u00a0:–—•*")) is not None
