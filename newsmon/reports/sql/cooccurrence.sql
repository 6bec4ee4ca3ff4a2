-- title: Sujets qui vont ensemble | Topics that go together
-- question: À quels autres sujets les articles du sujet touchent-ils aussi ? | On which other topics do the topic's articles touch, too?
-- parameters: topic, since, until, undated
-- column topic: autre sujet | other topic
-- column name: nom | name
-- column n: articles communs | articles in common
-- column n_primary: dont l'autre est le sujet principal | of which about the other
-- column n_undated: dont jour incertain | of which day uncertain
-- column share: part du sujet demandé, % | share of the topic asked for, %
SELECT t.topic, t.name, c.n, c.n_primary, c.n_undated, round(100.0 * c.n / w.whole, 1) AS share
FROM (
    SELECT topic, count(*) AS n, sum(CASE WHEN level = 'primary' THEN 1 ELSE 0 END) AS n_primary,
           sum(CASE WHEN day_basis = 'published' THEN 0 ELSE 1 END) AS n_undated
    FROM v_match
    WHERE topic <> :topic AND (:undated = 1 OR day_basis = 'published')
      AND article_id IN (SELECT article_id FROM v_match WHERE topic = :topic AND day >= :since AND day <= :until)
    GROUP BY topic
) c
JOIN v_topic t ON t.topic = c.topic
CROSS JOIN (
    SELECT sum(n) - (1 - :undated) * sum(n_undated) AS whole
    FROM v_attention_day
    WHERE topic = :topic AND day >= :since AND day <= :until
) w
ORDER BY c.n DESC, t.topic
