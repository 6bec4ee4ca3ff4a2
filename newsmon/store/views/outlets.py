"""What is followed, and how much each outlet writes."""

from __future__ import annotations

from newsmon.store.views.columns import DAY, OUTLET, Column, View

C = Column

VIEWS = (
    View(
        "v_outlet",
        "an outlet that is or was followed",
        (
            OUTLET,
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
        "v_outlet_day",
        "an outlet's output of a day",
        (
            OUTLET,
            DAY,
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
)
