"""What an expression finds in a text: one row a rule or a trap of French.

A row is (expression, text, what is found); None: no match. A text is a body, or (headline, deck, body).
"""

from __future__ import annotations

import pytest

from newsmon.topics.loading import make_topic
from newsmon.topics.match import Matcher

Text = str | tuple[str, str, str]
Row = tuple[str, Text, list[str] | None]

ACCENTS_AND_CASE: list[Row] = [
    ("Crimée", "La Crimee est annexée.", ["Crimee"]),
    ("crimee", "La CRIMÉE est annexée.", ["CRIMÉE"]),
    ("réfugié", "Un refugie parle.", ["refugie"]),
    ("QUÉBEC", "Québec et quebec", ["Québec", "quebec"]),
    ("forêt", "La forêt brûle.", ["forêt"]),
    ("forêt", "La fore\u0302t brûle.", ["fore\u0302t"]),
    ("fore\u0302t", "La forêt brûle.", ["forêt"]),
    ("réfugiée", "Une réfugie\u0301e", ["réfugie\u0301e"]),
    ("cœur", "Au coeur du sujet", ["coeur"]),
    ("coeur", "Au cœur du sujet", ["cœur"]),
    ("COEUR", "AU CŒUR DU SUJET", ["CŒUR"]),
    ("manœuvre", "Des manoeuvres militaires", ["manoeuvres"]),
    ("main-d'œuvre", "La pénurie de main-d’oeuvre", ["main-d’oeuvre"]),
    ('"ex æquo"', "Ils finissent ex aequo.", ["ex aequo"]),
    ("Kyiv", "La ville de Kyïv", ["Kyïv"]),
    ('"fin du conflit"', "La ﬁn du conﬂit", ["ﬁn du conﬂit"]),
    ("Київ", "Le nom de КИЇВ en ukrainien", ["КИЇВ"]),
    ("numéro", "Le ｎｕｍéｒｏ spécial", ["ｎｕｍéｒｏ"]),
]
ELISIONS_AND_APOSTROPHES: list[Row] = [
    ("Ukraine", "l'Ukraine", ["Ukraine"]),
    ("Ukraine", "l’Ukraine", ["Ukraine"]),
    ("Ukraine", "d’Ukraine, qu’Ukraine, jusqu’Ukraine", ["Ukraine", "Ukraine", "Ukraine"]),
    ("Ukraine", "lUkraine", None),
    ("OTAN", "aujourd’hui l’OTAN s’élargit", ["OTAN"]),
    ('"salle d\'urgence"', "La salle d’urgence est pleine.", ["salle d’urgence"]),
    ('"salle d’urgence"', "La salle d'urgence est pleine.", ["salle d'urgence"]),
    ('"demandeur d\'asile"', "Des demandeurs d’asile", ["demandeurs d’asile"]),
    ("\"Wet'suwet'en\"", "Les chefs wet’suwet’en", ["wet’suwet’en"]),
    ('"prise d\'otage"', "Une prise d' otages", ["prise d' otages"]),
    ("ukrain*", "S’Ukrainiser? L’ukrainisation", ["Ukrainiser", "ukrainisation"]),
]
HYPHENS: list[Row] = [
    ("cessez-le-feu", "Un cessez le feu fragile", ["cessez le feu"]),
    ('"cessez le feu"', "Un cessez-le-feu fragile", ["cessez-le-feu"]),
    ("cessez-le-feu", "Un cessez‑le‑feu fragile", ["cessez‑le‑feu"]),
    ("cessez-le-feu", "Un cessez-\nle-feu fragile", ["cessez-\nle-feu"]),
    ("Nouveau-Brunswick", "au Nouveau Brunswick", ["Nouveau Brunswick"]),
    ("contre-offensive", "La contre-offensive ukrainienne", ["contre-offensive"]),
    ("offensive", "La contre-offensive ukrainienne", ["offensive"]),
    ("russo-ukrain*", "le conflit russo-ukrainien", ["russo-ukrainien"]),
    ('"Russie Ukraine"', "le front Russie–Ukraine", ["Russie–Ukraine"]),
    ('"Russie Ukraine"', "La Russie – Ukraine oblige – recule", None),
    ('"Russie Ukraine"', "la Russie — Ukraine", None),
    ('"Russie Ukraine"', "Guerre Russie - Ukraine", None),
    ("Saint-Jean-sur-Richelieu", "À Saint-Jean-sur-Richelieu", ["Saint-Jean-sur-Richelieu"]),
]
NUMBER: list[Row] = [
    ("sanction", "Des sanctions tombent", ["sanctions"]),
    ("sanctions", "Une sanction tombe", None),
    ("urgences", "Il y a urgence", None),
    ("urgences", "Les urgences débordent", ["urgences"]),
    ("canal", "Les canaux gelés", ["canaux"]),
    ("bail", "Des baux résiliés", ["baux"]),
    ("travail", "Les travaux cessent", ["travaux"]),
    ("bureau", "Des bureaux vides", ["bureaux"]),
    ('"feu de forêt"', "Les feux de forêt gagnent", ["feux de forêt"]),
    ('"feu de forêt"', "Les feux de forêts gagnent", ["feux de forêts"]),
    ('"incendie de forêt"', "des incendies de forêt", ["incendies de forêt"]),
    ('"chef héréditaire"', "Les chefs héréditaires", ["chefs héréditaires"]),
    ("voix", "Une voix s’élève", ["voix"]),
    ("guerre", "Guerrero gagne, guerroie, guerrier", None),
    ("tarif", "Les tarifs", ["tarifs"]),
]
LEMMAS: list[Row] = [
    ("~sanction", "Les sanctions", ["sanctions"]),
    ("~sanction", "Il sanctionne", None),
    ("~ukrainien", "L’Ukrainienne et les Ukrainiens", ["Ukrainienne", "Ukrainiens"]),
    ("~réfugié", "Une réfugiée, des réfugiées", ["réfugiée", "réfugiées"]),
    ("~agriculteur", "les agricultrices", ["agricultrices"]),
    ("~travailleur", "les travailleuses", ["travailleuses"]),
    ("~agressif", "une offensive agressive", ["agressive"]),
    ("~étranger", "une travailleuse étrangère", ["étrangère"]),
    ('~"travailleur étranger"', "des travailleuses étrangères", ["travailleuses étrangères"]),
    ("~public", "une place publique", ["publique"]),
    ("~franco-manitobain", "Les Franco-Manitobaines", ["Franco-Manitobaines"]),
    ("~autochtone", "des Autochtones", ["Autochtones"]),
    ("~français", "la langue française", ["française"]),
    ("~port", "la porte, les portes, porter", None),
    ("~marin", "Marine Le Pen", ["Marine"]),
    ("marin", "Marine Le Pen", None),
    ("crime", "La Crimée", None),
    ("Crimée", "un crime, des crimes", None),
    ("Pologne", "un Polonais", None),
]
EXACT: list[Row] = [
    ("=ONU", "L’ONU vote.", ["ONU"]),
    ("=ONU", "l’Onu, l’onu", None),
    ("=Ford", "un ford, le FORD, Ford", ["Ford"]),
    ("=gaz", "Le gaz et le Gaz", ["gaz"]),
    ("=Québec", "Quebec, QUÉBEC et Québec", ["Québec"]),
    ("=Québec", "Que\u0301bec", ["Que\u0301bec"]),
    ('="Nouvelle-Écosse"', "Nouvelle-Ecosse, Nouvelle-Écosse", ["Nouvelle-Écosse"]),
    ("=ONU", "L’O.N.U. vote", None),
    ("OTAN", "L’O.T.A.N. vote", ["O.T.A.N."]),
    ("=C-13", "le projet de loi C-13", ["C-13"]),
    ("=C-13", "le projet de loi c-13", None),
    ("=l'État", "l’État", ["l’État"]),
]
PREFIXES: list[Row] = [
    ("ukrain*", "L’Ukraine, des Ukrainiens, ukrainienne", ["Ukraine", "Ukrainiens", "ukrainienne"]),
    ("ukrain*", "proukrainien", None),
    ("annex*", "L’annexion annexée", ["annexion", "annexée"]),
    ('"forces ukrain*"', "Les forces ukrainiennes avancent", ["forces ukrainiennes"]),
    ('"forces ukrain*"', "Les forces. Ukrainiennes", None),
    ("russ*", "Bertrand Russell parle du Russe", ["Russell", "Russe"]),
    ("bombard*", "Bombardier bombarde", ["Bombardier", "bombarde"]),
]
PHRASES: list[Row] = [
    ('"guerre en Ukraine"', "La guerre en\u00a0Ukraine dure.", ["guerre en\u00a0Ukraine"]),
    ('"guerre en Ukraine"', "La guerre  en\nUkraine dure.", ["guerre  en\nUkraine"]),
    ('"guerre en Ukraine"', "La guerre. En Ukraine, il neige.", None),
    ('"guerre en Ukraine"', "La guerre, en Ukraine", None),
    ('"guerre en Ukraine"', "La guerre\n\nen Ukraine", None),
    ('"guerre en Ukraine"', "La guerre\r\n\r\nen Ukraine", None),
    ('"guerre en Ukraine"', "« La guerre en Ukraine »", ["guerre en Ukraine"]),
    ('"opération militaire spéciale"', "l’« opération militaire spéciale »", ["opération militaire spéciale"]),
    ("«guerre froide»", "La guerre froide", ["guerre froide"]),
    ("“guerre froide”", "La guerre froide", ["guerre froide"]),
    ('"Ukrai\u00adne"', "Ukraine", ["Ukraine"]),
    ("Ukraine", "L’Ukrai\u00adne", ["Ukrai\u00adne"]),
    ("Ukraine", "L’Ukrai\u200bne", ["Ukrai\u200bne"]),
    ('"loi 101"', "La loi 101 et la loi 1012", ["loi 101"]),
    ('"loi 96"', "la loi no 96", None),
]
RUBRICS_AND_INCLUSIVE: list[Row] = [
    ("Ukraine", "UKRAINE. Une famille arrive.", ["UKRAINE"]),
    ("Ukraine", "UKRAINE – Une famille arrive.", ["UKRAINE"]),
    ('"Ukraine une"', "UKRAINE. Une famille arrive.", None),
    ("~Ukrainien", "Les Ukrainien.ne.s arrivent.", ["Ukrainien.ne.s"]),
    ("ukrain*", "Les Ukrainien·ne·s arrivent.", ["Ukrainien·ne·s"]),
    ("étudiant", "Les étudiant·e·s étrangers", ["étudiant·e·s"]),
    ('"étudiants étrangers"', "Les étudiant·e·s étranger·ère·s", ["étudiant·e·s étranger·ère·s"]),
    ('"étudiants étrangers"', "Les étudiant(e)s étranger(ère)s", ["étudiant(e)s étranger(ère)s"]),
    ('"réfugié ukrainien"', "Un.e réfugié.e ukrainien.ne", ["réfugié.e ukrainien.ne"]),
    ('"réfugiés ukrainiens"', "Les réfugié-e-s ukrainien-ne-s", ["réfugié-e-s ukrainien-ne-s"]),
    ("guerre", "C’est la guerre.Le prix monte.", ["guerre"]),
    ("sanction", "des sanction(s)", ["sanction(s)"]),
]
OPERATORS: list[Row] = [
    ("guerre ET paix", "La guerre et la paix", ["guerre", "paix"]),
    ("guerre ET paix", "La guerre", None),
    ("guerre OU paix", "La paix", ["paix"]),
    ("guerre AND paix", "La guerre et la paix", ["guerre", "paix"]),
    ("guerre OR paix", "La paix", ["paix"]),
    ("guerre SAUF froide", "La guerre froide", None),
    ("guerre SAUF froide", "La guerre chaude", ["guerre"]),
    ("guerre ET NON froide", "La guerre chaude", ["guerre"]),
    ("guerre AND NOT froide", "La guerre froide", None),
    ("NON froide ET guerre", "La guerre chaude", ["guerre"]),
    ("guerre ET (paix OU trêve)", "La guerre ou la trêve", ["guerre", "trêve"]),
    ("guerre ET paix OU trêve", "La trêve", ["trêve"]),
    ("(guerre ET paix) OU trêve", "La guerre et la trêve", ["trêve"]),
    ("guerre SAUF (paix OU trêve)", "La guerre et la trêve", None),
    ("guerre SAUF (paix ET trêve)", "La guerre et la trêve", ["guerre"]),
]
NEAR: list[Row] = [
    ("guerre PROCHE/1 Ukraine", "La guerre en Ukraine", ["guerre", "Ukraine"]),
    ("guerre PROCHE/1 Ukraine", "La guerre menée en Ukraine", None),
    ("guerre PROCHE/2 Ukraine", "La guerre menée en Ukraine", ["guerre", "Ukraine"]),
    ("guerre NEAR/1 Ukraine", "En Ukraine, guerre", ["Ukraine", "guerre"]),
    ("guerre AVANT/3 Ukraine", "En Ukraine, la guerre", None),
    ("guerre AVANT/3 Ukraine", "La guerre en Ukraine", ["guerre", "Ukraine"]),
    ("guerre PRE/3 Ukraine", "La guerre en Ukraine", ["guerre", "Ukraine"]),
    ("guerre PROCHE/5 Ukraine", "La guerre.\n\nL’Ukraine", None),
    ("guerre PROCHE/5 Ukraine", "La guerre.\nL’Ukraine", ["guerre", "Ukraine"]),
    ("guerre PROCHE/5 Ukraine", ("La guerre", "", "L’Ukraine"), None),
    ("(guerre OU conflit) PROCHE/2 ukrain*", "le conflit en Ukraine", ["conflit", "Ukraine"]),
    ("guerre PROCHE/1 Ukraine", "La guerre en Ukraine. Loin de tout, la guerre en Syrie", ["guerre", "Ukraine"]),
    ('"guerre froide" PROCHE/2 Ukraine', "La guerre froide en Ukraine", ["guerre froide", "Ukraine"]),
    ("guerre PROCHE/5 guerre*", "La guerre", None),
]
AT_LEAST: list[Row] = [
    ("AUMOINS/2 guerre", "La guerre", None),
    ("AUMOINS/2 guerre", "La guerre, la guerre", ["guerre", "guerre"]),
    ("ATLEAST/2 (guerre OU paix)", "La guerre, la paix", ["guerre", "paix"]),
    ('AUMOINS/2 (guerre OU "guerre froide")', "La guerre froide", None),
    ("AUMOINS/3 ukrain*", ("Ukraine", "ukrainien", "L’Ukraine"), ["Ukraine", "ukrainien", "Ukraine"]),
]
FIELDS: list[Row] = [
    ("titre:Ukraine", ("L’Ukraine", "", "rien"), ["Ukraine"]),
    ("titre:Ukraine", ("Rien", "Ukraine", "Ukraine"), None),
    ("chapeau:Ukraine", ("Ukraine", "L’Ukraine", ""), ["Ukraine"]),
    ("texte:Ukraine", ("Ukraine", "", "L’Ukraine"), ["Ukraine"]),
    ("headline:Ukraine", ("L’Ukraine", "", "rien"), ["Ukraine"]),
    ("lede:Ukraine", ("", "L’Ukraine", "rien"), ["Ukraine"]),
    ("titre:(guerre ET Ukraine)", ("La guerre en Ukraine", "", ""), ["guerre", "Ukraine"]),
    ("titre:(guerre ET Ukraine)", ("La guerre", "", "Ukraine"), None),
    ("Ukraine SAUF titre:hockey", ("Hockey", "", "L’Ukraine"), None),
    ("Ukraine SAUF titre:hockey", ("Sport", "", "L’Ukraine au hockey"), ["Ukraine"]),
    ("titre:(guerre PROCHE/1 Ukraine)", ("La guerre en Ukraine", "", ""), ["guerre", "Ukraine"]),
]
MASKS: list[Row] = [
    ('russ* MASQUE "salade russe"', "Une salade russe", None),
    ('russ* MASQUE "salade russe"', "La Russie et la salade russe", ["Russie"]),
    ('guerre MASQUE "guerre froide" OU "guerre commerciale"', "La guerre commerciale", None),
    ('"guerre froide en Ukraine" MASQUE "guerre froide"', "La guerre froide en Ukraine", ["guerre froide en Ukraine"]),
    ('russ* MASK "montagnes russes"', "Un match en montagnes russes", None),
    ('russ* ET hockey MASQUE "salade russe"', "Le hockey et la salade russe", None),
]
CROSS_LINKS: list[Row] = [
    ("Ukraine", "Le budget.\n\nConsultez notre dossier complet sur l’Ukraine.", None),
    ("Ukraine", "Le budget. Consultez notre dossier complet sur l’Ukraine.", None),
    ("Ukraine", "À lire aussi : L’Ukraine résiste\n\nLe budget.", None),
    ("Ukraine", "À lire : l’Ukraine résiste\n\nLe budget.", None),
    ("Ukraine", "• LIRE AUSSI – L’Ukraine résiste\n\nLe budget.", None),
    ("Ukraine", "À lire la lettre, l’Ukraine résiste.", ["Ukraine"]),
    ("Ukraine", "Le dossier de l’Ukraine avance.", ["Ukraine"]),
    ("Ukraine", "Il faut lire aussi ce qu’en dit l’Ukraine.", ["Ukraine"]),
    ("Ukraine", ("À lire aussi : l’Ukraine", "", ""), ["Ukraine"]),
    ("Ukraine", "Suivez notre couverture de la guerre en Ukraine\n\nL’Ukraine résiste.", ["Ukraine"]),
]
NAMES: list[Row] = [
    ("@zelensky", "Zelensky, Zelenskyy et Zelenski", ["Zelensky", "Zelenskyy", "Zelenski"]),
    ("@kyiv", "Kiev, Kyiv, Kyïv", ["Kiev", "Kyiv", "Kyïv"]),
    ("@louhansk", "Lougansk ou Louhansk", ["Lougansk", "Louhansk"]),
    ("@marioupol", "Marioupol (Mariupol)", ["Marioupol", "Mariupol"]),
    ("@donbass", "le Donbass, le Donbas", ["Donbass", "Donbas"]),
    ("@otan", "L’OTAN (NATO)", ["OTAN", "NATO"]),
    ("@poutine", "Vladimir Poutine parle.", ["Vladimir Poutine"]),
    ("@poutine", "Pour Poutine, rien ne change.", ["Poutine"]),
    ("@poutine", "Une poutine au canard.", None),
    ("@poutine", "La Poutine du chef, une Poutine.", None),
    ("@poutine", "Le Festival de la Poutine de Drummondville", None),
    ("@poutine", "Poutine, frites et hot-dogs à volonté.", None),
    ("@poutine", "Poutine menace l’Ukraine.", ["Poutine"]),
    ("@poutine", "POUTINE MENACE LE KREMLIN", ["POUTINE"]),
    ("@poutine", "GROSSE POUTINE, PETIT PRIX", None),
    ("@poutine", "le président russe vladimir poutine", ["vladimir poutine"]),
    ("@poutine", "Le casse-croûte de Poutine sert des hot-dogs.", None),
    ("@poutine", "« Poutine bluffe », croit Moscou.", ["Poutine"]),
    ("@poutine", "À la Poutine Week, du fromage en grains.", None),
    ("@wagner", "Un opéra de Wagner", None),
    ("@wagner", "Les mercenaires partent. Wagner recule.", ["Wagner"]),
    ("@odessa", "Odessa, au Texas", None),
    ("@odessa", "Odessa, port ukrainien", ["Odessa"]),
    ("@medvedev", "Le joueur de tennis Daniil Medvedev", None),
    ("@crimee", "La guerre de Crimée de 1853", None),
    ("@crimee", "La Crimée annexée", ["Crimée"]),
    ("@joly", "Mélanie Joly à Kyiv. Joly promet.", ["Mélanie Joly", "Joly"]),
    ("@joly", "Aurélie Joly, boulangère", None),
    ("@fcfa", "Un prêt de 10 millions de FCFA", None),
    ("@fcfa", "Les francophones comptent sur la FCFA.", ["FCFA"]),
]
ROWS = [
    *ACCENTS_AND_CASE, *ELISIONS_AND_APOSTROPHES, *HYPHENS, *NUMBER, *LEMMAS, *EXACT, *PREFIXES, *PHRASES, *RUBRICS_AND_INCLUSIVE, *OPERATORS, *NEAR, *AT_LEAST, *FIELDS, *MASKS,
    *CROSS_LINKS, *NAMES,
]  # fmt: skip


@pytest.mark.parametrize(("expression", "text", "found"), ROWS)
def test_expression_finds(expression: str, text: Text, found: list[str] | None) -> None:
    headline, deck, body = ("", "", text) if isinstance(text, str) else text
    matches = Matcher([make_topic(expression)]).match(headline=headline, deck=deck, body=body)
    parts = {"headline": headline, "deck": deck, "body": body}
    spans = [span for match in matches for span in match.spans]
    assert all(parts[span.field][span.start : span.end] == span.surface for span in spans)
    # One span a place, whatever number of conditions it serves.
    places = {(("headline", "deck", "body").index(span.field), span.start): span.surface for span in spans}
    assert [places[place] for place in sorted(places)] == (found or [])
    assert bool(matches) == (found is not None)


def test_the_suite_is_whole() -> None:
    assert len(ROWS) >= 150
    assert len({(row[0], str(row[1])) for row in ROWS}) == len(ROWS)
