"""Date strings written for these tests, and what each means to a reader in Montréal on Wednesday 20 March 2024, 10:30.

A line is `text => local time, precision`; the time is of America/Toronto unless it bears an offset. A range has its
end after `..`. In REFUSED every line is a string that is not a date.
"""

from __future__ import annotations

NOW = "2024-03-20T10:30:00-04:00"

_FRENCH_DAYS = """
5 avril 2023 => 2023-04-05
le 5 avril 2023 => 2023-04-05
Le mercredi 5 avril 2023 => 2023-04-05
mercredi le 5 avril 2023 => 2023-04-05
Mercredi, 5 avril 2023 => 2023-04-05
MERCREDI 5 AVRIL 2023 => 2023-04-05
mer. 5 avr. 2023 => 2023-04-05
Mer 5 avr 2023 => 2023-04-05
Me 5 avril 2023 => 2023-04-05
05 avril 2023 => 2023-04-05
5 Avril, 2023 => 2023-04-05
5 avril 2023. => 2023-04-05
(5 avril 2023) => 2023-04-05
« 5 avril 2023 » => 2023-04-05
5-avril-2023 => 2023-04-05
Publié le 5 avr 23 à 9:21 => 2023-04-05T09:21 minute
5 avril 20 à 9 h 21 => 2020-04-05T09:21 minute
5.avr.2023 => 2023-04-05
5/avr/2023 => 2023-04-05
5avril2023 => 2023-04-05
avril 5, 2023 => 2023-04-05
mercredi, avril 5, 2023 => 2023-04-05
2023 avril 5 => 2023-04-05
1er février 2023 => 2023-02-01
1 er février 2023 => 2023-02-01
1ᵉʳ février 2023 => 2023-02-01
1<sup>er</sup> février 2023 => 2023-02-01
1ER FÉVRIER 2023 => 2023-02-01
1 février 2023 => 2023-02-01
9 janvier 2023 => 2023-01-09
9 janv. 2023 => 2023-01-09
9 jan 2023 => 2023-01-09
9 jan. 2023 => 2023-01-09
9 février 2023 => 2023-02-09
9 févr. 2023 => 2023-02-09
9 fév. 2023 => 2023-02-09
9 fev 2023 => 2023-02-09
9 FEVR 2023 => 2023-02-09
9 mars 2023 => 2023-03-09
9 mar 2023 => 2023-03-09
jeu. 9 mars 2023 => 2023-03-09
mar. 7 mars 2023 => 2023-03-07
9 avril 2023 => 2023-04-09
9 mai 2023 => 2023-05-09
9 juin 2023 => 2023-06-09
9 juillet 2023 => 2023-07-09
9 juill. 2023 => 2023-07-09
9 juil. 2023 => 2023-07-09
9 juil 2023 => 2023-07-09
9 août 2023 => 2023-08-09
9 aout 2023 => 2023-08-09
9 AOÛT 2023 => 2023-08-09
9 septembre 2023 => 2023-09-09
9 sept. 2023 => 2023-09-09
9 sep 2023 => 2023-09-09
9 octobre 2023 => 2023-10-09
9 oct 2023 => 2023-10-09
9 novembre 2023 => 2023-11-09
9 nov. 2023 => 2023-11-09
9 décembre 2023 => 2023-12-09
9 déc. 2023 => 2023-12-09
9 dec 2023 => 2023-12-09
9 DÉC 2023 => 2023-12-09
29 février 2024 => 2024-02-29
dix-huit mars 2024 => 2024-03-18
vingt et un juin 2023 => 2023-06-21
vingt-et-un juin 2023 => 2023-06-21
le premier mars deux mille vingt-quatre => 2024-03-01
trente et un décembre mil neuf cent quatre-vingt-dix-neuf => 1999-12-31
Lévis, le 5 avril 2023 => 2023-04-05
SAGUENAY, QC, le 5 avr. 2023 /Fil/ - => 2023-04-05
Culture 5 avril 2023 => 2023-04-05
Le Phare du 5 avril 2023 => 2023-04-05
5 avril 2023 Actualités => 2023-04-05
Actualités5 avril 2023 => 2023-04-05
5 avril 2023 | Par Josée Untel => 2023-04-05
Par Josée Untel, le 5 avril 2023 => 2023-04-05
5 avril 2023 · 4 minutes de lecture => 2023-04-05
5 avril 2023 - Temps de lecture : 4 min => 2023-04-05
5 avril 2023 Josée Untel (ZZ) 30415 => 2023-04-05
Publié dans le Phare+ le 5 avril 2023. => 2023-04-05
en ce 5 avril 2023 => 2023-04-05
semaine du 3 avril 2023 => 2023-04-03
LE MERCREDI 5 AVRIL 2023 | VOLUME 12 | NUMÉRO 7 => 2023-04-05
5 f\ufffdvrier 2023 => 2023-02-05
5 fÃ©vrier 2023 => 2023-02-05
"""

_NUMERIC_DAYS = """
2023-04-05 => 2023-04-05
2023/04/05 => 2023-04-05
2023.04.05 => 2023-04-05
2023 04 05 => 2023-04-05
2023-4-5 => 2023-04-05
2023/4/5 | Par Josée Untel => 2023-04-05
date 2023-04-05 => 2023-04-05
[2023-04-05] => 2023-04-05
05/04/2023 => 2023-04-05
5/4/2023 => 2023-04-05
05-04-2023 => 2023-04-05
05.04.2023 => 2023-04-05
5.4.2023 => 2023-04-05
05 04 2023 => 2023-04-05
25 / 04 / 2023 => 2023-04-25
25/04/23 => 2023-04-25
25.04.23 => 2023-04-25
04/25/2023 => 2023-04-25
4-25-2023 => 2023-04-25
31-12-21 => 2021-12-31
99-12-31 => 1999-12-31
20230405 => 2023-04-05
2023-W14-3 => 2023-04-05
5 avr. 23 => 2023-04-05
5 avril '23 => 2023-04-05
5 avril ’99 => 1999-04-05
5-Apr-23 => 2023-04-05
"""

_ENGLISH_DAYS = """
April 5, 2023 => 2023-04-05
Wednesday, April 5, 2023 => 2023-04-05
Wed, Apr 5, 2023 => 2023-04-05
Apr. 5, 2023 => 2023-04-05
Apr 5 2023 => 2023-04-05
April 5th, 2023 => 2023-04-05
April 1st 2023 => 2023-04-01
5 April 2023 => 2023-04-05
5th of April, 2023 => 2023-04-05
the 22nd of April 2023 => 2023-04-22
Mar. 7, 2023 => 2023-03-07
Sept. 7, 2023 => 2023-09-07
May 7, 2023 => 2023-05-07
August 7, 2023 => 2023-08-07
July 7, 2023 => 2023-07-07
December 31, 2023 => 2023-12-31
April first, 2023 => 2023-04-01
the twenty-second of April 2023 => 2023-04-22
"""

_MONTHS = """
avril 2023 => 2023-04-01 month
Avril 2023. => 2023-04-01 month
AOÛT 2023 => 2023-08-01 month
sept. 2023 => 2023-09-01 month
April 2023 => 2023-04-01 month
2023-04 => 2023-04-01 month
2023/04 => 2023-04-01 month
04/2023 => 2023-04-01 month
date 2023-04 => 2023-04-01 month
Édition d’avril 2023 => 2023-04-01 month
Publié en avril 2023 => 2023-04-01 month
Gatineau, avril 2023 => 2023-04-01 month
mi-avril 2023 => 2023-04-01 month
Avril-mai 2023 => 2023-04-01..2023-05-01 month
décembre 2022-janvier 2023 => 2022-12-01..2023-01-01 month
Vol. 12, no 3, mars 2023 => 2023-03-01 month
Volume 12 - mars 2023 => 2023-03-01 month
décembre-janvier 2023 => 2022-12-01..2023-01-01 month
de mars à mai 2023 => 2023-03-01..2023-05-01 month
"""

_TIMES = """
5 avril 2023 à 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023 à 14h30 => 2023-04-05T14:30 minute
5 avril 2023 14:30 => 2023-04-05T14:30 minute
5 avril 2023, 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023, à 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023 | 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023 – 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023 — 14h30 => 2023-04-05T14:30 minute
5 avril 2023 • 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023 / 14:30 => 2023-04-05T14:30 minute
5 avril 2023 (14h30) => 2023-04-05T14:30 minute
5 avril 2023 @ 14:30 => 2023-04-05T14:30 minute
5 avril 2023 vers 14 h 30 => 2023-04-05T14:30 minute
5 avril 2023 dès 9 h => 2023-04-05T09:00 hour
5 AVRIL 2023 À 14 H 30 => 2023-04-05T14:30 minute
5 avril 2023 à 14 H => 2023-04-05T14:00 hour
5 avril 2023 à 14 h => 2023-04-05T14:00 hour
5 avril 2023 à 14h => 2023-04-05T14:00 hour
5 avril 2023 à 14 heures => 2023-04-05T14:00 hour
5 avril 2023 à 14 heures 30 => 2023-04-05T14:30 minute
5 avril 2023 à 14 h 5 => 2023-04-05T14:05 minute
5 avril 2023 à 14 h 05 min => 2023-04-05T14:05 minute
5 avril 2023 à 14 h 05 min 09 s => 2023-04-05T14:05:09 second
5 avril 2023 14:05:09 => 2023-04-05T14:05:09 second
5 avril 2023 à 0 h 05 => 2023-04-05T00:05 minute
5 avril 2023 à 00h05 => 2023-04-05T00:05 minute
5 avril 2023 à midi => 2023-04-05T12:00 hour
5 avril 2023, midi 15 => 2023-04-05T12:15 minute
5 avril 2023 à midi et demi => 2023-04-05T12:30 minute
5 avril 2023 à minuit => 2023-04-05T00:00 hour
5 avril 2023 à minuit 45 => 2023-04-05T00:45 minute
5 avril 2023 à 24 h => 2023-04-06T00:00 hour
5 avril 2023 à 24:00 => 2023-04-06T00:00 minute
5 avril 2023 à 8 h du matin => 2023-04-05T08:00 hour
5 avril 2023 à 8 h du soir => 2023-04-05T20:00 hour
5 avril 2023 à 3 h de l’après-midi => 2023-04-05T15:00 hour
5 avril 2023 2:30 PM => 2023-04-05T14:30 minute
5 avril 2023 2:30 p.m. => 2023-04-05T14:30 minute
5 avril 2023 2 h 30 PM => 2023-04-05T14:30 minute
5 avril 2023 2 p. m. => 2023-04-05T14:00 hour
5 avril 2023 12:05 a.m. => 2023-04-05T00:05 minute
5 avril 2023 12:05 pm => 2023-04-05T12:05 minute
14:30 5 avril 2023 => 2023-04-05T14:30 minute
14 h 30 - 5 avril 2023 => 2023-04-05T14:30 minute
14 h 30, le 5 avril 2023 => 2023-04-05T14:30 minute
à 14 h 30 le mercredi 5 avril 2023 => 2023-04-05T14:30 minute
2:30 PM - 5 avril 2023 => 2023-04-05T14:30 minute
midi, mercredi 5 avril 2023 => 2023-04-05T12:00 hour
mer. 5 avr. 2023, 14 h 30 => 2023-04-05T14:30 minute
Mercredi, 5 Avril, 2023 - 14:30 => 2023-04-05T14:30 minute
05/04/2023 à 14h30 => 2023-04-05T14:30 minute
05-04-2023 14:30 => 2023-04-05T14:30 minute
05.04.2023 14:30 => 2023-04-05T14:30 minute
2023-04-05 à 14 h 30 => 2023-04-05T14:30 minute
2023-04-05 | 14h30 => 2023-04-05T14:30 minute
2023-04-05|14h30 => 2023-04-05T14:30 minute
2023-04-05T14h30 => 2023-04-05T14:30 minute
4/25/2023 2:30:00 PM => 2023-04-25T14:30 second
April 5, 2023 2:30 p.m. => 2023-04-05T14:30 minute
April 5, 2023 at 2:30pm => 2023-04-05T14:30 minute
Wed 5 Apr 2023 14.30 EDT => 2023-04-05T14:30 minute
Apr 5, 2023 | 14:30 => 2023-04-05T14:30 minute
5 avril 2023 14:30 - Lecture 3 min => 2023-04-05T14:30 minute
5 avril 2023 · 1 h 20 de lecture => 2023-04-05
5 avril 2023 à 27 h => 2023-04-05
"""

_ZONES = """
5 avril 2023 à 8 h 30 HE => 2023-04-05T08:30-04:00 minute
5 février 2023 à 8 h 30 HE => 2023-02-05T08:30-05:00 minute
5 février 2023 à 8 h 30 HNE => 2023-02-05T08:30-05:00 minute
5 avril 2023 à 8 h 30 HAE => 2023-04-05T08:30-04:00 minute
5 avril 2023 à 8 h 30 (HAE) => 2023-04-05T08:30-04:00 minute
5 février 2023 à 8 h 30 HA => 2023-02-05T08:30-04:00 minute
5 février 2023 à 8 h 30 HNA => 2023-02-05T08:30-04:00 minute
5 avril 2023 à 8 h 30 HAA => 2023-04-05T08:30-03:00 minute
5 février 2023 à 8 h 30 HC => 2023-02-05T08:30-06:00 minute
5 février 2023 à 8 h 30 HNC => 2023-02-05T08:30-06:00 minute
5 avril 2023 à 8 h 30 HAC => 2023-04-05T08:30-05:00 minute
5 février 2023 à 8 h 30 HR => 2023-02-05T08:30-07:00 minute
5 février 2023 à 8 h 30 HNR => 2023-02-05T08:30-07:00 minute
5 avril 2023 à 8 h 30 HAR => 2023-04-05T08:30-06:00 minute
5 février 2023 à 8 h 30 HP => 2023-02-05T08:30-08:00 minute
5 février 2023 à 8 h 30 HNP => 2023-02-05T08:30-08:00 minute
5 avril 2023 à 8 h 30 HAP => 2023-04-05T08:30-07:00 minute
5 février 2023 à 8 h 30 HT => 2023-02-05T08:30-03:30 minute
5 février 2023 à 8 h 30 HNT => 2023-02-05T08:30-03:30 minute
5 avril 2023 à 8 h 30 HAT => 2023-04-05T08:30-02:30 minute
5 avril 2023 à 8 h 30 HY => 2023-04-05T08:30-07:00 minute
5 avril 2019 à 8 h 30, heure du Yukon => 2019-04-05T08:30-07:00 minute
5 février 2019 à 8 h 30, heure du Yukon => 2019-02-05T08:30-08:00 minute
5 juillet 2023 à 8 h 30 (heure de la Saskatchewan) => 2023-07-05T08:30-06:00 minute
5 avril 2023 à 8 h 30, heure de l’Est => 2023-04-05T08:30-04:00 minute
5 avril 2023 à 8 h 30, heure avancée de l'Est => 2023-04-05T08:30-04:00 minute
5 février 2023 à 8 h 30, heure normale du Pacifique => 2023-02-05T08:30-08:00 minute
5 avril 2023 à 8 h 30 (heure de l’Atlantique) => 2023-04-05T08:30-03:00 minute
5 avril 2023 à 8 h 30, heure du Centre => 2023-04-05T08:30-05:00 minute
5 avril 2023 à 8 h 30, heure des Rocheuses => 2023-04-05T08:30-06:00 minute
5 avril 2023 à 8 h 30 (heure avancée de Terre-Neuve) => 2023-04-05T08:30-02:30 minute
5 juillet 2023 à 8 h 30, heure des Îles-de-la-Madeleine => 2023-07-05T08:30-03:00 minute
5 avril 2023 à 8 h 30 (heure de Moncton) => 2023-04-05T08:30-03:00 minute
5 avril 2023 à 14 h 30 (heure de Paris) => 2023-04-05T14:30+02:00 minute
5 avril 2023 à 14 h 30, heure de Kiev => 2023-04-05T14:30+03:00 minute
5 avril 2023 à 14 h 30, heure locale => 2023-04-05T14:30-04:00 minute
5 février 2023 08:30 EST => 2023-02-05T08:30-05:00 minute
5 avril 2023 08:30 EDT => 2023-04-05T08:30-04:00 minute
April 5, 2023 8:30 a.m. ET => 2023-04-05T08:30-04:00 minute
April 5, 2023 8:30 a.m. Eastern => 2023-04-05T08:30-04:00 minute
April 5, 2023 8:30 AM PDT => 2023-04-05T08:30-07:00 minute
April 5, 2023 8:30 AM MT => 2023-04-05T08:30-06:00 minute
5 avril 2023 08:30 UTC => 2023-04-05T08:30+00:00 minute
5 avril 2023 08:30 GMT => 2023-04-05T08:30+00:00 minute
5 avril 2023 à 8 h 30 TU => 2023-04-05T08:30+00:00 minute
5 avril 2023 08:30Z => 2023-04-05T08:30+00:00 minute
5 avril 2023 08:30 CEST => 2023-04-05T08:30+02:00 minute
5 avril 2023 à 8 h 30 UTC−5 => 2023-04-05T08:30-05:00 minute
5 avril 2023 à 8 h 30 (UTC-03:30) => 2023-04-05T08:30-03:30 minute
5 avril 2023 08:30 GMT+2 => 2023-04-05T08:30+02:00 minute
5 avril 2023 08:30 -0300 => 2023-04-05T08:30-03:00 minute
5 avril 2023 08:30 America/Vancouver => 2023-04-05T08:30-07:00 minute
8 h 30 HNE, le 5 février 2023 => 2023-02-05T08:30-05:00 minute
5 avril 2023 à 8 h 30 et il pleuvait => 2023-04-05T08:30-04:00 minute
5 avril 2023 à 8 h 30 est un bon moment => 2023-04-05T08:30-04:00 minute
"""

_MACHINES = """
2023-04-05T14:30:00-04:00 => 2023-04-05T14:30-04:00 second
2023-04-05T14:30:00-0400 => 2023-04-05T14:30-04:00 second
2023-04-05T14:30:00-04 => 2023-04-05T14:30-04:00 second
2023-04-05T14:30-04:00 => 2023-04-05T14:30-04:00 minute
2023-04-05T14:30:00Z => 2023-04-05T14:30+00:00 second
2023-04-05t14:30:00z => 2023-04-05T14:30+00:00 second
2023-04-05T14:30Z => 2023-04-05T14:30+00:00 minute
2023-04-05T14:30:00.250Z => 2023-04-05T14:30:00.250+00:00 second
2023-04-05T14:30:00,5Z => 2023-04-05T14:30:00.500+00:00 second
2023-04-05T14:30:00.123456789+00:00 => 2023-04-05T14:30:00.123456+00:00 second
2023-04-05T14:30:00 => 2023-04-05T14:30 second
2023-04-05T14:30 => 2023-04-05T14:30 minute
2023-04-05T143000Z => 2023-04-05T14:30+00:00 second
2023-04-05 14:30:00 => 2023-04-05T14:30 second
2023-04-05 14:30 => 2023-04-05T14:30 minute
2023-04-05 14:30:00 -0400 => 2023-04-05T14:30-04:00 second
2023-04-05 14:30:00 EDT => 2023-04-05T14:30-04:00 second
2023-04-05 14:30:00 UTC => 2023-04-05T14:30+00:00 second
2023-04-05 14:30:00 +0000 UTC => 2023-04-05T14:30+00:00 second
2023-04-05T14:30:00−04:00 => 2023-04-05T14:30-04:00 second
2023-04-05T24:00:00 => 2023-04-06T00:00 second
2023-04-05T14:30:00-04:00[America/Toronto] => 2023-04-05T14:30-04:00 second
20230405T143000Z => 2023-04-05T14:30+00:00 second
20230405T1430 => 2023-04-05T14:30 minute
20230405143000 => 2023-04-05T14:30 second
202304051430 => 2023-04-05T14:30 minute
D:20230405143000-04'00' => 2023-04-05T14:30-04:00 second
2023:04:05 14:30:00 => 2023-04-05T14:30 second
2023-04-05-14:30 => 2023-04-05T14:30 minute
2023/04/05 14:30:00 => 2023-04-05T14:30 second
1680705000 => 2023-04-05T14:30+00:00 second
1680705000000 => 2023-04-05T14:30+00:00 second
1680705000.5 => 2023-04-05T14:30:00.500+00:00 second
/Date(1680705000000)/ => 2023-04-05T14:30+00:00 second
Wed, 05 Apr 2023 14:30:00 +0000 => 2023-04-05T14:30+00:00 second
Wed, 5 Apr 2023 14:30:00 GMT => 2023-04-05T14:30+00:00 second
Wed, 05 Apr 2023 14:30:00 EDT => 2023-04-05T14:30-04:00 second
Wed, 05 Apr 2023 14:30 EST => 2023-04-05T14:30-05:00 minute
Wed, 05 Apr 23 14:30:00 +0200 => 2023-04-05T14:30+02:00 second
05 Apr 2023 14:30:00 -0400 => 2023-04-05T14:30-04:00 second
mer., 05 avr. 2023 14:30:00 +0000 => 2023-04-05T14:30+00:00 second
Mer, 05 Avr 2023 14:30:00 -0400 => 2023-04-05T14:30-04:00 second
Mercredi, 5 Avril, 2023 - 14:30 => 2023-04-05T14:30 minute
Wed Apr  5 14:30:00 2023 => 2023-04-05T14:30 second
Wed Apr 5 14:30:00 EDT 2023 => 2023-04-05T14:30-04:00 second
mer. 5 avr. 14:30:00 EDT 2023 => 2023-04-05T14:30-04:00 second
Wed Apr 05 2023 14:30:00 GMT-0400 (heure d’été de l’Est nord-américain) => 2023-04-05T14:30-04:00 second
05/Apr/2023:14:30:00 -0400 => 2023-04-05T14:30-04:00 second
"""

_RANGES = """
du 3 au 5 avril 2023 => 2023-04-03..2023-04-05
Du 3 au 5 avril 2023. => 2023-04-03..2023-04-05
3-5 avril 2023 => 2023-04-03..2023-04-05
3–5 avril 2023 => 2023-04-03..2023-04-05
3 au 5 avril 2023 => 2023-04-03..2023-04-05
les 3 et 4 avril 2023 => 2023-04-03..2023-04-04
3, 4 et 5 avril 2023 => 2023-04-03..2023-04-05
1er et 2 avril 2023 => 2023-04-01..2023-04-02
entre le 3 et le 5 avril 2023 => 2023-04-03..2023-04-05
du lundi 3 au mercredi 5 avril 2023 => 2023-04-03..2023-04-05
du 29 mars au 5 avril 2023 => 2023-03-29..2023-04-05
du 29 décembre au 5 janvier 2024 => 2023-12-29..2024-01-05
du 29 décembre 2023 au 5 janvier 2024 => 2023-12-29..2024-01-05
3 avril 2023 - 5 avril 2023 => 2023-04-03..2023-04-05
du 03/04/2023 au 05/04/2023 => 2023-04-03..2023-04-05
2023-04-03/2023-04-05 => 2023-04-03..2023-04-05
2023-04-03 au 2023-04-05 => 2023-04-03..2023-04-05
semaine du 3 au 9 avril 2023 => 2023-04-03..2023-04-09
April 3-5, 2023 => 2023-04-03..2023-04-05
April 3 to 5, 2023 => 2023-04-03..2023-04-05
March 29 – April 5, 2023 => 2023-03-29..2023-04-05
from April 3 to April 5, 2023 => 2023-04-03..2023-04-05
3 to 5 April 2023 => 2023-04-03..2023-04-05
5 avril 2023, de 9 h à 17 h => 2023-04-05T09:00..2023-04-05T17:00 hour
5 avril 2023, 9h-17h30 => 2023-04-05T09:00..2023-04-05T17:30 hour
5 avril 2023 de 9 à 17 h => 2023-04-05T09:00..2023-04-05T17:00 hour
5 avril 2023 entre 9 h et 17 h => 2023-04-05T09:00..2023-04-05T17:00 hour
5 avril 2023 9:00-11:00 => 2023-04-05T09:00..2023-04-05T11:00 minute
5 avril 2023, 22 h à 2 h => 2023-04-05T22:00..2023-04-06T02:00 hour
April 5, 2023 from 9 a.m. to 5 p.m. => 2023-04-05T09:00..2023-04-05T17:00 hour
du 3 avril 2023 à 9 h au 5 avril 2023 à 17 h => 2023-04-03T09:00..2023-04-05T17:00 hour
du 3 au 5 avril 2023, de 9 h à 17 h => 2023-04-03T09:00..2023-04-05T17:00 hour
du 3 au 5 mars => 2024-03-03..2024-03-05
du 2 mars au 4 mars => 2024-03-02..2024-03-04
du 29 décembre au 5 janvier => 2023-12-29..2024-01-05
Numéro 12 - 17 avril 2023 => 2023-04-17
"""

_WITHOUT_YEAR = """
5 mars => 2024-03-05
le 5 mars => 2024-03-05
Mardi 5 mars => 2024-03-05
mardi le 5 mars => 2024-03-05
20 mars => 2024-03-20
21 mars => 2023-03-21
31 décembre => 2023-12-31
29 février => 2024-02-29
1er janvier => 2024-01-01
5 janv. => 2024-01-05
5 mars à 14 h 30 => 2024-03-05T14:30 minute
14 h 30, mardi 5 mars => 2024-03-05T14:30 minute
5 mars | 14h30 => 2024-03-05T14:30 minute
Publié le 5 mars => 2024-03-05
Mis en ligne le mardi 5 mars à 5 h => 2024-03-05T05:00 hour
5 mars · 3 min de lecture => 2024-03-05
Par Josée Untel | 5 mars => 2024-03-05
le 5 mars dernier => 2024-03-05
cinq mars => 2024-03-05
vend. 15 mars => 2024-03-15
5 mars au soir => 2024-03-05
mardi 5 mars, en matinée => 2024-03-05
📅 5 mars => 2024-03-05
Ajouté le 5 mars => 2024-03-05
Publié le 15/03/24 à 16:05 par Josée Untel => 2024-03-15T16:05 minute
March 5 => 2024-03-05
Mar 5 => 2024-03-05
5 Mar => 2024-03-05
March 5 at 6 p.m. ET => 2024-03-05T18:00 hour
Jan. 5, 2:30 p.m. => 2024-01-05T14:30 minute
Aujourd’hui, 20 mars à 9 h => 2024-03-20T09:00 hour
"""

_DAY_WORDS = """
aujourd'hui => 2024-03-20
Aujourd’hui => 2024-03-20
AUJOURD'HUI => 2024-03-20
aujourd'hui à 9 h => 2024-03-20T09:00 hour
Aujourd'hui, 09:15 => 2024-03-20T09:15 minute
aujourd'hui à midi => 2024-03-20T12:00 hour
hier => 2024-03-19
Hier, 21:15 => 2024-03-19T21:15 minute
hier à 21 h 15 => 2024-03-19T21:15 minute
hier à 21h => 2024-03-19T21:00 hour
hier 21h15 => 2024-03-19T21:15 minute
hier à midi => 2024-03-19T12:00 hour
hier à 21 h 15 HNE => 2024-03-19T21:15-05:00 minute
hier matin => 2024-03-19
hier soir => 2024-03-19
hier en soirée => 2024-03-19
hier, en fin de journée => 2024-03-19
auj. 9 h 05 => 2024-03-20T09:05 minute
hier soir à 9 h => 2024-03-19T21:00 hour
avant-hier => 2024-03-18
Avant hier => 2024-03-18
avant-hier à 8 h 05 => 2024-03-18T08:05 minute
ce matin => 2024-03-20
tôt ce matin => 2024-03-20
ce matin à 6 h 40 => 2024-03-20T06:40 minute
ce midi => 2024-03-20T12:00 hour
cet après-midi => 2024-03-20
cet avant-midi => 2024-03-20
ce soir => 2024-03-20
cette nuit => 2024-03-20
Publié hier => 2024-03-19
Publié hier à 21 h 15 => 2024-03-19T21:15 minute
Publié ce matin => 2024-03-20
Mis à jour hier à 21 h 15 => 2024-03-19T21:15 minute
Par Josée Untel, hier à 21 h 15 => 2024-03-19T21:15 minute
Josée Untel | Hier, 21 h 15 => 2024-03-19T21:15 minute
Publié hier | Temps de lecture : 3 minutes => 2024-03-19
mercredi => 2024-03-20
mardi => 2024-03-19
jeudi => 2024-03-14
Dimanche => 2024-03-17
Publié mardi => 2024-03-19
mardi à 16 h 20 => 2024-03-19T16:20 minute
Mercredi 9 h 15 => 2024-03-20T09:15 minute
Mercredi 21 h 15 => 2024-03-13T21:15 minute
sam. 14:30 => 2024-03-16T14:30 minute
mardi matin => 2024-03-19
mardi dernier => 2024-03-19
mercredi dernier => 2024-03-13
jeudi passé => 2024-03-14
vendredi dernier à 9 h => 2024-03-15T09:00 hour
Publié le samedi => 2024-03-16
yesterday => 2024-03-19
Yesterday at 9:15 p.m. => 2024-03-19T21:15 minute
today at 9:15 AM => 2024-03-20T09:15 minute
last night => 2024-03-19
this morning => 2024-03-20
the day before yesterday => 2024-03-18
Friday => 2024-03-15
last Wednesday => 2024-03-13
Friday at 5 PM => 2024-03-15T17:00 hour
Updated yesterday at 5 p.m. => 2024-03-19T17:00 hour
Publié à 8 h 12 => 2024-03-20T08:12 minute
Publié à 21 h 15 => 2024-03-19T21:15 minute
Publié : 8h12 => 2024-03-20T08:12 minute
Mis à jour à 0 h 23 => 2024-03-20T00:23 minute
Mis à jour à 8 h 12 HAE => 2024-03-20T08:12 minute
Updated 8:12 AM ET => 2024-03-20T08:12 minute
Publié à midi => 2024-03-19T12:00 hour
Publié à 10 h 32 => 2024-03-20T10:32 minute
"""

_DISTANCES = """
il y a 3 heures => 2024-03-20T07:30 hour
Il y a 1 heure => 2024-03-20T09:30 hour
il y a une heure => 2024-03-20T09:30 hour
il y a deux heures => 2024-03-20T08:30 hour
il y a sept heures => 2024-03-20T03:30 hour
il y a 3 h => 2024-03-20T07:30 hour
il y a 3h => 2024-03-20T07:30 hour
IL Y A 3 HEURES => 2024-03-20T07:30 hour
il y a environ 3 heures => 2024-03-20T07:30 hour
il y a près d’une heure => 2024-03-20T09:30 hour
il y a 3 heures environ => 2024-03-20T07:30 hour
🕒 il y a 3 heures => 2024-03-20T07:30 hour
Diffusé en direct il y a 3 heures => 2024-03-20T07:30 hour
il y a près de 3 heures => 2024-03-20T07:30 hour
il y a plus d'une heure => 2024-03-20T09:30 hour
il y a vingt-quatre heures => 2024-03-19T10:30 hour
il y a 1 h 30 => 2024-03-20T09:00 minute
il y a 1h30 => 2024-03-20T09:00 minute
il y a 2 heures et 10 minutes => 2024-03-20T08:20 minute
il y a une heure et demie => 2024-03-20T09:00 minute
il y a une demi-heure => 2024-03-20T10:00 minute
il y a un quart d'heure => 2024-03-20T10:15 minute
il y a trois quarts d’heure => 2024-03-20T09:45 minute
il y a une dizaine de minutes => 2024-03-20T10:20 minute
il y a une couple d'heures => 2024-03-20T08:30 hour
il y a 12 minutes => 2024-03-20T10:18 minute
il y a 12 min => 2024-03-20T10:18 minute
il y a 12 min. => 2024-03-20T10:18 minute
il y a 1 minute => 2024-03-20T10:29 minute
il y a quarante-cinq minutes => 2024-03-20T09:45 minute
il y a 30 secondes => 2024-03-20T10:29:30 minute
il y a 0 minute => 2024-03-20T10:30 minute
à l'instant => 2024-03-20T10:30 minute
À l’instant => 2024-03-20T10:30 minute
il y a quelques secondes => 2024-03-20T10:30 minute
il y a un instant => 2024-03-20T10:30 minute
il y a moins d'une minute => 2024-03-20T10:30 minute
il y a quelques minutes => 2024-03-20T10:30 hour
il y a 1 jour => 2024-03-19
il y a un jour => 2024-03-19
il y a 3 jours => 2024-03-17
il y a 3 j => 2024-03-17
il y a huit jours => 2024-03-12
il y a une quinzaine de jours => 2024-03-05
il y a 2 jours et 3 heures => 2024-03-18T07:30 hour
il y a une semaine => 2024-03-13
il y a 2 semaines => 2024-03-06
il y a 2 sem. => 2024-03-06
il y a un mois => 2024-02-20 month
il y a 4 mois => 2023-11-20 month
il y a un an => 2023-03-20 month
la semaine dernière => 2024-03-13 month
le mois dernier => 2024-02-20 month
Publié il y a 17 minutes => 2024-03-20T10:13 minute
Mis à jour : il y a 3 heures => 2024-03-20T07:30 hour
Par Josée Untel | Il y a 3 heures => 2024-03-20T07:30 hour
Il y a 1 heure · 3 min de lecture => 2024-03-20T09:30 hour
3 hours ago => 2024-03-20T07:30 hour
3h ago => 2024-03-20T07:30 hour
an hour ago => 2024-03-20T09:30 hour
about 2 hours ago => 2024-03-20T08:30 hour
half an hour ago => 2024-03-20T10:00 minute
5 mins ago => 2024-03-20T10:25 minute
5m ago => 2024-03-20T10:25 minute
a minute ago => 2024-03-20T10:29 minute
just now => 2024-03-20T10:30 minute
2 days ago => 2024-03-18
one week ago => 2024-03-13
2 months ago => 2024-01-20 month
1 hour and 20 minutes ago => 2024-03-20T09:10 minute
Published 3 hours ago => 2024-03-20T07:30 hour
"""

_SECOND_READER = """
2023, le 5 avril => 2023-04-05
5, avril 2023 => 2023-04-05
2023, le 5 (avril) => 2023-04-05
5 (avril) 2023 => 2023-04-05
avril 2023, le 5 => 2023-04-05
mercredi (5) avril 2023 => 2023-04-05
5, mercredi avril 2023 => 2023-04-05
5*avril*2023 => 2023-04-05
5 avril [2023] => 2023-04-05
1 day, 2 hours, 5 minutes ago => 2024-03-19T08:25 minute
2.5 hours ago => 2024-03-20T08:00 hour
a fortnight ago => 2024-03-06
Updated 3 hours, 2 min, 4 sec ago => 2024-03-20T07:27:56 minute
"""

_REFUSED = """
2023
© 2023
© 2015-2023 Le Phare
2022-2023
2021-22
2011-12
Édition 2023
Automne 2023
(1990-2023)
Budget 2023-2024
avril
Mai
Août
mars
sept
Mars attaque
Avril Untel
Mai 68
14 h 30
14:30
9 h
22 h
TJ 18 h
Le 22 h
1:02:45
12:07
9 h – 17 h
de 9 h à 17 h
Du lundi au vendredi, de 9 h à 17 h
Lundi : 9 h - 17 h
lundi au vendredi
samedi et dimanche
les samedis
le lundi à 20 h
Tous les jeudis à 19 h
Vendredi 13
Mardi gras
lundi prochain
demain
demain à 9 h
la semaine prochaine
dans 3 heures
in 3 hours
maintenant
En direct maintenant
Abonnez-vous maintenant
récemment
bientôt
à venir
inconnue
non daté
à
h
j
m
s
en
un
une
onze
lu
ma
me
je
ve
sa
di
lun
mar
mer.
jeu
ven
sam.
dim
Sun
mon
3 heures
45 minutes
2 h 15 min
90 s
Durée : 12 min
4 minutes de lecture
7 jours sur 7
Sept jours
8 jours
48 heures plus tard
24 heures
24/7
24h/24
Deux ans plus tard
il y a
Il y a peu
Il y a longtemps
il y a quelques heures
il y a un moment
il y a quelques jours
Il y a 3 morts
Il y a 100 personnes
Il y a 2 façons de voir
Il y a de l'espoir
Il y a 25 ans
Il y a 40 ans
Il y a 40 ans, la grève
Il y a 3 ans, le feu
Hier encore
Hier et aujourd'hui
Un rapport publié hier
La loi modifiée hier
Météo | aujourd'hui
Sports | samedi
L'horoscope du 17
La une du 7
17
17e
1er
2e
100 %
17 %
12,50 $
1 234,56 $
5 $ le 17
17 °C
-17 °C
98,5 FM
4K
5G
1080p
Canal 15
Loi 96
projet de loi C-11
C-18
F-35
COVID-19
G7
R-134a
Boeing 737
A-40
17 ans
17 km
110 km/h
3 à 5
Le 6 à 9
Le 15-18
5 à 7
4-2
17-4
4 à 2
3/5
10/10
50/50
1/2
9/11
17/03
03-17
3,5 sur 5
2 pour 1
Page 3 de 12
p. 12
#12
No 2023-45
Décret 45-2023
2023-045
Article 12
art. 2023
L.R.Q., c. C-12
2023 QCCA 45
Volume 12, no 4
Saison 2, épisode 4
S02E04
12 345 abonnés
1,2 million
10 000 pas
Lu 345 fois
345 partages
450 555-0142
450-555-2023
1 800 555-0142
(450) 555-0142 poste 12
+1 450 555 0142
J4B 2C5
1250, rue des Pins
ISBN 978-2-1234-5680-3
ISBN 2-123-45680-X
ISSN 1234-5678
10.0.0.1
192.168.1.23
version 2.0.1
v1.12.3
iOS 17.4
9-1-1
911
4 061 051
123456789
4505550142
05-04-23
23-04-05
30 février 2023
31 avril 2023
29 février 2023
32 mars 2023
0 mars 2023
5 avril 20233
2023-02-30
2023-13-05
2023-00-10
2023-04-31
17/17/2023
99/99/9999
0000-00-00
0000-00-00 00:00:00
2023-04-05T25:00:00
2023-04-05T14:61:00
2023-04-05T14:30:00+25:00
20231345
1970-01-01
1970-01-01T00:00:00Z
-0001-11-30T00:00:00+00:00
5 avril 1867
5 avril 1989
31 décembre 1989
avril 1985
5 avril 2123
24 mars 2024
2024-03-23
avril 2024
2524608000
Trois-Rivières
Sept-Îles
Cent ans
À la une
Qc
N.-B.
Î.-P.-É.
Membre depuis mars 2015
12 mars-stations
3 avril 50 $
Juin 20 $
Décembre, le mois du partage
En mars 2023, 12 personnes
Dim les lumières
Ven. 50 $
Sam 5 $
Mer agitée
Mar adentro
premier ministre
second tour
-
|
...
"""


def _lines(table: str) -> list[str]:
    return [line for line in table.split("\n") if line]


def _cases(table: str) -> list[tuple[str, str, str, str]]:
    """Text, start, end ("" without one), precision."""
    cases = []
    for line in _lines(table):
        text, _, meaning = line.rpartition(" => ")
        when, _, precision = meaning.partition(" ")
        start, _, end = when.partition("..")
        cases.append((text, start, end, precision or "day"))
    return cases


CASES = [
    case
    for table in (
        _FRENCH_DAYS, _NUMERIC_DAYS, _ENGLISH_DAYS, _MONTHS, _TIMES, _ZONES, _MACHINES, _RANGES, _WITHOUT_YEAR,
        _DAY_WORDS, _DISTANCES,
    )
    for case in _cases(table)
]  # fmt: skip
"""What the grammar reads."""
SECOND_READER = _cases(_SECOND_READER)
"""What the grammar leaves to dateparser."""
REFUSED = _lines(_REFUSED)
