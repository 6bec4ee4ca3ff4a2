-- title: Tous les sujets | All topics
-- question: Combien d'articles chaque sujet compte-t-il, et depuis quand ? | How many articles has each topic, and since when?
-- parameters: since, until, undated
-- column topic: sujet | topic
-- column name: nom | name
-- column n: articles | articles
-- column n_primary: dont sujet principal | of which about it
-- column n_undated: dont jour incertain | of which day uncertain
-- column first_day: premier jour daté | first dated day
-- column last_day: dernier jour daté | last dated day
-- column version: version | version
SELECT t.topic, t.name, coalesce(c.n, 0) AS n, coalesce(c.n_primary, 0) AS n_primary,
       coalesce(c.n_undated, 0) AS n_undated, c.first_day, c.last_day, t.version
FROM v_topic t
LEFT JOIN (
    SELECT topic, sum(n) AS n, sum(n_primary) AS n_primary, sum(n_undated) AS n_undated,
           min(CASE WHEN n > n_undated THEN day END) AS first_day,
           max(CASE WHEN n > n_undated THEN day END) AS last_day
    FROM v_attention_day
    WHERE :undated = 1 AND day >= :since AND day <= :until
    GROUP BY topic
    UNION ALL
    SELECT topic, count(*), sum(CASE WHEN level = 'primary' THEN 1 ELSE 0 END), 0, min(day), max(day)
    FROM v_match
    WHERE :undated = 0 AND day >= :since AND day <= :until AND day_basis = 'published'
    GROUP BY topic
) c ON c.topic = t.topic
ORDER BY n DESC, t.topic
