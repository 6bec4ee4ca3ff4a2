-- title: Attention par jour et par média | Attention by day and outlet
-- question: Combien chaque média a-t-il publié sur le sujet, jour par jour, et sur combien ? | How much did each outlet publish on the topic, day by day, and out of how much?
-- parameters: topic, since, until
-- column day: jour | day
-- column outlet: média | outlet
-- column n: articles | articles
-- column n_primary: dont sujet principal | of which about it
-- column n_undated: dont jour incertain | of which day uncertain
-- column outlet_n: production du média | outlet's output
-- column share: part, % | share, %
SELECT day, outlet, n, n_primary, n_undated, outlet_n, round(100.0 * n / outlet_n, 1) AS share
FROM v_attention_day
WHERE topic = :topic AND day >= :since AND day <= :until
ORDER BY day, outlet
