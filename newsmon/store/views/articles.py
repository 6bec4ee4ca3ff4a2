"""What was read: a work, who signs it, how its date is known."""

from __future__ import annotations

from newsmon.store.views.columns import ARTICLE_ID, DAY, HEADLINE, OUTLET, Column, View

C = Column

VIEWS = (
    View(
        "v_article",
        "an article, as its current revision has it",
        (
            ARTICLE_ID,
            OUTLET,
            C("outlet_name", "text", "as it calls itself", "Le Devoir"),
            C("url", "text", "the address", "https://www.ledevoir.com/…"),
            HEADLINE,
            C("deck", "text", "the chapeau", "Ottawa, Washington et les Européens…"),
            C("body", "text", "paragraphs parted by a blank line", "Le Canada et ses alliés…"),
            C("words", "integer, words", "of the body", "512"),
            C("section", "text", "the rubric, as printed", "Économie"),
            C("language", "text", "ISO 639-1", "fr"),
            C("published_at", "instant", "NULL when unknown: the crawl's time is never used", "2022-02-26 22:20:00"),
            C("published_precision", "text", "second, minute, hour, day, month", "minute"),
            C("published_source", "text", "where the date stood: jsonld, meta, time, feed, label, url…", "jsonld"),
            C("modified_at", "instant", "the last change that the page owns to", "2022-02-27 01:02:00"),
            DAY,
            C("day_basis", "text", "published; clock (not after that day); first_seen; unknown", "published"),
            C("iso_week", "text", "of day", "2022-W08"),
            C("month", "text", "of day", "2022-02"),
            C("origin", "text", "original, wire, mixed, republished; NULL when nothing tells", "wire"),
            C("agency", "text", "whose copy it is", "La Presse Canadienne"),
            C("source_name", "text", "whom it is republished from", "CBC"),
            C("source_host", "text", "that source's host", "www.cbc.ca"),
            C("revisions", "integer", "texts seen, the first counts", "2"),
            C("first_seen_at", "instant", "the first look", "2022-02-26 22:31:07"),
            C("last_seen_at", "instant", "the latest look that found it", "2022-02-28 10:00:12"),
            C("gone_at", "instant", "the first look that found it gone", "NULL"),
            C("paywall", "boolean", "only a part is free to read", "0"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, o.name AS outlet_name, a.canonical_url AS url, r.headline, r.deck,
               r.body, r.words, a.section, a.language, a.published_at, a.published_precision, a.published_source,
               a.modified_at, a.day, a.day_basis, a.iso_week, a.month, a.origin, t.agency, t.source_name, t.source_host,
               a.revision_seq AS revisions, a.first_seen_at, a.last_seen_at, a.gone_at, a.paywall
        FROM article a
        JOIN outlet o ON o.id = a.outlet_id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
        LEFT JOIN attribution t ON t.article_id = a.id
        """,
    ),
    View(
        "v_author",
        "a signature under an article",
        (
            ARTICLE_ID,
            OUTLET,
            C("position", "integer", "0 is the first", "0"),
            C("author", "text", "person or agency", "La Presse Canadienne"),
            C("kind", "text", "person, agency", "agency"),
            C("role", "text", "function as printed", "Collaboration spéciale"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, w.position, p.name AS author, p.kind, w.role
        FROM article_author w
        JOIN author p ON p.id = w.author_id
        JOIN article a ON a.id = w.article_id
        JOIN outlet o ON o.id = a.outlet_id
        """,
    ),
    View(
        "v_date",
        "a date candidate of an article, and why it won or lost",
        (
            ARTICLE_ID,
            OUTLET,
            C("role", "text", "published, modified, clock, event, bound", "clock"),
            C(
                "source",
                "text",
                "jsonld, meta, time, feed, news_sitemap, section, label, header, url, lastmod",
                "header",
            ),
            C("selector", "text", "where on the page", "div.td_data_time"),
            C("raw", "text", "as printed", "17 janvier 2022 04:16"),
            C("value", "instant", "as read; NULL when it is no date", "2022-01-17 09:16:00"),
            C("precision", "text", "second, minute, hour, day, month", "minute"),
            C("chosen", "boolean", "it is the publication date", "0"),
            C("reason", "text", "why it was chosen or refused", "clock: tells when the page was served"),
            C("flags", "text", "parted by blanks", "year_inferred"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, d.role, d.source, d.selector, d.raw, d.value, d.precision,
               d.chosen, d.reason, d.flags
        FROM article_date d
        JOIN article a ON a.id = d.article_id
        JOIN outlet o ON o.id = a.outlet_id
        """,
    ),
    View(
        "v_date_quality",
        "how the days of an outlet's articles are known",
        (
            OUTLET,
            C("day_basis", "text", "published, clock, first_seen, unknown", "published"),
            C("published_source", "text", "where the date stood; NULL for the undated", "jsonld"),
            C("published_precision", "text", "second, minute, hour, day, month", "minute"),
            C("n", "integer, articles", "so known", "5021"),
            C("share", "number, 0 to 1", "of the outlet's articles", "0.98"),
        ),
        """
        SELECT o.slug AS outlet, q.day_basis, q.published_source, q.published_precision, q.n, 1.0 * q.n / w.n AS share
        FROM (SELECT outlet_id, day_basis, published_source, published_precision, count(*) AS n
              FROM article GROUP BY outlet_id, day_basis, published_source, published_precision) q
        JOIN (SELECT outlet_id, count(*) AS n FROM article GROUP BY outlet_id) w ON w.outlet_id = q.outlet_id
        JOIN outlet o ON o.id = q.outlet_id
        """,
    ),
    View(
        "v_date_habit",
        "what the articles of an outlet taught of its dates",
        (
            OUTLET,
            C(
                "kind",
                "text",
                "clock: a place that tells when a page was served; constant: a text of the template; "
                "local_as_utc: local time is stamped as UTC",
                "clock",
            ),
            C("selector", "text", "the place; empty for local_as_utc", "div.header > span"),
            C("raw", "text", "the text of a constant, else empty", "2019-08-01T09:00:00-04:00"),
            C("learned_at", "instant", "when it was learned", "2026-11-23 14:00:00"),
        ),
        """
        SELECT o.slug AS outlet, h.kind, h.selector, h.raw, h.learned_at
        FROM date_habit h JOIN outlet o ON o.id = h.outlet_id
        """,
    ),
    View(
        "v_archive",
        "a raw page of an article, kept as it came",
        (
            ARTICLE_ID,
            OUTLET,
            C("file", "text", "the WARC file, in the archive's folder", "2026-11-23.warc.gz"),
            C("byte_offset", "integer, bytes", "where its record begins", "48211"),
            C("length", "integer, bytes", "of the record", "20480"),
            C("digest", "text", "of the page, as the record has it", "sha1:QK3…"),
            C("fetched_at", "instant", "when it was fetched", "2026-11-23 14:00:07"),
        ),
        """
        SELECT a.id AS article_id, o.slug AS outlet, c.file, c."offset" AS byte_offset, c.length, c.digest, c.fetched_at
        FROM archive c
        JOIN article a ON a.id = c.article_id
        JOIN outlet o ON o.id = a.outlet_id
        """,
    ),
)
