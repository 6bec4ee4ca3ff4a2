"""What was learned of an outlet's dates is kept, so that a reader can see it and a run need not learn it anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "date_habit",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("outlet_id", number, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_date_habit_outlet_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_habit")),
    )
    with op.batch_alter_table("date_habit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_date_habit_outlet_id"), ["outlet_id"], unique=False)
