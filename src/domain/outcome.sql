-- What a change that is being prepared stands beside, in the public store.

-- The sources of an incident.
-- statement: outcome_sources(first statement, last statement)
SELECT DISTINCT source.id, source.url, source.source_type, source.reliability, source.origin, source.independence_group
FROM statement JOIN source ON source.id = statement.source
WHERE statement.id BETWEEN $1 AND $2 AND source.url IS NOT NULL
ORDER BY source.id
