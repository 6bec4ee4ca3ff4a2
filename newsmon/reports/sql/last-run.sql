-- title: Dernière exécution, média par média | The last run, outlet by outlet
-- question: Comment s'est passée la dernière exécution ? | How did the last run go?
-- parameters:
-- column run_id: exécution | run
-- column started_at: début (UTC) | started (UTC)
-- column status: état | status
-- column outlet: média | outlet
-- column outcome: issue | outcome
-- column reason: raison | reason
-- column links: nouveaux liens | new links
-- column fetched: pages lues | pages fetched
-- column stored: nouveaux articles | new articles
-- column revised: révisés | revised
-- column refused: refusées | refused
-- column failed: échecs | failures
SELECT run_id, started_at, status, outlet, outcome, reason, links, fetched, stored, revised, refused, failed
FROM v_run
WHERE run_id = (SELECT max(run_id) FROM v_run)
ORDER BY outlet
