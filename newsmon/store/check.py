"""Is what the database holds whole?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text

from newsmon.store.engine import snapshot

RESTORE, REBUILD = "restore a backup", "run `newsmon db rebuild`"

QUESTIONS = (
    (
        "articles whose current revision is missing",
        RESTORE,
        """SELECT count(*) FROM article a WHERE NOT EXISTS
           (SELECT 1 FROM revision r WHERE r.article_id = a.id AND r.seq = a.revision_seq)""",
    ),
    (
        "articles whose revisions have a gap",
        RESTORE,
        """SELECT count(*) FROM (SELECT article_id FROM revision GROUP BY article_id HAVING max(seq) <> count(*)) g""",
    ),
    (
        "articles with more than one chosen date",
        RESTORE,
        """SELECT count(*) FROM (SELECT article_id FROM article_date WHERE chosen GROUP BY article_id
           HAVING count(*) > 1) d""",
    ),
    (
        "articles that were written anew since they were compared, and do not wait for it",
        REBUILD,
        """SELECT count(*) FROM article a JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
           LEFT JOIN text_sketch k ON k.article_id = a.id
           WHERE (k.article_id IS NULL OR k.revision_id <> r.id
                  OR k.day <> a.day OR (k.day IS NULL) <> (a.day IS NULL)
                  OR k.published_at <> a.published_at OR (k.published_at IS NULL) <> (a.published_at IS NULL))
           AND NOT EXISTS (SELECT 1 FROM text_waiting w WHERE w.article_id = a.id)""",
    ),
    (
        "outlet days whose count is not that of their articles",
        REBUILD,
        """SELECT count(*) FROM (SELECT outlet_id, day, count(*) AS n FROM article WHERE day IS NOT NULL
           GROUP BY outlet_id, day) a
           LEFT JOIN outlet_day d ON d.outlet_id = a.outlet_id AND d.day = a.day WHERE d.n IS NULL OR d.n <> a.n""",
    ),
    (
        "outlet days without articles",
        REBUILD,
        """SELECT count(*) FROM outlet_day d WHERE NOT EXISTS
           (SELECT 1 FROM article a WHERE a.outlet_id = d.outlet_id AND a.day = d.day)""",
    ),
    (
        "topic days whose count is not that of their matches",
        REBUILD,
        """SELECT count(*) FROM (SELECT topic, outlet, day, count(*) AS n FROM v_match GROUP BY topic, outlet, day) m
           LEFT JOIN v_attention_day k ON k.topic = m.topic AND k.outlet = m.outlet AND k.day = m.day
           WHERE k.n IS NULL OR k.n <> m.n""",
    ),
)


def problems(engine: Engine) -> Iterator[str]:
    """One line for each thing that is not as it should be, with what to do. Raises: DatabaseError."""
    with snapshot(engine) as conn:
        if conn.dialect.name == "sqlite":
            damage = list(_damage(conn))
            yield from damage
            if damage:
                return  # what a damaged file answers tells nothing
            yield from _sqlite_problems(conn)
        for what, cure, question in QUESTIONS:
            if n := conn.scalar(text(question)):
                yield f"{n} {what}; {cure}"
        if conn.dialect.name == "sqlite":
            yield from _index_problems(conn)


def _index_problems(conn: Connection) -> Iterator[str]:
    """The words that the index holds, by article, against those of the current texts."""
    indexed = set(conn.exec_driver_sql("SELECT id FROM article_search_docsize").scalars())
    current = set(conn.exec_driver_sql("SELECT article_id FROM article_search_text").scalars())
    if n := len(indexed ^ current):
        yield f"{n} articles are not in the index of words, or are in it and should not be; {REBUILD}"


def _damage(conn: Connection) -> Iterator[str]:
    for (told,) in conn.exec_driver_sql("PRAGMA integrity_check(10)"):
        if told != "ok":
            yield f"the file is damaged: {told}; {RESTORE}"


def _sqlite_problems(conn: Connection) -> Iterator[str]:
    orphans = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        yield f"{len(orphans)} rows point to rows that are missing; {RESTORE}"
