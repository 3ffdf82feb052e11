-- What a version of an incident follows from beside its claims, in the public store.

-- statement: facts_affected(first id, last id)
SELECT organisation.name, organisation.country, organisation.subdivision, organisation.place, organisation.org_type,
    organisation.sector_group, affected.role, affected.naming
FROM affected
JOIN organisation ON organisation.id = affected.organisation
WHERE affected.id BETWEEN $1 AND $2 AND affected.until IS NULL
ORDER BY affected.id

-- statement: facts_decided(first id, last id)
SELECT since, inclusion, reason FROM version WHERE id BETWEEN $1 AND $2 ORDER BY id
