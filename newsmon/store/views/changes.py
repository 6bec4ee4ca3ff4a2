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
        "v_headline_change",
        "a headline that took another one's place",
        (
            ARTICLE_ID,
            OUTLET,
            C("url", "text", "the address", "https://…"),
            DAY,
            C("seq", "integer", "the revision that brought it", "2"),
            C("seen_at", "instant", "when it was first seen", "2022-02-27 06:12:00"),
            C("headline_before", "text", "as printed until then", "Des sanctions contre la Russie"),
            C("headline", "text", "as printed from then on", "Sanctions : les banques russes…"),
            C("modified_at", "instant", "the change that the page owned to then; NULL: none", "NULL"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, a.canonical_url AS url, a.day, r.seq, r.seen_at,
               p.headline AS headline_before, r.headline, r.modified_at
        FROM revision r
        JOIN revision p ON p.article_id = r.article_id AND p.seq = r.seq - 1
        JOIN article a ON a.id = r.article_id
        JOIN outlet o ON o.id = a.outlet_id
        WHERE r.headline <> p.headline AND r.change <> 'reread'
        """,
    ),
    View(
        "v_silent_edit",
        "an edit without a word of it: the page owns to no change later than the one that it owned to before",
        (
            ARTICLE_ID,
            OUTLET,
            C("url", "text", "the address", "https://…"),
            DAY,
            C("seq", "integer", "the revision that it made", "2"),
            C("seen_at", "instant", "when it was first seen", "2022-02-27 06:12:00"),
            C("change", "text", "text, headline", "text"),
            C("words_added", "integer, words", "against the revision before", "42"),
            C("words_removed", "integer, words", "against the revision before", "3"),
            C("headline", "text", "as printed then", "Sanctions : les banques russes…"),
            C("modified_at", "instant", "what the page owned to before, and still; NULL: nothing", "NULL"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, a.canonical_url AS url, a.day, r.seq, r.seen_at, r.change,
               r.words_added, r.words_removed, r.headline, r.modified_at
        FROM revision r
        JOIN revision p ON p.article_id = r.article_id AND p.seq = r.seq - 1
        JOIN article a ON a.id = r.article_id
        JOIN outlet o ON o.id = a.outlet_id
        WHERE r.change <> 'reread' AND (r.modified_at IS NULL OR r.modified_at <= p.modified_at)
        """,
    ),
    View(
        "v_article_event",
        "an article that was taken away, brought back, or moved to another address",
        (
            ARTICLE_ID,
            OUTLET,
            HEADLINE,
            DAY,
            C("at", "instant", "the first look that found it so", "2022-03-01 12:00:00"),
            C("kind", "text", "gone, restored, moved", "moved"),
            C("status", "integer", "of gone: 404, 410; 301 where its address leads elsewhere", "NULL"),
            C("url_before", "text", "where it was", "https://…"),
            C("url", "text", "where it is since; of gone: where its address leads", "https://…"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, r.headline, a.day, e.at, e.kind, e.status, e.url_before, e.url
        FROM article_event e
        JOIN article a ON a.id = e.article_id
        JOIN outlet o ON o.id = a.outlet_id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
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
            C("status", "integer", "404, 410; 301 where its address leads elsewhere", "410"),
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
