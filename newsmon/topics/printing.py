"""A query as one line of the expression language, and the canonical line that a version is told by."""

from __future__ import annotations

import re

from newsmon.topics.language import (
    COUNTED,
    KEYWORDS,
    And,
    AtLeast,
    Clause,
    FieldName,
    In,
    Near,
    Node,
    Not,
    Or,
    Query,
    Term,
)

FIELD_PRINTED: dict[FieldName, str] = {"headline": "titre", "deck": "chapeau", "body": "texte"}

_BARE_RE = re.compile(r"[^\s()\"«»“”^:~=@*]+\Z")


def print_term(term: Term) -> str:
    """A term as both forms write it: `ukrain*`, `~sanction`, `=OTAN`, `@zelensky`, `"prix du blé"`."""
    text = term.text
    bare = _BARE_RE.match(text) and text not in KEYWORDS and text.partition("/")[0] not in COUNTED
    quoted = text if bare else f'"{text}"'
    match term.kind:
        case "prefix":
            return f"{text}*" if bare else f'"{text}*"'
        case "lemma":
            return f"~{quoted}"
        case "exact":
            return f"={quoted}"
        case "name":
            return f"@{text}"
    return quoted


def print_node(node: Node) -> str:
    """A tree as one line of the expression language."""
    match node:
        case Term():
            return print_term(node)
        case Or(children):
            return " OU ".join(_operand(child, Or) for child in children)
        case And(children):
            return _print_all([(child, _operand(child, And)) for child in children])
        case Not(child):
            return f"NON {_operand(child, Not)}"
        case Near(left, right, within, ordered):
            word = "AVANT" if ordered else "PROCHE"
            return f"{_operand(left, Near)} {word}/{within} {_operand(right, Near)}"
        case AtLeast(count, child):
            return f"AUMOINS/{count} {_operand(child, AtLeast)}"
        case In(name, child):
            return f"{FIELD_PRINTED[name]}:{_operand(child, In)}"


def _operand(child: Node, parent: type[Node]) -> str:
    """A child in brackets where its parent binds as tightly or tighter."""
    printed = print_node(child)
    loose: tuple[type, ...] = (Or, And, Near, Not, AtLeast, In)
    if parent is Or:
        loose = (Or,)
    elif parent is And:
        loose = (Or, And)
    return f"({printed})" if isinstance(child, loose) else printed


def _print_all(parts: list[tuple[Node, str]]) -> str:
    """Conditions in a row; a denied one after the first reads SAUF."""
    line = parts[0][1]
    for node, printed in parts[1:]:
        line += f" SAUF {printed.removeprefix('NON ')}" if isinstance(node, Not) else f" ET {printed}"
    return line


def _print_clause(clause: Clause) -> str:
    if clause.weight == 1.0:
        return _operand(clause.node, And)
    return f"{_operand(clause.node, AtLeast)}^{clause.weight:g}"


def print_query(query: Query) -> str:
    """The whole query as one line."""
    line = _print_all([(clause.node, _print_clause(clause)) for clause in query.clauses])
    if len(query.clauses) == 1 and query.clauses[0].weight == 1.0:
        line = print_node(query.clauses[0].node)
    for clause in query.bonus:
        line += f" BONUS {_operand(clause.node, AtLeast)}" + (f"^{clause.weight:g}" if clause.weight != 1.0 else "")
    if query.mask:
        line += " MASQUE " + " OU ".join(map(print_term, query.mask))
    return line


def _sorted(node: Node) -> Node:
    match node:
        case Or(children):
            return Or(tuple(sorted(map(_sorted, children), key=print_node)))
        case And(children):
            return And(tuple(map(_sorted, children)))
        case Not(child):
            return Not(_sorted(child))
        case Near(left, right, within, ordered):
            return Near(_sorted(left), _sorted(right), within, ordered)
        case AtLeast(count, child):
            return AtLeast(count, _sorted(child))
        case In(name, child):
            return In(name, _sorted(child))
    return node


def canonical(query: Query) -> str:
    """The query printed with its alternatives in alphabetical order: what a version is told by."""
    clauses, bonus = (
        tuple(Clause(_sorted(clause.node), clause.weight) for clause in group) for group in (query.clauses, query.bonus)
    )
    return print_query(Query(clauses, bonus, tuple(sorted(query.mask, key=print_term))))
