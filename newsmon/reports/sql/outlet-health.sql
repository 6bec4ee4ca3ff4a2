-- title: Santé des médias suivis | Health of the outlets that are followed
-- question: Quel média ne donne plus rien, échoue ou se tait ? | Which outlet gives nothing any more, fails or is silent?
-- parameters:
-- column outlet: média | outlet
-- column health: état | health
-- column last_article_at: dernier nouvel article (UTC) | newest article (UTC)
-- column last_poll_at: dernière visite (UTC) | last poll (UTC)
-- column listings: listes suivies | listings
-- column failing_listings: listes en échec | failing listings
-- column runs: visites, les 20 dernières | visits, the last 20
-- column failed_runs: dont en échec | of which failed
-- column outcome: issue de la dernière | outcome of the last
-- column reason: raison | reason
-- column articles: articles en base | articles stored
SELECT o.outlet,
       CASE WHEN o.listings = 0 THEN 'imports_only'
            WHEN o.last_poll_at IS NULL THEN 'not_asked_yet'
            WHEN o.failing_listings = o.listings OR l.outcome IN ('failed', 'blocked') THEN 'failing'
            WHEN coalesce(r.runs, 0) >= 3 AND r.stored = 0 AND r.links = 0 THEN 'silent'
            WHEN o.failing_listings > 0 OR l.outcome = 'partial' THEN 'thin'
            ELSE 'well' END AS health,
       o.last_article_at, o.last_poll_at, o.listings, o.failing_listings, coalesce(r.runs, 0) AS runs,
       coalesce(r.failed_runs, 0) AS failed_runs, l.outcome, l.reason, o.articles
FROM v_outlet o
LEFT JOIN (
    SELECT outlet, count(*) AS runs, max(run_id) AS last_run, sum(stored) AS stored, sum(links) AS links,
           sum(CASE WHEN outcome IN ('failed', 'blocked') THEN 1 ELSE 0 END) AS failed_runs
    FROM (
        SELECT outlet, run_id, outcome, stored, links,
               row_number() OVER (PARTITION BY outlet ORDER BY run_id DESC) AS back
        FROM v_run
        WHERE outlet IS NOT NULL AND kind = 'crawl'
    ) recent
    WHERE back <= 20
    GROUP BY outlet
) r ON r.outlet = o.outlet
LEFT JOIN v_run l ON l.run_id = r.last_run AND l.outlet = o.outlet
WHERE o.active
ORDER BY CASE WHEN o.listings = 0 THEN 1 ELSE 0 END, o.outlet
