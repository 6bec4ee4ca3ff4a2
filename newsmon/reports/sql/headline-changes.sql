-- title: Titres changés | Headlines that changed
-- question: Quels titres ont changé après la parution, et quand l'a-t-on vu ? | Which headlines changed after publication, and when was it seen?
-- parameters: topic?, since, until, limit
-- column seen_at: vu le (UTC) | seen (UTC)
-- column outlet: média | outlet
-- column headline_before: avant | before
-- column headline: après | after
-- column seq: révision | revision
-- column url: adresse | address
SELECT h.seen_at, h.outlet, h.headline_before, h.headline, h.seq, h.url
FROM v_headline_change h
WHERE h.day >= :since AND h.day <= :until
  AND (:topic IS NULL OR h.article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
ORDER BY h.seen_at DESC, h.outlet, h.url, h.seq
LIMIT :limit
