"""Sentences and marks: what is shown is what is stored, and the marks are the spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.reports.output import plain
from newsmon.reports.page.excerpts import LONGEST, LONGEST_HEADLINE, Pieces, Span, changed, excerpt, headline, pieces


def _text(shown: Pieces) -> str:
    return "".join(piece.text for piece in shown)


def _marks(shown: Pieces) -> list[str]:
    return [piece.text for piece in shown if piece.marked]


def _at(text: str, *words: str, weight: float = 1.0) -> list[Span]:
    return [Span(text.index(word), text.index(word) + len(word), weight) for word in words]


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Rien ici. Le budget est voté. La suite demain.", "budget", "Le budget est voté. "),
        ("M. Roy a parlé du budget de Mme Côté. Fin.", "budget", "M. Roy a parlé du budget de Mme Côté. "),
        ("La hausse est de 2,4 % au budget no. 3 de J. B. Roy. Fin.", "budget", "La hausse est de 2,4 % au budget no. 3 de J. B. Roy. "),
        ("« C’est voté! » Le budget passe. Fin.", "budget", "Le budget passe. "),
        ("Premier alinéa\n\nle budget sans capitale\n\nFin", "budget", "le budget sans capitale  "),
        ("Est-ce tout ? Le budget… – Non.", "budget", "Le budget… "),
        ("budget", "budget", "budget"),
    ],
)  # fmt: skip
def test_the_sentence_is_the_one_around_the_words(text: str, word: str, sentence: str) -> None:
    shown = excerpt(text, _at(text, word))
    assert _text(shown) == sentence and _marks(shown) == [word]


def test_of_two_sentences_the_weightier_is_shown_and_of_equals_the_first() -> None:
    text = "Le budget monte. L’impôt et le budget municipal montent. L’impôt baisse."
    spans = [Span(3, 9), *_at(text, "impôt"), Span(text.index("budget municipal"), text.index(" montent"))]
    assert _text(excerpt(text, spans)).startswith("L’impôt et")
    assert _text(excerpt(text, [*spans[:1], Span(text.rindex("impôt"), text.rindex("impôt") + 5)])).startswith(
        "Le budget monte"
    )
    assert excerpt(text, []) == ()


def test_a_long_sentence_is_cut_around_its_first_mark_at_blanks() -> None:
    text = "mot " * 300 + "budget " + "mot " * 300
    shown = excerpt(text, _at(text, "budget"))
    assert _marks(shown) == ["budget"]
    assert _text(shown).startswith("… mot ") and _text(shown).endswith("mot …") and len(_text(shown)) <= LONGEST + 6


def test_a_long_headline_is_cut() -> None:
    assert _text(headline("court")) == "court"
    assert len(_text(headline("x" * 5000, [Span(0, 4000)]))) == LONGEST_HEADLINE + 2


SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda pair: Span(min(pair), max(pair))))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(max_size=80), SPANS)
def test_pieces_are_the_text_and_marks_lie_in_spans(text: str, spans: list[Span]) -> None:
    shown = pieces(text, spans)
    assert _text(shown) == plain(text)
    marked = {i for span in spans for i in range(span.start, min(span.end, len(text)))}
    assert len("".join(_marks(shown))) == len(plain("".join(text[i] for i in sorted(marked))))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(alphabet="abé .,!?«»\nAÉ", max_size=200), SPANS)
def test_an_excerpt_is_a_part_of_the_text(text: str, spans: list[Span]) -> None:
    spans = [span for span in spans if span.end <= len(text)]
    assert _text(excerpt(text, spans)) in plain(text)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(alphabet="ab é,", max_size=40), st.text(alphabet="ab é,", max_size=40))
def test_what_is_not_marked_stands_in_both_headlines(before: str, after: str) -> None:
    left, right = changed(before, after)
    assert (_text(left), _text(right)) == (plain(before), plain(after))
    assert [p.text for p in left if not p.marked] == [p.text for p in right if not p.marked]


def test_a_changed_word_is_marked_whole() -> None:
    left, right = changed("Le budget rejeté", "Le budget enfin adopté")
    assert _marks(left) == ["rejeté"] and "".join(_marks(right)) == "enfin adopté"
