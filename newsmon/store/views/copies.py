"""The same text in several outlets, and where an outlet's texts come from."""

from __future__ import annotations

from newsmon.store.views.columns import ARTICLE_ID, DAY, HEADLINE, OUTLET, Column, View

C = Column

_TIMED = "published_precision IN ('second', 'minute')"

VIEWS = (
    View(
        "v_copy",
        "an article whose text stands in another outlet too; each pair has two rows, one each way",
        (
            ARTICLE_ID,
            OUTLET,
            DAY,
            HEADLINE,
            C("url", "text", "the address", "https://…"),
            C("origin", "text", "original, wire, mixed, republished; NULL when nothing tells", "wire"),
            C("agency", "text", "whose copy it is, as this article says", "La Presse Canadienne"),
            C("source_name", "text", "whom it is republished from, as this article says", "CBC"),
            C("share", "number, 0 to 1", "of this text, by runs of five words, that the other has", "0.97"),
            C("other_share", "number, 0 to 1", "of the other text that this one has", "0.62"),
            C("other_id", "integer", "the other article", "1251"),
            C("other_outlet", "text", "its outlet", "le_soleil"),
            C("other_headline", "text", "as printed there", "Les banques russes…"),
            C("other_url", "text", "its address", "https://…"),
            C("lag_hours", "number, hours", "this one after the other; negative: before; NULL: hour unknown", "1.25"),
        ),
        f"""
        SELECT a.id AS article_id, o.slug AS outlet, a.day, r.headline, a.canonical_url AS url, a.origin, t.agency,
               t.source_name, c.share, c.other_share, b.id AS other_id, p.slug AS other_outlet,
               q.headline AS other_headline, b.canonical_url AS other_url,
               CASE WHEN a.{_TIMED} AND b.{_TIMED}
                    THEN round((k.published_s - l.published_s) / 3600.0, 2) END AS lag_hours
        FROM text_copy c
        JOIN article a ON a.id = c.article_id
        JOIN article b ON b.id = c.other_id
        JOIN outlet o ON o.id = a.outlet_id
        JOIN outlet p ON p.id = b.outlet_id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
        JOIN revision q ON q.article_id = b.id AND q.seq = b.revision_seq
        JOIN text_sketch k ON k.article_id = a.id
        JOIN text_sketch l ON l.article_id = b.id
        LEFT JOIN attribution t ON t.article_id = a.id
        """,
    ),
    View(
        "v_attribution",
        "where an outlet's texts come from, and how far behind the same text elsewhere they are",
        (
            OUTLET,
            C("origin", "text", "original, wire, mixed, republished; NULL when nothing tells", "wire"),
            C("agency", "text", "whose copy it is", "La Presse Canadienne"),
            C("source_name", "text", "whom it is republished from", "CBC"),
            C("n", "integer, articles", "so attributed", "112"),
            C("share", "number, 0 to 1", "of the outlet's articles", "0.34"),
            C("n_elsewhere", "integer, articles", "whose text stands in another outlet, too", "80"),
            C("n_behind", "integer, articles", "that another outlet had at an earlier hour", "71"),
            C("lag_hours", "number, hours", "of those, on average behind the earliest", "1.5"),
        ),
        f"""
        SELECT o.slug AS outlet, g.origin, g.agency, g.source_name, g.n,
               1.0 * g.n / sum(g.n) OVER (PARTITION BY g.outlet_id) AS share, g.n_elsewhere,
               coalesce(g.n_behind, 0) AS n_behind,
               round(g.behind_s / 3600.0 / g.n_behind, 2) AS lag_hours
        FROM (
            SELECT outlet_id, origin, agency, source_name, count(*) AS n, count(copies) AS n_elsewhere,
                   nullif(sum(CASE WHEN behind_s > 0 THEN 1 ELSE 0 END), 0) AS n_behind,
                   sum(CASE WHEN behind_s > 0 THEN behind_s END) AS behind_s
            FROM (
                SELECT a.outlet_id, a.origin, t.agency, t.source_name, c.copies,
                       CASE WHEN a.{_TIMED} THEN k.published_s - c.earliest_s END AS behind_s
                FROM article a
                LEFT JOIN attribution t ON t.article_id = a.id
                LEFT JOIN text_sketch k ON k.article_id = a.id
                LEFT JOIN (
                    SELECT x.article_id, count(*) AS copies,
                           min(CASE WHEN b.{_TIMED} THEN l.published_s END) AS earliest_s
                    FROM text_copy x
                    JOIN article b ON b.id = x.other_id
                    JOIN text_sketch l ON l.article_id = x.other_id
                    GROUP BY x.article_id
                ) c ON c.article_id = a.id
            ) one
            GROUP BY outlet_id, origin, agency, source_name
        ) g
        JOIN outlet o ON o.id = g.outlet_id
        """,
    ),
)
