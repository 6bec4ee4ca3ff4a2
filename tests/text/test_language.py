"""The language of a text, by its function words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.text.language import WORDS_MIN, find_language

FRENCH = (
    "Le conseil municipal de Sainte-Ursule a adopté lundi soir le budget de la prochaine année, et la mairesse a "
    "répondu aux questions des citoyens qui étaient dans la salle."
)
ENGLISH = (
    "The council of Sainte-Ursule adopted the budget for the next year on Monday evening, and the mayor answered "
    "questions from the residents who were in the room."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (FRENCH.upper(), "fr"),
        (ENGLISH, "en"),
        (
            "El consejo de la ciudad aprobó el presupuesto para el próximo año y la alcaldesa respondió a las preguntas",
            "es",
        ),
        (
            "Der Rat der Stadt hat den Haushalt für das nächste Jahr beschlossen und die Bürgermeisterin ist zufrieden",
            "de",
        ),
        ("Sainte-Ursule", None),
        ("", None),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", None),
        ("Tremblay Gagnon Roy Côté Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert find_language(text) == language


def test_a_quotation_in_the_other_language_does_not_tell() -> None:
    assert find_language(f"{FRENCH} « We will not give up », a-t-elle dit. {FRENCH}") == "fr"
    assert find_language(f"{ENGLISH} “Je me souviens”, the plate says. {ENGLISH}") == "en"


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert find_language(text) in {None, "fr", "en", "es", "de", "it", "pt"}


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.integers(min_value=0, max_value=WORDS_MIN - 1))
def test_too_few_words_tell_nothing(n: int) -> None:
    assert find_language("le " * n) is None
