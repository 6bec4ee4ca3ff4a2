"""What a reader types to find articles, as FTS5 and PostgreSQL ask for it. Whatever is typed can be asked, or is said.

Words are all wanted, in singular or plural: `sanctions russie`. `"dans cet ordre"` and «…» are exact, `canad*` is a
beginning, `-mot` is unwanted, `otan OU nato` is either. Small words count inside quotes only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from newsmon.errors import ConfigurationError
from newsmon.topics.inflect import plurals

MOST_TERMS = 50
LONGEST_WORD = 100

_PART_RE = re.compile(r"(?P<no>-?)(?:\"(?P<straight>[^\"]*)\"?|[«“](?P<curled>[^»”]*)[»”]?|(?P<word>[^\s\"«“]+))")
_EITHER = frozenset(("OR", "OU", "|"))
_BOTH = frozenset(("AND", "ET", "&"))
_NOT = frozenset(("NOT", "SAUF"))
_ELISIONS = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu".split())
_SMALL = frozenset(
    "a au aux avec ce cette ces d dans de des du elle en est et il ils l la le les leur leurs ne ou par pas plus pour "
    "qu que qui sa se ses son sont sur un une the of and".split()
)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other, in one of these forms; the last one may be a beginning."""

    forms: tuple[Words, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Of each group one term at least, and none of the unwanted."""

    groups: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group)


def folded(text: str) -> Words:
    """The words of `text` as the index has them: small, without accents, parted by all that is no letter or digit.

    >>> folded("L’Œuvre d'Élise, cessez-le-feu")
    ('l', 'oeuvre', 'd', 'elise', 'cessez', 'le', 'feu')
    """
    joined = text.lower().replace("œ", "oe").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", joined) if unicodedata.category(c) != "Mn").lower()
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in plain).split()
    return tuple(word[:LONGEST_WORD] for word in words)


def parse_question(text: str) -> Question:
    """Raises: ConfigurationError when nothing is wanted."""
    groups: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    small: list[tuple[Term, ...]] = []
    either = no = False
    for part in list(_PART_RE.finditer(text))[:MOST_TERMS]:
        word = part["word"]
        if word in _EITHER or word in _BOTH or word in _NOT:
            either, no = word in _EITHER, word in _NOT
            continue
        term = _exact(part["straight"] or part["curled"] or "") if word is None else _word(word)
        if term is None:
            continue
        if part["no"] or no:
            unwanted.append(term)
        elif either and groups:
            groups[-1] = (*groups[-1], term)
        elif word is not None and not term.prefix and term.forms[0][0] in _SMALL and len(term.forms[0]) == 1:
            small.append((term,))
        else:
            groups.append((term,))
        either = no = False
    if not groups and not small:
        what = "only words that are not wanted" if unwanted else "no word to look for"
        raise ConfigurationError(f'search: {what} in {text[:80]!r}; write e.g. "sanctions contre la Russie" otan')
    return Question(tuple(groups or small), tuple(unwanted))


def _exact(text: str) -> Term | None:
    words = folded(text)
    return Term((words,)) if words else None


def _word(text: str) -> Term | None:
    """A word without its elision, in singular and plural; what a hyphen joins stands together."""
    words = folded(text)
    while len(words) > 1 and words[0] in _ELISIONS:
        words = words[1:]
    if not words:
        return None
    if text.endswith("*"):
        return Term((words,), prefix=True)
    if len(words) > 1:
        return Term((words,))
    return Term(tuple((form,) for form in _numbers(words[0])))


def _numbers(word: str) -> tuple[str, ...]:
    """A folded word, and what may be its singular and its plural."""
    if len(word) < 4 or not word.isalpha():
        return (word,)
    forms = [word, *plurals(word)]
    if word.endswith("aux"):
        forms += [word[:-3] + "al", word[:-1]]
    elif word.endswith(("s", "x")):
        forms.append(word[:-1])
    return tuple(dict.fromkeys(forms))


# --- as the engines ask


def as_fts5(question: Question) -> str:
    asked = " AND ".join(_either(group, _fts5, " OR ") for group in question.groups)
    unwanted = _either(question.unwanted, _fts5, " OR ") if question.unwanted else ""
    return f"({asked}) NOT {unwanted}" if unwanted else asked


def as_tsquery(question: Question) -> str:
    parts = [_either(group, _tsquery, " | ") for group in question.groups]
    return " & ".join([*parts, *(f"!{_either((term,), _tsquery, ' | ')}" for term in question.unwanted)])


def _either(terms: tuple[Term, ...], written: object, sign: str) -> str:
    return "(" + sign.join(written(words, term.prefix) for term in terms for words in term.forms) + ")"  # type: ignore[operator]


def _fts5(words: Words, prefix: bool) -> str:
    return '"' + " ".join(words) + '"' + "*" * prefix


def _tsquery(words: Words, prefix: bool) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in words) + ":*" * prefix + ")"
