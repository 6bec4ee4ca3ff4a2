-- title: Articles entrés | Articles that came in
-- question: Qu'est-ce qui est entré, de qui, de quand, et comment le sait-on ? | What came in, by whom, of when, and how is that known?
-- parameters: since, until, undated
-- column day: jour | day
-- column day_basis: jour su par | day known by
-- column published_source: date lue dans | date read from
-- column outlet: média | outlet
-- column headline: titre | headline
-- column words: mots | words
-- column origin: origine | origin
-- column agency: agence | agency
SELECT day, day_basis, published_source, outlet, headline, words, origin, agency
FROM v_article
WHERE day >= :since AND day <= :until AND (:undated = 1 OR day_basis = 'published')
ORDER BY day, outlet, headline
