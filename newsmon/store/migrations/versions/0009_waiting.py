"""Which texts wait for comparison is written down when they are stored, not found by looking at every article.

Triggers put an article in the queue in the transaction that writes it, whoever does; what was waiting is put in now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ARTICLE = ("revision_seq", "day", "published_at")
REVISION = ("headline", "deck", "body")
QUEUE_ARTICLE = "INSERT INTO text_waiting (article_id, day) VALUES (new.id, new.day)"
QUEUE_CURRENT = """INSERT INTO text_waiting (article_id, day)
    SELECT a.id, a.day FROM article a WHERE a.id = new.article_id AND a.revision_seq = new.seq"""

TRIGGERS = (
    ("article_in", "INSERT ON article", (), QUEUE_ARTICLE),
    ("article_changed", f"UPDATE OF {', '.join(ARTICLE)} ON article", ARTICLE, QUEUE_ARTICLE),
    ("revision_changed", f"UPDATE OF {', '.join(REVISION)} ON revision", REVISION, QUEUE_CURRENT),
)

WAITING = """INSERT INTO text_waiting (article_id, day) SELECT a.id, a.day FROM article a
    JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq LEFT JOIN text_sketch k ON k.article_id = a.id
    WHERE k.article_id IS NULL OR k.revision_id <> r.id
    OR k.day {other} a.day OR k.published_at {other} a.published_at"""


def upgrade() -> None:
    op.create_table(
        "text_waiting",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_text_waiting_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_waiting")),
    )
    op.create_index(op.f("ix_text_waiting_day"), "text_waiting", ["day"])
    conn = op.get_bind()
    sqlite = conn.dialect.name == "sqlite"
    other = "IS NOT" if sqlite else "IS DISTINCT FROM"
    conn.exec_driver_sql(WAITING.format(other=other))
    for name, event, fields, queue in TRIGGERS:
        changed = " OR ".join(f"old.{field} {other} new.{field}" for field in fields)
        when = f"WHEN ({changed})" if changed else ""
        for statement in (_on_sqlite if sqlite else _on_postgres)(f"text_waiting_{name}", event, when, queue):
            conn.exec_driver_sql(statement)


def _on_sqlite(name: str, event: str, when: str, queue: str) -> tuple[str, ...]:
    return (f"CREATE TRIGGER {name} AFTER {event} {when} BEGIN {queue}; END",)


def _on_postgres(name: str, event: str, when: str, queue: str) -> tuple[str, ...]:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {queue}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW {when} EXECUTE FUNCTION {name}()",
    )
