"""The one-line form: `(ukrain* OU @zelensky) ET russ* PROCHE/10 guerre SAUF "Jeux olympiques" MASQUE "salade russe"`.

    query   = any, {"BONUS", boosted}, ["MASQUE", terms]
    any     = all, {"OU", all}
    all     = near, {("ET" | "SAUF"), near}
    near    = unary, [("PROCHE/n" | "AVANT/n"), unary]
    unary   = "NON", unary | "AUMOINS/n", unary | field:, unary | primary, ["^", weight]
    primary = term | "(", any, ")"

English words do too: OR AND NOT NEAR/n PRE/n ATLEAST/n MASK; headline: deck: body:.
"""

from __future__ import annotations

from newsmon.topics.language import (
    COUNTED,
    FIELD_WORDS,
    KEYWORDS,
    And,
    AtLeast,
    Clause,
    In,
    Near,
    Node,
    Not,
    Or,
    Query,
    Term,
    all_of,
    any_of,
    is_alternatives,
    needed_terms,
    none_of,
)
from newsmon.topics.problems import ExpressionError, nearest
from newsmon.topics.terms import parse_term
from newsmon.topics.tokens import Token, split_tokens

MAX_WITHIN = 100
MAX_WEIGHT = 99.0
MAX_DEPTH = 30


class _Parser:
    """Recursive descent. `weights` remembers what ^ said, by the node's identity, until the clauses are made."""

    def __init__(self, line: str) -> None:
        self.tokens = split_tokens(line)
        self.at = 0
        self.end = len(line) + 1
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else "end"

    def column(self) -> int:
        return self.tokens[self.at].column if self.at < len(self.tokens) else self.end

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accepts(self, *kinds: str) -> Token | None:
        return self.take() if self.peek() in kinds else None

    def query(self) -> Query:
        clauses = self.clauses()
        bonus = []
        while self.accepts("BONUS"):
            bonus.append(self.boosted(self.unary()))
        mask: tuple[Term, ...] = ()
        if self.accepts("MASK"):
            mask = self.mask()
        if self.peek() != "end":
            raise self.misplaced()
        return make_query(clauses, bonus, mask)

    def clauses(self) -> list[Clause]:
        """The conditions of the outermost AND, each with its weight; one clause where an OR is outermost."""
        clauses = self.conjunction()
        if self.peek() != "OR":
            return clauses
        branches = [_joined(clauses, self.column())]
        while self.accepts("OR"):
            column = self.column()
            branches.append(_joined(self.conjunction(), column))
        return [Clause(any_of(branches))]

    def conjunction(self) -> list[Clause]:
        clauses = [self.boosted(self.near())]
        while token := self.accepts("AND", "BUT"):
            column = self.column()
            clause = self.boosted(self.near())
            if token.kind == "BUT":
                clause = Clause(none_of(_joined([clause], column)))
            clauses.append(clause)
        return clauses

    def boosted(self, node: Node) -> Clause:
        token = self.accepts("weight")
        if token is None:
            return Clause(node)
        weight = float(token.value)
        if abs(weight) > MAX_WEIGHT or round(weight, 4) != weight:
            raise ExpressionError(f"^{token.value}: a weight is from -99 to 99, with 4 decimals at most", token.column)
        if isinstance(node, Not):
            raise ExpressionError("what must be absent has no weight: leave the ^ out", token.column)
        return Clause(node, weight)

    def near(self) -> Node:
        column = self.column()
        left = self.unary()
        operator = self.accepts("NEAR", "BEFORE")
        if operator is None:
            return left
        right = self.unary()
        within = int(operator.value)
        if not 1 <= within <= MAX_WITHIN:
            raise ExpressionError(f"/{within}: a distance is 1 to {MAX_WITHIN} words", operator.column)
        if not (is_alternatives(left) and is_alternatives(right)):
            raise ExpressionError("PROCHE and AVANT join terms, or terms parted by OU in brackets", column)
        if self.peek() in ("NEAR", "BEFORE"):
            raise ExpressionError("two distances in a row: write (a PROCHE/5 b) ET (b PROCHE/5 c)", self.column())
        return Near(left, right, within, operator.kind == "BEFORE")

    def unary(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"more than {MAX_DEPTH} brackets inside each other", self.column())
        try:
            return self.unary_inside()
        finally:
            self.depth -= 1

    def unary_inside(self) -> Node:
        column = self.column()
        if self.accepts("NOT"):
            return none_of(self.unary())
        if token := self.accepts("ATLEAST"):
            child, count = self.unary(), int(token.value)
            if not 1 <= count <= 1000 or not is_alternatives(child):
                raise ExpressionError("AUMOINS/n counts a term, or terms parted by OU in brackets, n from 1 on", column)
            return AtLeast(count, child)
        if token := self.accepts("field"):
            child = self.unary()
            if _has_field(child):
                raise ExpressionError("a part of the article inside another one", column)
            return In(FIELD_WORDS[token.value.lower()], child)
        return self.primary()

    def primary(self) -> Node:
        if token := self.accepts("term"):
            try:
                return parse_term(token.value)
            except ExpressionError as e:
                raise ExpressionError(str(e), token.column) from None
        if opened := self.accepts("open"):
            node = _joined(self.clauses(), opened.column)
            if not self.accepts("close"):
                raise self.unclosed(opened)
            return node
        raise self.misplaced()

    def mask(self) -> tuple[Term, ...]:
        column = self.column()
        node = _joined(self.clauses(), column)
        if not is_alternatives(node):
            raise ExpressionError("MASQUE takes terms parted by OU", column)
        return node.children if isinstance(node, Or) else (node,)  # type: ignore[return-value]

    def unclosed(self, opened: Token) -> ExpressionError:
        if self.peek() == "end":
            return ExpressionError("a bracket that is not closed", opened.column)
        return self.misplaced()

    def misplaced(self) -> ExpressionError:
        if self.peek() == "end":
            return ExpressionError("the expression ends where a term is missing", self.end)
        token = self.tokens[self.at]
        if token.kind == "close":
            return ExpressionError("a closing bracket without an opening one", token.column)
        if token.kind != "term":
            return ExpressionError(f"{token.value} cannot stand here: a term is missing before it", token.column)
        words = [*KEYWORDS, *(f"{name}/10" for name in COUNTED)]
        return ExpressionError(
            f"{token.value} after another term: write OU (or), ET (and) or PROCHE/10 between them, "
            f"or quotes around a phrase{nearest(token.value.upper(), words)}",
            token.column,
        )


def _has_field(node: Node) -> bool:
    match node:
        case In():
            return True
        case Or(children) | And(children):
            return any(map(_has_field, children))
        case Not(child):
            return _has_field(child)
    return False


def _joined(clauses: list[Clause], column: int) -> Node:
    """Clauses inside brackets as one node: a weight has no meaning there."""
    if any(clause.weight != 1.0 for clause in clauses):
        raise ExpressionError("a weight (^) stands only at a condition of the outermost ET, or at a BONUS", column)
    return all_of(clause.node for clause in clauses)


def make_query(clauses: list[Clause], bonus: list[Clause], mask: tuple[Term, ...] = ()) -> Query:
    """A query in normal form.

    Raises: ExpressionError when it would fit texts that have none of its terms.
    """
    flat: list[Clause] = []
    for clause in clauses:
        parts = clause.node.children if isinstance(clause.node, And) and clause.weight == 1.0 else (clause.node,)
        flat += [Clause(part, clause.weight, clause.label) for part in parts]
    flat = list(dict.fromkeys(flat))
    if not any(needed_terms(clause.node) for clause in flat):
        raise ExpressionError("this fits texts that have none of its terms: give a term that must be there")
    for clause in bonus:
        if not needed_terms(clause.node):
            raise ExpressionError("a BONUS needs a term that must be there")
    return Query(tuple(flat), tuple(dict.fromkeys(bonus)), tuple(dict.fromkeys(mask)))


def parse_query(line: str) -> Query:
    """The query that one line says.

    Raises: ExpressionError with the column, for what cannot be read.
    """
    if not line.strip():
        raise ExpressionError("an empty expression")
    return _Parser(line).query()


def parse_node(line: str) -> Node:
    """A condition without weights, BONUS or MASQUE: what stands in a group of a topic's file."""
    parser = _Parser(line)
    node = _joined(parser.clauses(), 1)
    if parser.peek() != "end":
        raise parser.misplaced()
    return node
