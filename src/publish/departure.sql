-- What became of an incident that left the register's counts, and what is told of an incident's changes.

-- statement: publish_departure(first id, last id, entry)
SELECT status.status, status.target, act.reason, act.reviewer, entry.at, entry.author, entry.seq, incident.title
FROM status JOIN act ON act.id = status.act JOIN entry ON entry.seq = status.since
    JOIN incident ON incident.id = status.incident
WHERE status.id BETWEEN $1 AND $2 AND status.since <= $3 AND (status.until IS NULL OR status.until > $3)
ORDER BY status.id;

-- What was merged into an incident.
-- statement: publish_arrivals(incident, entry)
SELECT status.incident, act.reason
FROM status JOIN act ON act.id = status.act
WHERE status.target = $1 AND status.status = 'merged' AND status.since <= $2
    AND (status.until IS NULL OR status.until > $2)
ORDER BY status.incident;
