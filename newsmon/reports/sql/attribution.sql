-- title: Provenance des textes | Where texts come from
-- question: D'où viennent les textes de chaque média : de la maison, d'une agence, d'un autre média ? | Where do each outlet's texts come from: its own desk, an agency, another outlet?
-- parameters: topic?, since, until, undated
-- column outlet: média | outlet
-- column origin: provenance | origin
-- column agency: agence | agency
-- column source_name: repris de | republished from
-- column n: articles | articles
-- column n_undated: dont jour incertain | of which day uncertain
-- column share: part du média, % | share of the outlet, %
SELECT outlet, origin, agency, source_name, n, n_undated, round(100.0 * n / sum(n) OVER (PARTITION BY outlet), 1) AS share
FROM (
    SELECT outlet, origin, agency, source_name, count(*) AS n,
           sum(CASE WHEN day_basis = 'published' THEN 0 ELSE 1 END) AS n_undated
    FROM v_article
    WHERE day >= :since AND day <= :until AND (:undated = 1 OR day_basis = 'published')
      AND (:topic IS NULL OR article_id IN (SELECT article_id FROM v_match WHERE topic = :topic))
    GROUP BY outlet, origin, agency, source_name
) counted
ORDER BY outlet, n DESC, origin, agency, source_name
