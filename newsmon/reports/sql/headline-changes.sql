-- title: Titres changés | Headlines that changed
-- question: Quels titres ont changé après la parution, et quand l'a-t-on vu ? | Which headlines changed after publication, and when was it seen?
-- parameters: topic?, since, until, limit
-- column seen_at: vu le (UTC) | seen (UTC)
-- column outlet: média | outlet
-- column headline_before: avant | before
-- column headline: après | after
-- column seq: révision | revision
-- column url: adresse | address
SELECT r.seen_at, r.outlet, r.headline_before, r.headline, r.seq, a.url
FROM (
    SELECT article_id, outlet, seq, seen_at, headline,
           lag(headline) OVER (PARTITION BY article_id ORDER BY seq) AS headline_before
    FROM v_revision
    WHERE article_id IN (SELECT article_id FROM v_revision WHERE seq > 1)
) r
JOIN v_article a ON a.article_id = r.article_id
WHERE r.seq > 1 AND r.headline <> r.headline_before AND a.day >= :since AND a.day <= :until
  AND (:topic IS NULL OR r.article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
ORDER BY r.seen_at DESC, r.outlet, a.url, r.seq
LIMIT :limit
