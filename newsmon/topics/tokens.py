"""The words and signs of a one-line expression, each with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsmon.topics.language import COUNTED, FIELD_WORDS, KEYWORDS
from newsmon.topics.problems import ExpressionError, nearest

_TOKEN_RE = re.compile(
    r"""(?P<blank>\s+)
    |(?P<open>\()|(?P<close>\))
    |\^(?P<weight>-?\d+(?:\.\d+)?)
    |(?P<field>[^\W\d_]+):(?=\S)
    |(?P<term>[~=@]?\ *(?:"[^"]*"|«[^»]*»|“[^”]*”))
    |(?P<word>[^\s()"«»“”^:]+(?::(?=\s|$))?)""",
    re.VERBOSE,
)
_COUNTED_RE = re.compile(r"([^\W\d_]+)/?(\d*)\Z")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    value: str
    column: int


def _word_token(word: str, column: int) -> Token:
    if word in KEYWORDS:
        return Token(KEYWORDS[word], word, column)
    found = _COUNTED_RE.match(word)
    if found is None or not word.isupper() or not ("/" in word or found[2]):
        return Token("term", word, column)
    name, number = found[1], found[2]
    if name in COUNTED and "/" in word and number:
        return Token(COUNTED[name], number, column)
    if name in COUNTED:
        raise ExpressionError(f"{word}: write {name}/{number or 10}, the number after a /", column)
    if "/" in word:
        raise ExpressionError(f"{word!r} is no operator{nearest(name, COUNTED)}", column)
    return Token("term", word, column)


def split_tokens(line: str) -> list[Token]:
    """The tokens of a line.

    Raises: ExpressionError for what is none: a quote left open, an operator without its number.
    """
    tokens, at = [], 0
    while at < len(line):
        found = _TOKEN_RE.match(line, at)
        if found is None:
            raise _unreadable(line, at)
        kind, value = str(found.lastgroup), found[str(found.lastgroup)]
        if kind == "field" and value.lower() not in FIELD_WORDS:
            raise ExpressionError(f"{value}: is no part of an article{nearest(value.lower(), FIELD_WORDS)}", at + 1)
        if kind == "word":
            tokens.append(_word_token(value, at + 1))
        elif kind == "term":
            tokens.append(Token("term", re.sub("[«»“”]", '"', value), at + 1))
        elif kind != "blank":
            tokens.append(Token(kind, value, at + 1))
        at = found.end()
    return tokens


def _unreadable(line: str, at: int) -> ExpressionError:
    if line[at] in '"«“»”':
        return ExpressionError("a quote that is not closed: write a phrase between two quotes", at + 1)
    if line[at] == "^":
        return ExpressionError("a weight is a number after the ^, e.g. (guerre OU invasion)^2", at + 1)
    return ExpressionError(f"{line[at]!r} cannot stand here", at + 1)
