-- title: Qui reste sur le sujet | Who stays with the topic
-- question: De quand à quand chaque média a-t-il suivi le sujet, et combien de jours y est-il revenu ? | From when to when did each outlet follow the topic, and on how many days did it come back to it?
-- parameters: topic, since, until, undated
-- column outlet: média | outlet
-- column first_day: premier jour | first day
-- column last_day: dernier jour | last day
-- column days_active: jours actifs | days active
-- column n: articles | articles
-- column n_undated: dont jour incertain | of which day uncertain
SELECT outlet, min(CASE WHEN day_basis = 'published' THEN day END) AS first_day,
       max(CASE WHEN day_basis = 'published' THEN day END) AS last_day,
       count(DISTINCT CASE WHEN day_basis = 'published' THEN day END) AS days_active, count(*) AS n,
       sum(CASE WHEN day_basis = 'published' THEN 0 ELSE 1 END) AS n_undated
FROM v_match
WHERE topic = :topic AND day >= :since AND day <= :until AND (:undated = 1 OR day_basis = 'published')
GROUP BY outlet
ORDER BY days_active DESC, n DESC, outlet
