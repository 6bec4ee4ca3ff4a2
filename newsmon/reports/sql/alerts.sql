-- title: Alertes | Alerts
-- question: Quels jours un sujet est-il ressorti de ses quatorze jours précédents ? | On which days did a topic stand out against its fourteen days before?
-- parameters: topic?, since, until, limit
-- column topic: sujet | topic
-- column day: jour | day
-- column n: articles datés | dated articles
-- column usual: attendus | expected
-- column threshold: seuil | threshold
-- column raised_at: alerte donnée le (UTC) | raised (UTC)
-- column version: version | version
-- column mail: courriel | mail
-- column webhook: webhook | webhook
SELECT topic, day, n, usual, threshold, raised_at, version, mail, webhook
FROM v_alert
WHERE (:topic IS NULL OR topic = :topic) AND day >= :since AND day <= :until
ORDER BY day DESC, topic
LIMIT :limit
