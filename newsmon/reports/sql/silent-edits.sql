-- title: Retouches sans mention | Silent edits
-- question: Quels articles ont été retouchés sans que la page le dise ? | Which articles were edited without the page saying so?
-- parameters: topic?, since, until, limit
-- column seen_at: vu le (UTC) | seen (UTC)
-- column outlet: média | outlet
-- column headline: titre | headline
-- column change: changement | change
-- column words_added: mots ajoutés | words added
-- column words_removed: mots retirés | words removed
-- column seq: révision | revision
-- column url: adresse | address
SELECT r.seen_at, r.outlet, r.headline, r.change, r.words_added, r.words_removed, r.seq, a.url
FROM v_revision r
JOIN v_article a ON a.article_id = r.article_id
WHERE r.seq > 1 AND r.modified_at IS NULL AND a.day >= :since AND a.day <= :until
  AND (:topic IS NULL OR r.article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
ORDER BY r.seen_at DESC, r.outlet, a.url, r.seq
LIMIT :limit
