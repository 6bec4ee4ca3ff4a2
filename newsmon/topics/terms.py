"""One term as it is written, read and checked: word, prefix*, ~lemma, =Exact, @name, phrase."""

from __future__ import annotations

import unicodedata

from newsmon.topics.fold import fold_words
from newsmon.topics.language import Term
from newsmon.topics.printing import print_term
from newsmon.topics.problems import ExpressionError

SHORT = 3
"""Letters up to which a term must be `=Exact`: short words are too many other words."""
_SIGNS = {"~": "lemma", "=": "exact", "@": "name"}


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def parse_term(written: str) -> Term:
    """A term from its written form; a phrase needs no quotes here.

    Raises: ExpressionError for a term that can match nothing or nearly everything.
    """
    text = _tidy(written)
    sign, text = (text[0], text[1:].strip()) if text[:1] in _SIGNS else ("", text)
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    if '"' in text:
        raise ExpressionError(f"{written!r}: a quote inside a term; a phrase has one at each end")
    if sign == "@":
        return Term("name", text.lower())
    if sign:
        term = Term("lemma" if sign == "~" else "exact", text)
    else:
        term = Term("prefix", text[:-1].strip()) if text.endswith("*") else Term("word", text)
    check_term(term)
    return term


def check_term(term: Term) -> None:
    """Raises: ExpressionError, saying what to write instead."""
    folded = fold_words(term.text)
    letters = folded.replace(" ", "")
    if not letters:
        bare = term.kind == "prefix" and not term.text
        what = "a bare * fits every word" if bare else f"{term.text!r} has no letter and no digit"
        raise ExpressionError(f"{what}; write the beginning of a word before the *, e.g. ukrain*" if bare else what)
    if "*" in term.text:
        raise ExpressionError(
            f"{term.text!r}: a * stands only at the end of a term; for words in between write PROCHE/n (near)"
        )
    if term.kind == "exact" or term.kind == "name":
        return
    if len(letters) <= SHORT:
        raise ExpressionError(
            f"{print_term(term)!r} has {len(letters)} letters, and would fit other words; "
            f"write ={term.text} for these letters with their capitals and accents, or a longer word"
        )
    if term.kind == "prefix" and len(folded.split()[-1]) < 2:
        raise ExpressionError(f"{print_term(term)!r}: a * after one letter fits nearly every word; write more of it")
