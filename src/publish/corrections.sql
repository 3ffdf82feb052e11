-- What was changed after it was published.

-- statement: publish_corrected(before entry, how many)
SELECT seq FROM (SELECT * FROM (SELECT DISTINCT until AS seq FROM version WHERE until IS NOT NULL AND until < $1
        ORDER BY until DESC LIMIT $2) AS ended
    UNION SELECT * FROM (SELECT id AS seq FROM act WHERE id < $1 AND kind NOT LIKE 'organisation.%' AND kind NOT LIKE 'actor.%'
        ORDER BY id DESC LIMIT $2) AS done) AS change
ORDER BY seq DESC
LIMIT $2;

-- statement: publish_corrections(before entry, how many, from entry)
SELECT entry.seq, entry.at, entry.author, entry.kind, act.reason, act.reviewer, change.incident
FROM (SELECT * FROM (SELECT until AS seq, incident FROM version WHERE until IS NOT NULL AND until < $1
        AND until >= $3 ORDER BY until DESC LIMIT $2) AS ended
    UNION SELECT * FROM (SELECT id AS seq, subject AS incident FROM act WHERE id < $1 AND id >= $3 AND kind NOT LIKE 'organisation.%' AND kind NOT LIKE 'actor.%'
        ORDER BY id DESC LIMIT $2) AS done) AS change
JOIN entry ON entry.seq = change.seq
LEFT JOIN act ON act.id = change.seq
ORDER BY change.seq DESC, change.incident
LIMIT $2;
