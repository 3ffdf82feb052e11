-- What was done to an incident, entry by entry.

-- statement: publish_history(first id, last id, entry, incident)
SELECT entry.seq, entry.at, entry.author, entry.kind, act.reason, act.reviewer, act.subject, act.target,
    (SELECT count(DISTINCT statement.source) FROM statement
     WHERE statement.id BETWEEN $1 AND $2 AND statement.since = entry.seq)
FROM (SELECT since AS seq FROM version WHERE id BETWEEN $1 AND $2
    UNION SELECT id FROM act WHERE subject = $4 AND kind NOT LIKE 'organisation.%' AND kind NOT LIKE 'actor.%'
    UNION SELECT id FROM act WHERE target = $4 AND kind = 'incident.merge') AS change
JOIN entry ON entry.seq = change.seq
LEFT JOIN act ON act.id = change.seq
WHERE entry.seq <= $3
ORDER BY entry.seq;

-- statement: publish_claim_lines(first id, last id, entry)
SELECT claim.id, claim.variable, claim.value, claim.missing, statement.claimant, statement.stance, statement.source,
    claim.since, claim.until
FROM claim JOIN statement ON statement.id = claim.statement
WHERE claim.id BETWEEN $1 AND $2 AND claim.since <= $3
ORDER BY claim.id;
