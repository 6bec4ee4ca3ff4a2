"""A new version of a topic waits for the stored articles to be matched with it; labels, bursts, alerts are rows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(column: str, table: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    op.add_column("topic", sa.Column("pending_id", NUMBER, nullable=True))
    op.add_column("topic", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("topic_version", sa.Column("frozen", sa.Text(), server_default="", nullable=False))
    op.add_column("topic_version", sa.Column("scanned_to", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("topic_version", sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE topic_version SET shown_at = added_at WHERE id IN (SELECT version_id FROM topic WHERE version_id > 0)"
    )
    _labels()
    _bursts()
    _alerts()


def _labels() -> None:
    op.create_table(
        "topic_label",
        sa.Column("topic_id", NUMBER, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("revision_id", NUMBER, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("labelled_at", sa.DateTime(timezone=True), nullable=False),
        _reference("topic_id", "topic_label", "topic"),
        _reference("article_id", "topic_label", "article"),
        _reference("revision_id", "topic_label", "revision"),
        sa.PrimaryKeyConstraint("topic_id", "article_id", name=op.f("pk_topic_label")),
    )
    _index("topic_label", "article_id")
    _index("topic_label", "revision_id")


def _bursts() -> None:
    op.create_table(
        "burst",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("topic_id", NUMBER, nullable=False),
        sa.Column("outlet_id", NUMBER, nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("outlet_n", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        _reference("topic_id", "burst", "topic"),
        _reference("outlet_id", "burst", "outlet"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burst")),
    )
    _index("burst", "topic_id")
    _index("burst", "outlet_id")


def _alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("topic_id", NUMBER, nullable=False),
        sa.Column("topic_version_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Float(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        _reference("topic_id", "alert", "topic"),
        _reference("topic_version_id", "alert", "topic_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("topic_id", "day", name=op.f("uq_alert_topic_id_day")),
    )
    _index("alert", "topic_version_id")
    op.create_table(
        "alert_delivery",
        sa.Column("alert_id", NUMBER, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        _reference("alert_id", "alert_delivery", "alert"),
        sa.PrimaryKeyConstraint("alert_id", "channel", name=op.f("pk_alert_delivery")),
    )
