"""What must never be in a body, each in markup that says nothing of what it is: its words and its place tell."""

from __future__ import annotations

from typing import Any

import pytest

from newsmon.extraction import extracted
from tests.page.test_inserts import AT, FRENCH, OTHERS, page, paragraphs, read

HEADLINE = FRENCH.headline
CUT = f"{HEADLINE[:31]}…"
LINKS = "".join(f'<div><a href="/{i}">{title}</a></div>' for i, title in enumerate(OTHERS["fr"]))
CARDS = "".join(f'<div><h3><a href="/{i}">{t}</a></h3><p>7 mars 2026</p></div>' for i, t in enumerate(OTHERS["fr"]))


def anywhere(markup: str) -> list[Any]:
    """First in the body, amid it, last in it."""
    return [pytest.param({at: markup}, id=f"{markup[:40]} after {at}") for at in (-1, 2, 5)]


@pytest.mark.parametrize(
    "inserts",
    [
        # weather and clock
        *anywhere("<div>Montréal −4 °C | mercredi 11 mars 2026, 8 h 02</div>")[:1],
        *anywhere("<div><span>-4.2</span> <span>C</span> <span>Montréal</span> <span>mercredi, mars 11, 2026</span></div>")[:1],
        # breadcrumb
        *anywhere(f'<div><a href="/">Accueil</a> › <a href="/s">Sports</a> › {CUT}</div>')[:1],
        *anywhere(f"<p>Vous êtes ici : Accueil » Sports » {CUT}</p>")[:1],
        # the headline again, cut off or whole
        *anywhere(f"<div>{CUT}</div>")[:1],
        *anywhere(f"<h2>{HEADLINE}</h2>")[:1],
        *anywhere("<p>Nous suivre</p>"),
        *anywhere('<p><a href="https://news.example/">Suivez-nous sur Google Actualités</a></p>'),
        # share bars
        *anywhere('<p>Partager : <a href="#">Facebook</a> <a href="#">X</a> <a href="#">Courriel</a></p>'),
        *anywhere('<ul><li><a href="#">Facebook</a></li><li><a href="#">LinkedIn</a></li><li><a href="#">Imprimer</a></li></ul>'),
        # lists of other articles
        *anywhere(f'<p>À lire aussi : <a href="/a">{OTHERS["fr"][0]}</a></p>'),
        *anywhere(f"<div><h4>À lire aussi</h4>{LINKS}</div>"),
        *anywhere(f"<div><h4>Vous pourriez aimer</h4>{CARDS}</div>"),
        *anywhere(f"<div><h4>Derniers articles</h4>{CARDS}</div>"),
        # newsletters, appeals for money
        *anywhere("<p>Inscrivez-vous à notre infolettre pour recevoir chaque matin les nouvelles de la région.</p>"),
        *anywhere("<p>Recevez les nouvelles de la région dans votre boîte courriel grâce à notre infolettre.</p>"),
        *anywhere("<p>Vous avez aimé cet article ? Faites un don pour que le journal continue de paraître.</p>"),
        *anywhere("<p>Soutenez un média indépendant : votre contribution paie nos journalistes.</p>"),
        *anywhere(
            "<p>Si comme nous, vous croyez qu’une région sans journal perd la mémoire, aidez-nous à paraître. Chaque don paie "
            "une heure de reportage, une page imprimée et la route jusqu’au village le plus éloigné de notre territoire.</p>"
        ),
        # the reader's voice
        *anywhere(
            "<p>La version audio de cet article est générée par la synthèse vocale, une technologie basée sur l’intelligence "
            "artificielle.</p>"
        ),
        *anywhere("<p>Écouter l’article</p>")[:1],
    ],
)  # fmt: skip
def test_it_is_left_out(inserts: dict[int, str]) -> None:
    assert paragraphs(read(FRENCH, inserts)) == list(FRENCH.text)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("<p>Source : www.cbc.ca</p>", "CBC"),
        ('<p>Source : <a href="https://www.cbc.ca/">www.cbc.ca</a></p>', "CBC"),
        ("<p><em>Avec Reuters</em></p>", "Reuters"),
    ],
)
def test_a_line_that_tells_the_source_is_attribution(line: str, source: str) -> None:
    found = read(FRENCH, {5: line})
    assert paragraphs(found) == list(FRENCH.text)
    assert source in (found["attribution"]["agency"], found["attribution"]["source_name"])


def test_a_caption_that_nothing_marks_is_kept_apart_with_its_credit() -> None:
    caption = "La patinoire du parc des Bouleaux, mardi matin (Anne Lajoie/Le Large)"
    found = read(FRENCH, {1: f"<p>{caption}</p>"})
    assert paragraphs(found) == list(FRENCH.text)
    assert [(shown["text"], shown["credit"]) for shown in found["captions"]] == [(caption, "Anne Lajoie/Le Large")]


def test_the_hour_and_the_place_before_wire_copy_are_no_part_of_it() -> None:
    markup = page(FRENCH, {}).replace(FRENCH.text[0], f"à 13h20 HNE, le 7 mars 2026. OTTAWA – {FRENCH.text[0]}")
    assert markup.count("13h20") == 1
    found = read(FRENCH, {}, markup=markup)
    assert paragraphs(found) == list(FRENCH.text)


def test_an_agency_s_name_below_the_text_signs_with_who_wrote() -> None:
    markup = page(FRENCH, {5: "<p>La Presse Canadienne</p>"})
    found = extracted(markup.encode(), url="https://journal.example/local/story/", outlet=None, fetched_at=AT)
    assert paragraphs(found) == list(FRENCH.text)
    assert found["authors"] == [FRENCH.author, "La Presse Canadienne"]
    assert found["attribution"]["agency"] == "La Presse Canadienne"
