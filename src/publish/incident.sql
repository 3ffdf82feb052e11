-- What is published about one incident. Ids of the rows below it stand in one range.

-- statement: publish_version(incident, first id, last id, entry)
SELECT incident.dataset, incident.external, incident.title, incident.summary, incident.since,
       version.inclusion, version.reason, version.verification, version.date_first, version.date_last,
       version.date_basis, version.main_type, version.ransomware_status, version.severity_low, version.severity_high,
       version.index_low, version.index_high, version.coverage, version.persons, version.persons_missing,
       version.disturbed_days, version.appointments, version.procedures, version.conflicting, version.since, version.id
FROM version JOIN incident ON incident.id = $1
WHERE version.id BETWEEN $2 AND $3 AND version.since <= $4 AND (version.until IS NULL OR version.until > $4);

-- statement: publish_codes(first id, last id, version)
SELECT variable, code FROM version_value WHERE id BETWEEN $1 AND $2 AND version = $3 ORDER BY id;

-- statement: publish_organisations(first id, last id, entry)
SELECT organisation.name, organisation.country, organisation.subdivision, organisation.place, organisation.org_type,
       organisation.sector_group, affected.role, affected.naming, organisation.id, affected.naming_basis, affected.supplier
FROM affected JOIN organisation ON organisation.id = affected.organisation
WHERE affected.id BETWEEN $1 AND $2 AND affected.since <= $3 AND (affected.until IS NULL OR affected.until > $3)
ORDER BY affected.id;

-- statement: publish_archived(first id, last id, entry)
SELECT source, sha256, address, since FROM archived
WHERE source IN (SELECT statement.source FROM statement WHERE statement.id BETWEEN $1 AND $2 AND statement.since <= $3)
    AND since <= $3
ORDER BY source, id;

-- statement: publish_details(first id, last id, entry)
SELECT claim.id, claim.quote, claim.raw, statement.locator, statement.source
FROM claim JOIN statement ON statement.id = claim.statement
WHERE claim.id BETWEEN $1 AND $2 AND claim.since <= $3
ORDER BY claim.id;

-- statement: publish_named_sources(first id, last id, entry)
SELECT DISTINCT source.id, source.url, source.title, source.source_type, source.reliability, source.origin,
       source.language, source.access, source.licence, source.independence_group, source.published, source.since
FROM statement JOIN source ON source.id = statement.source
WHERE statement.id BETWEEN $1 AND $2 AND statement.since <= $3
ORDER BY source.id;
