-- title: Sursauts d'attention | Bursts of attention
-- question: Quand a-t-on soudain écrit sur le sujet bien plus que d'ordinaire, et chez qui ? | When was suddenly far more written on the topic than usual, and by whom?
-- parameters: topic?, since, until, limit
-- column topic: sujet | topic
-- column outlet: média (vide : tous) | outlet (empty: all)
-- column first_day: premier jour | first day
-- column last_day: dernier jour | last day
-- column n: articles datés | dated articles
-- column outlet_n: sur | out of
-- column share: part, % | share, %
-- column usual_share: part ordinaire, % | usual share, %
-- column weight: poids | weight
SELECT topic, outlet, first_day, last_day, n, outlet_n, round(100.0 * n / outlet_n, 1) AS share,
       round(CAST(100.0 * usual_share AS numeric), 1) AS usual_share, round(CAST(weight AS numeric), 1) AS weight
FROM v_burst
WHERE (:topic IS NULL OR topic = :topic) AND last_day >= :since AND first_day <= :until
ORDER BY first_day DESC, CASE WHEN outlet IS NULL THEN 0 ELSE 1 END, outlet, topic
LIMIT :limit
