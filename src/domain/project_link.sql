-- Which organisations an incident hit. Links end and begin, and are never another than they were.

-- statement: affected_end(first id, last id, link, entry)
UPDATE affected SET until = $4 WHERE id = $3 AND id BETWEEN $1 AND $2 AND until IS NULL RETURNING organisation, naming

-- Adds nothing when the organisation is linked already.
-- statement: affected_begin(first id, last id, incident, organisation, role, naming, basis, supplier, entry)
INSERT INTO affected (id, incident, organisation, role, naming, naming_basis, supplier, since)
SELECT coalesce((SELECT max(id) FROM affected WHERE id BETWEEN $1 AND $2), $1) + 1, $3, $4, $5, $6, $7, $8, $9
WHERE NOT EXISTS (SELECT 1 FROM affected
        WHERE id BETWEEN $1 AND $2 AND organisation = $4 AND until IS NULL)
RETURNING id

-- One row: whether it has a name by which it is found, and the one that it was merged into.
-- statement: organisation_stands(id)
SELECT CASE WHEN look_up <> 0 THEN 1 ELSE 0 END,
    (SELECT target FROM same_organisation WHERE same_organisation.organisation = organisation.id AND until IS NULL)
FROM organisation WHERE id = $1

-- What may be told of one that is not named.
-- statement: organisation_kind(id)
SELECT country, org_type, sector_group FROM organisation WHERE id = $1

-- An organisation that was hit through one that is not linked, or, in so many steps, through itself.
-- statement: affected_astray(first id, last id, most steps)
WITH RECURSIVE way (organisation, supplier, step) AS (
    SELECT organisation, supplier, 1 FROM affected
    WHERE id BETWEEN $1 AND $2 AND until IS NULL AND supplier IS NOT NULL
    UNION ALL
    SELECT way.organisation, there.supplier, way.step + 1
    FROM way JOIN affected AS there ON there.organisation = way.supplier
    WHERE there.id BETWEEN $1 AND $2 AND there.until IS NULL AND there.supplier IS NOT NULL AND way.step <= $3
)
SELECT organisation FROM way
WHERE step > $3 OR supplier NOT IN (SELECT there.organisation FROM affected AS there
    WHERE there.id BETWEEN $1 AND $2 AND there.until IS NULL)
ORDER BY organisation LIMIT 1
