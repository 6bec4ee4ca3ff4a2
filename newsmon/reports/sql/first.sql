-- title: Qui a été le premier, histoire par histoire | Who was first, story by story
-- question: Sur les événements que plusieurs médias ont couverts, combien de fois chacun a-t-il été le premier, et de combien a-t-il suivi ? | Of the events that several outlets covered, how often was each the first, and how long after did it follow?
-- parameters: topic?, since, until
-- column outlet: média | outlet
-- column stories: histoires | stories
-- column n_first: seul premier | alone first
-- column n_tied: premier à égalité | first with others
-- column n_later: plus tard | later
-- column n_undated: heure inconnue | time unknown
-- column first_share: seul premier, % | alone first, %
-- column delay_hours: retard moyen, h | average delay, h
SELECT outlet, count(*) AS stories, sum(CASE WHEN standing = 'first' THEN 1 ELSE 0 END) AS n_first,
       sum(CASE WHEN standing = 'tied' THEN 1 ELSE 0 END) AS n_tied,
       sum(CASE WHEN standing = 'later' THEN 1 ELSE 0 END) AS n_later,
       sum(CASE WHEN standing = 'undated' THEN 1 ELSE 0 END) AS n_undated,
       round(100.0 * sum(CASE WHEN standing = 'first' THEN 1 ELSE 0 END) / count(*), 1) AS first_share,
       round(avg(CASE WHEN standing = 'later' THEN delay_hours END), 2) AS delay_hours
FROM v_first
WHERE story_id IN (
    SELECT s.story_id
    FROM v_story_article s
    WHERE s.day >= :since AND s.day <= :until
      AND (:topic IS NULL OR s.article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
)
GROUP BY outlet
ORDER BY n_first DESC, stories DESC, outlet
