"""The lists and tables of a topic's file that hold terms: require, bonus, near, mask, exclude, expression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsmon.topics.expression import MAX_WEIGHT, MAX_WITHIN, make_query, parse_node, parse_query
from newsmon.topics.language import (
    FIELD_WORDS,
    AtLeast,
    Clause,
    In,
    Near,
    Node,
    Not,
    Query,
    Term,
    any_of,
    is_alternatives,
    iter_terms,
)
from newsmon.topics.names import Name, check_name, check_names
from newsmon.topics.problems import ExpressionError, nearest
from newsmon.topics.tables import Table
from newsmon.topics.terms import parse_term

GROUP_KEYS = ("any", "expression", "at_least", "weight", "label")
NEAR_KEYS = ("a", "b", "within", "ordered", "required", "weight", "label")


class GroupReader:
    """Reads the query of one file; what is wrong is reported to its table, and left out."""

    def __init__(self, table: Table, names: Mapping[str, Name]) -> None:
        self.table = table
        self.names = names

    def query(self) -> Query:
        """The whole query; an empty one when nothing could be read."""
        data = self.table.data
        line = self._expression()
        required, bonus = self._groups("require"), self._groups("bonus")
        for entry in self.table.take(data, "near", list, []):
            clause, is_required = self._near(entry)
            if clause:
                (required if is_required else bonus).append(clause)
        excluded = self._nodes(self.table.take(data, "exclude", list, []), "exclude")
        denied = [Clause(Not(any_of(excluded)), label="exclude")] if excluded else []
        mask = self._nodes(self.table.take(data, "mask", list, []), "mask")
        terms = tuple(node for node in mask if isinstance(node, Term))
        if len(terms) < len(mask):
            self.table.report("mask takes words and phrases, without titre: before them", "mask")
        if not (required or line.clauses):
            self.table.report('a topic needs terms: require = [ ["ukrain*"], ["guerre", "invasion"] ]', "require")
            return Query(())
        try:
            return make_query([*required, *line.clauses, *denied], [*bonus, *line.bonus], terms + line.mask)
        except ExpressionError as e:
            self.table.failed(e, "require" if "require" in data else "expression", "")
            return Query(())

    def weight(self, table: Mapping[str, Any], key: str, default: float, *, lowest: float = -MAX_WEIGHT) -> float:
        value = float(self.table.take(table, key, float, default))
        if not lowest <= value <= MAX_WEIGHT or round(value, 4) != value:
            what = f"{key} {value:g}: a weight is between {lowest:g} and {MAX_WEIGHT:g}, with 4 decimals at most"
            self.table.report(what, key)
            return default
        return value

    def _expression(self) -> Query:
        line = self.table.take(self.table.data, "expression", str, "")
        if "expression" not in self.table.data:
            return Query(())
        try:
            query = parse_query(line)
            check_names(query, self.names)
            return query
        except ExpressionError as e:
            self.table.failed(e, "expression", "")
            return Query(())

    def _node(self, text: str) -> Node:
        """A term of a list, maybe with the part of the article before it."""
        place, colon, rest = text.partition(":")
        if not (colon and place.isalpha() and rest[:1].strip()):
            node: Node = parse_term(text)
        elif place.lower() not in FIELD_WORDS:
            raise ExpressionError(f"{place}: is no part of an article{nearest(place.lower(), FIELD_WORDS)}")
        else:
            node = In(FIELD_WORDS[place.lower()], parse_term(rest))
        for term in iter_terms(node):
            check_name(term, self.names)
        return node

    def _nodes(self, texts: list[Any], key: str) -> list[Node]:
        nodes = []
        for text in texts:
            if not isinstance(text, str):
                self.table.report(f"{key} must hold texts between quotes, not {text!r}", key)
                continue
            try:
                nodes.append(self._node(text))
            except ExpressionError as e:
                self.table.failed(e, key, text)
        return nodes

    def _groups(self, key: str) -> list[Clause]:
        groups = self.table.take(self.table.data, key, list, [])
        if groups and all(isinstance(group, str) for group in groups):
            what = f'{key} is a list of groups: [ ["a", "b"] ] for any of these, [ ["a"], ["b"] ] for each of these'
            self.table.report(what, key)
            return []
        clauses = [self._group(group, key, f"{key} {k}") for k, group in enumerate(groups, 1)]
        return [clause for clause in clauses if clause]

    def _group(self, group: Any, key: str, label: str) -> Clause | None:
        """A list of terms, a one-line condition, or a table with a list or a condition in it."""
        if isinstance(group, dict):
            self.table.check_keys(group, GROUP_KEYS, of=key)
            label = self.table.take(group, "label", str, label)
            clause = self._group(group.get("expression", group.get("any", [])), key, label)
            count = int(self.table.take(group, "at_least", float, 1))
            if clause is None:
                return None
            node = clause.node
            if count > 1 and not is_alternatives(node):
                self.table.report(f"{label}: at_least counts terms, without titre: and without ET", "at_least")
            elif count > 1:
                node = AtLeast(count, node)
            return Clause(node, self.weight(group, "weight", 1.0), label)
        if isinstance(group, str):
            return self._condition(group, key, label)
        if not isinstance(group, list) or not group:
            self.table.report(f'{label}: a group is a list of terms, e.g. ["ukrain*", "@zelensky"]', key)
            return None
        nodes = self._nodes(group, key)
        return Clause(any_of(nodes), 1.0, label) if nodes else None

    def _condition(self, line: str, key: str, label: str) -> Clause | None:
        try:
            node = parse_node(line)
            for term in iter_terms(node):
                check_name(term, self.names)
            return Clause(node, 1.0, label)
        except ExpressionError as e:
            self.table.failed(e, key, line)
            return None

    def _near(self, entry: Any) -> tuple[Clause | None, bool]:
        if not isinstance(entry, dict):
            self.table.report('near holds tables: { a = ["ukrain*"], b = ["guerre"], within = 10, weight = 2 }', "near")
            return None, False
        table = self.table
        table.check_keys(entry, NEAR_KEYS, of="near")
        sides = [self._nodes(table.take(entry, side, list, []), "near") for side in ("a", "b")]
        within = int(table.take(entry, "within", float, 10))
        if not 1 <= within <= MAX_WITHIN:
            table.report(f"within {within}: a distance is 1 to {MAX_WITHIN} words", "near", "within")
        required, ordered = table.take(entry, "required", bool, False), table.take(entry, "ordered", bool, False)
        label, weight = table.take(entry, "label", str, "near"), self.weight(entry, "weight", 1.0)
        if not all(sides):
            table.report("near needs a list of terms a and a list of terms b", "near")
            return None, False
        left, right = any_of(sides[0]), any_of(sides[1])
        if not (is_alternatives(left) and is_alternatives(right)):
            table.report("near takes terms, without titre: before them", "near")
            return None, False
        return Clause(Near(left, right, within, ordered), weight, label), required
