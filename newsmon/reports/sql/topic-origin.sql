-- title: Part des agences dans le sujet | Share of the agencies in the topic
-- question: Sur le sujet, combien de textes sont de chaque média, et combien lui viennent d'ailleurs ? | On the topic, how many texts are each outlet's own, and how many come from elsewhere?
-- parameters: topic, since, until, undated
-- column outlet: média | outlet
-- column n: articles | articles
-- column n_original: de la maison | its own
-- column n_wire: d'agence | wire copy
-- column n_mixed: mixtes | mixed
-- column n_republished: repris | republished
-- column n_untold: sans indication | not told
-- column wire_share: part des agences, % | share of the agencies, %
SELECT m.outlet, count(*) AS n,
       sum(CASE WHEN a.origin = 'original' THEN 1 ELSE 0 END) AS n_original,
       sum(CASE WHEN a.origin = 'wire' THEN 1 ELSE 0 END) AS n_wire,
       sum(CASE WHEN a.origin = 'mixed' THEN 1 ELSE 0 END) AS n_mixed,
       sum(CASE WHEN a.origin = 'republished' THEN 1 ELSE 0 END) AS n_republished,
       sum(CASE WHEN a.origin IS NULL THEN 1 ELSE 0 END) AS n_untold,
       round(100.0 * sum(CASE WHEN a.origin = 'wire' THEN 1 ELSE 0 END) / count(*), 1) AS wire_share
FROM v_match m
JOIN v_article a ON a.article_id = m.article_id
WHERE m.topic = :topic AND m.day >= :since AND m.day <= :until AND (:undated = 1 OR m.day_basis = 'published')
GROUP BY m.outlet
ORDER BY n DESC, m.outlet
