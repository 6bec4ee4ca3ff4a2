"""What happens in the month: every article, every text of it, and when it is taken away, brought back or moved."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""A Monday, midnight in Québec."""
TZ = ZoneInfo("America/Toronto")
TOPIC = "traversier"
SLUGS = ("le_courrier_du_port", "la_lettre_des_iles")
"""The first numbers its articles in their addresses, dresses every page anew and owns to edits in its JSON-LD; the
second names them by guid alone, and answers conditional requests."""

Happening = Literal["gone", "restored", "moved"]

FIRST_CHANGE_H = 26
"""Hours after publication: no listing is asked less than once a day, so the first text was seen by then."""


@dataclass(frozen=True, slots=True)
class State:
    """What a page says from an hour on."""

    hour: int
    headline: str
    paragraphs: tuple[str, ...]
    path: str
    modified: int | None = None
    """The hour of the last change that the page owns to."""
    added: int = 0
    removed: int = 0
    """Words, against the state before."""


@dataclass(frozen=True, slots=True)
class Event:
    hour: int
    kind: Happening
    status: int | None = None
    path_before: str | None = None
    path: str | None = None


@dataclass(slots=True)
class Piece:
    """One article of the script."""

    outlet: str
    number: int
    hour: int
    """Of its publication."""
    action: str
    states: list[State] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return at_hour(self.hour) - timedelta(minutes=20)

    @property
    def day(self) -> date:
        return self.at.astimezone(TZ).date()

    def state(self, hour: int) -> State:
        return [state for state in self.states if state.hour <= hour][-1]

    def status(self, hour: int) -> int:
        """200 while the article is there; 404 or 410; 301 when its address leads to the front page."""
        happened = [e for e in self.events if e.hour <= hour and e.kind != "moved"]
        return happened[-1].status or 200 if happened else 200

    def paths(self, hour: int) -> list[str]:
        """Every address that it has had, the current one last."""
        return list(dict.fromkeys(state.path for state in self.states if state.hour <= hour))

    def edit(self, hour: int, added: int, removed: int, *, owned: bool = False, **changes: Any) -> None:
        last = self.states[-1]
        modified = hour if owned else last.modified
        self.states.append(replace(last, hour=hour, modified=modified, added=added, removed=removed, **changes))

    def move(self, hour: int, path: str, **changes: Any) -> None:
        before = self.states[-1].path
        self.edit(hour, *_headline_words(self.states[-1].headline, changes), path=path, **changes)
        self.events.append(Event(hour, "moved", path_before=before, path=path))


def at_hour(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def _headline_words(before: str, changes: dict[str, object]) -> tuple[int, int]:
    return (len(str(changes["headline"]).split()), len(before.split())) if "headline" in changes else (0, 0)


def pause_h(age_h: int) -> int:
    """Hours within which an article of that age is looked at again, with one to spare for each run's start."""
    return 2 if age_h < 24 else 5 if age_h < 7 * 24 else 75


def write_script(days: int, *, per_day: int = 6, seed: int = 1) -> list[Piece]:
    """All that happens in `days`. The same seed tells the same month."""
    chance = random.Random(seed)
    actions = {slug: _shuffled(chance) for slug in SLUGS}
    pieces = []
    for number, (day, slug) in enumerate((day, slug) for day in range(days) for slug in SLUGS for _ in range(per_day)):
        hour = day * 24 + chance.randrange(6, 22)
        turn = actions[slug].pop() if actions[slug] else None
        if turn is None:
            actions[slug] = _shuffled(chance)
            turn = actions[slug].pop()
        pieces.append(_write(Piece(slug, 410_000 + 7 * number, hour, turn), chance, days * 24))
    return pieces


def _shuffled(chance: random.Random) -> list[str]:
    actions = [*ACTIONS, "nothing", "nothing"]
    chance.shuffle(actions)
    return actions


SUBJECTS = (
    "La mairesse de Port-Aubry", "Le conseil de bande", "Une équipe de l’Université de Moncton",
    "La coopérative laitière", "Le syndicat des débardeurs", "Un comité de parents", "La directrice du cégep",
    "Le propriétaire de la scierie",
    "La troupe du Vieux-Moulin", "Un pêcheur de la pointe", "La Société d’histoire", "Le club de hockey des Goélands",
)  # fmt: skip
VERBS = (
    "réclame une rencontre au sujet", "a présenté lundi un rapport", "refuse de commenter l’avenir",
    "propose de revoir les règles", "salue la réouverture", "demande une enquête à propos", "s’inquiète du coût",
    "veut accélérer la réfection",
)  # fmt: skip
OBJECTS = (
    "de l’aréna municipal", "du quai de l’Anse-aux-Coques", "de la bibliothèque du centre",
    "du pont couvert de la rivière", "du sentier de la falaise", "de la patinoire extérieure",
    "de l’usine de filtration", "du marché public du samedi",
)  # fmt: skip
REASONS = (
    "après des mois de discussions avec le ministère et une consultation qui a attiré plus de monde que prévu",
    "parce que les soumissions reçues en février dépassent de beaucoup la somme que la ville avait mise de côté",
    "même si les travaux, promis depuis quatre ans, ne commenceront pas avant la fin du dégel ni sans un second vote",
    "en rappelant que les citoyens du secteur nord attendent toujours une réponse à leur pétition de l’automne dernier",
)
ABOUT = "Le traversier de la rive sud restera à quai jusqu’à la fin de la semaine, selon la société qui l’exploite."
LATER = "Une seconde séance est prévue jeudi soir au sous-sol de l’église, où chacun pourra poser ses questions."


def _paragraph(chance: random.Random, count: int) -> str:
    subject, verb, thing, reason = (chance.choice(part) for part in (SUBJECTS, VERBS, OBJECTS, REASONS))
    return f"{subject} {verb} {thing}, {reason}, dit le document numéro {count} remis aux journalistes."


def _write(piece: Piece, chance: random.Random, end: int) -> Piece:
    subject, verb, thing = chance.choice(SUBJECTS), chance.choice(VERBS), chance.choice(OBJECTS)
    paragraphs = [_paragraph(chance, 1000 + piece.number % 1000 + 17 * n) for n in range(4)]
    if piece.action == "off_topic" or (piece.action != "on_topic" and chance.random() < 0.3):
        paragraphs.insert(1, ABOUT)
    paragraphs.append(f"La facture s’élève à {chance.randrange(12, 90)} millions de dollars.")
    headline = f"{subject} {verb} {thing}"
    piece.states.append(State(piece.hour, headline, tuple(paragraphs), _path(piece, "actualites", headline)))
    first = piece.hour + FIRST_CHANGE_H + chance.randrange(0, 30)
    if chance.random() < 0.15:
        first += 8 * 24  # an old article, which is looked at every third day
    hours = [first]
    while len(hours) < 3:
        hours.append(hours[-1] + pause_h(hours[-1] - piece.hour) + chance.randrange(1, 5))
    if piece.action in ACTIONS and hours[-1] + pause_h(hours[-1] - piece.hour) < end:
        ACTIONS[piece.action](piece, hours)
    return piece


def _path(piece: Piece, section: str, headline: str) -> str:
    words = "".join(c if c.isalnum() else "-" for c in headline.lower().replace("’", "-")).encode("ascii", "ignore")
    slug = "-".join(part for part in words.decode().split("-") if part)[:60]
    if piece.outlet == SLUGS[0]:
        return f"/{section}/{piece.number}/{slug}"
    letters = "".join("abcdefghij"[int(digit)] for digit in str(piece.number))
    return f"/{section}/{piece.day:%Y/%m/%d}/{slug}-{letters}/"


Happen = Callable[[Piece, list[int]], None]


# --- what may happen to an article; each takes the hours at which it may, in their order


def _append(piece: Piece, hours: list[int], *, owned: bool) -> None:
    piece.edit(hours[0], _words(LATER), 0, owned=owned, paragraphs=(*piece.states[-1].paragraphs, LATER))


def _words(text: str) -> int:
    return len([word for word in text.split() if any(c.isalnum() for c in word)])


def _retitled(piece: Piece) -> str:
    return f"Volte-face imprévue en fin de journée, dossier {piece.number}"


def _headline(piece: Piece, hours: list[int]) -> None:
    title = _retitled(piece)
    piece.edit(hours[0], *_headline_words(piece.states[-1].headline, {"headline": title}), headline=title)


def _headline_and_address(piece: Piece, hours: list[int]) -> None:
    title = _retitled(piece)
    piece.move(hours[0], _path(piece, "actualites", title), headline=title)


def _section(piece: Piece, hours: list[int]) -> None:
    piece.move(hours[0], _path(piece, "archives", piece.states[-1].headline))


def _there_and_back(piece: Piece, hours: list[int]) -> None:
    first = piece.states[-1].paragraphs
    piece.edit(hours[0], 1, 1, owned=True, paragraphs=(*first[:-1], first[-1].replace("millions", "milliards")))
    piece.edit(hours[1], 1, 1, paragraphs=first)


def _paragraph_moves(piece: Piece, hours: list[int]) -> None:
    *others, last = piece.states[-1].paragraphs
    piece.edit(hours[0], _words(last), _words(last), paragraphs=(last, *others))


def _loses_topic(piece: Piece, hours: list[int]) -> None:
    kept = tuple(p for p in piece.states[-1].paragraphs if p != ABOUT)
    piece.edit(hours[0], 0, _words(ABOUT), paragraphs=kept)


def _gains_topic(piece: Piece, hours: list[int]) -> None:
    first, *others = piece.states[-1].paragraphs
    piece.edit(hours[0], _words(ABOUT), 0, owned=True, paragraphs=(first, ABOUT, *others))


def _goes(status: int, *, back: bool = False) -> Happen:
    def happen(piece: Piece, hours: list[int]) -> None:
        path = piece.states[-1].path
        piece.events.append(Event(hours[0], "gone", status, path_before=path, path="/" if status == 301 else None))
        if back:
            piece.events.append(Event(hours[1], "restored", path=path))

    return happen


def _retyped(piece: Piece, hours: list[int]) -> None:
    """Signs and blanks alone: nothing that a reader would call an edit. The article has but one revision."""
    # The site retypes its pages by itself, see site.py.


ACTIONS: dict[str, Happen] = {
    "append": lambda piece, hours: _append(piece, hours, owned=True),
    "append_in_silence": lambda piece, hours: _append(piece, hours, owned=False),
    "headline": _headline,
    "headline_and_address": _headline_and_address,
    "section": _section,
    "there_and_back": _there_and_back,
    "paragraph_moves": _paragraph_moves,
    "off_topic": _loses_topic,
    "on_topic": _gains_topic,
    "404": _goes(404),
    "410": _goes(410),
    "front_page": _goes(301),
    "gone_and_back": _goes(404, back=True),
    "retyped": _retyped,
}
