"""What is tracked, what fits it and why."""

from __future__ import annotations

from newsmon.store.views.columns import ARTICLE_ID, DAY, HEADLINE, LEVEL, OUTLET, TOPIC, Column, View

C = Column

VIEWS = (
    View(
        "v_topic",
        "a topic in its current version",
        (
            TOPIC,
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
        "v_match",
        "an article of a topic, by the topic's current version",
        (
            TOPIC,
            ARTICLE_ID,
            OUTLET,
            DAY,
            C("day_basis", "text", "published, clock, first_seen, unknown", "published"),
            HEADLINE,
            C("url", "text", "the address", "https://…"),
            LEVEL,
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
            TOPIC,
            ARTICLE_ID,
            OUTLET,
            DAY,
            HEADLINE,
            LEVEL,
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
            TOPIC,
            OUTLET,
            DAY,
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
)
