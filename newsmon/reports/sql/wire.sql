-- title: Le même texte, où | The same text, where
-- question: Quels textes un média a-t-il publiés qui se lisent aussi, en tout ou en partie, dans un autre qui les avait avant lui ? | Which texts of an outlet stand, whole or in part, in another one that had them before?
-- parameters: topic?, since, until, limit
-- column day: jour | day
-- column outlet: média | outlet
-- column headline: titre | headline
-- column url: adresse | address
-- column origin: provenance dite | origin as told
-- column agency: agence | agency
-- column source_name: repris de | republished from
-- column other_outlet: aussi dans | also in
-- column other_headline: titre là-bas | headline there
-- column shared: texte commun, % | text in common, %
-- column lag_hours: retard, h | behind, h
SELECT day, outlet, headline, url, origin, agency, source_name, other_outlet, other_headline,
       round(CAST(100.0 * CASE WHEN share > other_share THEN share ELSE other_share END AS NUMERIC), 1) AS shared, lag_hours
FROM v_copy
WHERE day >= :since AND day <= :until AND (lag_hours > 0 OR (coalesce(lag_hours, 0) = 0 AND article_id > other_id))
  AND (:topic IS NULL OR article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
ORDER BY day DESC, outlet, headline, lag_hours, other_outlet
LIMIT :limit
