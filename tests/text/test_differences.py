"""What an edit is, in words; and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmon.text.differences import WORD_RE, count_changes, diff, is_furniture, says

FIRST = "Le conseil de Sainte-Ursule a voté le budget lundi soir."
SECOND = "La hausse de taxes sera de 2,4 %, selon la mairesse."
THIRD = "L’opposition aurait voulu reporter la réfection de l’aréna, un chantier de 12 millions de dollars."
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    ("new", "added", "removed"),
    [
        (TEXT, 0, 0),
        (TEXT.replace("2,4 %", "2,9 %"), 1, 1),
        (TEXT.replace("12 millions", "12 000 millions"), 1, 1),
        (TEXT.replace("de 2,4 %", "de -2,4 %"), 1, 1),
        (f"{TEXT}\n\nUne séance est prévue jeudi.", 5, 0),
        (f"{FIRST}\n\n{THIRD}", 0, 10),
        (f"{SECOND}\n\n{FIRST}\n\n{THIRD}", 10, 10),
        (TEXT.replace("le budget lundi soir", "lundi soir le budget"), 2, 2),
        (TEXT.replace("\n\n", "\n \n").replace("’", "'").replace("2,4 %", "2,4\u202f%"), 0, 0),
        (f"Publicité\n\n{TEXT}\n\nMis à jour le 3 mars 2022 à 14 h 05", 0, 0),
    ],
)
def test_words_added_and_removed(new: str, added: int, removed: int) -> None:
    assert count_changes(diff(TEXT, new)) == (added, removed)


def test_a_changed_paragraph_marks_its_words_and_leaves_the_others() -> None:
    first, second, third = diff(TEXT, TEXT.replace("2,4 %", "2,9 %"))
    assert (first.kind, second.kind, third.kind) == ("same", "changed", "same")
    assert [(s.kind, s.text) for s in second.stretches] == [
        ("same", "La hausse de taxes sera de"), ("removed", "2,4 %,"), ("added", "2,9 %,"), ("same", "selon la mairesse."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraph", "furniture"),
    [
        ("Publié le 24 février 2022", True),
        ("Mise à jour le 3 mars à 14 h 05 HNE", True),
        ("Il y a 3 heures, publié", True),
        ("02 mars 2026, 14 h 05", True),
        ("PUBLICITÉ", True),
        ("La suite après la publicité", True),
        ("24 février 2022", False),
        ("La mairesse a publié 3 textes.", False),
        ("Mise à jour : 12 morts", False),
        ("La publicité sera taxée.", False),
    ],
)
def test_date_lines_and_labels_of_ads_are_furniture(paragraph: str, furniture: bool) -> None:
    assert is_furniture(paragraph) is furniture


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("l’œuvre – dit-il", "l'oeuvre — dit-il", True),
        ("« oui »", '"oui"', True),
        ("1 000 $", "1000 $", True),
        ("e\u0301tat", "état", True),
        ("50 %", "50 $", False),
        ("Il a menti", "Il a menti ?", False),
        ("+3 degrés", "-3 degrés", False),
    ],
)
def test_a_sign_that_changes_the_meaning_is_no_typography(old: str, new: str, same: bool) -> None:
    assert (says(old) == says(new)) is same


WORDS = st.lists(st.sampled_from("le la un budget vote maire non 12 2,4 % – ? \n\n".split(" ")), max_size=40).map(
    " ".join
)


@given(WORDS, WORDS)
def test_what_is_added_one_way_is_removed_the_other_and_nothing_is_lost(old: str, new: str) -> None:
    changes = diff(old, new)
    stretches = [s for change in changes for s in change.stretches]
    kept = [word for s in stretches if s.kind != "removed" for word in says(s.text)]
    assert kept == [word for change in diff(new, new) for s in change.stretches for word in says(s.text)]
    added, removed = count_changes(changes)
    before, after = (sum(s.words for c in diff(t, t) for s in c.stretches) for t in (old, new))
    assert added - removed == after - before
    assert count_changes(diff(old, old)) == (0, 0)


def test_a_page_made_to_stall_the_comparison_does_not() -> None:
    words = [f"mot{i % 700}" for i in range(12_000)]
    edited = [word if i % 40 else "x" for i, word in enumerate(words)]
    began = time.process_time()
    count_changes(diff(" ".join(words), " ".join(edited)))
    assert time.process_time() - began < 20


@given(st.text("a1é_-’. \n\u00a0", max_size=40))
def test_a_word_is_what_stands_between_blanks_and_holds_a_letter_or_a_digit(text: str) -> None:
    assert WORD_RE.findall(text) == [piece for piece in text.split() if any(c.isalnum() or c == "_" for c in piece)]


def test_a_line_of_dashes_is_no_word_however_long() -> None:
    assert not WORD_RE.search("-" * 200_000)  # it took minutes once
