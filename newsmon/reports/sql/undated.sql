-- title: Articles sans date de parution connue | Articles whose publication date is unknown
-- question: Quels articles n'ont pas de date sûre, et que sait-on de leur jour ? | Which articles have no sure date, and what is known of their day?
-- parameters: since, until
-- column outlet: média | outlet
-- column headline: titre | headline
-- column day: au plus tard le | not after
-- column day_basis: jour su par | day known by
-- column url: adresse | address
SELECT outlet, headline, day, day_basis, url
FROM v_article
WHERE published_at IS NULL AND day >= :since AND day <= :until
ORDER BY day DESC, outlet, headline
