-- title: Qui a été le premier, jour par jour | Who was first, day by day
-- question: Les jours où plusieurs médias ont publié sur le sujet, combien de fois chacun a-t-il été le premier ? | On days when several outlets published on the topic, how often was each the first?
-- parameters: topic, since, until
-- column outlet: média | outlet
-- column days: jours où il a publié | days on which it published
-- column n_first: fois premier | times first
-- column first_share: fois premier, % | times first, %
SELECT outlet, count(*) AS days, sum(is_first) AS n_first, round(100.0 * sum(is_first) / count(*), 1) AS first_share
FROM (
    SELECT day, outlet, CASE WHEN first_at = min(first_at) OVER (PARTITION BY day) THEN 1 ELSE 0 END AS is_first,
           count(*) OVER (PARTITION BY day) AS outlets
    FROM (
        SELECT a.day, a.outlet, min(a.published_at) AS first_at
        FROM v_match m
        JOIN v_article a ON a.article_id = m.article_id
        WHERE m.topic = :topic AND m.day >= :since AND m.day <= :until
          AND a.published_precision IN ('second', 'minute')
        GROUP BY a.day, a.outlet
    ) opened
) ranked
WHERE outlets > 1
GROUP BY outlet
ORDER BY n_first DESC, days DESC, outlet
