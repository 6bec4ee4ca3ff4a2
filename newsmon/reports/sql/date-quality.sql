-- title: Qualité des dates par média | Quality of dates by outlet
-- question: D'où vient le jour des articles de chaque média, et quelle part n'est pas datée ? | Where do the days of each outlet's articles come from, and what share is undated?
-- parameters:
-- column outlet: média | outlet
-- column day_basis: jour su par | day known by
-- column published_source: date lue dans | date read from
-- column published_precision: précision | precision
-- column n: articles | articles
-- column share: part, % | share, %
SELECT outlet, day_basis, published_source, published_precision, n, round(100.0 * share, 1) AS share
FROM v_date_quality
ORDER BY outlet, n DESC, day_basis
