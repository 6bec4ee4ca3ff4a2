"""Articles can be searched by their words, without regard to accents, capitals and elisions.

The current text of each article is indexed. SQLite: an FTS5 table over a view of those texts, which triggers keep; it
holds the index alone, the texts stay where they are. PostgreSQL: a generated column of each revision.

A revision whose raw page is read again, better, says when; the log of fetches can be cut at an age.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
FIELDS = ("headline", "deck", "body")


def upgrade() -> None:
    op.add_column("revision", sa.Column("reread_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_fetch_log_at", "fetch_log", ["at"])
    conn = op.get_bind()
    if conn.dialect.name == "sqlite":
        statements: tuple[str, ...] = (*SQLITE, "INSERT INTO article_search (article_search) VALUES ('rebuild')")
    else:
        statements = postgres()
    for statement in statements:
        conn.exec_driver_sql(statement)


def _joined(text: str) -> str:
    """The index takes œ for a letter of its own: French writes it for two."""
    for sign, letters in LIGATURES:
        text = f"replace({text}, '{sign}', '{letters}')"
    return text


def _columns(row: str) -> str:
    return ", ".join(_joined(f"coalesce({row}.{field}, '')") for field in FIELDS)


# An FTS5 table that keeps no texts must be told what to forget. At every moment it knows, of each article, the
# revision that has the article's revision_seq, if there is one: in whatever order the two are written.
_CURRENT = "(SELECT revision_seq FROM article WHERE id = {row}.article_id)"


def _learn(row: str, article: str) -> str:
    return f"INSERT INTO article_search (rowid, headline, deck, body) SELECT {article}, {_columns(row)}"


def _forget(row: str, article: str) -> str:
    names = "article_search, rowid, headline, deck, body"
    return f"INSERT INTO article_search ({names}) SELECT 'delete', {article}, {_columns(row)}"


def _if_current(row: str) -> str:
    return f"WHERE {row}.seq = {_CURRENT.format(row=row)}"


def _at(row: str) -> str:
    return f"FROM revision r WHERE r.article_id = {row}.id AND r.seq = {row}.revision_seq"


SQLITE = (
    f"""CREATE VIEW article_search_text (article_id, headline, deck, body) AS SELECT a.id, {_columns("r")}
        FROM article a JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq""",
    """CREATE VIRTUAL TABLE article_search USING fts5(headline, deck, body, content = 'article_search_text',
       content_rowid = 'article_id', tokenize = 'unicode61 remove_diacritics 2')""",
    f"""CREATE TRIGGER article_search_revision_in AFTER INSERT ON revision BEGIN
        {_learn("new", "new.article_id")} {_if_current("new")}; END""",
    f"""CREATE TRIGGER article_search_revision_out AFTER DELETE ON revision BEGIN
        {_forget("old", "old.article_id")} {_if_current("old")}; END""",
    f"""CREATE TRIGGER article_search_revision_changed AFTER UPDATE OF article_id, seq, headline, deck, body ON revision
        BEGIN {_forget("old", "old.article_id")} {_if_current("old")};
        {_learn("new", "new.article_id")} {_if_current("new")}; END""",
    f"""CREATE TRIGGER article_search_article_changed AFTER UPDATE OF revision_seq ON article
        WHEN new.revision_seq <> old.revision_seq
        BEGIN {_forget("r", "old.id")} {_at("old")}; {_learn("r", "new.id")} {_at("new")}; END""",
    f"""CREATE TRIGGER article_search_article_out BEFORE DELETE ON article BEGIN
        {_forget("r", "old.id")} {_at("old")}; END""",
)

LONGEST = 200_000
"""Characters of a body that PostgreSQL indexes: a tsvector holds a megabyte."""


def postgres() -> tuple[str, ...]:
    parts = (
        _vector("headline", "A"),
        _vector("deck", "B"),
        _vector(f"left(body, {LONGEST})", "D"),
    )
    # A word between two fields keeps a phrase from reaching across; it is taken out of the index again.
    gap = "to_tsvector('simple', 'newsmonfieldgap')"
    joined = f"ts_delete({parts[0]} || {gap} || {parts[1]} || {gap} || {parts[2]}, 'newsmonfieldgap')"
    return (
        f"ALTER TABLE revision ADD COLUMN search tsvector GENERATED ALWAYS AS ({joined}) STORED",
        "CREATE INDEX ix_revision_search ON revision USING gin (search)",
    )


def _vector(text: str, weight: str) -> str:
    filled = f"coalesce({text}, '')"
    return f"setweight(to_tsvector('simple', {_folded(filled)}), '{weight}')"


ACCENTED = "éèêëàâäáãåçîïíìôöóòõùûüúÿñýšžčćńğş"
COMBINING = "\u0300\u0301\u0302\u0303\u0308\u0327"
SIGNS = "-/.@_:+&~?=#<"
"""What PostgreSQL would read as a part of an address, a number or a tag."""


def _folded(text: str) -> str:
    """Small letters without accents, blanks for signs. All these replacements take less time than one translation."""
    text = _joined(text)
    for sign in ACCENTED + ACCENTED.upper():
        if len(sign.encode()) > 1:
            text = f"replace({text}, '{sign}', '{unicodedata.normalize('NFKD', sign)[0]}')"
    for sign in COMBINING:
        text = f"replace({text}, '{sign}', '')"
    for sign in SIGNS:
        text = f"replace({text}, '{sign}', ' ')"
    return f"lower({text})"
