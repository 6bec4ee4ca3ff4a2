"""How much was written on a topic, by week and by month, and whose part of it that is."""

from __future__ import annotations

from newsmon.store.views.columns import OUTLET, TOPIC, Column, View

C = Column

VIEWS = (
    View(
        "v_attention_week",
        "what an outlet wrote on a topic in a week",
        (
            TOPIC,
            OUTLET,
            C("iso_week", "text", "the week, Monday to Sunday", "2022-W08"),
            C("n", "integer, articles", "of the topic", "61"),
            C("n_primary", "integer, articles", "that are about it", "38"),
            C("n_original", "integer, articles", "that are the outlet's own", "29"),
            C("n_undated", "integer, articles", "whose day is not the printed one", "1"),
            C("outlet_n", "integer, articles", "the outlet's whole output of the week", "640"),
            C("share", "number, 0 to 1", "n out of outlet_n", "0.0953"),
        ),
        """
        SELECT t.slug AS topic, o.slug AS outlet, k.iso_week, k.n, k.n_primary, k.n_original, k.n_undated,
               w.n AS outlet_n, 1.0 * k.n / w.n AS share
        FROM (SELECT m.topic_id, m.outlet_id, c.iso_week, sum(m.n) AS n, sum(m.n_primary) AS n_primary,
                     sum(m.n_original) AS n_original, sum(m.n_undated) AS n_undated
              FROM topic_outlet_day m
              JOIN (SELECT DISTINCT day, iso_week FROM article WHERE day IS NOT NULL) c ON c.day = m.day
              GROUP BY m.topic_id, m.outlet_id, c.iso_week) k
        JOIN (SELECT d.outlet_id, c.iso_week, sum(d.n) AS n
              FROM outlet_day d
              JOIN (SELECT DISTINCT day, iso_week FROM article WHERE day IS NOT NULL) c ON c.day = d.day
              GROUP BY d.outlet_id, c.iso_week) w ON w.outlet_id = k.outlet_id AND w.iso_week = k.iso_week
        JOIN topic t ON t.id = k.topic_id
        JOIN outlet o ON o.id = k.outlet_id
        """,
    ),
    View(
        "v_share_of_voice",
        "an outlet's part in what all outlets wrote on a topic in a month",
        (
            TOPIC,
            C("month", "text", "the month", "2022-02"),
            OUTLET,
            C("n", "integer, articles", "the outlet's on the topic", "212"),
            C("n_undated", "integer, articles", "whose day is not the printed one", "3"),
            C("topic_n", "integer, articles", "all outlets' on the topic", "1480"),
            C("share", "number, 0 to 1", "n out of topic_n", "0.1432"),
        ),
        """
        SELECT t.slug AS topic, k.month, o.slug AS outlet, k.n, k.n_undated, w.n AS topic_n, 1.0 * k.n / w.n AS share
        FROM (SELECT m.topic_id, m.outlet_id, c.month, sum(m.n) AS n, sum(m.n_undated) AS n_undated
              FROM topic_outlet_day m
              JOIN (SELECT DISTINCT day, month FROM article WHERE day IS NOT NULL) c ON c.day = m.day
              GROUP BY m.topic_id, m.outlet_id, c.month) k
        JOIN (SELECT m.topic_id, c.month, sum(m.n) AS n
              FROM topic_outlet_day m
              JOIN (SELECT DISTINCT day, month FROM article WHERE day IS NOT NULL) c ON c.day = m.day
              GROUP BY m.topic_id, c.month) w ON w.topic_id = k.topic_id AND w.month = k.month
        JOIN topic t ON t.id = k.topic_id
        JOIN outlet o ON o.id = k.outlet_id
        """,
    ),
)
