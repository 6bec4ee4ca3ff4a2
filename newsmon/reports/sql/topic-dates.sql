-- title: D'où viennent les dates du sujet | Where the dates of the topic come from
-- question: Comment sait-on le jour des articles du sujet ? | How are the days of the topic's articles known?
-- parameters: topic, since, until
-- column day_basis: jour su par | day known by
-- column published_source: date lue dans | date read from
-- column published_precision: précision | precision
-- column n: articles | articles
-- column share: part, % | share, %
SELECT a.day_basis, a.published_source, a.published_precision, count(*) AS n,
       round(100.0 * count(*) / max(w.whole), 1) AS share
FROM v_match m
JOIN v_article a ON a.article_id = m.article_id
CROSS JOIN (
    SELECT sum(n) AS whole FROM v_attention_day WHERE topic = :topic AND day >= :since AND day <= :until
) w
WHERE m.topic = :topic AND m.day >= :since AND m.day <= :until
GROUP BY a.day_basis, a.published_source, a.published_precision
ORDER BY n DESC, a.day_basis, a.published_source, a.published_precision
