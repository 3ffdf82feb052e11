-- All that is in force about one incident, so that it can be said anew. Ids of the rows below it stand in one range.

-- One row, if there is such an incident.
-- statement: whole_incident(incident, first id, last id)
SELECT dataset, external, title, summary,
       (SELECT status FROM status WHERE id BETWEEN $2 AND $3 AND until IS NULL LIMIT 1)
FROM incident WHERE id = $1

-- statement: whole_links(first id, last id)
SELECT affected.id, affected.organisation, affected.role, affected.naming, organisation.name, organisation.country,
       organisation.subdivision, organisation.place, organisation.org_type, organisation.sector_group,
       organisation.external, affected.naming_basis, affected.supplier
FROM affected JOIN organisation ON organisation.id = affected.organisation
WHERE affected.id BETWEEN $1 AND $2 AND affected.until IS NULL
ORDER BY affected.id

-- Claims by statement, each with all that is known of its statement and source.
-- statement: whole_claims(first id, last id)
SELECT claim.id, claim.variable, claim.value, claim.missing, claim.raw, claim.quote,
       coalesce((SELECT claim_rank.rank FROM claim_rank WHERE claim_rank.claim = claim.id AND claim_rank.until IS NULL),
           claim.rank),
       statement.id, statement.claimant, statement.stance, statement.credibility, statement.locator,
       statement.known_since, statement.as_of,
       source.id, source.url, source.title, source.source_type, source.reliability, source.origin, source.language,
       source.access, source.licence, source.independence_group, source.published
FROM claim
JOIN statement ON statement.id = claim.statement
JOIN source ON source.id = statement.source
WHERE claim.id BETWEEN $1 AND $2 AND claim.until IS NULL
ORDER BY statement.id, claim.id
