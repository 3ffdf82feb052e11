-- What is said about one incident, for the rules.

-- statement: evidence_of(first claim, last claim, entry)
SELECT claim.id, claim.variable, claim.value, claim.missing, claim.raw, claim.rank, claim.since,
       statement.id, statement.claimant, statement.stance, statement.credibility, statement.known_since,
       statement.as_of, source.id, source.source_type, source.reliability, source.origin, source.independence_group,
       statement.recorded_on
FROM claim
JOIN statement ON statement.id = claim.statement
JOIN source ON source.id = statement.source
WHERE claim.id BETWEEN $1 AND $2 AND claim.since <= $3 AND (claim.until IS NULL OR claim.until > $3)
ORDER BY claim.id;
