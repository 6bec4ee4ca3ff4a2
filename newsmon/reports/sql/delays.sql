-- title: Les histoires, et le retard de chaque média | Stories, and each outlet's delay
-- question: Pour chaque événement que plusieurs médias ont couvert, qui l'a eu d'abord, et combien de temps après les autres ont-ils suivi ? | For each event that several outlets covered, who had it first, and how long after did the others follow?
-- parameters: topic?, since, until, limit
-- column story_id: histoire | story
-- column words: mots communs | shared words
-- column outlet: média | outlet
-- column standing: rang | standing
-- column delay_hours: retard, h | delay, h
-- column published_at: parution (UTC) | published (UTC)
-- column published_precision: précision | precision
-- column published_source: date lue dans | date read from
-- column headline: titre | headline
-- column url: adresse | address
SELECT s.story_id, s.words, f.outlet, f.standing, f.delay_hours, f.published_at, f.published_precision,
       f.published_source, f.headline, f.url
FROM v_first f
JOIN v_story s ON s.story_id = f.story_id
WHERE f.story_id IN (
    SELECT a.story_id
    FROM v_story_article a
    WHERE a.day >= :since AND a.day <= :until
      AND (:topic IS NULL OR a.article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
)
ORDER BY s.last_day DESC, s.story_id, CASE f.standing WHEN 'first' THEN 0 WHEN 'tied' THEN 1 WHEN 'later' THEN 2 ELSE 3 END,
         f.delay_hours, f.published_at, f.outlet
LIMIT :limit
