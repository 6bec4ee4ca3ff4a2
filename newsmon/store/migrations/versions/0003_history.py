"""An article keeps its identity when its address changes, and what becomes of it is kept as rows with their time.

Until now an article was its canonical address: a retitle that changed the address made a second article, and a
restored article forgot that it had been gone. A pause that a site asks for becomes the outlet's, so that the next run
keeps it for pages too.
"""

import hashlib
import re
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER_RE = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*[0-9])[0-9a-f]{16,40}|[0-9]{5,15})(?![0-9a-z])"
)
DAY_RE = re.compile(r"(?:19|20)[0-9]{4}(?:[0-9]{2})?\Z")
AT_ONCE = 1000


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "article_address",
        sa.Column("outlet_id", number, nullable=False),
        sa.Column("url_key", sa.String(64), nullable=False),
        sa.Column("article_id", number, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlet.id"], name=op.f("fk_article_address_outlet_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_address_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outlet_id", "url_key", name=op.f("pk_article_address")),
    )
    op.create_index(op.f("ix_article_address_article_id"), "article_address", ["article_id"])
    op.create_index(op.f("ix_article_address_outlet_id_number"), "article_address", ["outlet_id", "number"])
    op.create_table(
        "article_event",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("article_id", number, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("url_before", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_event_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_event")),
    )
    op.create_index(op.f("ix_article_event_article_id"), "article_event", ["article_id"])
    op.create_index(op.f("ix_article_outlet_id_guid"), "article", ["outlet_id", "guid"])
    op.add_column("outlet", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "INSERT INTO article_event (article_id, at, kind, status, url_before)"
        " SELECT id, gone_at, 'gone', gone_status, canonical_url FROM article WHERE gone_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO article_address (outlet_id, url_key, article_id, url, seen_at)"
        " SELECT outlet_id, url_key, id, canonical_url, last_seen_at FROM article"
    )
    _keep_asked_addresses()
    _number_addresses()


def _keep_asked_addresses() -> None:
    """The address that is asked, where the article calls itself by another one."""
    conn = op.get_bind()
    query = "SELECT outlet_id, id, url, last_seen_at FROM article WHERE url <> canonical_url"
    rows = [{**row, "key": _key(row["url"])} for row in conn.execute(sa.text(query)).mappings()]
    statement = sa.text(
        "INSERT INTO article_address (outlet_id, url_key, article_id, url, seen_at)"
        " VALUES (:outlet_id, :key, :id, :url, :last_seen_at) ON CONFLICT DO NOTHING"
    )
    for start in range(0, len(rows), AT_ONCE):
        conn.execute(statement, rows[start : start + AT_ONCE])


def _key(url: str) -> str:
    normal = re.sub("%([0-9a-fA-F]{2})", lambda m: m[0].upper(), url)
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()


def _number_addresses() -> None:
    conn = op.get_bind()
    addresses = sa.table("article_address", sa.column("outlet_id"), sa.column("url_key"), sa.column("url"))
    rows = conn.execute(sa.select(addresses)).all()
    numbered = [{"o": row.outlet_id, "k": row.url_key, "n": _number(row.url)} for row in rows]
    numbered = [row for row in numbered if row["n"]]
    statement = sa.text("UPDATE article_address SET number = :n WHERE outlet_id = :o AND url_key = :k")
    for start in range(0, len(numbered), AT_ONCE):
        conn.execute(statement, numbered[start : start + AT_ONCE])


def _number(url: str) -> str | None:
    numbers = [n for n in NUMBER_RE.findall(urlsplit(url).path.lower()) if not DAY_RE.match(n)]
    return numbers[-1] if numbers else None
