"""The views: what reporters read. Their names and columns are a promise; docs/data-dictionary.md is made of this file.

One text for both engines: no DISTINCT ON, no ILIKE, no JSON operator, no date arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    """text, integer, number, day (YYYY-MM-DD), instant (UTC), boolean; with its unit where it has one."""
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class View:
    name: str
    row: str
    """What one row is."""
    columns: tuple[Column, ...]
    select: str


C = Column

_ARTICLE_ID = C("article_id", "integer", "the article, for `newsmon` commands and joins", "1204")
_OUTLET = C("outlet", "text", "the outlet's slug", "le_devoir")
_TOPIC = C("topic", "text", "the topic's slug", "guerre-ukraine")
_DAY = C("day", "day", "the outlet's local calendar day; see day_basis", "2022-02-26")
_HEADLINE = C("headline", "text", "as printed, of the current revision", "Sanctions : les banques russes…")
_LEVEL = C("level", "text", "primary: what the text is about; secondary: it matters in it", "primary")

VIEWS = (
    View(
        "v_outlet",
        "an outlet that is or was followed",
        (
            _OUTLET,
            C("name", "text", "as it calls itself", "Le Devoir"),
            C("home", "text", "its address", "https://www.ledevoir.com"),
            C("owner", "text", "who publishes it", "Le Devoir inc."),
            C("region", "text", "province or country", "QC"),
            C("timezone", "text", "the zone of its days", "America/Toronto"),
            C("active", "boolean", "still declared", "1"),
            C("articles", "integer", "stored", "5120"),
            C("last_article_at", "instant", "when the latest new article was first seen", "2026-11-23 14:05:00"),
            C("listings", "integer", "listings that are followed", "3"),
            C("last_poll_at", "instant", "the last time that one was asked", "2026-11-23 14:00:00"),
            C("next_poll_at", "instant", "the next time that one is due", "2026-11-23 14:15:00"),
            C("failing_listings", "integer", "listings whose last poll failed", "0"),
        ),
        """
        SELECT o.slug AS outlet, o.name, o.home, o.owner, o.region, o.timezone, o.active,
               coalesce(a.n, 0) AS articles, a.last_at AS last_article_at, coalesce(f.n, 0) AS listings,
               f.last_poll_at, f.next_poll_at, coalesce(f.failing, 0) AS failing_listings
        FROM outlet o
        LEFT JOIN (SELECT outlet_id, count(*) AS n, max(first_seen_at) AS last_at FROM article GROUP BY outlet_id) a
               ON a.outlet_id = o.id
        LEFT JOIN (SELECT outlet_id, count(*) AS n, max(polled_at) AS last_poll_at, min(next_poll_at) AS next_poll_at,
                          sum(CASE WHEN fail_streak > 0 THEN 1 ELSE 0 END) AS failing
                   FROM feed WHERE active GROUP BY outlet_id) f ON f.outlet_id = o.id
        """,
    ),
    View(
        "v_topic",
        "a topic in its current version",
        (
            _TOPIC,
            C("name", "text", "as its author calls it", "Guerre Russie–Ukraine"),
            C("parent", "text", "the topic that it is a part of", "NULL"),
            C("version", "integer", "of its definition", "1"),
            C("added_at", "instant", "when that definition was first used", "2026-11-23 14:00:00"),
            C("digest", "text", "sha256 of all that decides what it matches", "5f1c…"),
            C("definition", "text", "as written", 'slug = "guerre-ukraine"…'),
        ),
        """
        SELECT t.slug AS topic, t.name, t.parent, v.seq AS version, v.added_at, v.digest, v.source AS definition
        FROM topic t
        JOIN topic_version v ON v.id = t.version_id
        """,
    ),
    View(
        "v_outlet_day",
        "an outlet's output of a day",
        (
            _OUTLET,
            _DAY,
            C("n", "integer, articles", "all of them", "96"),
            C("n_original", "integer, articles", "that are the outlet's own, or that nothing says are not", "60"),
            C("n_undated", "integer, articles", "whose day is not the printed one", "2"),
        ),
        """
        SELECT o.slug AS outlet, d.day, d.n, d.n_original, d.n_undated
        FROM outlet_day d
        JOIN outlet o ON o.id = d.outlet_id
        """,
    ),
    View(
        "v_archive",
        "a raw page of an article, kept as it came",
        (
            _ARTICLE_ID,
            _OUTLET,
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
    View(
        "v_article",
        "an article, as its current revision has it",
        (
            _ARTICLE_ID,
            _OUTLET,
            C("outlet_name", "text", "as it calls itself", "Le Devoir"),
            C("url", "text", "the address", "https://www.ledevoir.com/…"),
            _HEADLINE,
            C("deck", "text", "the chapeau", "Ottawa, Washington et les Européens…"),
            C("body", "text", "paragraphs parted by a blank line", "Le Canada et ses alliés…"),
            C("words", "integer, words", "of the body", "512"),
            C("section", "text", "the rubric, as printed", "Économie"),
            C("language", "text", "ISO 639-1", "fr"),
            C("published_at", "instant", "NULL when unknown: the crawl's time is never used", "2022-02-26 22:20:00"),
            C("published_precision", "text", "second, minute, hour, day, month", "minute"),
            C("published_source", "text", "where the date stood: jsonld, meta, time, feed, label, url…", "jsonld"),
            C("modified_at", "instant", "the last change that the page owns to", "2022-02-27 01:02:00"),
            _DAY,
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
            _ARTICLE_ID,
            _OUTLET,
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
            _ARTICLE_ID,
            _OUTLET,
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
        "v_revision",
        "a stored text of an article",
        (
            _ARTICLE_ID,
            _OUTLET,
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
        "v_match",
        "an article of a topic, by the topic's current version",
        (
            _TOPIC,
            _ARTICLE_ID,
            _OUTLET,
            _DAY,
            C("day_basis", "text", "published, clock, first_seen, unknown", "published"),
            _HEADLINE,
            C("url", "text", "the address", "https://…"),
            _LEVEL,
            C("score", "number", "the sum of the spans' weights, as the topic bounds it", "9.5"),
            C("why", "text", "the words that made it match, by field", "titre : Ukraine ; texte : invasion, Moscou"),
            C("version", "integer", "of the topic's definition", "1"),
        ),
        """
        SELECT t.slug AS topic, a.id AS article_id, o.slug AS outlet, a.day, a.day_basis, r.headline,
               a.canonical_url AS url, m.level, m.score, m.why, v.seq AS version
        FROM topic t
        JOIN topic_version v ON v.id = t.version_id
        JOIN topic_match m ON m.topic_version_id = v.id
        JOIN revision r ON r.id = m.revision_id
        JOIN article a ON a.id = r.article_id AND a.revision_seq = r.seq
        JOIN outlet o ON o.id = a.outlet_id
        """,
    ),
    View(
        "v_why",
        "a stretch of text that put an article into a topic",
        (
            _TOPIC,
            _ARTICLE_ID,
            _OUTLET,
            _DAY,
            _HEADLINE,
            _LEVEL,
            C("score", "number", "of the whole match", "9.5"),
            C("field", "text", "headline, deck, body", "headline"),
            C("start", "integer, characters", "from the field's start", "13"),
            C("end", "integer, characters", "one after the last", "27"),
            C("surface", "text", "the words as printed", "banques russes"),
            C("term", "text", "the topic's term that they fit", "russ*"),
            C("clause", "text", "the part of the topic that asked for it", "require 2"),
            C("weight", "number", "what it adds to the score", "4"),
            C("version", "integer", "of the topic's definition", "1"),
        ),
        """
        SELECT t.slug AS topic, a.id AS article_id, o.slug AS outlet, a.day, r.headline, m.level, m.score, s.field,
               s.start, s."end", s.surface, s.term, s.clause, s.weight, v.seq AS version
        FROM topic t
        JOIN topic_version v ON v.id = t.version_id
        JOIN topic_match m ON m.topic_version_id = v.id
        JOIN match_span s ON s.match_id = m.id
        JOIN revision r ON r.id = m.revision_id
        JOIN article a ON a.id = r.article_id AND a.revision_seq = r.seq
        JOIN outlet o ON o.id = a.outlet_id
        """,
    ),
    View(
        "v_attention_day",
        "what an outlet wrote on a topic on a day",
        (
            _TOPIC,
            _OUTLET,
            _DAY,
            C("n", "integer, articles", "of the topic", "12"),
            C("n_primary", "integer, articles", "that are about it", "7"),
            C("n_original", "integer, articles", "that are the outlet's own", "5"),
            C("n_undated", "integer, articles", "whose day is not the printed one", "0"),
            C("outlet_n", "integer, articles", "the outlet's whole output of the day", "96"),
            C("outlet_n_undated", "integer, articles", "of which the day is not the printed one", "2"),
            C("share", "number, 0 to 1", "n out of outlet_n", "0.125"),
        ),
        """
        SELECT t.slug AS topic, o.slug AS outlet, k.day, k.n, k.n_primary, k.n_original, k.n_undated, d.n AS outlet_n,
               d.n_undated AS outlet_n_undated, 1.0 * k.n / d.n AS share
        FROM topic_outlet_day k
        JOIN outlet_day d ON d.outlet_id = k.outlet_id AND d.day = k.day
        JOIN topic t ON t.id = k.topic_id
        JOIN outlet o ON o.id = k.outlet_id
        """,
    ),
    View(
        "v_date_quality",
        "how the days of an outlet's articles are known",
        (
            _OUTLET,
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
            _OUTLET,
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
        "v_gone",
        "an article that its outlet took away",
        (
            _ARTICLE_ID,
            _OUTLET,
            _HEADLINE,
            C("url", "text", "where it was", "https://…"),
            _DAY,
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
    View(
        "v_run",
        "what an outlet came to in a run",
        (
            C("run_id", "integer", "the run", "812"),
            C("kind", "text", "crawl, import", "crawl"),
            C("started_at", "instant", "of the run", "2026-11-23 14:00:01"),
            C("finished_at", "instant", "NULL while it runs, or when it was killed", "2026-11-23 14:03:40"),
            C("status", "text", "running, ok, partial, failed, stopped, died", "partial"),
            C("exit_code", "integer", "what cron saw", "1"),
            C("outlet", "text", "NULL in a run that visited none", "le_devoir"),
            C("outcome", "text", "ok, not_modified, partial, blocked, failed", "failed"),
            C("reason", "text", "the most frequent cause", "timeout"),
            C("detail", "text", "the first failure: reason, address, words", "timeout: https://…"),
            C("links", "integer", "new links found", "14"),
            C("fetched", "integer, pages", "asked and answered", "14"),
            C("stored", "integer, articles", "new", "13"),
            C("revised", "integer, articles", "with a new revision", "0"),
            C("refused", "integer, pages", "that are no articles", "1"),
            C("failed", "integer, requests", "that went wrong", "0"),
        ),
        """
        SELECT u.id AS run_id, u.kind, u.started_at, u.finished_at, u.status, u.exit_code, o.slug AS outlet, x.outcome,
               x.reason, x.detail, x.links, x.fetched, x.stored, x.revised, x.refused, x.failed
        FROM run u
        LEFT JOIN outlet_run x ON x.run_id = u.id
        LEFT JOIN outlet o ON o.id = x.outlet_id
        """,
    ),
    View(
        "v_fetch",
        "what became of one address in a run",
        (
            C("run_id", "integer", "the run", "812"),
            _OUTLET,
            C("url", "text", "the address asked", "https://…"),
            C("at", "instant", "when it was done with", "2026-11-23 14:00:07"),
            C("outcome", "text", "ok, not_modified, partial, blocked, failed", "blocked"),
            C("reason", "text", "of a closed list; NULL when all is well", "robots"),
            C("detail", "text", "in words", "robots.txt forbids it"),
            C("status", "integer", "HTTP status; 0 without an answer", "0"),
            C("bytes", "integer, bytes", "of the body", "48211"),
            C("elapsed_ms", "integer, ms", "from request to answer", "310"),
            C("tries", "integer", "requests made", "1"),
        ),
        """
        SELECT l.run_id, o.slug AS outlet, l.url, l.at, l.outcome, l.reason, l.detail, l.status, l.bytes, l.elapsed_ms,
               l.tries
        FROM fetch_log l
        JOIN outlet o ON o.id = l.outlet_id
        """,
    ),
)
