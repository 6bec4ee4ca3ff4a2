"""Whether the views say what the script knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, text

from newsmon.newsstand.month.script import SLUGS, TOPIC, Piece, at_hour, pause_h
from newsmon.store import rollups
from newsmon.store.check import problems
from newsmon.store.engine import transact

Key = tuple[str, str]
"""Outlet and path."""


def differences(engine: Engine, pieces: Sequence[Piece], ports: tuple[int, int], *, end: int) -> Iterator[str]:
    """A line for each thing that a view says otherwise than the script, after the run of the hour `end`."""
    there = [piece for piece in pieces if piece.hour <= end - 25]
    late = {(p.outlet, p.states[-1].path) for p in pieces if end - 25 < p.hour}
    with engine.connect() as conn:
        views = _Views(conn, ports, late)
        for name, told, known in (
            ("v_article", views.articles(), _articles(there, end)),
            ("v_revision", views.revisions(), _revisions(there)),
            ("v_headline_change", views.headline_changes(), _headline_changes(there)),
            ("v_silent_edit", views.silent_edits(), _silent_edits(there)),
            ("v_article_event", views.events(), _events(there)),
            ("v_gone", views.gone(), _gone(there, end)),
            ("v_match", views.matches(), _matches(there)),
            ("v_outlet_day", views.outlet_days(), views.days_of_articles()),
            ("v_attention_day", views.attention(), views.days_of_matches()),
        ):
            yield from _compare(name, told, known)
        yield from views.looks_out_of_time(there)
    yield from problems(engine)
    yield from _rollups_differ(engine)


def _compare(name: str, told: Counter[Any], known: Counter[Any]) -> Iterator[str]:
    for row in (known - told).elements():
        yield f"{name} lacks {row}"
    for row in (told - known).elements():
        yield f"{name} says {row}"


def _key(piece: Piece) -> Key:
    return piece.outlet, piece.states[-1].path


def _articles(pieces: Sequence[Piece], end: int) -> Counter[Any]:
    return Counter(
        (*_key(p), p.states[-1].headline, "\n\n".join(p.states[-1].paragraphs), len(_texts(p)), str(p.day), "published")
        for p in pieces
    )


def _texts(piece: Piece) -> list[tuple[str, int, int, str]]:
    """The revisions: a move alone is none."""
    first = piece.states[0]
    words = sum(len([w for w in p.split() if any(c.isalnum() for c in w)]) for p in first.paragraphs)
    texts = [("first", words, 0, first.headline)]
    for before, state in zip(piece.states, piece.states[1:], strict=False):
        if (before.headline, before.paragraphs) != (state.headline, state.paragraphs):
            kind = "headline" if before.paragraphs == state.paragraphs else "text"
            texts.append((kind, state.added, state.removed, state.headline))
    return texts


def _revisions(pieces: Sequence[Piece]) -> Counter[Any]:
    return Counter((*_key(p), seq, *row) for p in pieces for seq, row in enumerate(_texts(p), 1))


def _headline_changes(pieces: Sequence[Piece]) -> Counter[Any]:
    return Counter(
        (*_key(p), before.headline, after.headline)
        for p in pieces
        for before, after in zip(p.states, p.states[1:], strict=False)
        if before.headline != after.headline
    )


def _silent_edits(pieces: Sequence[Piece]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for piece in pieces:
        edits = [
            (before, after)
            for before, after in zip(piece.states, piece.states[1:], strict=False)
            if (before.headline, before.paragraphs) != (after.headline, after.paragraphs)
        ]
        silent = [n for n, (before, after) in enumerate(edits, 2) if before.modified == after.modified]
        found.update((*_key(piece), seq) for seq in silent)
    return found


def _events(pieces: Sequence[Piece]) -> Counter[Any]:
    return Counter((*_key(p), e.kind, e.status, e.path_before, e.path) for p in pieces for e in p.events)


def _gone(pieces: Sequence[Piece], end: int) -> Counter[Any]:
    return Counter((*_key(p), p.status(end)) for p in pieces if p.status(end) != 200)


def _matches(pieces: Sequence[Piece]) -> Counter[Any]:
    about = [p for p in pieces if any(TOPIC in paragraph for paragraph in p.states[-1].paragraphs)]
    return Counter((*_key(p), str(p.day)) for p in about)


class _Views:
    """What the views say, of the articles that were published long enough ago for all to be known of them."""

    def __init__(self, conn: Connection, ports: tuple[int, int], late: set[Key]) -> None:
        self._conn = conn
        self._bases = {slug: f"http://127.0.0.1:{port}" for slug, port in zip(SLUGS, ports, strict=True)}
        self._late = late
        self._keys = {
            row.article_id: (row.outlet, self._path(row.outlet, row.url))
            for row in self._rows("SELECT article_id, outlet, url FROM v_article")
        }

    def _rows(self, sql: str) -> Any:
        return self._conn.execute(text(sql)).all()

    def _path(self, outlet: str, url: str | None) -> str | None:
        return url.removeprefix(self._bases[outlet]) if url else None

    def _counted(self, sql: str, *columns: str) -> Counter[Any]:
        """The rows of a view, each with its article's outlet and path; addresses as paths."""
        found: Counter[Any] = Counter()
        for row in self._rows(sql):
            key = self._keys[row.article_id]
            if key not in self._late:
                values = row._mapping
                found[
                    *key,
                    *(self._path(key[0], values[c]) if c.startswith("url") else _plain(values[c]) for c in columns),
                ] += 1
        return found

    def articles(self) -> Counter[Any]:
        sql = "SELECT * FROM v_article"
        found = self._counted(sql, "headline", "body", "revisions", "day", "day_basis")
        return Counter({(*k[:2], _typed(k[2]), _typed(k[3]), *k[4:]): n for k, n in found.items()})

    def revisions(self) -> Counter[Any]:
        found = self._counted("SELECT * FROM v_revision", "seq", "change", "words_added", "words_removed", "headline")
        return Counter({(*k[:-1], _typed(k[-1])): n for k, n in found.items()})

    def headline_changes(self) -> Counter[Any]:
        found = self._counted("SELECT * FROM v_headline_change", "headline_before", "headline")
        return Counter({(*k[:2], *map(_typed, k[2:])): n for k, n in found.items()})

    def silent_edits(self) -> Counter[Any]:
        return self._counted("SELECT * FROM v_silent_edit", "seq")

    def events(self) -> Counter[Any]:
        return self._counted("SELECT * FROM v_article_event", "kind", "status", "url_before", "url")

    def gone(self) -> Counter[Any]:
        return self._counted("SELECT * FROM v_gone", "status")

    def matches(self) -> Counter[Any]:
        return self._counted(f"SELECT * FROM v_match WHERE topic = '{TOPIC}'", "day")

    def outlet_days(self) -> Counter[Any]:
        return _days(self._rows("SELECT outlet, day, n FROM v_outlet_day"))

    def days_of_articles(self) -> Counter[Any]:
        return _days(self._rows("SELECT outlet, day, count(*) AS n FROM v_article GROUP BY outlet, day"))

    def attention(self) -> Counter[Any]:
        return _days(self._rows(f"SELECT outlet, day, n FROM v_attention_day WHERE topic = '{TOPIC}'"))

    def days_of_matches(self) -> Counter[Any]:
        sql = f"SELECT outlet, day, count(*) AS n FROM v_match WHERE topic = '{TOPIC}' GROUP BY outlet, day"
        return _days(self._rows(sql))

    def looks_out_of_time(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """What was seen before it was so, or later than its age allows."""
        seen = {(self._keys[r.article_id], r.seq): _at(r.seen_at) for r in self._rows("SELECT * FROM v_revision")}
        for piece in pieces:
            texts = [piece.states[0]] + [
                after
                for before, after in zip(piece.states, piece.states[1:], strict=False)
                if (before.headline, before.paragraphs) != (after.headline, after.paragraphs)
            ]
            for seq, state in enumerate(texts, 1):
                pause = 25 if seq == 1 else pause_h(state.hour - piece.hour)
                at, began = seen.get((_key(piece), seq)), at_hour(state.hour)
                if at is not None and not began <= at <= began + timedelta(hours=pause):
                    yield f"revision {seq} of {_key(piece)} was seen at {at}, and is of {began}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(words: Any) -> Any:
    """Signs and blanks as the script types them."""
    return words.replace("'", "’").replace("  ", " ") if isinstance(words, str) else words


def _days(rows: Any) -> Counter[Any]:
    return Counter({(row.outlet, str(row.day)): row.n for row in rows})


def _at(value: Any) -> datetime:
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _rollups_differ(engine: Engine) -> Iterator[str]:
    tables = (
        "SELECT * FROM outlet_day ORDER BY outlet_id, day",
        ("SELECT * FROM topic_outlet_day ORDER BY topic_id, outlet_id, day"),
    )

    def kept(conn: Connection) -> list[Any]:
        return [conn.execute(text(table)).all() for table in tables]

    before = transact(engine, kept)
    transact(engine, rollups.rebuild)
    if before != transact(engine, kept):
        yield "the roll-ups, made anew, are others than the runs left"
