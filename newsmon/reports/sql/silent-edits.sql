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
SELECT e.seen_at, e.outlet, e.headline, e.change, e.words_added, e.words_removed, e.seq, e.url
FROM v_silent_edit e
WHERE e.day >= :since AND e.day <= :until
  AND (:topic IS NULL OR e.article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
ORDER BY e.seen_at DESC, e.outlet, e.url, e.seq
LIMIT :limit
