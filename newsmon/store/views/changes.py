"""What an outlet changed after publication."""

from __future__ import annotations

from newsmon.store.views.columns import ARTICLE_ID, DAY, HEADLINE, OUTLET, Column, View

C = Column

VIEWS = (
    View(
        "v_revision",
        "a stored text of an article",
        (
            ARTICLE_ID,
            OUTLET,
            C("seq", "integer", "1 is the first", "2"),
            C("seen_at", "instant", "when it was fetched", "2022-02-27 06:12:00"),
            C("change", "text", "first, text, headline", "text"),
            C("words_added", "integer, words", "against the revision before", "42"),
            C("words_removed", "integer, words", "against the revision before", "3"),
            C("modified_at", "instant", "the change that the page owned to then; NULL: silent", "NULL"),
            C("headline", "text", "as printed then", "Sanctions : les banques russes…"),
            C("deck", "text", "as printed then", "…"),
            C("body", "text", "as printed then", "…"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, r.seq, r.seen_at, r.change, r.words_added, r.words_removed,
               r.modified_at, r.headline, r.deck, r.body
        FROM revision r
        JOIN article a ON a.id = r.article_id
        JOIN outlet o ON o.id = a.outlet_id
        """,
    ),
    View(
        "v_gone",
        "an article that its outlet took away",
        (
            ARTICLE_ID,
            OUTLET,
            HEADLINE,
            C("url", "text", "where it was", "https://…"),
            DAY,
            C("gone_at", "instant", "the first look that found it gone", "2022-03-01 12:00:00"),
            C("status", "integer", "404 or 410", "410"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, r.headline, a.canonical_url AS url, a.day, a.gone_at,
               a.gone_status AS status
        FROM article a
        JOIN outlet o ON o.id = a.outlet_id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
        WHERE a.gone_at IS NOT NULL
        """,
    ),
)
