-- title: Attention par semaine et par média | Attention by week and outlet
-- question: Combien chaque média a-t-il publié sur le sujet, semaine par semaine, et sur combien ? | How much did each outlet publish on the topic, week by week, and out of how much?
-- parameters: topic, since, until, undated
-- column iso_week: semaine (ISO 8601) | week (ISO 8601)
-- column outlet: média | outlet
-- column n: articles | articles
-- column n_primary: dont sujet principal | of which about it
-- column n_undated: dont jour incertain | of which day uncertain
-- column outlet_n: production du média | outlet's output
-- column share: part, % | share, %
SELECT c.iso_week, c.outlet, c.n, c.n_primary, c.n_undated, o.outlet_n, round(100.0 * c.n / o.outlet_n, 1) AS share
FROM (
    SELECT a.iso_week, a.outlet, count(*) AS n, sum(CASE WHEN m.level = 'primary' THEN 1 ELSE 0 END) AS n_primary,
           sum(CASE WHEN a.day_basis = 'published' THEN 0 ELSE 1 END) AS n_undated
    FROM v_match m
    JOIN v_article a ON a.article_id = m.article_id
    WHERE m.topic = :topic AND m.day >= :since AND m.day <= :until AND (:undated = 1 OR m.day_basis = 'published')
    GROUP BY a.iso_week, a.outlet
) c
JOIN (
    SELECT iso_week, outlet, count(*) AS outlet_n
    FROM v_article
    WHERE day >= :since AND day <= :until AND (:undated = 1 OR day_basis = 'published')
    GROUP BY iso_week, outlet
) o ON o.iso_week = c.iso_week AND o.outlet = c.outlet
ORDER BY c.iso_week, c.outlet
