-- title: Exécutions | Runs
-- question: Comment se sont passées les exécutions, la dernière d'abord ? | How did the runs go, the last first?
-- parameters: limit
-- column run_id: exécution | run
-- column kind: genre | kind
-- column started_at: début (UTC) | started (UTC)
-- column finished_at: fin (UTC) | finished (UTC)
-- column status: état | status
-- column exit_code: code de sortie | exit code
-- column outlets: médias | outlets
-- column fetched: pages lues | pages fetched
-- column stored: nouveaux articles | new articles
-- column revised: révisés | revised
-- column refused: refusées | refused
-- column failed: échecs | failures
SELECT run_id, max(kind) AS kind, max(started_at) AS started_at, max(finished_at) AS finished_at, max(status) AS status,
       max(exit_code) AS exit_code, count(outlet) AS outlets, coalesce(sum(fetched), 0) AS fetched,
       coalesce(sum(stored), 0) AS stored, coalesce(sum(revised), 0) AS revised, coalesce(sum(refused), 0) AS refused,
       coalesce(sum(failed), 0) AS failed
FROM v_run
GROUP BY run_id
ORDER BY run_id DESC
LIMIT :limit
