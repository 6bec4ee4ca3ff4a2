"""Articles by their words: the current text of each, the newest or the best first, with the sentence that has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from sqlalchemy import Connection, Engine, bindparam, text

from newsmon.errors import ConfigurationError
from newsmon.reports.asking import Question, Term, as_fts5, as_tsquery, parse_question
from newsmon.reports.named import Report
from newsmon.reports.page.excerpts import Span, excerpt, pieces
from newsmon.reports.run import Answer, as_day
from newsmon.store.engine import snapshot
from newsmon.topics.fold import fold

Order = Literal["newest", "best"]

HEADINGS = {
    "article_id": ("article", "article"),
    "day": ("jour", "day"),
    "day_basis": ("su par", "known by"),
    "outlet": ("média", "outlet"),
    "headline": ("titre", "headline"),
    "snippet": ("extrait", "excerpt"),
    "url": ("adresse", "address"),
}
REPORT = Report(
    name="search",
    title=("Recherche", "Search"),
    question=("Quels articles contiennent ces mots ?", "Which articles contain these words?"),
    parameters=(),
    headings=dict(HEADINGS),
    sql="",
)

MARKS = ("**", "**")
"""Around a word that was looked for."""

_FOUND = {
    "sqlite": "article_search s JOIN article a ON a.id = s.rowid",
    "postgresql": "revision s JOIN article a ON a.id = s.article_id AND a.revision_seq = s.seq",
}
_PROBED = "CROSS JOIN article_search s ON s.rowid = a.id"
MOST_BY_DAY = 100
"""Of so many results at most the newest articles are looked at one by one (0.1 ms each)."""
SAMPLE = 10
"""Of the newest articles, so many tell whether a word is frequent."""
_MATCHES = {"sqlite": "article_search MATCH :asked", "postgresql": "s.search @@ to_tsquery('simple', :asked)"}
_BEST = {
    "sqlite": "bm25(article_search, 8.0, 3.0, 1.0)",
    "postgresql": "ts_rank_cd('{0.1, 0.1, 0.4, 1.0}', s.search, to_tsquery('simple', :asked), 1) DESC",
}
# The rows are found with what the indexes hold; only those that are shown are then read whole.
_QUESTION = """
    SELECT a.id AS article_id, a.day, a.day_basis, o.slug AS outlet, r.headline, r.deck, r.body,
           a.canonical_url AS url
    FROM (SELECT a.id, row_number() OVER (ORDER BY {order}) AS place FROM {found}
          WHERE {where} ORDER BY {order} LIMIT :limit) h
    JOIN article a ON a.id = h.id
    JOIN outlet o ON o.id = a.outlet_id
    JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
    ORDER BY h.place
"""
DATED = "a.day DESC, a.id DESC"
NEWEST = "a.day DESC NULLS LAST, a.id DESC"
"""An article of no day is the last."""


def search(
    engine: Engine,
    words: str,
    *,
    order: Order = "newest",
    since: date | None = None,
    until: date | None = None,
    outlets: Sequence[str] = (),
    limit: int = 20,
    marks: tuple[str, str] = MARKS,
) -> Answer:
    """The articles whose current text fits `words`; days are inclusive, an article without a day is of no day.

    Raises: ConfigurationError for words that ask nothing, or for an outlet that is not stored; DatabaseError.
    """
    question = parse_question(words)
    with snapshot(engine) as conn:
        ids = _outlet_ids(conn, outlets)
        rows = find(conn, question, order=order, since=since, until=until, outlet_ids=ids, limit=limit)
    shown = [_shown(row, question, marks) for row in rows]
    return Answer(REPORT, tuple(HEADINGS), shown)


def find(
    conn: Connection,
    question: Question,
    *,
    order: Order = "newest",
    since: date | None = None,
    until: date | None = None,
    outlet_ids: Sequence[int] = (),
    limit: int = 20,
) -> Sequence[Any]:
    """The rows of the articles that fit, in order."""
    engine = conn.dialect.name
    values: dict[str, Any] = {"asked": as_fts5(question) if engine == "sqlite" else as_tsquery(question)}
    where = ["true"]
    for sign, day in ((">=", since), ("<=", until)):
        if day:
            name = "since" if sign == ">=" else "until"
            where.append(f"a.day {sign} :{name}")
            values[name] = day.isoformat() if engine == "sqlite" else day
    if outlet_ids:
        where.append("a.outlet_id IN :outlets")
        values["outlets"] = list(outlet_ids)
    bounds = " AND ".join(where)

    def ask(found: str, by: str, which: str = bounds) -> Sequence[Any]:
        statement = text(_QUESTION.format(order=by, found=found, where=f"{_MATCHES[engine]} AND {which}"))
        if outlet_ids:
            statement = statement.bindparams(bindparam("outlets", expanding=True))
        return conn.execute(statement, {**values, "limit": limit}).all()

    if order == "best":
        return ask(_FOUND[engine], f"{_BEST[engine]}, {NEWEST}")
    rows: Sequence[Any] = ()
    if engine == "postgresql":
        # It has an index in this order, of which it thinks that who is of no day comes first.
        rows = ask(_FOUND[engine], DATED, f"{bounds} AND a.day IS NOT NULL")
    elif limit <= MOST_BY_DAY:
        among = f"(SELECT a.* FROM article a WHERE {bounds} ORDER BY {NEWEST} LIMIT {{}}) a {_PROBED}"
        rows = _among_newest(lambda n: ask(among.format(n), NEWEST), limit)
    return rows if len(rows) == limit else ask(_FOUND[engine], NEWEST)


def _among_newest(ask: Callable[[int], Sequence[Any]], limit: int) -> Sequence[Any]:
    """The newest `limit` articles when their words are frequent, else fewer.

    FTS5 goes through every article with a word before the newest is known: of a frequent one that is most of them,
    while the newest articles of all, looked at one by one, have it soon. `ask(n)` looks at so many.
    """
    rows = ask(SAMPLE)
    if len(rows) < min(limit, SAMPLE / 4):
        return ()
    if len(rows) < limit:
        rows = ask(2 * limit * SAMPLE // len(rows))
    return rows


def _outlet_ids(conn: Connection, slugs: Sequence[str]) -> list[int]:
    ids = {row.slug: row.id for row in conn.execute(text("SELECT id, slug FROM outlet"))} if slugs else {}
    for slug in slugs:
        if slug not in ids:
            near = get_close_matches(slug, ids, 3, 0.5)
            hint = f"did you mean {', '.join(near)}?" if near else "`newsmon outlets` lists them"
            raise ConfigurationError(f"no outlet {slug!r} in the database; {hint}")
    return [ids[slug] for slug in slugs]


# --- what is shown of a row


def _shown(row: Any, question: Question, marks: tuple[str, str]) -> tuple[Any, ...]:
    wanted = question.wanted
    headline = _marked(pieces(row.headline or "", spans_in(row.headline or "", wanted)), marks)
    for part in (row.body, row.deck or ""):
        if spans := spans_in(part, wanted):
            told = _marked(excerpt(part, spans), marks)
            break
    else:
        told = " ".join(row.body[:200].split())
    day = as_day(row.day) if row.day else None
    return row.article_id, day, row.day_basis, row.outlet, headline, told, row.url


def _marked(shown: Any, marks: tuple[str, str]) -> str:
    return "".join(f"{marks[0]}{piece.text}{marks[1]}" if piece.marked else piece.text for piece in shown).strip()


def spans_in(source: str, terms: Sequence[Term]) -> list[Span]:
    """Where the words stand in `source`; a form weighs once, a second time it stands there next to nothing."""
    folded_text = fold(source)
    words = folded_text.words
    spans = []
    for term in terms:
        weight = 1.0
        for form in term.forms:
            wanted = f" {' '.join(form)}" + " " * (not term.prefix)
            at = words.find(wanted)
            while at >= 0:
                end = words.index(" ", at + len(wanted) - 1)
                spans.append(Span(*folded_text.to_source(at + 1, end), weight))
                weight = 0.01
                at = words.find(wanted, end)
    return spans
