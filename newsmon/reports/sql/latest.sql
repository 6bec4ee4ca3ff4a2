-- title: Derniers articles du sujet, et pourquoi | Latest articles of the topic, and why
-- question: Quels articles parlent du sujet, et quels mots les y ont mis ? | Which articles are on the topic, and which words put them there?
-- parameters: topic, since, until, undated
-- column day: jour | day
-- column day_basis: jour su par | day known by
-- column outlet: média | outlet
-- column headline: titre | headline
-- column level: niveau | level
-- column score: score | score
-- column why: pourquoi | why
-- column url: adresse | address
SELECT day, day_basis, outlet, headline, level, score, why, url
FROM v_match
WHERE topic = :topic AND day >= :since AND day <= :until AND (:undated = 1 OR day_basis = 'published')
ORDER BY day DESC, score DESC, headline
