"""The words of pages that are no article, in French and English. All folded: no accent, no case, blanks for hyphens.

A line is an expression. What is called a title stands for the whole of one, without the site's name and the signs
around it: newspapers write of cookies, paywalls and 404s, and their headlines say more than these.
"""

from __future__ import annotations

import re


def _any(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines.strip().splitlines()))


_OPENING = r"(?:(?:oups|oops|desole|sorry|zut|erreur|error|404)\W+)*(?:the |this |that |la |cette )?"
_THING = (
    r"(?:page|content|contenu|article|file|fichier)(?: web)?(?: demandee?| requested| que vous \w+ ?\w*| you .{0,25})?"
)
_CODE = r"(?:\W+(?:erreur )?404)?"
NOT_FOUND_TITLES = _any(
    rf"""
    (?:(?:oups|oops|desole|sorry|zut|http|code|erreur|error)\W+)*(?:404|410)(?:\W+(?:error|erreur))?
    oups|oops|(?:404\W+)?(?:introuvable|not found|nothing found|rien trouve)
    {_OPENING}{_THING} (?:est )?(?:introuvable|inexistante?|non trouvee?|supprimee?|retiree?|not found){_CODE}
    {_OPENING}{_THING} (?:n'existe|n'est|ne se trouve|n'a pas ete|a ete (?:supprim|retir|deplac)).{{0,40}}
    {_OPENING}{_THING} (?:is no longer|no longer|is not|isn't|was not|could not|couldn't|cannot|can't|doesn't).{{0,40}}
    """
)
NOT_FOUND_TEXT = _any(
    r"""
    (?:page|contenu|article|adresse|document) (?:que vous|demandee?|recherchee?)\b
    cette page n'
    n'existe (?:pas|plus)
    n'est plus (?:disponible|accessible|en ligne)
    page (?:introuvable|not found)
    (?:page|article|content) you (?:are looking|requested|were looking)
    no longer available
    """
)
CONSENT_TITLES = _any(
    r"""
    avant (?:de (?:continuer|poursuivre)|d'acceder)(?: (?:sur|vers|a|au|votre) .{0,40})?
    before you (?:continue|proceed)(?: to .{0,40})?
    (?:nous respectons )?votre vie privee|we value your privacy|your privacy(?: choices)?
    nous utilisons des (?:cookies|temoins)
    (?:vos |gerer (?:les |mes |vos )?)?(?:preferences|choix)(?: de confidentialite| en matiere de (?:cookies|temoins))?
    (?:consentement|gestion|parametres|acceptation)(?: aux| des| de| les)? (?:cookies|temoins)
    consentement|cookies?(?: consent| settings| policy)?
    (?:verification|confirmation) de (?:l'|votre )age|age (?:verification|check|gate)
    (?:avez vous|etes vous|are you) .{0,30}(?:\b1[89]\b|majeure?|age legal|legal age).{0,20}
    """
)
CONSENT_TEXT = _any(
    r"""
    (?:accepter|refuser|gerer|parametrer) (?:tous )?(?:les |mes |vos )?(?:cookies|temoins|preferences)
    tout (?:accepter|refuser)|accepter et (?:continuer|fermer)
    utilis(?:ons|e) des (?:cookies|temoins)
    (?:accept|reject|manage) (?:all )?cookies|we (?:and our partners )?use cookies
    (?:avoir|ayez) (?:au moins )?1[89] ans|must be (?:at least )?(?:18|19|21)\b
    """
)
LOGIN_TITLES = _any(
    r"""
    (?:se )?connecte[rz](?: vous)?(?: .{0,50})?|connexion(?: (?:a|au|requise)\b.{0,40})?
    identifie[rz](?: vous)?|identification|authentification
    (?:ouvrir une|ouverture de) session
    log ?in(?: .{0,40})?|sign ?(?:in|up)(?: .{0,40})?
    mon compte|my account|(?:creer|creez|create) .{0,12}(?:compte|account)
    inscription|inscrivez vous|(?:acces|espace) (?:abonnes?|client|membres?)
    """
)
CHALLENGE_TITLES = _any(
    r"""
    just a moment|un (?:instant|moment)(?:, s'il vous plait)?|veuillez patienter|please wait
    attention required(?:\W+cloudflare)?|one more step|pardon our interruption
    access (?:to this page has been )?denied|acces (?:refuse|interdit|bloque)|(?:403\W+)?forbidden|403
    (?:are you|etes vous) (?:a |un )?(?:robot|human|humain)|robot or human|captcha|human verification
    checking your browser\b.{0,40}|verif(?:y|ying) (?:that )?you are (?:a )?human\b.{0,40}
    security (?:check|verification)|verification (?:de securite|humaine|du navigateur|en cours)
    verifi(?:er|ons|ez) que vous n?'?etes\b.{0,40}
    """
)
CHALLENGE_TEXT = _any(
    r"""
    (?:enable|activez|activer) (?:le )?javascript (?:and|et) (?:les )?cookies
    (?:not|pas) (?:a|un) robot|you are (?:a )?human|etes (?:bien )?(?:un )?humain
    unusual (?:traffic|activity)|(?:trafic|activite) inhabituel
    \bray id\b|press (?:&|and) hold|\bcaptcha\b
    checking (?:if the site|your browser)|verifi\w+ (?:de )?votre navigateur
    don't have permission to access
    """
)
PAYWALL_TEXT = _any(
    r"""
    reservee?s? (?:aux|a nos) (?:abonnes|membres)|contenu (?:exclusif )?reserve
    il (?:vous )?reste \d+ ?% |deja abonnee?
    abonnez vous (?:des maintenant )?pour (?:lire|continuer|acceder|poursuivre)
    pour (?:lire|acceder a|poursuivre|consulter) (?:la suite|la lecture|cet article|l'article|l'integralite)
    subscribe (?:now )?to (?:read|continue|keep)|already a subscriber
    (?:for|to) subscribers(?: only|[.!])|subscribers? only|(?:finish|continue|keep) reading (?:this|with|for)\b
    """
)
