"""Stories: one event told by several outlets; who was first; who stays with it."""

from __future__ import annotations

from newsmon.store.views.columns import ARTICLE_ID, DAY, HEADLINE, OUTLET, TOPIC, Column, View

C = Column

STORY = C("story_id", "integer", "the story; the lowest article_id in it", "1204")
KNOWN = (
    C("published_at", "instant", "NULL when unknown", "2022-02-26 22:20:00"),
    C("published_precision", "text", "second, minute, hour, day, month", "minute"),
    C("published_source", "text", "where the date stood: jsonld, meta, time, feed, label, url…", "jsonld"),
)

# The first article of each outlet on each story, with what is known of its time: timed, day (no hour), undated.
_OPENINGS = """
    SELECT n.*, min(CASE WHEN known = 'timed' THEN published_s END) OVER (PARTITION BY story_id) AS first_s,
           min(CASE WHEN known = 'timed' THEN day END) OVER (PARTITION BY story_id) AS timed_day,
           min(CASE WHEN known = 'day' THEN day END) OVER (PARTITION BY story_id) AS hourless_day,
           sum(CASE WHEN known = 'undated' THEN 1 ELSE 0 END) OVER (PARTITION BY story_id) AS undated
    FROM (
        SELECT k.*, row_number() OVER (
                   PARTITION BY story_id, outlet_id
                   ORDER BY CASE known WHEN 'undated' THEN 1 ELSE 0 END, day, CASE known WHEN 'timed' THEN 0 ELSE 1 END,
                            published_s, article_id) AS turn
        FROM (
            SELECT m.story_id, a.id AS article_id, a.outlet_id, a.day, a.published_at, a.published_precision,
                   a.published_source, a.canonical_url, a.revision_seq, s.published_s,
                   CASE WHEN a.day_basis <> 'published' OR a.published_at IS NULL OR a.published_precision = 'month'
                        THEN 'undated'
                        WHEN a.published_precision IN ('second', 'minute') THEN 'timed' ELSE 'day' END AS known
            FROM story_article m
            JOIN article a ON a.id = m.article_id
            JOIN text_sketch s ON s.article_id = m.article_id
        ) k
    ) n
    WHERE n.turn = 1
"""

VIEWS = (
    View(
        "v_story",
        "a story: articles of several outlets about one event, known by the rare words that they share",
        (
            STORY,
            C("first_day", "day", "of its earliest article", "2022-03-05"),
            C("last_day", "day", "of its latest article", "2022-03-06"),
            C("articles", "integer", "in it", "7"),
            C("outlets", "integer", "that tell it", "4"),
            C("words", "text", "shared words, the reason why they are one story", "Marioupol, trêve, corridor"),
            C("headline", "text", "of the article that gave the story its number", "Marioupol : la trêve échoue…"),
        ),
        """
        SELECT s.id AS story_id, s.first_day, s.last_day, s.articles, s.outlets, s.words, r.headline
        FROM story s
        JOIN article a ON a.id = s.id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
        """,
    ),
    View(
        "v_story_article",
        "an article of a story",
        (
            STORY,
            ARTICLE_ID,
            OUTLET,
            DAY,
            C("day_basis", "text", "published, clock, first_seen, unknown", "published"),
            *KNOWN,
            HEADLINE,
            C("url", "text", "the address", "https://…"),
        ),
        """
        SELECT m.story_id, a.id AS article_id, o.slug AS outlet, a.day, a.day_basis, a.published_at,
               a.published_precision, a.published_source, r.headline, a.canonical_url AS url
        FROM story_article m
        JOIN article a ON a.id = m.article_id
        JOIN outlet o ON o.id = a.outlet_id
        JOIN revision r ON r.article_id = a.id AND r.seq = a.revision_seq
        """,
    ),
    View(
        "v_first",
        "the first article of an outlet on a story, and how long after the first outlet of all",
        (
            STORY,
            OUTLET,
            C(
                "standing",
                "text",
                "first; tied: as early as another, or only the day is known and it is the same; later; "
                "undated: no known date, which never wins",
                "first",
            ),
            C("delay_hours", "number, hours", "after the first; NULL where the hour of either is unknown", "2.5"),
            C(
                "undated",
                "integer, outlets",
                "of the story, of unknown time: one may have been first",
                "0",
            ),
            ARTICLE_ID,
            DAY,
            *KNOWN,
            HEADLINE,
            C("url", "text", "the address", "https://…"),
        ),
        f"""
        SELECT w.story_id, o.slug AS outlet,
               CASE WHEN w.known = 'undated' THEN 'undated' WHEN w.leads = 0 THEN 'later'
                    WHEN sum(w.leads) OVER (PARTITION BY w.story_id) = 1 THEN 'first' ELSE 'tied' END AS standing,
               CASE WHEN w.known = 'timed' AND (w.hourless_day IS NULL OR w.hourless_day >= w.timed_day)
                    THEN round((w.published_s - w.first_s) / 3600.0, 2) END AS delay_hours,
               w.undated, w.article_id, w.day, w.published_at, w.published_precision, w.published_source, r.headline,
               w.canonical_url AS url
        FROM (
            SELECT p.*, CASE
                       WHEN known = 'timed' AND published_s = first_s
                            AND (hourless_day IS NULL OR hourless_day >= timed_day) THEN 1
                       WHEN known = 'day' AND day = hourless_day
                            AND (timed_day IS NULL OR hourless_day <= timed_day) THEN 1
                       ELSE 0 END AS leads
            FROM ({_OPENINGS}) p
        ) w
        JOIN outlet o ON o.id = w.outlet_id
        JOIN revision r ON r.article_id = w.article_id AND r.seq = w.revision_seq
        """,
    ),
    View(
        "v_persistence",
        "how long an outlet stays with a topic, or with a story",
        (
            C("kind", "text", "topic, story", "topic"),
            C("topic", "text", "the topic's slug; NULL for a story", "guerre-ukraine"),
            C("story_id", "integer", "the story; NULL for a topic", "NULL"),
            OUTLET,
            C("first_day", "day", "of its first article of known date; NULL: there is none", "2022-01-10"),
            C("last_day", "day", "of its latest article of known date", "2022-11-30"),
            C("days_active", "integer, days", "on which it is known to have published at least one article", "74"),
            C("n", "integer, articles", "on it", "212"),
            C("n_undated", "integer, articles", "of which the day is not the printed one", "3"),
        ),
        """
        SELECT 'topic' AS kind, t.slug AS topic, CAST(NULL AS BIGINT) AS story_id, o.slug AS outlet,
               min(CASE WHEN d.n > d.n_undated THEN d.day END) AS first_day,
               max(CASE WHEN d.n > d.n_undated THEN d.day END) AS last_day,
               sum(CASE WHEN d.n > d.n_undated THEN 1 ELSE 0 END) AS days_active, sum(d.n) AS n,
               sum(d.n_undated) AS n_undated
        FROM topic_outlet_day d
        JOIN topic t ON t.id = d.topic_id
        JOIN outlet o ON o.id = d.outlet_id
        GROUP BY t.slug, o.slug
        UNION ALL
        SELECT 'story', NULL, m.story_id, o.slug, min(CASE WHEN a.day_basis = 'published' THEN a.day END),
               max(CASE WHEN a.day_basis = 'published' THEN a.day END),
               count(DISTINCT CASE WHEN a.day_basis = 'published' THEN a.day END), count(*),
               sum(CASE WHEN a.day_basis = 'published' THEN 0 ELSE 1 END)
        FROM story_article m
        JOIN article a ON a.id = m.article_id
        JOIN outlet o ON o.id = a.outlet_id
        GROUP BY m.story_id, o.slug
        """,
    ),
    View(
        "v_topic_cooccurrence",
        "two topics that articles touch on together; each pair has two rows, one each way",
        (
            TOPIC,
            C("other_topic", "text", "the other topic's slug", "canada-etats-unis"),
            C("n", "integer, articles", "that touch on both", "41"),
            C("n_other_primary", "integer, articles", "of which about the other topic", "12"),
        ),
        """
        SELECT t.slug AS topic, u.slug AS other_topic, count(*) AS n,
               sum(CASE WHEN q.level = 'primary' THEN 1 ELSE 0 END) AS n_other_primary
        FROM topic t
        JOIN topic_match m ON m.topic_version_id = t.version_id
        JOIN revision r ON r.id = m.revision_id
        JOIN article a ON a.id = r.article_id AND a.revision_seq = r.seq
        JOIN topic_match q ON q.revision_id = m.revision_id AND q.topic_version_id <> m.topic_version_id
        JOIN topic u ON u.version_id = q.topic_version_id
        GROUP BY t.slug, u.slug
        """,
    ),
)
