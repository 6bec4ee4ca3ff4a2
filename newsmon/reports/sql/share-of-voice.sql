-- title: Part de voix | Share of voice
-- question: Quelle part de ce qui s'est écrit sur le sujet vient de chaque média, et quelle part de sa production y va ? | What share of what was written on the topic comes from each outlet, and what share of its output goes there?
-- parameters: topic, since, until, undated
-- column outlet: média | outlet
-- column n: articles | articles
-- column n_primary: dont sujet principal | of which about it
-- column n_undated: dont jour incertain | of which day uncertain
-- column voice: part du sujet, % | share of the topic, %
-- column outlet_n: production du média | outlet's output
-- column share: part de sa production, % | share of its output, %
SELECT c.outlet, c.n, c.n_primary, c.n_undated, round(100.0 * c.n / sum(c.n) OVER (), 1) AS voice, o.outlet_n,
       round(100.0 * c.n / o.outlet_n, 2) AS share
FROM (
    SELECT outlet, sum(n) AS n, sum(n_primary) AS n_primary, sum(n_undated) AS n_undated
    FROM v_attention_day
    WHERE :undated = 1 AND topic = :topic AND day >= :since AND day <= :until
    GROUP BY outlet
    UNION ALL
    SELECT outlet, count(*), sum(CASE WHEN level = 'primary' THEN 1 ELSE 0 END), 0
    FROM v_match
    WHERE :undated = 0 AND topic = :topic AND day >= :since AND day <= :until AND day_basis = 'published'
    GROUP BY outlet
) c
JOIN (
    SELECT outlet, sum(n) - (1 - :undated) * sum(n_undated) AS outlet_n
    FROM v_outlet_day
    WHERE day >= :since AND day <= :until
    GROUP BY outlet
) o ON o.outlet = c.outlet
ORDER BY c.n DESC, c.outlet
