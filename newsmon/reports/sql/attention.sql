-- title: Attention par jour et par média | Attention by day and outlet
-- question: Combien chaque média a-t-il publié sur le sujet, jour par jour, et sur combien ? | How much did each outlet publish on the topic, day by day, and out of how much?
-- parameters: topic, since, until, undated
-- column day: jour | day
-- column outlet: média | outlet
-- column n: articles | articles
-- column n_primary: dont sujet principal | of which about it
-- column n_undated: dont jour incertain | of which day uncertain
-- column outlet_n: production du média | outlet's output
-- column share: part, % | share, %
SELECT day, outlet, n, n_primary, n_undated, outlet_n, round(100.0 * n / outlet_n, 1) AS share
FROM (
    SELECT day, outlet, n, n_primary, n_undated, outlet_n
    FROM v_attention_day
    WHERE :undated = 1 AND topic = :topic AND day >= :since AND day <= :until
    UNION ALL
    SELECT m.day, m.outlet, count(*), sum(CASE WHEN m.level = 'primary' THEN 1 ELSE 0 END), 0,
           max(a.outlet_n - a.outlet_n_undated)
    FROM v_match m
    JOIN v_attention_day a ON a.topic = m.topic AND a.outlet = m.outlet AND a.day = m.day
    WHERE :undated = 0 AND m.topic = :topic AND m.day >= :since AND m.day <= :until AND m.day_basis = 'published'
    GROUP BY m.day, m.outlet
) counted
ORDER BY day, outlet
