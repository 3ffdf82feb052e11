-- What an export reads of each incident.

-- statement: publish_claims(first id, last id, entry)
SELECT claim.id, claim.variable, claim.value, claim.missing, claim.low, claim.high, claim.raw, claim.quote,
       coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.since <= $3
           AND (claim_rank.until IS NULL OR claim_rank.until > $3)), claim.rank),
       claim.since, claim.until, statement.claimant, statement.stance, statement.credibility, statement.known_since,
       statement.as_of, statement.locator, statement.source, statement.id
FROM claim JOIN statement ON statement.id = claim.statement
WHERE claim.id BETWEEN $1 AND $2 AND claim.since <= $3
ORDER BY claim.id;

-- statement: publish_sources_of(first id, last id, entry)
SELECT DISTINCT statement.source FROM statement WHERE statement.id BETWEEN $1 AND $2 AND statement.since <= $3;

-- statement: publish_source(id)
SELECT id, url, title, source_type, reliability, origin, language, access, licence, independence_group, published, since
FROM source WHERE id = $1;

-- statement: publish_variables()
SELECT DISTINCT variable FROM version_value ORDER BY variable;

-- statement: publish_source_links(first id, last id, entry)
SELECT DISTINCT source.url, source.licence, source.id
FROM statement JOIN source ON source.id = statement.source
WHERE statement.id BETWEEN $1 AND $2 AND statement.since <= $3
ORDER BY source.id;
