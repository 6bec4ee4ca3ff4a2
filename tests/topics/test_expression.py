"""The one-line form: what it means, how it prints, what it says of a slip."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.topics.expression import make_query, parse_query
from newsmon.topics.language import (
    AtLeast,
    Clause,
    In,
    Near,
    Node,
    Query,
    Term,
    all_of,
    any_of,
    needed_terms,
    none_of,
)
from newsmon.topics.printing import canonical, print_query
from newsmon.topics.problems import ExpressionError
from newsmon.topics.terms import parse_term

WORDS = ("guerre", "cessez-le-feu", "l’État", "PROCHE", "Loi 101", "titre:xyz", "BONUS", "xyz^2y", "a(b)cd", "été 2014")


def _term(kind: str, text: str) -> Term:
    return Term("name", "kyiv") if kind == "name" else Term(kind, text)  # type: ignore[arg-type]


TERMS = st.builds(_term, st.sampled_from(("word", "prefix", "lemma", "exact", "name")), st.sampled_from(WORDS))
ALTERNATIVES = st.lists(TERMS, min_size=1, max_size=3).map(any_of)
LEAVES = st.one_of(
    ALTERNATIVES,
    st.builds(Near, ALTERNATIVES, ALTERNATIVES, st.integers(1, 100), st.booleans()),
    st.builds(AtLeast, st.integers(1, 9), ALTERNATIVES),
    st.builds(In, st.sampled_from(("headline", "deck", "body")), ALTERNATIVES),
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda children: st.one_of(
        st.lists(children, min_size=1, max_size=3).map(any_of),
        st.lists(children, min_size=1, max_size=3).map(all_of),
        children.map(none_of),
    ),
    max_leaves=6,
)
WEIGHTS = st.one_of(st.just(1.0), st.integers(-300, 300).map(lambda n: n / 4))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    must = draw(TERMS)
    clauses = [Clause(must), *[Clause(node) for node in draw(st.lists(NODES, max_size=3))]]
    weighted = [Clause(draw(ALTERNATIVES), draw(WEIGHTS)) for _ in range(draw(st.integers(0, 2)))]
    bonus = [Clause(draw(LEAVES), draw(WEIGHTS)) for _ in range(draw(st.integers(0, 2)))]
    return make_query([*clauses, *weighted], bonus, tuple(draw(st.lists(TERMS, max_size=2))))


@settings(derandomize=True, max_examples=400, deadline=None)
@given(queries())
def test_what_is_printed_reads_as_the_same_query(query: Query) -> None:
    assert parse_query(print_query(query)) == query


@settings(derandomize=True, max_examples=200, deadline=None)
@given(queries())
def test_the_canonical_line_is_canonical(query: Query) -> None:
    assert canonical(parse_query(canonical(query))) == canonical(query)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text(alphabet="abcdé \"'«»()*~=@^:/10OUETSAFPRCHN", max_size=40))
def test_any_line_is_read_or_refused_with_its_place(line: str) -> None:
    try:
        query = parse_query(line)
    except ExpressionError as e:
        assert 1 <= e.column <= len(line) + 1 and str(e)
    else:
        assert any(needed_terms(clause.node) for clause in query.clauses)


def test_the_order_of_alternatives_is_no_difference() -> None:
    assert canonical(parse_query("(guerre OU paix) ET Ukraine")) == canonical(
        parse_query("(paix OU guerre) ET Ukraine")
    )


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("ukrain* AND (guerre OR invasion) NOT hockey", None),
        ("ukrain* AND (guerre OR invasion) AND NOT hockey", "ukrain* ET (guerre OU invasion) SAUF hockey"),
        ("(ukrain* OU @zelensky) ET russ* PROCHE/10 guerre", "(ukrain* OU @zelensky) ET russ* PROCHE/10 guerre"),
        ("((guerre))", "guerre"),
        ("NON NON guerre", "guerre"),
        ("guerre OU (paix OU guerre)", "guerre OU paix"),
        ("title:guerre", "titre:guerre"),
        ("«guerre froide»", '"guerre froide"'),
        ("(guerre OU paix)^2.50 ET Ukraine", "(guerre OU paix)^2.5 ET Ukraine"),
    ],
)
def test_printed(line: str, printed: str | None) -> None:
    if printed is None:
        with pytest.raises(ExpressionError):
            parse_query(line)
    else:
        assert print_query(parse_query(line)) == printed


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("", 1, "empty"),
        ("guerre ET *", 11, "a bare * fits every word; write the beginning of a word before the *, e.g. ukrain*"),
        ("guerre OU ONU", 11, "write =ONU"),
        ("guerre OU ~été", 11, "3 letters"),
        ('guerre OU "froide', 11, "a quote that is not closed"),
        ("guerre OU «froide", 11, "a quote that is not closed"),
        ("(guerre OU paix", 1, "a bracket that is not closed"),
        ("guerre OU paix)", 15, "a closing bracket without an opening one"),
        ("guerre paix", 8, "quotes around a phrase"),
        ("guerre ou paix", 8, "did you mean OU?"),
        ("guerre ET", 10, "a term is missing"),
        ("OU guerre", 1, "a term is missing before it"),
        ("guerre PROCHE10 paix", 8, "write PROCHE/10"),
        ("guerre PROCHE/ paix", 8, "write PROCHE/10"),
        ("guerre PRCHE/10 paix", 8, "did you mean PROCHE?"),
        ("guerre PROCHE/0 paix", 8, "1 to 100 words"),
        ("guerre PROCHE/500 paix", 8, "1 to 100 words"),
        ("guerre PROCHE/5 (paix ET trêve)", 1, "join terms"),
        ("guerre PROCHE/5 paix PROCHE/5 trêve", 22, "two distances in a row"),
        ("tittre:guerre", 1, "did you mean titre?"),
        ("titre:(texte:guerre)", 1, "inside another one"),
        ("NON guerre", 1, "give a term that must be there"),
        ("guerre OU NON paix", 1, "give a term that must be there"),
        ("guer*re", 1, "a * stands only at the end"),
        ('"forces u*"', 1, "write more of it"),
        ("guerre^x", 7, "a weight is a number"),
        ("guerre^500", 7, "from -99 to 99"),
        ("guerre OU (paix^2 ET trêve)", 11, "outermost"),
        ("guerre ET (NON paix)^2", 21, "no weight"),
        ("guerre MASQUE titre:paix", 15, "MASQUE takes terms"),
        ("guerre BONUS NON paix", 1, "a BONUS needs a term"),
        ("AUMOINS/0 guerre", 1, "from 1 on"),
        ("AUMOINS/2 (guerre ET paix)", 1, "counts a term"),
        ("guerre OU ???", 11, "no letter and no digit"),
        ("(" * 40 + "guerre" + ")" * 40, 31, "brackets inside each other"),
    ],
)
def test_a_slip_is_named_with_its_place_and_its_remedy(line: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse_query(line)
    assert says in str(raised.value)
    assert raised.value.column == column


@pytest.mark.parametrize(
    "written", ["ukrain*", "~sanction", "=ONU", "@kyiv", "Jeux olympiques de Sotchi", '"guerre froide"']
)
def test_a_term_of_a_list_is_the_term_of_a_line(written: str) -> None:
    line = written if " " not in written or written[0] == '"' else f'"{written}"'
    assert parse_query(line).clauses[0].node == parse_term(written)
