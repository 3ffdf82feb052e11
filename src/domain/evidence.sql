-- What is said about one incident, for the rules. A claim that came back after it was retracted counts as recorded when
-- its statement was.

-- statement: evidence_of(first claim, last claim, entry)
SELECT claim.id, claim.variable, claim.value, claim.missing, claim.raw,
       coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.since <= $3
           AND (claim_rank.until IS NULL OR claim_rank.until > $3)), claim.rank), statement.since,
       statement.id, statement.claimant, statement.stance, statement.credibility, statement.known_since,
       statement.as_of, source.id, source.source_type, source.reliability, source.origin, source.independence_group,
       statement.recorded_on
FROM claim
JOIN statement ON statement.id = claim.statement
JOIN source ON source.id = statement.source
WHERE claim.id BETWEEN $1 AND $2 AND claim.since <= $3 AND (claim.until IS NULL OR claim.until > $3)
ORDER BY claim.id;
