-- title: Adresses refusées, et pourquoi | Addresses refused, and why
-- question: Qu'est-ce qui n'est pas entré à la dernière exécution, et pour quelle raison ? | What did not come in during the last run, and for what reason?
-- parameters:
-- column outlet: média | outlet
-- column url: adresse | address
-- column outcome: issue | outcome
-- column reason: raison | reason
-- column detail: détail | detail
SELECT outlet, url, outcome, reason, detail
FROM v_fetch
WHERE run_id = (SELECT max(run_id) FROM v_fetch) AND reason IS NOT NULL
ORDER BY outlet, url
