"""Folding, and the way back to the text as stored."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsmon.topics.fold import fold, fold_words

PIECES = (
    "Ukraine", "l’", "d'", "œuvre", "Cœur", "é", "e\u0301", "\u0301", "\u00ad", "\u200b", "\ufeff", "\u00a0", "\u202f",
    "ﬁn", "½", "²", "ß", "Київ", "é·e·s", "étudiant.e.s", "réfugié(e)s", "-e-s", "O.T.A.N.", "U.S.", " - ", "–", "—",
    "\n\n", "\n", "\r\n", " \n ", "  ", "\t", "«", "»", ".", "(", ")", "\ud800", "\U0001f600", "İ", "ǆ", "ﷺ", "，", "a",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))


@settings(derandomize=True, max_examples=600, deadline=None)
@given(TEXTS)
@example("\u0301Ukraine")
@example("x\u0301\u0302.e.s")
@example("aé.e\u0301.s")
def test_every_word_leads_back_to_where_it_stands(text: str) -> None:
    folded = fold(text)
    assert len(folded.words) == len(folded.breaks)
    assert folded.words[0] == folded.words[-1] == " "
    last = 0
    for found in re.finditer(r"\S+", folded.words):
        start, end = folded.to_source(*found.span())
        assert 0 <= start < end <= len(text)
        assert start >= last or text[start:end]  # two words of one character (½) share their place
        assert found[0] in fold_words(text[max(0, start - 3) : end])
        last = start


@settings(derandomize=True, max_examples=300, deadline=None)
@given(TEXTS)
def test_words_are_letters_and_digits_parted_by_blanks(text: str) -> None:
    folded = fold(text)
    assert all(character == " " or character.isalnum() for character in folded.words)
    assert folded.breaks.replace(",", " ") == folded.words


@settings(derandomize=True, max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_a_stored_position_has_its_folded_one(before: str, after: str) -> None:
    folded = fold(f"{before}\n\nUkraine\n\n{after}")
    at = folded.from_source(len(before) + 2)
    assert folded.words[at : at + 7] == "ukraine"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’Ukraine", "l ukraine"),
        ("cessez-le-feu", "cessez le feu"),
        ("ŒUVRE, Cœur", "oeuvre coeur"),
        ("étudiant·e·s", "etudiants"),
        ("O.T.A.N.", "otan"),
        ("J. K. Rowling", "j k rowling"),
        ("Łódź, Søren, Đà Nẵng", "lodz soren da nang"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_folded_words(text: str, words: str) -> None:
    assert fold_words(text) == words
