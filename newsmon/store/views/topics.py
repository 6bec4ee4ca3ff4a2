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
            C("pending", "integer", "the version that takes its place once the stored articles were matched", "NULL"),
            C("active", "boolean", "its file is there", "1"),
            C("added_at", "instant", "when that definition was first used", "2026-11-23 14:00:00"),
            C("digest", "text", "sha256 of all that decides what it matches", "5f1c…"),
            C("definition", "text", "as written", 'slug = "guerre-ukraine"…'),
        ),
        """
        SELECT t.slug AS topic, t.name, t.parent, v.seq AS version, p.seq AS pending, t.active, v.added_at, v.digest,
               v.source AS definition
        FROM topic t
        JOIN topic_version v ON v.id = t.version_id
        LEFT JOIN topic_version p ON p.id = t.pending_id
        """,
    ),
    View(
        "v_topic_version",
        "a definition of a topic: the one that is shown, one that waits, or an older one",
        (
            TOPIC,
            C("version", "integer", "from 1", "2"),
            C("state", "text", "shown; pending; former (was shown); dropped (never was)", "shown"),
            C("added_at", "instant", "when it was first used", "2026-11-23 14:00:00"),
            C("shown_at", "instant", "when it came to be shown, the last time", "2026-11-23 14:04:10"),
            C("digest", "text", "sha256 of all that decides what it matches", "5f1c…"),
            C("definition", "text", "as written", 'slug = "guerre-ukraine"…'),
        ),
        """
        SELECT t.slug AS topic, v.seq AS version,
               CASE WHEN v.id = t.version_id THEN 'shown' WHEN v.id = t.pending_id THEN 'pending'
                    WHEN v.shown_at IS NULL THEN 'dropped' ELSE 'former' END AS state,
               v.added_at, v.shown_at, v.digest, v.source AS definition
        FROM topic_version v
        JOIN topic t ON t.id = v.topic_id
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
    View(
        "v_label",
        "what a reader said of an article and a topic, beside what the topic's current version says",
        (
            TOPIC,
            ARTICLE_ID,
            OUTLET,
            DAY,
            HEADLINE,
            C("label", "text", "yes (it is about the topic), secondary (it matters in it), no", "yes"),
            C("labelled_at", "instant", "when", "2026-11-23 14:00:00"),
            C("seq", "integer", "the revision that was read", "1"),
            C("level", "text", "the match's: primary, secondary; NULL: no match", "primary"),
            C("score", "number", "the match's", "9.5"),
        ),
        """
        SELECT t.slug AS topic, a.id AS article_id, o.slug AS outlet, a.day, r.headline, l.label, l.labelled_at,
               read_one.seq, m.level, m.score
        FROM topic_label l
        JOIN topic t ON t.id = l.topic_id
        JOIN article a ON a.id = l.article_id
        JOIN outlet o ON o.id = a.outlet_id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
        JOIN revision read_one ON read_one.id = l.revision_id
        LEFT JOIN topic_match m ON m.topic_version_id = t.version_id AND m.revision_id = r.id
        """,
    ),
    View(
        "v_burst",
        "a stretch of days in which a topic took a far greater share of what was written than usual",
        (
            TOPIC,
            C("outlet", "text", "the outlet's slug; NULL: all outlets together", "NULL"),
            C("first_day", "day", "of the stretch", "2022-02-24"),
            C("last_day", "day", "of the stretch", "2022-03-20"),
            C("n", "integer, articles", "dated ones of the topic", "310"),
            C("outlet_n", "integer, articles", "dated ones in all", "2100"),
            C("share", "number, 0 to 1", "n out of outlet_n", "0.1476"),
            C("usual_share", "number, 0 to 1", "over all days", "0.02"),
            C("weight", "number", "how sure: the natural logarithm of the odds against the usual share", "412.5"),
        ),
        """
        SELECT t.slug AS topic, o.slug AS outlet, b.first_day, b.last_day, b.n, b.outlet_n,
               1.0 * b.n / b.outlet_n AS share, b.usual AS usual_share, b.weight
        FROM burst b
        JOIN topic t ON t.id = b.topic_id
        LEFT JOIN outlet o ON o.id = b.outlet_id
        """,
    ),
    View(
        "v_alert",
        "a day on which a topic stood out against its fourteen days before",
        (
            TOPIC,
            DAY,
            C("n", "integer, articles", "dated ones of the topic, when the alert was raised", "14"),
            C("usual", "number, articles", "that were to be expected", "3.2"),
            C("threshold", "number, articles", "from which the day stood out", "8.6"),
            C("raised_at", "instant", "when", "2022-02-24 14:03:40"),
            C("version", "integer", "of the topic's definition", "1"),
            C("mail", "text", "sent, failed, unsure (cut off while it was sent), sending; NULL: not asked for", "sent"),
            C("webhook", "text", "the same", "NULL"),
        ),
        """
        SELECT t.slug AS topic, x.day, x.n, x.usual, x.threshold, x.raised_at, v.seq AS version, m.state AS mail,
               w.state AS webhook
        FROM alert x
        JOIN topic t ON t.id = x.topic_id
        JOIN topic_version v ON v.id = x.topic_version_id
        LEFT JOIN alert_delivery m ON m.alert_id = x.id AND m.channel = 'mail'
        LEFT JOIN alert_delivery w ON w.alert_id = x.id AND w.channel = 'webhook'
        """,
    ),
)
