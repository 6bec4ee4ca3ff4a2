"""Texts are compared: the same words in several outlets, and the stories that several outlets tell."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _create_texts() -> None:
    op.create_table(
        "text_sketch",
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("revision_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_s", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        _reference("text_sketch", "article_id", "article.id"),
        _key("text_sketch", "article_id"),
    )
    op.create_table(
        "text_mark",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        _reference("text_mark", "article_id", "article.id"),
        _key("text_mark", "mark", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "text_copy",
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("other_id", NUMBER, nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("other_share", sa.Float(), nullable=False),
        _reference("text_copy", "article_id", "article.id"),
        _reference("text_copy", "other_id", "article.id"),
        _key("text_copy", "article_id", "other_id"),
    )


def _create_stories() -> None:
    op.create_table(
        "story_link",
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("other_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _reference("story_link", "article_id", "article.id"),
        _reference("story_link", "other_id", "article.id"),
        _key("story_link", "article_id", "other_id"),
    )
    op.create_table(
        "story",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _key("story", "id"),
    )
    op.create_table(
        "story_article",
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        _reference("story_article", "article_id", "article.id"),
        _reference("story_article", "story_id", "story.id"),
        _key("story_article", "article_id"),
    )


INDEXES = (
    ("text_sketch", "day"), ("text_mark", "article_id"), ("text_copy", "other_id"), ("story_link", "other_id"),
    ("story_link", "day"), ("story_article", "story_id"),
)  # fmt: skip


def upgrade() -> None:
    _create_texts()
    _create_stories()
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
