"""The language of topics: one tree for both of its written forms, and that tree printed as one line.

A tree is in normal form when it was built by `any_of`, `all_of` and `none_of`: no AND in an AND, no OR in an OR,
no alternative twice. Then `parse_query(print_query(query)) == query`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

TermKind = Literal["word", "prefix", "lemma", "exact", "name"]
FieldName = Literal["headline", "deck", "body"]

FIELD_WORDS: dict[str, FieldName] = {
    "titre": "headline", "chapeau": "deck", "texte": "body",
    "headline": "headline", "deck": "deck", "body": "body",
    "title": "headline", "lede": "deck", "text": "body",
}  # fmt: skip
FIELD_PRINTED: dict[FieldName, str] = {"headline": "titre", "deck": "chapeau", "body": "texte"}
KEYWORDS = {
    "OU": "OR", "OR": "OR", "ET": "AND", "AND": "AND", "SAUF": "BUT", "NON": "NOT", "NOT": "NOT",
    "MASQUE": "MASK", "MASK": "MASK", "BONUS": "BONUS",
}  # fmt: skip
COUNTED = {
    "PROCHE": "NEAR", "NEAR": "NEAR", "AVANT": "BEFORE", "PRE": "BEFORE", "AUMOINS": "ATLEAST", "ATLEAST": "ATLEAST",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase, or a name. `text` is as written, blanks single, without its sign."""

    kind: TermKind
    text: str


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


@dataclass(frozen=True, slots=True)
class Near:
    """At most `within` words between one of `left` and one of `right`, in one paragraph; in this order if `ordered`."""

    left: Node
    right: Node
    within: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`child`, a term or alternatives, in at least `count` places."""

    count: int
    child: Node


@dataclass(frozen=True, slots=True)
class In:
    """`child` within one part of the article."""

    field: FieldName
    child: Node


Node = Term | Or | And | Not | Near | AtLeast | In


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition with its weight in the score; `label` is how a span names it."""

    node: Node
    weight: float = 1.0
    label: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """All of `clauses` must hold; each of `bonus` that holds adds to the score; `mask` words count for nothing."""

    clauses: tuple[Clause, ...]
    bonus: tuple[Clause, ...] = ()
    mask: tuple[Term, ...] = ()


def any_of(nodes: Iterable[Node]) -> Node:
    """Alternatives in normal form. `nodes` has at least one."""
    flat = [child for node in nodes for child in (node.children if isinstance(node, Or) else (node,))]
    alone = tuple(dict.fromkeys(flat))
    return alone[0] if len(alone) == 1 else Or(alone)


def all_of(nodes: Iterable[Node]) -> Node:
    """Conditions in normal form. `nodes` has at least one."""
    flat = [child for node in nodes for child in (node.children if isinstance(node, And) else (node,))]
    alone = tuple(dict.fromkeys(flat))
    return alone[0] if len(alone) == 1 else And(alone)


def none_of(node: Node) -> Node:
    return node.child if isinstance(node, Not) else Not(node)


def iter_terms(node: Node) -> Iterable[Term]:
    """Every term under `node`, denied ones too."""
    match node:
        case Term():
            yield node
        case Or(children) | And(children):
            for child in children:
                yield from iter_terms(child)
        case Near(left, right):
            yield from iter_terms(left)
            yield from iter_terms(right)
        case Not(child) | AtLeast(_, child) | In(_, child):
            yield from iter_terms(child)


def needed_terms(node: Node) -> frozenset[Term] | None:
    """Terms of which at least one stands in every text that fits; None when a text can fit without any."""
    match node:
        case Term():
            return frozenset((node,))
        case Or(children):
            sets = [needed_terms(child) for child in children]
            return None if None in sets else frozenset(term for terms in sets if terms for term in terms)
        case And(children):
            return min((terms for terms in map(needed_terms, children) if terms), key=len, default=None)
        case Near(left, right):
            return min((needed_terms(left) or frozenset(), needed_terms(right) or frozenset()), key=len)
        case AtLeast(_, child) | In(_, child):
            return needed_terms(child)
    return None


def is_alternatives(node: Node) -> bool:
    """A term, or terms parted by OR: what NEAR and ATLEAST take."""
    return isinstance(node, Term) or (isinstance(node, Or) and all(isinstance(child, Term) for child in node.children))


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
