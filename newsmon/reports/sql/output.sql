-- title: Production des médias | Output of the outlets
-- question: Combien d'articles chaque média a-t-il publiés, combien sont de lui, et combien ne sont pas datés ? | How many articles has each outlet published, how many are its own, and how many are undated?
-- parameters: since, until, undated
-- column outlet: média | outlet
-- column n: articles | articles
-- column n_original: dont de la maison | of which its own
-- column original_share: part de la maison, % | share of its own, %
-- column n_undated: dont jour incertain | of which day uncertain
-- column undated_share: part incertaine, % | share uncertain, %
SELECT outlet, n, n_original, round(100.0 * n_original / n, 1) AS original_share, n_undated,
       round(100.0 * n_undated / n, 1) AS undated_share
FROM (
    SELECT outlet, sum(n) AS n, sum(n_original) AS n_original, sum(n_undated) AS n_undated
    FROM v_outlet_day
    WHERE :undated = 1 AND day >= :since AND day <= :until
    GROUP BY outlet
    UNION ALL
    SELECT outlet, count(*), sum(CASE WHEN origin IS NULL OR origin = 'original' THEN 1 ELSE 0 END), 0
    FROM v_article
    WHERE :undated = 0 AND day >= :since AND day <= :until AND day_basis = 'published'
    GROUP BY outlet
) counted
ORDER BY n DESC, outlet
