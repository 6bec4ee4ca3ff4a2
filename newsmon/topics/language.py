"""The language of topics: one tree for both of its written forms.

A tree is in normal form when it was built by `any_of`, `all_of` and `none_of`: no AND in an AND, no OR in an OR,
no alternative twice. Then parsing what newsmon.topics.printing prints gives the same tree again.
"""

from __future__ import annotations

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


def query_terms(query: Query) -> Iterable[Term]:
    """Every term of a query, denied and masked ones too."""
    for clause in (*query.clauses, *query.bonus):
        yield from iter_terms(clause.node)
    yield from query.mask


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
