-- title: Articles retirés | Articles taken away
-- question: Quels articles ne sont plus là où ils étaient ? | Which articles are no longer where they were?
-- parameters: topic?, since, until, limit
-- column gone_at: constaté le (UTC) | found (UTC)
-- column outlet: média | outlet
-- column headline: titre | headline
-- column day: jour de parution | day
-- column status: réponse HTTP | HTTP status
-- column url: adresse | address
SELECT gone_at, outlet, headline, day, status, url
FROM v_gone
WHERE day >= :since AND day <= :until
  AND (:topic IS NULL OR article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
ORDER BY gone_at DESC, outlet, url
LIMIT :limit
